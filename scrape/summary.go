package scrape

import (
	"maps"
	"sync"
	"time"
)

// Summary is how a crawl went. Its JSON is what --summary writes.
type Summary struct {
	Started time.Time `json:"started"`
	// Seconds is how long this run took.
	Seconds float64 `json:"seconds"`
	// Stopped says why the crawl ended: done, budget, time, interrupted,
	// finished (there was nothing to do) or failed.
	Stopped string `json:"stopped"`
	// Requests counts every request of this run, robots.txt and repeated ones
	// included; Pages the pages that answered, Articles the records.
	Requests int `json:"requests"`
	Pages    int `json:"pages"`
	Articles int `json:"articles"`
	// Sitemaps and Feeds were read; Redirects were passed on.
	Sitemaps  int `json:"sitemaps"`
	Feeds     int `json:"feeds"`
	Redirects int `json:"redirects"`
	// Retries were asked for after a failure that may pass.
	Retries int `json:"retries"`
	// Bytes of decoded bodies.
	Bytes int64 `json:"bytes"`
	// Pending is what was found and not fetched when the crawl ended.
	Pending int `json:"pending"`
	// Found counts the URLs that entered, all runs of a job together.
	Found int `json:"found"`
	// Kinds counts the pages that were fetched and are no articles, by what
	// the handler said they are.
	Kinds map[string]int `json:"kinds,omitempty"`
	// Skipped counts what was left out, by cause, and Errors what failed for
	// good, by cause.
	Skipped map[SkipCause]int `json:"skipped,omitempty"`
	Errors  map[string]int    `json:"errors,omitempty"`
	// Failures are the first of the URLs that failed, with the reason.
	Failures []Failure `json:"failures,omitempty"`
}

// Failure is one URL that could not be fetched.
type Failure struct {
	URL     string `json:"url"`
	Cause   string `json:"cause"`
	Message string `json:"message"`
}

// maxFailures is how many failures a summary names. It counts all of them.
const maxFailures = 100

// tally counts while the crawl runs.
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

// totals are the counts that a progress display wants.
func (t *tally) totals() (pages, articles, errors int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, n := range t.s.Errors {
		errors += n
	}
	return t.s.Pages, t.s.Articles, errors
}
