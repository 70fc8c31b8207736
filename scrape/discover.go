package scrape

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"time"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
)

// admit returns the item for a reference and its URL, or the cause why it is left out.
// v tells views of other links, and may be nil.
func (c *crawler) admit(f *found, v *address.Views) (frontier.Item, *url.URL, SkipCause) {
	u, err := address.Resolve(f.base, f.ref)
	if err != nil {
		return frontier.Item{}, nil, SkipInvalid
	}
	if !c.holds(u) {
		return frontier.Item{}, nil, SkipScope
	}
	if f.depth > c.o.MaxDepth {
		return frontier.Item{}, nil, SkipDepth
	}
	kind := kindPage
	if c.o.List {
		kind = kindListed
	}
	it := newItem(u, kind, f.class, f.depth)
	if cause := address.Trap(u, len(it.URL), time.Now()); cause != "" {
		return frontier.Item{}, nil, cause
	}
	if v != nil {
		if cause := v.Trap(u); cause != "" {
			return frontier.Item{}, nil, cause
		}
	}
	if address.IsMedia(u.Path) {
		return frontier.Item{}, nil, SkipNotPage
	}
	if !c.fetches(it.URL) {
		return frontier.Item{}, nil, SkipExcluded
	}
	it.Referrer, it.LastMod = f.referrer, f.lastMod
	if c.o.List {
		it.Meta = map[string]string{metaBy: f.by}
	}
	if at, ok := address.Date(u.Path); ok && it.Class == frontier.ClassOther && at.Before(time.Now().AddDate(0, 1, 0)) {
		it.Class = frontier.ClassDated
		if it.LastMod.IsZero() {
			it.LastMod = at // the newest are fetched first
		}
	}
	return it, u, ""
}

// addPages adds the pages that references lead to, and counts what is left out.
func (c *crawler) addPages(ctx context.Context, pages []found) error {
	var items, far []frontier.Item // few: nearly all links of a page are known
	skipped := make(map[SkipCause]int)
	var farOf []*found
	v, now := views(pages), time.Now()
	var admitted []*found // of items
	var outside []*found
	scope := c.known.scope()
	for i := range pages {
		switch known, isOutside := c.known.has(&pages[i]); {
		case isOutside:
			skipped[SkipScope]++
			continue
		// What is a view depends on the other links of a page.
		case known && v == nil && pages[i].depth <= c.o.MaxDepth:
			continue
		}
		it, u, cause := c.admit(&pages[i], v)
		if cause != "" {
			skipped[cause]++
			if cause == SkipScope {
				outside = append(outside, &pages[i])
			}
			continue
		}
		if distant, _ := address.IsFar(u, now); distant {
			far, farOf = append(far, it), append(farOf, &pages[i])
			continue
		}
		items, admitted = append(items, it), append(admitted, &pages[i])
	}
	c.known.addOutside(scope, outside)
	c.tally.add(func(s *Summary) {
		for cause, n := range skipped {
			s.Skipped[cause] += n
		}
	})
	items = c.underLimit(items)
	var entered []bool
	if len(items) > 0 {
		var err error
		if entered, err = c.f.Add(ctx, items...); err != nil {
			return err
		}
		c.found.count(items, entered)
		if v == nil && len(items) == len(admitted) { // and none was over its host's limit
			c.known.add(admitted)
		}
	}
	return c.addFar(ctx, far, farOf, slices.Contains(entered, true))
}

// underLimit returns those of items whose hosts are under MaxFoundPerHost, in the slice
// of items. It counts the others as skipped.
func (c *crawler) underLimit(items []frontier.Item) []frontier.Item {
	limit := cmp.Or(c.o.MaxFoundPerHost, DefaultMaxFoundPerHost)
	kept, full := c.found.within(limit, items)
	for _, host := range full {
		c.o.Log.Warn("a host lists more URLs than are taken: the others are left out", "host", host, "limit", limit)
	}
	c.tally.skip(SkipHostFull, len(items)-len(kept))
	return kept
}

// normalized resolves a reference. One that cannot be fetched is counted, and
// reported as false.
func (c *crawler) normalized(base *url.URL, ref string) (*url.URL, bool) {
	u, err := address.Resolve(base, ref)
	if err != nil {
		c.tally.skip(SkipInvalid, 1)
		return nil, false
	}
	return u, true
}
