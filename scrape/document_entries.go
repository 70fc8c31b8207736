package scrape

import (
	"io"
	"net/url"
	"slices"
	"strconv"
	"time"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/read"
)

// read adds what the document lists, batch by batch.
func (d *document) read(r io.Reader) error {
	err := d.doc.Read(r, func(e read.Entry) error {
		if d.err = d.t.ctx.Err(); d.err == nil {
			d.err = d.entry(&e)
		}
		return d.err
	})
	if d.err != nil {
		return d.err
	}
	for _, step := range []func() error{d.flush, d.addStale, d.addForeign, d.addParts} {
		if d.err = step(); d.err != nil {
			return d.err
		}
	}
	return err
}

// maxTaken is how many addresses are taken of a sitemap or a feed: three times what
// sitemaps.org allows. Each takes some 20 µs.
const maxTaken = 150_000

func (d *document) entry(e *read.Entry) error {
	c := d.t.c
	if d.taken += 1 + len(e.Alternates); d.taken > maxTaken {
		if !d.isFull {
			d.isFull = true
			c.o.Log.Warn("a sitemap or feed has more addresses than are taken: the others are left out", "url", d.t.item.URL, "limit", maxTaken)
		}
		c.tally.skip(SkipHostFull, 1)
		return nil
	}
	if e.Index {
		if err := d.child(e); err != nil {
			return err
		}
	} else {
		d.page(e)
	}
	if len(d.pages)+len(d.maps) >= entryBatch {
		return d.flush()
	}
	return nil
}

// page takes an entry that is a page.
func (d *document) page(e *read.Entry) {
	c, t := d.t.c, d.t
	if d.entries++; d.entries == 1 {
		d.first = e.Loc
	}
	at := e.Published
	if d.doc.Kind != read.KindFeed || at.IsZero() {
		at = latest(e.LastMod, e.Published)
	}
	t.isNews = t.isNews || e.IsNews || d.doc.Kind == read.KindFeed || c.o.time().Sub(at) < newsAge
	if c.tooOld(at) || c.tooNew(e.Published) {
		if c.tooOld(at) {
			d.old++
		}
		c.tally.skip(SkipDate, 1)
		return
	}
	base := d.baseOf(e)
	f := found{
		base: base, ref: address.WithScheme(base, e.Loc), class: frontier.ClassOther, depth: t.item.Depth + 1, referrer: t.item.URL,
		lastMod: at, also: e.Also, by: string(d.doc.Kind),
	}
	switch {
	case d.doc.Kind == read.KindFeed:
		f.class = frontier.ClassFeed
	case e.IsNews:
		f.class = frontier.ClassNews
	}
	d.pages = append(d.pages, f)
	for _, href := range e.Alternates {
		if href != e.Loc {
			alternate := f
			alternate.ref, alternate.also = href, nil
			d.pages = append(d.pages, alternate)
		}
	}
}

// baseOf returns what an entry's addresses are relative to. Where a feed lies on
// another host than its site and sets no base, that is its site.
func (d *document) baseOf(e *read.Entry) *url.URL {
	base := d.base
	if d.doc.Site != "" && d.doc.Base == "" {
		if site, err := address.Resolve(base, d.doc.Site); err == nil && address.Host(site) != address.Host(base) {
			base = site
		}
	}
	for _, ref := range []string{d.doc.Base, e.Base} {
		if ref == "" {
			continue
		}
		if u, err := address.Parse(base, ref); err == nil {
			base = u
		}
	}
	return base
}

// flush adds the entries that were read to the frontier.
func (d *document) flush() error {
	c, t := d.t.c, d.t
	if d.siteOpen && len(d.pages) > 0 {
		d.siteOpen = false
		if err := t.findSite(d); err != nil {
			return err
		}
	}
	if len(d.maps) > 0 {
		if _, err := c.f.Add(t.store, t.within(d.maps)...); err != nil {
			return err
		}
		d.maps = d.maps[:0]
	}
	if d.doc.Kind == read.KindFeed {
		d.choose()
	}
	err := c.addPages(t.store, d.pages)
	if err == nil && t.item.Meta[metaStale] != "" && d.old < d.entries && d.datedSince() {
		err = t.refuteIndex()
	}
	d.pages = d.pages[:0]
	return err
}

// child takes an entry that is another sitemap.
func (d *document) child(e *read.Entry) error {
	c, t := d.t.c, d.t
	if c.tooOld(e.LastMod) && t.item.Meta[metaAll] == "" {
		d.stale = append(d.stale, *e)
		return nil
	}
	it, ok := d.childItem(e)
	if !ok {
		return nil
	}
	// An archive has hundreds of sitemaps. The first few go before all pages, the
	// others among the dated pages, the newest first, so that the first page need
	// not wait for all of them.
	if d.children++; d.children > firstSitemaps {
		it.Class = frontier.ClassDated
	}
	d.maps = append(d.maps, it)
	return nil
}

