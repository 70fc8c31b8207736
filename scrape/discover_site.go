package scrape

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
)

// A seed that is a feed or a sitemap may lie on another host than the site that it
// is of: on a service for feeds, or in a bucket of files. The site is then where
// its entries lead.

// siteClaim is the key under which the site of a seed belongs to the first host that
// one of its documents leads to.
func siteClaim(seed string) string { return "site " + seed }

// findSite widens the scope to the site that a seed's document is of, where its
// entries lead to another host. That is the host that the feed names as its own
// where entries lead there, and otherwise the one that at least half of the entries
// name. Entries of many hosts, as of a digest, widen nothing.
func (t *task) findSite(d *document) error {
	c := t.c
	hosts := make(map[string]int)
	sample := make(map[string]*url.URL)
	total := 0
	for i := range d.pages {
		f := &d.pages[i]
		for _, ref := range append([]string{f.ref}, f.also...) {
			u, err := address.Resolve(f.base, ref)
			if err != nil {
				continue
			}
			if c.holds(u) {
				return nil
			}
			if ref == f.ref {
				total++
				hosts[address.Host(u)]++
			}
			if sample[address.Host(u)] == nil {
				sample[address.Host(u)] = u
			}
		}
	}
	site := t.siteOf(d, hosts, sample, total)
	if site == nil {
		if total > 0 {
			c.o.Log.Warn("the seed lists pages of other sites only: name a site that is to be crawled", "seed", t.item.URL, "sites", strings.Join(firstOf(byNumber(hosts), 3), ", "))
		}
		return nil
	}
	seed := t.seedOfDocument()
	owner, err := c.f.Claim(t.store, siteClaim(seed), address.Host(site))
	if err != nil || owner != address.Host(site) {
		return err
	}
	c.o.Log.Warn("the seed is of another site, which is crawled", "seed", seed, "site", address.Host(site))
	return t.moveTo(site)
}

// siteOf returns the front page of the site that a document is of, or nil.
func (t *task) siteOf(d *document, hosts map[string]int, sample map[string]*url.URL, total int) *url.URL {
	var own *url.URL
	if d.doc.Site != "" {
		if u, err := address.Resolve(d.base, d.doc.Site); err == nil {
			own = u
		}
	}
	if own != nil && sample[address.Host(own)] != nil {
		return own
	}
	names := byNumber(hosts)
	if len(names) == 0 || 2*hosts[names[0]] < total {
		return nil
	}
	front := *sample[names[0]]
	front.Path, front.RawPath, front.RawQuery = "/", "", ""
	if own == nil || address.SameOwner(own, &front) {
		return &front
	}
	// The entries lead to the feed's own site by way of a redirector.
	if t.c.holds(own) {
		return nil
	}
	return own
}

// byNumber returns hosts, those that most entries name first.
func byNumber(hosts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(hosts), func(a, b string) int {
		return cmp.Or(cmp.Compare(hosts[b], hosts[a]), strings.Compare(a, b))
	})
}

// choose settles for each entry of a feed which of its addresses is fetched: the
// first that is within the scope. An address that leads on to another one, which it
// holds, is taken for that. Entries that lead out of the scope are put aside.
func (d *document) choose() {
	c := d.t.c
	kept := d.pages[:0]
	for _, f := range d.pages {
		if d.chosen(&f) {
			kept = append(kept, f)
		} else if u, err := address.Resolve(f.base, f.ref); err == nil && !c.holds(u) && len(d.foreign) < maxForeign {
			d.foreign = append(d.foreign, f)
		} else {
			kept = append(kept, f) // counted as what it is
		}
	}
	d.pages = kept
}

// maxForeign is how many entries of one feed that lead out of the scope are kept
// to look for redirectors among them.
const maxForeign = 5000

// chosen settles the address of one entry. It reports false where all of them lead
// out of the scope.
func (d *document) chosen(f *found) bool {
	c := d.t.c
	for _, ref := range append([]string{f.ref}, f.also...) {
		u, err := address.Resolve(f.base, ref)
		if err != nil {
			continue
		}
		if !c.holds(u) {
			inner := address.Embedded(ref)
			if u, err = address.Resolve(f.base, inner); inner == "" || err != nil || !c.holds(u) {
				continue
			}
			ref = inner
		}
		f.ref, f.also = ref, nil
		return true
	}
	return false
}

// firstOf returns the first n of names, or all.
func firstOf(names []string, n int) []string { return names[:min(n, len(names))] }

// leastLeads is how many entries of a feed must name a host, or half of them,
// for it to be taken for a redirector: the entries of a digest name many hosts
// once.
const leastLeads = 2

// addForeign adds the leads among the entries of a feed that lead out of the scope.
func (d *document) addForeign() error {
	c, t := d.t.c, d.t
	hosts := make(map[string]int)
	items := make([]frontier.Item, 0, len(d.foreign))
	for i := range d.foreign {
		f := &d.foreign[i]
		u, err := address.Resolve(f.base, f.ref)
		if err != nil {
			continue
		}
		it := newItem(u, kindLead, f.class, f.depth)
		it.Referrer, it.LastMod = f.referrer, f.lastMod
		hosts[it.Host]++
		items = append(items, it)
	}
	leads := slices.DeleteFunc(items, func(it frontier.Item) bool {
		n := hosts[it.Host]
		return n < leastLeads && 2*n < d.entries || it.Depth > c.o.MaxDepth
	})
	c.tally.skip(SkipScope, len(d.foreign)-len(leads))
	if len(leads) == 0 {
		return nil
	}
	_, err := c.f.Add(t.store, leads...)
	return err
}
