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
	p := Progress{Queue: stats.Pending, HostsPending: stats.Hosts, LargePages: c.hands.large.Taken(), Summary: c.tally.snapshot(), Health: c.health.list}
	p.Pages, p.Articles, p.Errors = c.tally.totals()
	p.Summary.Requests = int(c.requests.Load())
	for _, h := range c.f.HostStats(3) {
		// A host whose delay has not passed counts as at work, although no
		// request to it is in flight.
		p.Hosts = append(p.Hosts, h.Host)
	}
	return p
}
