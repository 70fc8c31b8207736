package scrape

import (
	"maps"
	"sync"
	"time"
)

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
