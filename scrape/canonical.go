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
	"newsclip/scrape/internal/read"
)

// An article that has several URLs is written from one of them: the canonical
// one where that can be had, else from one of those that name it, its twins. A
// twin that stands aside for a page whose fate is still open leaves an item of
// kindTwin behind, on the host of the page that it stands aside for. So the
// worker that has that host answers it, whoever asked, and however many
// processes have died in between.

// ownsArticle says whether this page is the one of its article's URLs that is
// written.
func (t *task) ownsArticle(page *Page, l *read.PageLinks, out *Outcome) (bool, error) {
	if t.item.Meta[metaForce] != "" {
		return true, nil // that was settled before
	}
	c, self := t.c, address.Identity(t.u)
	// A page that may be a part of another's article may have been joined to it.
	if address.LooksLikePart(t.u) {
		first, err := c.f.Claim(t.store, partClaim(t.u), t.item.URL)
		if err == nil && first != t.item.URL {
			_, err = c.f.Claim(t.store, articleClaim(t.u), movedTo+first)
		}
		if err != nil || first != t.item.URL {
			return false, err
		}
	}
	canonical := t.canonicalOf(page, l, out)
	if canonical == nil || address.Identity(canonical) == self {
		return true, nil
	}
	if !c.ground.Wants(canonical.String()) {
		// --include or --exclude keeps it from being fetched: the first of its
		// twins stands for it.
		owner, err := c.f.Claim(t.store, articleClaim(canonical), self)
		return owner == self, err
	}
	it := newItem(canonical, kindPage, frontier.ClassDated, t.item.Depth)
	it.Referrer, it.LastMod = t.item.URL, t.item.LastMod
	it.Meta = map[string]string{metaTwin: t.item.URL}
	entered, err := c.f.Add(t.store, it)
	if err != nil {
		return false, err
	}
	own, open := false, canonical
	if !entered[0] {
		if readMemo(t.item.Memo).Hash != "" {
			return true, nil // it was in the round before
		}
		if own, open, err = c.standsFor(t.store, t.u, canonical); err != nil {
			return false, err
		}
		switch {
		case own && c.o.Recrawl:
			// The record may be there already, from an item that was forced.
			return false, c.force(t.store, t.item.URL, t.item.Depth)
		case own:
			return true, nil
		case open != nil:
			if err := c.ask(t.store, open, t.item.URL, t.item.Depth); err != nil {
				return false, err
			}
		}
	}
	// Who stands aside for this one in turn is told where to look.
	_, err = c.f.Claim(t.store, articleClaim(t.u), movedTo+canonical.String())
	return false, err
}

// movedTo begins the owner of an article's claim where the page at that URL
// leads to another one, as a redirect or by its canonical URL.
const movedTo = "moved to "

// articleClaim is the key under which a URL's article belongs to the page that
// writes it, by that page's identity.
func articleClaim(u *url.URL) string { return "article " + address.Identity(u) }

// partClaim is the key under which a page that may be a later part of an article
// belongs to the first one's URL, or to its own.
func partClaim(u *url.URL) string { return "part " + address.Identity(u) }

// standsFor says whether twin is to be written in the place of the page at u,
// which it names as its canonical URL and which is in the frontier. Where that
// depends on a page that is not finished, or is another worker's, it returns
// that page's URL.
func (c *crawler) standsFor(ctx context.Context, twin, u *url.URL) (own bool, open *url.URL, err error) {
	self := address.Identity(twin)
	passed := []string{self}
	for len(passed) <= maxRedirects+1 {
		fate, err := c.f.Fate(ctx, newItem(u, kindPage, 0, 0))
		switch {
		case errors.Is(err, frontier.ErrLost):
			return false, u, nil
		case err != nil:
			return false, nil, err
		case fate == frontier.FatePending:
			return false, u, nil
		case fate == frontier.FateDone:
			return false, nil, nil
		}
		// It came to nothing: its first twin stands for it, but where it leads
		// to another page that one is asked.
		owner, err := c.f.Claim(ctx, articleClaim(u), self)
		if err != nil {
			return false, nil, err
		}
		to, moved := strings.CutPrefix(owner, movedTo)
		if !moved {
			return owner == self, nil, nil
		}
		passed = append(passed, address.Identity(u))
		if u, err = url.Parse(to); err != nil {
			return false, nil, err
		}
		if slices.Contains(passed, address.Identity(u)) {
			// Pages that name each other, or a redirect back to the twin: all
			// of them come by here, and one of them is the first.
			owner, err := c.f.Claim(ctx, "circle "+slices.Min(passed), self)
			return owner == self, nil, err
		}
	}
	return false, nil, nil
}

