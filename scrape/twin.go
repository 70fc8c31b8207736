package scrape

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"sync"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
)

// awaitFate adds an item of kindTwin: when the page at u is finished, it is
// decided whether the twin is written.
func (c *crawler) awaitFate(ctx context.Context, u *url.URL, tw twin) error {
	it := newItem(u, kindTwin, frontier.ClassOther, tw.depth)
	it.Key += " " + tw.url
	it.Meta = tw.meta()
	_, err := c.f.Add(ctx, it)
	return err
}

// forceTwin has the twin fetched again and written, whatever canonical URL it
// names.
func (c *crawler) forceTwin(ctx context.Context, tw twin) error {
	u, err := url.Parse(tw.url)
	if err != nil {
		return err
	}
	it := newItem(u, kindPage, frontier.ClassDated, tw.depth)
	it.Key = metaForce + " " + it.Key
	it.Meta = map[string]string{metaForce: "1"}
	_, err = c.f.Add(ctx, it)
	return err
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

// waitingTwins are the leased items of kindTwin that wait for a page that this
// process has, by the identity of that page. The zero value is ready to use.
type waitingTwins struct {
	mu sync.Mutex
	of map[string][]*task
	n  int
}

func (a *waitingTwins) add(t *task) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.of == nil {
		a.of = make(map[string][]*task)
	}
	id := address.Identity(t.u)
	a.of[id] = append(a.of[id], t)
	a.n++
}

// remove takes t out. It reports false where t was not waiting any more.
func (a *waitingTwins) remove(t *task) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	id := address.Identity(t.u)
	i := slices.Index(a.of[id], t)
	if i < 0 {
		return false
	}
	if a.of[id] = slices.Delete(a.of[id], i, i+1); len(a.of[id]) == 0 {
		delete(a.of, id)
	}
	a.n--
	return true
}

// take removes and returns the items that wait for the page at u.
func (a *waitingTwins) take(u *url.URL) []*task {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.n == 0 {
		return nil
	}
	id := address.Identity(u)
	ts := a.of[id]
	delete(a.of, id)
	a.n -= len(ts)
	return ts
}

func (a *waitingTwins) len() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.n
}

// release gives all items back to the frontier, at the end of the crawl.
func (a *waitingTwins) release() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, ts := range a.of {
		for _, t := range ts {
			t.lease.Release()
		}
	}
	a.of, a.n = nil, 0
}

// releaseTwin gives the twin that waits for this page another chance, because
// nothing is written from this page.
func (t *task) releaseTwin(cause SkipCause) error {
	tw := twinOf(t.item)
	// A duplicate leads to the page that is written in its place.
	if t.item.Kind != kindPage || tw.url == "" || cause == SkipDuplicate {
		return nil
	}
	c := t.c
	if t.item.Key != address.Identity(t.u) {
		// The item of this identity is another one, which redirected here.
		u, err := url.Parse(tw.url)
		if err != nil {
			return err
		}
		owner, err := c.f.Claim(t.store, articleClaim(t.u), address.Identity(u))
		if err != nil {
			return err
		}
		if strings.HasPrefix(owner, movedTo) {
			// A chain of redirects has led back to this page: see returnClaim.
			return c.awaitFate(t.store, t.u, tw)
		}
		own, err := c.isFirstTwin(t.store, tw, address.Identity(u), owner)
		if err != nil || !own {
			return err
		}
		return c.forceTwin(t.store, tw)
	}
	return c.awaitFate(t.store, t.u, tw)
}

// answerTwin has the twin that waits for this page written, where this page is
// another article.
func (t *task) answerTwin(out *Outcome) error {
	tw := twinOf(t.item)
	if t.item.Kind != kindPage || tw.url == "" || tw.part || !tw.sketch.opposes(sketchOf(out)) {
		return nil
	}
	delete(t.item.Meta, metaTwin)
	return t.c.forceTwin(t.store, tw)
}
