package scrape

import (
	"net/url"

	"newsclip/clean"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
)

// claimRuled claims the pages that, by the rules of the site, go on with the article
// at p, so that they are not written by themselves. It is called before the links
// of p are followed, since another worker may fetch them at once.
func (t *task) claimRuled(p *clean.Page) error {
	if t.c.o.SiteRules == nil || t.c.o.List {
		return nil
	}
	for _, ref := range []string{t.c.o.SiteRules.SinglePage(p), t.c.o.SiteRules.NextPage(p)} {
		u, err := address.Resolve(p.Base, ref)
		if ref == "" || err != nil || address.Identity(u) == address.Identity(t.u) || !t.mayFetchPart(u) {
			continue
		}
		if _, err := t.c.f.Claim(t.store, partClaim(u), t.item.URL); err != nil {
			return err
		}
	}
	return nil
}

// mayFetchPart reports whether a page may be fetched for the article of the task.
// --include has let the article through: its other pages need not match.
func (t *task) mayFetchPart(u *url.URL) bool {
	c := t.c
	return c.holds(u) && !c.excludes(u.String()) && (c.o.IgnoreRobots || t.rules.Allows(u))
}

// ruledNext returns the URL of the page that follows p by the rules of the site,
// unless it was seen, or nil.
func (c *crawler) ruledNext(p *clean.Page, seen map[string]bool) *url.URL {
	if c.o.SiteRules == nil {
		return nil
	}
	ref := c.o.SiteRules.NextPage(p)
	if ref == "" {
		return nil
	}
	u, err := address.Resolve(p.Base, ref)
	if err != nil || seen[address.Identity(u)] {
		return nil
	}
	return u
}

// singlePage fetches the page that, by the rules of the site, has the whole of the
// article at p. It takes the place of p in resp. Nil without an error means that
// there is none, or that it cannot be fetched.
func (t *task) singlePage(p *clean.Page, resp *fetch.Response) (*clean.Page, error) {
	c := t.c
	if c.o.SiteRules == nil || c.o.List {
		return nil, nil
	}
	ref := c.o.SiteRules.SinglePage(p)
	if ref == "" {
		return nil, nil
	}
	u, err := address.Resolve(p.Base, ref)
	if err != nil || address.Identity(u) == address.Identity(t.u) || !t.mayFetchPart(u) {
		return nil, nil
	}
	part, body, err := t.fetchPart(u, resp)
	if err != nil || part == nil {
		return nil, err
	}
	// It must not be written by itself, where a link leads to it.
	first, err := c.f.Claim(t.store, partClaim(u), t.item.URL)
	if err != nil || first != t.item.URL {
		return nil, err
	}
	t.single = u
	resp.Body, resp.ContentType, resp.Truncated = body, part.ContentType, part.Truncated
	// Parsed under the article's URL, as it is again where it is held back.
	return c.parse(inputOf(t.item.URL, resp))
}