// ask leaves the question behind whether the page at twin is to be written in
// the place of the one at u.
func (c *crawler) ask(ctx context.Context, u *url.URL, twin string, depth int) error {
	it := newItem(u, kindTwin, frontier.ClassOther, depth)
	it.Meta = map[string]string{metaTwin: twin}
	_, err := c.f.Add(ctx, it)
	return err
}

// force has the page at twin fetched again, and written.
func (c *crawler) force(ctx context.Context, twin string, depth int) error {
	u, err := url.Parse(twin)
	if err != nil {
		return err
	}
	it := newItem(u, kindPage, frontier.ClassDated, depth)
	it.Key = metaForce + " " + it.Key
	it.Meta = map[string]string{metaForce: "1"}
	_, err = c.f.Add(ctx, it)
	return err
}

// twin answers the question that an item of kindTwin is, or has it wait until
// the page that it asks about is finished.
func (t *task) twin() error {
	c := t.c
	twin, err := url.Parse(t.item.Meta[metaTwin])
	if err != nil {
		return t.fail(fetch.CauseOther, err)
	}
	// First among those who wait, so that the page cannot be finished unseen.
	c.asking.add(t)
	own, open, err := c.standsFor(t.store, twin, t.u)
	if err == nil && open != nil && address.Identity(open) == address.Identity(t.u) {
		t.unused()
		c.f.Wake(t.item.Host) // the lease goes on, and holds nobody up
		return nil
	}
	if !c.asking.remove(t) {
		return nil // who finished the page has taken it up
	}
	switch {
	case err != nil:
		return err
	case own:
		err = c.force(t.store, t.item.Meta[metaTwin], t.item.Depth)
	case open != nil:
		err = c.ask(t.store, open, t.item.Meta[metaTwin], t.item.Depth)
	}
	if err != nil {
		return err
	}
	return t.finish(frontier.Result{})
}

// answer takes up what waited for the page at u, which is finished now.
func (c *crawler) answer(ctx context.Context, u *url.URL) error {
	for _, w := range c.asking.take(u) {
		t := &task{c: c, lease: w.lease, item: w.item, u: w.u, ctx: w.ctx, store: ctx, asked: true}
		err := t.guarded(t.twin)
		if err != nil && !errors.Is(err, frontier.ErrLost) {
			return err
		}
	}
	return nil
}

// asking are the leased items of kindTwin that wait for a page of this process,
// by its identity. The zero value is ready to use.
type asking struct {
	mu sync.Mutex
	of map[string][]*task
	n  int
}

func (a *asking) add(t *task) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.of == nil {
		a.of = make(map[string][]*task)
	}
	id := address.Identity(t.u)
	a.of[id] = append(a.of[id], t)
	a.n++
}

// remove reports false where t does not wait any more.
func (a *asking) remove(t *task) bool {
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

// take returns, and holds no more, what waits for the page at u.
func (a *asking) take(u *url.URL) []*task {
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

func (a *asking) len() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.n
}

// release gives everything back to the frontier, at the crawl's end.
func (a *asking) release() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, ts := range a.of {
		for _, t := range ts {
			t.lease.Release()
		}
	}
	a.of, a.n = nil, 0
}

// canonicalOf returns the URL that the page names as its own, where that can be
// believed: within the crawl's scope, and not the front page, which broken
// templates name on every page.
func (t *task) canonicalOf(page *Page, l *read.PageLinks, out *Outcome) *url.URL {
	ref := out.CanonicalURL
	if ref == "" {
		ref = l.Canonical
	}
	if ref == "" {
		return nil
	}
	u, err := address.Resolve(page.Base, ref)
	if err != nil || !t.c.holds(u) {
		return nil
	}
	if u.Path == "/" && u.RawQuery == "" && t.u.Path != "/" {
		return nil
	}
	return u
}

// releaseTwin has the page that stood aside for this one asked again, because
// this one came to nothing.
func (t *task) releaseTwin(cause SkipCause) error {
	twin := t.item.Meta[metaTwin]
	// A page that stands aside itself stands for the one that it names.
	if t.item.Kind != kindPage || twin == "" || cause == SkipDuplicate {
		return nil
	}
	c := t.c
	if t.item.Key != address.Identity(t.u) {
		// It is known by another item, which has redirected here.
		u, err := url.Parse(twin)
		if err != nil {
			return err
		}
		owner, err := c.f.Claim(t.store, articleClaim(t.u), address.Identity(u))
		if err != nil || owner != address.Identity(u) {
			return err
		}
		return c.force(t.store, twin, t.item.Depth)
	}
	return c.ask(t.store, t.u, twin, t.item.Depth)
}
