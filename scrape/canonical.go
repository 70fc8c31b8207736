package scrape

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/read"
	"newsclip/scrape/internal/sketch"
)

// An article that has several URLs is written from one of them: the canonical
// URL if that page can be fetched and is an article, otherwise one of the pages
// that name it as their canonical URL, its twins.
//
// When a twin is read before its canonical page is finished, it is not written,
// and an item of kindTwin is added on the host of the canonical page. The worker
// that holds that host handles the item once the canonical page is finished: if
// nothing was written, or another article ([sketch.Sketch.Opposes]), the twin is fetched
// again and written. Because the item is in the frontier, this holds over workers
// and restarts.

// ownsArticle reports whether the article of this page is to be written from this
// page.
func (t *task) ownsArticle(page *Page, l *read.PageLinks, out *Outcome) (bool, error) {
	if t.item.Meta[metaForce] != "" {
		return true, nil // decided when the item was added
	}
	c, self := t.c, address.Identity(t.u)
	// A page that may be a later part of another article may have been joined to it.
	if address.LooksLikePart(t.u) || c.o.SiteRules != nil {
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
	tw := t.self(out)
	if !c.wants(canonical.String()) {
		// --include or --exclude keeps it from being written: the first of its
		// twins is.
		return c.firstTwin(t.store, tw, self, articleClaim(canonical))
	}
	it := newItem(canonical, kindPage, frontier.ClassDated, t.item.Depth)
	it.Referrer, it.LastMod = t.item.URL, t.item.LastMod
	it.Meta = tw.meta()
	entered, err := c.f.Add(t.store, it)
	if err != nil {
		return false, err
	}
	own, open := false, canonical
	if !entered[0] {
		if readMemo(t.item.Memo).Hash != "" {
			return true, nil // written from this page in an earlier crawl
		}
		if own, open, err = c.standsFor(t.store, tw, canonical); err != nil {
			return false, err
		}
		switch {
		case own && c.o.Recrawl:
			// The record may have been written already, from a forced item.
			return false, c.forceTwin(t.store, tw)
		case own:
			return true, nil
		case open != nil:
			if err := c.awaitFate(t.store, open, tw); err != nil {
				return false, err
			}
		}
	}
	// Pages that name this one as their canonical URL must find the one written.
	_, err = c.f.Claim(t.store, articleClaim(t.u), movedTo+canonical.String())
	return false, err
}

// standsFor reports whether twin is to be written in place of the page at u, which
// it names as its canonical URL and which is in the frontier, or beside it, because
// they are two articles. Where that depends on a page that is not finished, or that
// another worker has, it returns the URL of that page as open.
func (c *crawler) standsFor(ctx context.Context, tw twinPage, u *url.URL) (own bool, open *url.URL, err error) {
	at, err := url.Parse(tw.url)
	if err != nil {
		return false, nil, err
	}
	self := address.Identity(at)
	passed := []string{self}
	for len(passed) <= DefaultMaxRedirects+1 {
		fate, err := c.f.Fate(ctx, newItem(u, kindPage, 0, 0))
		switch {
		case errors.Is(err, frontier.ErrLost):
			return false, u, nil
		case err != nil:
			return false, nil, err
		case fate == frontier.FatePending:
			return false, u, nil
		case fate == frontier.FateDone && tw.part:
			own, err := c.isApart(ctx, at, tw)
			return own, nil, err
		case fate == frontier.FateDone:
			own, err := c.differs(ctx, tw, u)
			return own, nil, err
		}
		// An article that is written from another page: it is known all the same
		// whether the twin is the same article.
		if k, ok := c.sketches.Get(address.Identity(u)); ok && !tw.part && tw.sketch.Opposes(k) {
			return true, nil, nil
		}
		// Nothing was written from it: its first twin is, or, where it leads to
		// another page, the same question is about that page.
		by := self
		if tw.part {
			by = partOwner + self
		}
		owner, err := c.f.Claim(ctx, articleClaim(u), by)
		if err != nil {
			return false, nil, err
		}
		to, moved := strings.CutPrefix(owner, movedTo)
		switch {
		case !moved && tw.part:
			own, err := c.isApart(ctx, at, tw)
			return own, nil, err
		case !moved:
			own, err := c.isFirstTwin(ctx, tw, self, owner)
			return own, nil, err
		}
		passed = append(passed, address.Identity(u))
		if u, err = url.Parse(to); err != nil {
			return false, nil, err
		}
		if slices.Contains(passed, address.Identity(u)) {
			if address.Identity(u) != self {
				switch fate, back, err := c.returned(ctx, u); {
				case errors.Is(err, frontier.ErrLost), err == nil && back && fate == frontier.FatePending:
					return false, u, nil
				case err != nil:
					return false, nil, err
				case back && fate == frontier.FateDone:
					return false, nil, nil
				}
			}
			if tw.part {
				own, err := c.isApart(ctx, at, tw)
				return own, nil, err
			}
			// Pages that name each other, or a redirect back to the twin: each of
			// them gets here, and the first to claim the circle is written.
			own, err := c.firstTwin(ctx, tw, self, "circle "+slices.Min(passed))
			return own, nil, err
		}
	}
	return false, nil, nil
}

// firstTwin reports whether a twin, whose identity is self, is the first to claim
// key, or another article than the first.
func (c *crawler) firstTwin(ctx context.Context, tw twinPage, self, key string) (bool, error) {
	owner, err := c.f.Claim(ctx, key, self)
	if err != nil {
		return false, err
	}
	return c.isFirstTwin(ctx, tw, self, owner)
}

func (c *crawler) isFirstTwin(ctx context.Context, tw twinPage, self, owner string) (bool, error) {
	if beside, ok := strings.CutPrefix(owner, partOwner); ok {
		owner = beside
	}
	differs, err := c.differsFrom(ctx, tw, owner)
	return differs || owner == self, err
}

// isApart reports whether a page that may be a later part of an article was not
// joined to one.
func (c *crawler) isApart(ctx context.Context, u *url.URL, tw twinPage) (bool, error) {
	first, err := c.f.Claim(ctx, partClaim(u), tw.url)
	return first == tw.url, err
}

// canonicalOf returns the canonical URL that the page names, or nil where it names
// none, one outside the crawl's scope, or the front page, which broken templates
// name on every page.
func (t *task) canonicalOf(page *Page, l *read.PageLinks, out *Outcome) *url.URL {
	if t.c.o.IgnoreCanonical {
		return nil
	}
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
	if t.single != nil && address.Identity(u) == address.Identity(t.single) {
		return nil // the article stays where it was found
	}
	return u
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
	if t.item.Kind != kindPage || tw.url == "" || tw.part || !tw.sketch.Opposes(sketchOf(out)) {
		return nil
	}
	delete(t.item.Meta, metaTwin)
	return t.c.forceTwin(t.store, tw)
}

// knownSketch returns the sketch of the article at the page with this identity. The
// frontier stores it at the first call, so that it is the same in all workers and after
// a restart. Where this process has no sketch of that page to store, it stores own, that
// of the page to be compared: which then counts as the same article, and later pages are
// compared with it.
func (c *crawler) knownSketch(ctx context.Context, id string, own sketch.Sketch) (sketch.Sketch, error) {
	k, ok := c.sketches.Get(id)
	if !ok {
		k = own
	}
	kept, err := c.f.Claim(ctx, "sketch "+id, k.String())
	if err != nil {
		return sketch.Sketch{}, err
	}
	return sketch.Parse(kept), nil
}

// differs reports whether something speaks against a twin and the page at u being
// one article.
func (c *crawler) differs(ctx context.Context, tw twinPage, u *url.URL) (bool, error) {
	return c.differsFrom(ctx, tw, address.Identity(u))
}

func (c *crawler) differsFrom(ctx context.Context, tw twinPage, id string) (bool, error) {
	k, err := c.knownSketch(ctx, id, tw.sketch)
	return err == nil && tw.sketch.Opposes(k), err
}
