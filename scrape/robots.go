package scrape

import (
	"context"
	"net/url"
	"time"

	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/origins"
	"newsclip/scrape/internal/pace"
	"newsclip/scrape/internal/robots"
)

// checkRobots reports done where robots.txt does not let the item be fetched now:
// the item is finished or given back then. It is also given back where robots.txt
// was fetched just now and the host has a delay.
func (t *task) checkRobots() (done bool, err error) {
	start, at := time.Now(), t.u
	rules, fetched, err := t.c.robots.Get(t.ctx, t.u)
	if err != nil {
		t.lease.Release()
		return true, nil
	}
	t.rules = rules
	if !t.awaitsKind() {
		if err := t.openHost(rules, fetched, t.item.Depth); err != nil {
			return true, err
		}
	}
	if fetched {
		t.c.pace.SlowTo(t.item.Host, rules.Delay)
		t.c.f.Slow(t.item.Host, rules.Delay)
		if rules.Closed == nil {
			t.c.pace.Heard(t.item.Host)
		}
	}
	other := false
	if rules.Closed != nil && !t.c.o.IgnoreRobots && origins.MeansDead(rules.Closed) && !t.formsTried {
		t.c.origins.Failed(t.u)
		if other = t.takeForm(); !other && t.u != at {
			other = true // the first form again, whose robots.txt tells what to do
		}
	}
	if fetched {
		if rules.Closed != nil && !other {
			t.c.logClosed(t.item.Host, rules)
			if !rules.Again.IsZero() && !t.c.o.IgnoreRobots {
				t.c.pace.CloseUntil(t.item.Host, rules.Again)
			}
		}
		if t.c.o.Delay > 0 || rules.Delay > 0 {
			t.paceTold = true
			t.c.pace.Ended(t.item.Host, pace.Exchange{Took: time.Since(start)})
			t.lease.Release()
			return true, nil
		}
	}
	if other {
		return t.checkRobots()
	}
	switch {
	case t.c.o.IgnoreRobots:
		return false, nil
	case rules.Closed != nil && !rules.Again.IsZero():
		t.unused()
		t.c.pace.CloseUntil(t.item.Host, rules.Again)
		t.lease.Release()
		return true, nil
	case rules.Closed != nil:
		cause := fetch.CauseOf(rules.Closed)
		if !fetch.IsUnreachable(cause) && cause != fetch.CausePrivate {
			cause = errCauseRobots
		}
		return true, t.fail(cause, rules.Closed)
	case !rules.Allows(t.u):
		return true, t.skip(SkipRobots)
	}
	return false, nil
}

// logClosed logs that a host's robots.txt cannot be read. Where it will be fetched
// again soon, it does so at the level of single URLs.
func (c *crawler) logClosed(host string, rules *robots.Rules) {
	const long = 30 * time.Second // longer, and the crawl seems to stand still
	wait := time.Until(rules.Again).Round(time.Second)
	switch {
	case rules.Again.IsZero() && c.isOnlySite(host) && c.tally.answered() == 0:
		// The error of the crawl has the cause.
		c.o.Log.Info("host is closed: its robots.txt cannot be read", "host", host, "error", rules.Closed)
	case rules.Again.IsZero():
		c.o.Log.Warn("host is closed: its robots.txt cannot be read", "host", host, "error", rules.Closed)
	case wait >= long:
		c.o.Log.Warn("host is closed for now: its robots.txt cannot be read", "host", host, "wait", wait, "error", rules.Closed)
	default:
		c.o.Log.Info("host is closed for now: its robots.txt cannot be read", "host", host, "wait", wait, "error", rules.Closed)
	}
}

// isOnlySite reports whether host is that of all seeds.
func (c *crawler) isOnlySite(host string) bool {
	for _, s := range c.seeds {
		if address.Host(s) != host {
			return false
		}
	}
	return len(c.seeds) > 0
}

// getRobots fetches a robots.txt.
func (c *crawler) getRobots(ctx context.Context, u *url.URL) (*fetch.Response, error) {
	c.requests.Add(1)
	return c.client.Get(ctx, &fetch.Request{URL: u, Limit: robots.MaxSize})
}
