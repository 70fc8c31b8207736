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
)

// An article that has several URLs is written from one of them: the canonical
// URL if that page can be fetched and is an article, otherwise one of the pages
// that name it as their canonical URL, its twins.
//
// When a twin is read before its canonical page is finished, it is not written,
// and an item of kindTwin is added on the host of the canonical page. The worker
// that holds that host handles the item once the canonical page is finished: if
// nothing was written, the twin is fetched again and written. Because the item is
// in the frontier, this holds over workers and restarts.

// ownsArticle reports whether the article of this page is to be written from this
// page.
func (t *task) ownsArticle(page *Page, l *read.PageLinks, out *Outcome) (bool, error) {
	if t.item.Meta[metaForce] != "" {
		return true, nil // decided when the item was added
	}
	c, self := t.c, address.Identity(t.u)
	// A page that may be a later part of another article may have been joined to it.
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
	if !c.scope.Wants(canonical.String()) {
		// --include or --exclude keeps it from being fetched: the first of its
		// twins is written.
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
			return true, nil // written from this page in an earlier crawl
		}
		if own, open, err = c.standsFor(t.store, t.u, canonical); err != nil {
			return false, err
		}
		switch {
		case own && c.o.Recrawl:
			// The record may have been written already, from a forced item.
			return false, c.forceTwin(t.store, t.item.URL, t.item.Depth)
		case own:
			return true, nil
		case open != nil:
			if err := c.awaitFate(t.store, open, t.item.URL, t.item.Depth); err != nil {
				return false, err
			}
		}
	}
	// Pages that name this one as their canonical URL must find the one written.
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

// standsFor reports whether twin is to be written in place of the page at u, which
// it names as its canonical URL and which is in the frontier. Where that depends
// on a page that is not finished, or that another worker has, it returns the URL
// of that page as open.
func (c *crawler) standsFor(ctx context.Context, twin, u *url.URL) (own bool, open *url.URL, err error) {
	self := address.Identity(twin)
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
		case fate == frontier.FateDone:
			return false, nil, nil
		}
		// Nothing was written from it: its first twin is, or, where it leads to
		// another page, the same question is about that page.
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
			// Pages that name each other, or a redirect back to the twin: each of
			// them gets here, and the first to claim the circle is written.
			owner, err := c.f.Claim(ctx, "circle "+slices.Min(passed), self)
			return owner == self, nil, err
		}
	}
	return false, nil, nil
}

// canonicalOf returns the canonical URL that the page names, or nil where it names
// none, one outside the crawl's scope, or the front page, which broken templates
// name on every page.
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
