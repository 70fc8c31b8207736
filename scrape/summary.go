package scrape

import (
	"maps"
	"slices"
	"sync"
	"time"

	"newsclip/scrape/internal/fetch"
)

// Summary tells how a crawl went. Its JSON is what --summary writes.
type Summary struct {
	// Started is when this run began.
	Started time.Time `json:"started"`
	// Seconds is how long this run took.
	Seconds float64 `json:"seconds"`
	// Stopped is the reason why the crawl ended: done, budget, time, interrupted,
	// finished (there was nothing to do) or failed.
	Stopped string `json:"stopped"`
	// Continued is set where an earlier run has begun the job: it may have written
	// articles.
	Continued bool `json:"continued,omitempty"`
	// Requests counts every request of this run, those for robots.txt and
	// repeated ones included; Pages the pages that answered, Articles the
	// records.
	Requests int `json:"requests"`
	Pages    int `json:"pages"`
	Articles int `json:"articles"`
	// Rendered counts the pages that were rendered: see [Options.Render].
	Rendered int `json:"rendered,omitempty"`
	// Revisions counts those of Articles that were written before, and have changed.
	Revisions int `json:"revisions,omitempty"`
	// Rounds counts those of a [Watch].
	Rounds int `json:"rounds,omitempty"`
	// Listed counts the addresses that were listed: see [Options.List].
	Listed int `json:"listed,omitempty"`
	// Sitemaps and Feeds count those that were read, Redirects those that were
	// followed.
	Sitemaps  int `json:"sitemaps"`
	Feeds     int `json:"feeds"`
	Redirects int `json:"redirects"`
	// Retries counts the requests that were to be repeated after a failure that
	// may pass.
	Retries int `json:"retries"`
	// Bytes is the size of all bodies, decoded.
	Bytes int64 `json:"bytes"`
	// Pending counts the URLs that were found and not fetched when the crawl
	// ended.
	Pending int `json:"pending"`
	// Found counts the URLs that entered the frontier, in all runs of the job.
	Found int `json:"found"`
	// Kinds counts the fetched pages that are not articles, by [Outcome.Kind].
	Kinds map[string]int `json:"kinds,omitempty"`
	// Skipped counts the URLs that were left out, by cause, and Errors those that
	// failed for good.
	Skipped map[SkipCause]int `json:"skipped,omitempty"`
	Errors  map[string]int    `json:"errors,omitempty"`
	// Failures are the first 100 of the URLs that failed, with the reason, and
	// FailuresOmitted is the number of the others.
	Failures        []Failure `json:"failures,omitempty"`
	FailuresOmitted int       `json:"failures_omitted,omitempty"`
	// Health tells how the crawl of each host goes, in all runs of the job, the worst
	// first. It is set when Crawl returns.
	Health []HostHealth `json:"health,omitempty"`
}

// Failure is one URL that could not be fetched.
type Failure struct {
	URL string `json:"url"`
	// Cause is a key of [Summary.Errors], and Message the error.
	Cause   string `json:"cause"`
	Message string `json:"message"`
}

// maxFailures is the number of failures that a summary lists. It counts all.
const maxFailures = 100

// tally holds the counts of a running crawl.
type tally struct {
	mu sync.Mutex
	s  Summary
}

func newTally(now time.Time) *tally {
	return &tally{s: Summary{
		Started: now,
		Kinds:   make(map[string]int),
		Skipped: make(map[SkipCause]int),
		Errors:  make(map[string]int),
	}}
}

func (t *tally) add(f func(*Summary)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f(&t.s)
}

func (t *tally) skip(cause SkipCause, n int) {
	if n > 0 {
		t.add(func(s *Summary) { s.Skipped[cause] += n })
	}
}

func (t *tally) fail(url, cause string, err error) {
	t.add(func(s *Summary) {
		s.Errors[cause]++
		if len(s.Failures) < maxFailures {
			s.Failures = append(s.Failures, Failure{URL: url, Cause: cause, Message: err.Error()})
		} else {
			s.FailuresOmitted++
		}
	})
}

// snapshot copies the counts.
func (t *tally) snapshot() Summary {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.s
	s.Kinds = maps.Clone(s.Kinds)
	s.Skipped = maps.Clone(s.Skipped)
	s.Errors = maps.Clone(s.Errors)
	s.Failures = append([]Failure(nil), s.Failures...)
	return s
}

// totals returns the counts that a progress display shows.
func (t *tally) totals() (pages, articles, errors int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, n := range t.s.Errors {
		errors += n
	}
	return t.s.Pages, t.s.Articles, errors
}

// answered returns the number of pages that answered.
func (t *tally) answered() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.s.Pages
}

// written returns the number of records.
func (t *tally) written() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.s.Articles
}

// unreachable are the causes of failures that mean that a site gave no answer which
// a crawl can begin with.
var unreachable = []string{
	fetch.CauseConnect, fetch.CauseDNS, fetch.CauseDropped, fetch.CausePrivate, fetch.CauseTLS, fetch.CauseTimeout,
	errCauseHostDead, errCauseRobots,
}

// Unreachable reports whether the crawl failed because no site could be reached:
// there were failures, no page answered, and nothing failed for another cause.
func (s *Summary) Unreachable() bool {
	if s.Pages > 0 || s.Articles > 0 || len(s.Errors) == 0 {
		return false
	}
	for cause := range s.Errors {
		if !slices.Contains(unreachable, cause) {
			return false
		}
	}
	return true
}
