package scrape

import (
	"context"
	"errors"
	"slices"
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

// Progress is the state of a running crawl.
type Progress struct {
	// Pages, Articles and Errors count the pages fetched, the records and the
	// URLs that failed for good, in this run.
	Pages, Articles, Errors int
	// Queue is the number of URLs that were found and are not finished.
	Queue int
	// Hosts are up to three of the hosts that are being crawled, the busiest
	// first.
	Hosts []string
	// HostsPending counts the hosts that have URLs in the queue.
	HostsPending int
	// LargePages is about how many bytes of memory those pages take that are in hand and
	// take more than 12 MiB each: a few in a hundred do, and all of a site that was made to
	// take memory.
	LargePages int64
	// Summary is a copy of all counts, without those of hosts.
	Summary Summary
	// Health returns how the crawl of each host goes, the worst first. It may be called
	// at any later time.
	Health func() []HostHealth
}

// interrupted returns nil in place of the error of a round that was interrupted while it
// was being opened.
func (s *Summary) interrupted(ctx context.Context, err error) error {
	if err == nil || ctx.Err() == nil || !errors.Is(err, ctx.Err()) {
		return err
	}
	s.Stopped = "interrupted"
	return nil
}

// addRound adds what a round has counted.
func (s *Summary) addRound(r *Summary) {
	s.Rounds++
	s.Stopped, s.Found, s.Pending, s.Health = r.Stopped, r.Found, r.Pending, r.Health
	s.Seconds += r.Seconds
	s.Requests += r.Requests
	s.Pages += r.Pages
	s.Articles += r.Articles
	s.Revisions += r.Revisions
	s.Listed += r.Listed
	s.Sitemaps += r.Sitemaps
	s.Feeds += r.Feeds
	s.Redirects += r.Redirects
	s.Retries += r.Retries
	s.Bytes += r.Bytes
	s.Kinds = addCounts(s.Kinds, r.Kinds)
	s.Skipped = addCounts(s.Skipped, r.Skipped)
	s.Errors = addCounts(s.Errors, r.Errors)
	n := min(len(r.Failures), maxFailures-len(s.Failures))
	s.Failures = append(s.Failures, r.Failures[:n]...)
	s.FailuresOmitted += r.FailuresOmitted + len(r.Failures) - n
}
