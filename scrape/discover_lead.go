package scrape

import (
	"newsclip/clean"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/read"
)

// A lead is an address of another host in a feed, which may lead back to a page of
// the site: of a shortener, or of a service that counts readers. It is fetched to
// see where it leads, and nothing is read from it.

// lead fetches a lead, and adds the page of the site that it leads to.
func (t *task) lead() error {
	c := t.c
	if c.leads.hopeless(t.item.Host) {
		return t.skip(SkipScope)
	}
	resp, err := t.get(&fetch.Request{URL: t.u, Limit: c.o.MaxBody, Accepts: fetch.MayBePage})
	if resp == nil {
		return err
	}
	defer resp.Release()
	// A page that leads on by itself names its target in a refresh, or as its
	// canonical URL.
	l, base := new(read.PageLinks), t.u
	if p, err := clean.Parse(inputOf(t.item.URL, resp)); err == nil {
		l, base = read.Links(p), p.Base
	}
	for _, ref := range []string{read.RefreshTarget(resp.Header.Get("Refresh")), l.Refresh, l.Canonical} {
		if ref == "" {
			continue
		}
		if u, err := address.Resolve(base, ref); err == nil && c.holds(u) {
			return t.leadTo(u.String())
		}
	}
	return t.astray()
}

// astray finishes a lead that leads to no page of the site.
func (t *task) astray() error { return t.skip(SkipScope) }
