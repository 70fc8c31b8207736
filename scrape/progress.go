package scrape

import (
	"time"
)

// startProgress calls OnProgress until the function that it returns is called.
func (c *crawler) startProgress() (stop func()) {
	if c.o.OnProgress == nil {
		return func() {}
	}
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(250 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				c.o.OnProgress(c.progress())
			case <-done:
				c.o.OnProgress(c.progress())
				return
			}
		}
	}()
	return func() { close(done); <-ended }
}

func (c *crawler) progress() Progress {
	stats := c.f.Stats()
	p := Progress{Queue: stats.Pending, HostsPending: stats.Hosts, Summary: c.tally.snapshot(), Health: c.health.list}
	p.Pages, p.Articles, p.Errors = c.tally.totals()
	p.Summary.Requests = int(c.requests.Load())
	for _, h := range c.f.HostStats(3) {
		// A host whose delay has not passed counts as at work, although no
		// request to it is in flight.
		p.Hosts = append(p.Hosts, h.Host)
	}
	return p
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
	// Summary is a copy of all counts, without those of hosts.
	Summary Summary
	// Health returns how the crawl of each host goes, the worst first. It may be called
	// at any later time.
	Health func() []HostHealth
}
