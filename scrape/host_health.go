package scrape

import (
	"cmp"
	"time"
)

// HostHealth tells how the crawl of a host goes, in all runs of its job and over all
// of its workers. A process that is killed takes the counts of its last ten seconds
// with it; no article is lost with them.
type HostHealth struct {
	// Host is the host's name, with a port that is not the default one. It is empty
	// for the hosts beyond the first 64,000 or so, which are counted together.
	Host string `json:"host"`
	// Name is that of the publisher, where the list of seeds has it.
	Name string `json:"name,omitempty"`
	// Found counts the URLs that entered, and Fetched the pages that answered,
	// whatever their status was. Articles counts the records.
	Found    int `json:"found"`
	Fetched  int `json:"fetched"`
	Articles int `json:"articles"`
	// Skipped counts those of Found that were left out, by cause, and Failed those
	// that failed for good.
	Skipped map[SkipCause]int `json:"skipped,omitempty"`
	Failed  map[string]int    `json:"failed,omitempty"`
	// LastSuccess is when an answer to a request for a page, a sitemap or a feed came
	// last whose status was no error, and LastError the reason of the last failure.
	LastSuccess time.Time `json:"last_success,omitzero"`
	LastError   string    `json:"last_error,omitempty"`
	// LastArticle is when an article came last that had not been written before, and
	// PublishesEvery the time between two of them, smoothed, in seconds.
	LastArticle    time.Time `json:"last_article,omitzero"`
	PublishesEvery float64   `json:"publishes_every_seconds,omitempty"`
	// Pace is the time between two requests to the host when it was crawled last, in
	// seconds.
	Pace float64 `json:"pace_seconds,omitempty"`
	// GivenUp is set where no more requests were made, because too many had failed.
	GivenUp bool `json:"given_up,omitempty"`

	fresh int // articles that are new, of a batch
}

// Failures is the number of URLs that failed for good, for whatever cause.
func (h *HostHealth) Failures() int { return sum(h.Failed) }

// Skips is the number of URLs that were left out, for whatever cause.
func (h *HostHealth) Skips() int { return sum(h.Skipped) }

func sum[K comparable](counts map[K]int) (n int) {
	for _, k := range counts {
		n += k
	}
	return n
}

// failing is the share of a host's answers and failures that are failures.
func (h *HostHealth) failing() float64 {
	failed := h.Failures()
	if failed == 0 {
		return 0
	}
	return float64(failed) / float64(max(failed, h.Fetched))
}

// CompareHealth orders hosts, the worst first: those that were given up, then by the
// share that failed, then those with the fewest articles.
func CompareHealth(a, b HostHealth) int {
	if a.GivenUp != b.GivenUp {
		if a.GivenUp {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(b.failing(), a.failing()), cmp.Compare(a.Articles, b.Articles),
		cmp.Compare(b.Failures(), a.Failures()), cmp.Compare(a.Host, b.Host))
}

// add adds the counts of another run or worker, whose other fields are later.
func (h *HostHealth) add(d *HostHealth) {
	h.Found += d.Found
	h.Fetched += d.Fetched
	h.Articles += d.Articles
	h.Skipped = addCounts(h.Skipped, d.Skipped)
	h.Failed = addCounts(h.Failed, d.Failed)
	if d.LastSuccess.After(h.LastSuccess) {
		h.LastSuccess = d.LastSuccess
	}
	if d.fresh > 0 {
		h.learnRhythm(d.LastArticle, d.fresh)
	}
	if d.LastError != "" {
		h.LastError = d.LastError
	}
	if d.Name != "" {
		h.Name = d.Name
	}
	if d.Pace > 0 {
		h.Pace, h.GivenUp = d.Pace, d.GivenUp
	}
}

func addCounts[K comparable](to, from map[K]int) map[K]int {
	if to == nil && len(from) > 0 {
		to = make(map[K]int, len(from))
	}
	for k, n := range from {
		to[k] += n
	}
	return to
}

// learnRhythm adds n articles, of which the last was found at a time, to what is known
// of how often the host publishes.
func (h *HostHealth) learnRhythm(at time.Time, n int) {
	const smoothing = 8
	if gap := at.Sub(h.LastArticle); !h.LastArticle.IsZero() && gap >= 0 {
		each := gap.Seconds() / float64(n)
		if h.PublishesEvery == 0 {
			h.PublishesEvery = each
		}
		h.PublishesEvery += (each - h.PublishesEvery) * min(1, float64(n)/smoothing)
	}
	if at.After(h.LastArticle) {
		h.LastArticle = at
	}
}