func (d *document) childItem(e *read.Entry) (frontier.Item, bool) {
	c, t := d.t.c, d.t
	if d.level >= maxSitemapDepth {
		c.tally.skip(SkipDepth, 1)
		return frontier.Item{}, false
	}
	base := d.baseOf(e)
	u, ok := c.normalized(base, address.WithScheme(base, e.Loc))
	if !ok {
		return frontier.Item{}, false
	}
	it := newItem(u, kindSitemap, frontier.ClassControl, t.item.Depth)
	it.LastMod, it.Referrer = e.LastMod, t.item.URL
	it.Meta = map[string]string{metaLevel: strconv.Itoa(d.level + 1)}
	if seed := t.seedOfDocument(); seed != "" {
		it.Meta[metaSeed] = seed
	}
	return it, true
}

// addParts adds the other parts of a paged or archived feed.
func (d *document) addParts() error {
	c, t := d.t.c, d.t
	if d.level >= maxFeedPages || d.entries == 0 || d.first == t.item.Meta[metaFirst] || d.old == d.entries {
		return nil
	}
	var items []frontier.Item
	refs := d.doc.Pages
	if d.doc.Kind == read.KindFeed {
		refs = append(refs, d.next...)
	}
	for _, ref := range refs {
		u, ok := c.normalized(d.base, ref)
		if !ok {
			continue
		}
		it := newItem(u, kindFeed, frontier.ClassDated, t.item.Depth)
		it.Referrer = t.item.URL
		it.Meta = map[string]string{metaLevel: strconv.Itoa(d.level + 1), metaFirst: d.first}
		if seed := t.seedOfDocument(); seed != "" {
			it.Meta[metaSeed] = seed
		}
		items = append(items, it)
	}
	_, err := c.f.Add(t.store, t.within(items)...)
	return err
}

// maxStale is how many sitemaps of an index are read although its dates say that
// they hold nothing since --since. Many programs never renew the dates of an index,
// but an archive of a hundred years should not be read for a day's news.
const maxStale = 100

// addStale adds the sitemaps that seem too old, last of all: those with the newest
// dates, and the last ones of the index. If one of them has a newer entry, the
// dates of the index mean nothing, and all are read: refuteIndex.
func (d *document) addStale() error {
	c, t := d.t.c, d.t
	if len(d.stale) > maxStale {
		rest := d.stale[:len(d.stale)-maxStale/2]
		last := d.stale[len(rest):]
		slices.SortStableFunc(rest, func(a, b read.Entry) int { return b.LastMod.Compare(a.LastMod) })
		c.tally.skip(SkipDate, len(rest)-maxStale/2)
		d.stale = append(slices.Clone(rest[:maxStale/2]), last...)
	}
	var items []frontier.Item
	for i := range d.stale {
		it, ok := d.childItem(&d.stale[i])
		if !ok {
			continue
		}
		it.Class = frontier.ClassOther
		it.Meta[metaStale] = t.item.URL
		items = append(items, it)
	}
	_, err := c.f.Add(t.store, t.within(items)...)
	return err
}

// datedSince reports whether one of the pages that are about to be added has a date
// of its own: it is not before --since then.
func (d *document) datedSince() bool {
	return slices.ContainsFunc(d.pages, func(f found) bool { return !f.lastMod.IsZero() })
}

// refuteIndex has the index of a sitemap read again, without regard to its dates.
func (t *task) refuteIndex() error {
	u, err := url.Parse(t.item.Meta[metaStale])
	if err != nil {
		return nil
	}
	it := newItem(u, kindSitemap, frontier.ClassDated, t.item.Depth)
	it.Key += " all"
	it.Meta = map[string]string{metaAll: "1", metaLevel: strconv.Itoa(max(0, t.level()-1))}
	_, err = t.c.f.Add(t.store, it)
	return err
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// tooOld reports whether a time is before --since. An unknown time is not.
func (c *crawler) tooOld(t time.Time) bool {
	return !t.IsZero() && !c.o.Since.IsZero() && t.Before(c.o.Since)
}

// tooNew reports whether a time is after --until. An unknown time is not.
func (c *crawler) tooNew(t time.Time) bool {
	return !t.IsZero() && !c.o.Until.IsZero() && t.After(c.o.Until)
}

const (
	// maxSitemapDepth ends indexes that name each other. The protocol allows one
	// level; publishers nest two and three.
	maxSitemapDepth = 8
	// firstSitemaps is how many of the sitemaps in an index go before all pages.
	firstSitemaps = 5
	// maxFeedPages ends a feed whose parts lead on for ever.
	maxFeedPages = 1000
	// entryBatch is how many entries of a document are added to the frontier at once.
	entryBatch = 500
)
