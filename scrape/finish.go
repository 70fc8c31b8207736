package scrape

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
)

// finish ends the lease of the item with what came of it, and handles the twins that
// have waited for its page.
func (t *task) finish(r frontier.Result) error {
	if err := t.closeDiscovery(); err != nil {
		return err
	}
	t.unused()
	t.releasePage()
	if t.cost > smallPage {
		// Its record takes as much as the page, until it is stored.
		t.stepBack()
		defer t.putDown()
	} else {
		t.putDown()
	}
	if r.Memo == nil {
		r.Memo = t.item.Memo
	}
	if t.c.o.watch != nil && t.item.Kind != kindTwin {
		r.Memo = t.stamp(&r)
	}
	if err := t.lease.Done(t.store, r); err != nil || t.item.Kind != kindPage {
		return err
	}
	return t.c.resumeTwins(t.store, t.u)
}

// stamp returns the memo with which an item of a watch is finished.
func (t *task) stamp(r *frontier.Result) []byte {
	before, m := readMemo(t.leased), readMemo(r.Memo)
	m.At = t.c.o.time().Unix()
	m.News = t.isNews || before.News && !t.wasRead
	m.Fails = 0
	if r.Failed {
		m.Fails = min(before.Fails+1, mostDoublings)
	}
	return m.bytes()
}

// skip finishes an item that is left out, although nothing failed.
func (t *task) skip(cause SkipCause) error {
	t.countSkip(cause)
	if err := t.releaseTwin(cause); err != nil {
		return err
	}
	if cause == SkipDuplicate {
		t.item.Memo = asideMemo(t.item)
	}
	return t.finish(frontier.Result{Empty: true})
}

// countSkip counts the item as left out.
func (t *task) countSkip(cause SkipCause) {
	t.c.tally.skip(cause, 1)
	t.c.health.skipped(t.item.Host, cause)
}

// countPage counts a page that has answered.
func (t *task) countPage() {
	t.c.tally.add(func(s *Summary) { s.Pages++ })
	t.c.health.fetched(t.item.Host)
}

// fail finishes an item that failed for good.
func (t *task) fail(cause string, err error) error {
	if t.item.Kind != kindPage {
		t.item.Memo = nil // a recrawl reads it whatever it was
	}
	if t.item.Meta[metaProbe] == "" || !isAbsence(cause) {
		t.c.tally.fail(t.item.URL, cause, err)
		t.c.health.failed(t.item.Host, cause, err)
		t.c.o.Log.Info("failed", "url", t.item.URL, "cause", cause, "error", err)
	}
	if err := t.releaseTwin(""); err != nil {
		return err
	}
	return t.finish(frontier.Result{Failed: true})
}

// spend ends the job because a budget is used up.
func (t *task) spend() error {
	t.c.spent.Store(true)
	t.lease.Release()
	return t.c.f.Finish(t.store)
}

// giveBackPage returns the units of --max-pages and --max-per-host that the item has
// taken, because it turned out not to be a page.
func (t *task) giveBackPage() error {
	if t.item.Kind != kindPage {
		return nil
	}
	return t.c.returnPage(t.store, t.item.Host, t.item.URL)
}

// guarded calls run, and turns a panic into a failure of the item, so that one
// page cannot end the crawl.
func (t *task) guarded(run func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = t.fail(errCausePanic, fmt.Errorf("panic: %v", p))
		}
	}()
	return run()
}

// twin handles an item of kindTwin, or has it wait until the page at its URL is
// finished.
func (t *task) twin() error {
	c, tw := t.c, twinOf(t.item)
	if _, err := url.Parse(tw.url); err != nil {
		return t.fail(fetch.CauseOther, err)
	}
	// It waits before the fate is read: otherwise the page could be finished in
	// between, and nothing would take the item up.
	c.waiting.add(t)
	own, open, err := c.standsFor(t.store, tw, t.u)
	if err == nil && open != nil && address.Identity(open) == address.Identity(t.u) {
		t.unused()
		c.f.Wake(t.item.Host) // the lease is kept; the next item can go
		return nil
	}
	if !c.waiting.remove(t) {
		return nil // taken up by the task that finished the page
	}
	switch {
	case err != nil:
		return err
	case own:
		err = c.forceTwin(t.store, tw)
	case open != nil:
		err = c.awaitFate(t.store, open, tw)
	}
	if err != nil {
		return err
	}
	return t.finish(frontier.Result{})
}

// resumeTwins handles the items that waited for the page at u, which is finished
// now.
func (c *crawler) resumeTwins(ctx context.Context, u *url.URL) error {
	for _, w := range c.waiting.take(u) {
		t := &task{c: c, lease: w.lease, item: w.item, u: w.u, ctx: w.ctx, store: ctx, paceTold: true}
		err := t.guarded(t.twin)
		if err != nil && !errors.Is(err, frontier.ErrLost) {
			return err
		}
	}
	return nil
}
