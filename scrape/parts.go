package scrape

import (
	"net/url"
	"slices"

	"newsclip/clean"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/read"
	"newsclip/scrape/internal/sketch"
)

// nextPart returns the URL of an article's nth page if the page before links to it
// as the next one, or nil.
func nextPart(first *url.URL, base *url.URL, l *read.PageLinks, n int) *url.URL {
	for _, ln := range l.Links {
		if !ln.Next && ln.Number != n {
			continue
		}
		u, err := address.Resolve(base, ln.Href)
		if err != nil {
			continue
		}
		if address.PartNumber(first, u) == n {
			return u
		}
	}
	return nil
}

// firstPart returns the URL of an article's first page, or of the page before,
// where the page at u may be a later one by its address and links to that. It
// returns nil otherwise.
func firstPart(u *url.URL, base *url.URL, l *read.PageLinks) *url.URL {
	for _, ln := range l.Links {
		if !ln.Prev && ln.Number != 1 {
			continue
		}
		first, err := address.Resolve(base, ln.Href)
		if err != nil {
			continue
		}
		n := address.PartNumber(first, u)
		if n == 2 || n > 2 && ln.Number == 1 {
			return first
		}
		// rel=prev of the third page is the second.
		if ln.Prev && n == 0 && address.IsSuccessor(first, u) {
			return first
		}
	}
	return nil
}

// standsApart reports whether a page is to be written by itself. One that may be a
// later part of an article is not, unless that article is finished without it:
// then the page is one of its own, as the next of a row of posts. Where the article
// is not finished, the page waits for it as a twin.
func (t *task) standsApart(p *clean.Page, l *read.PageLinks, out *Outcome) (bool, error) {
	c := t.c
	if t.item.Meta[metaForce] != "" {
		return true, nil
	}
	first := firstPart(t.u, p.Base, l)
	if first == nil {
		return true, nil
	}
	added, err := t.passFirst(p, first)
	if err != nil || !added {
		return !added, err
	}
	tw := t.self(out)
	tw.part = true
	own, open, err := c.standsFor(t.store, tw, first)
	if err != nil || own {
		return own, err
	}
	if open != nil {
		if err := c.awaitFate(t.store, open, tw); err != nil {
			return false, err
		}
	}
	// A page that follows this one must find where the article begins.
	_, err = c.f.Claim(t.store, articleClaim(t.u), movedTo+first.String())
	return false, err
}

// passFirst adds the first page of an article of which this may be a later one. It
// reports false where that page is not fetched.
func (t *task) passFirst(p *clean.Page, first *url.URL) (bool, error) {
	f := found{base: p.Base, ref: first.String(), class: frontier.ClassDated, depth: t.item.Depth, referrer: t.item.URL}
	it, _, cause := t.c.admit(&f, nil)
	if cause != "" {
		return false, nil
	}
	_, err := t.c.f.Add(t.store, it)
	return true, err
}

// joinParts fetches the pages that follow an article's first, in order, up to one
// that is an article of its own.
func (t *task) joinParts(page *Page, l *read.PageLinks, out *Outcome, resp *fetch.Response) error {
	c := t.c
	if t.single != nil {
		return nil
	}
	base, last := page.Base, page.Page
	seen := map[string]bool{address.Identity(t.u): true}
	for n := 2; n <= address.MaxParts; n++ {
		u, ruled := c.ruledNext(last, seen), true
		if u == nil {
			u, ruled = nextPart(t.u, base, l, n), false
		}
		if u == nil || !t.mayFetchPart(u) {
			return nil
		}
		part, body, err := t.fetchPart(u, resp)
		if err != nil || part == nil {
			return err
		}
		l = read.Links(part)
		if err := t.claimRuled(part); err != nil {
			return err
		}
		if err := t.follow(part, l); err != nil {
			return err
		}
		if !ruled {
			other, err := t.judge(&Page{Page: part, RequestedURL: u.String(), Depth: t.item.Depth, Class: t.item.Class, Part: true})
			if err != nil {
				t.failPart(u, err)
				return nil
			}
			if isOwnArticle(t.u, u, part.Base, out, other) {
				return nil
			}
		}
		// The part's own URL, where a link leads to it, must not be written again.
		first, err := c.f.Claim(t.store, partClaim(u), t.item.URL)
		if err != nil {
			return err
		}
		if first != t.item.URL {
			return nil
		}
		page.Parts = append(page.Parts, part)
		t.partBodies = append(t.partBodies, body)
		base, last = part.Base, part
		seen[address.Identity(u)] = true
	}
	return nil
}

// isOwnArticle reports whether the page at u, which by its address is a later part
// of the article at first, is an article of its own: it has another title, another
// date, other authors, or a description and a canonical URL of its own. A page
// that names the first as its canonical URL is a part unless both title and date
// are others.
func isOwnArticle(first, u, base *url.URL, a, b *Outcome) bool {
	otherTitle := a.Title != "" && b.Title != "" && !sketch.SameTitle(a.Title, b.Title)
	otherDate := sketch.Day(a.Published) != "" && sketch.Day(b.Published) != "" && sketch.Day(a.Published) != sketch.Day(b.Published)
	ownCanonical := false
	if canonical, err := address.Resolve(base, b.CanonicalURL); err == nil && b.CanonicalURL != "" {
		switch address.Identity(canonical) {
		case address.Identity(first):
			return otherTitle && otherDate
		case address.Identity(u):
			ownCanonical = true
		}
	}
	otherAuthors := len(a.Authors) > 0 && len(b.Authors) > 0 &&
		!slices.ContainsFunc(a.Authors, func(name string) bool { return slices.Contains(b.Authors, name) })
	otherDescription := a.Description != "" && b.Description != "" && a.Description != b.Description
	return otherTitle || otherDate || otherAuthors || ownCanonical && otherDescription
}
