package scrape

import (
	"context"
	"net/url"
	"time"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/robots"
)

// What is behind an item's URL.
const (
	kindPage    = "page"
	kindSitemap = "sitemap"
	kindFeed    = "feed"
	// kindTwin is a question about the page at the URL, and nothing is fetched
	// for it: did it come to nothing, so that its twin is to be written?
	kindTwin = "twin"
)

// Keys of an item's Meta.
const (
	// metaProbe marks a URL that nobody named: that it is not there is no
	// failure.
	metaProbe = "probe"
	// metaLevel is how many indexes a sitemap stands below.
	metaLevel = "level"
	// metaTwin is the page that stood aside for this one, its canonical URL,
	// and is written where this one comes to nothing.
	metaTwin = "twin"
	// metaForce marks a page that is written although it names another URL as
	// its canonical one, because that one gave no article.
	metaForce = "force"
)

// newItem makes an item of a normalised URL.
func newItem(u *url.URL, kind string, class frontier.Class, depth int) frontier.Item {
	it := frontier.Item{URL: u.String(), Host: address.Host(u), Kind: kind, Class: class, Depth: depth, Key: address.Identity(u)}
	if kind != kindPage {
		it.Key = kind + " " + it.Key
	}
	return it
}

// found is a page that something names, before it is known whether it is
// wanted.
type found struct {
	base     *url.URL
	ref      string
	class    frontier.Class
	depth    int
	referrer string
	lastMod  time.Time
}

// admit returns the item for what was found, or the cause why it is left out.
func (c *crawler) admit(f *found) (frontier.Item, SkipCause) {
	u, err := address.Resolve(f.base, f.ref)
	if err != nil {
		return frontier.Item{}, SkipInvalid
	}
	if !c.holds(u) {
		return frontier.Item{}, SkipScope
	}
	if f.depth > c.o.MaxDepth {
		return frontier.Item{}, SkipDepth
	}
	s := u.String()
	if cause := address.Trap(u, len(s), time.Now()); cause != "" {
		return frontier.Item{}, cause
	}
	if address.IsMedia(u.Path) {
		return frontier.Item{}, SkipNotPage
	}
	if !c.ground.Wants(s) {
		return frontier.Item{}, SkipExcluded
	}
	it := newItem(u, kindPage, f.class, f.depth)
	it.Referrer, it.LastMod = f.referrer, f.lastMod
	if at, ok := address.Date(u.Path); ok && it.Class == frontier.ClassOther {
		it.Class = frontier.ClassDated
		if it.LastMod.IsZero() {
			it.LastMod = at // so that the newest goes first
		}
	}
	return it, ""
}

func (c *crawler) holds(u *url.URL) bool {
	c.groundMu.RLock()
	defer c.groundMu.RUnlock()
	return c.ground.Contains(u)
}

// addPages enters pages that were found, and counts what is left out.
func (c *crawler) addPages(ctx context.Context, pages []found) error {
	items := make([]frontier.Item, 0, len(pages))
	skipped := make(map[SkipCause]int)
	for i := range pages {
		it, cause := c.admit(&pages[i])
		if cause != "" {
			skipped[cause]++
			continue
		}
		items = append(items, it)
	}
	c.tally.add(func(s *Summary) {
		for cause, n := range skipped {
			s.Skipped[cause] += n
		}
	})
	if len(items) == 0 {
		return nil
	}
	_, err := c.f.Add(ctx, items...)
	return err
}

// addHost enters what robots.txt names, and what is tried on every host.
func (c *crawler) addHost(ctx context.Context, u *url.URL, rules *robots.Rules) error {
	if c.o.NoDiscovery || c.o.MaxDepth < 1 || !c.holds(u) {
		return nil
	}
	var items []frontier.Item
	for _, line := range rules.Sitemaps {
		if at, ok := c.normalized(u, line); ok {
			items = append(items, newItem(at, kindSitemap, frontier.ClassControl, 0))
		}
	}
	if at, ok := c.normalized(u, "/sitemap.xml"); ok {
		it := newItem(at, kindSitemap, frontier.ClassControl, 0)
		it.Meta = map[string]string{metaProbe: "1"}
		items = append(items, it)
	}
	if len(items) == 0 {
		return nil
	}
	_, err := c.f.Add(ctx, items...)
	return err
}

// normalized resolves a reference; what cannot be fetched is counted.
func (c *crawler) normalized(base *url.URL, ref string) (*url.URL, bool) {
	u, err := address.Resolve(base, ref)
	if err != nil {
		c.tally.skip(SkipInvalid, 1)
		return nil, false
	}
	return u, true
}

// tooOld and tooYoung judge a time by --since and --until. An unknown time is
// neither.
func (c *crawler) tooOld(t time.Time) bool {
	return !t.IsZero() && !c.o.Since.IsZero() && t.Before(c.o.Since)
}

func (c *crawler) tooYoung(t time.Time) bool {
	return !t.IsZero() && !c.o.Until.IsZero() && t.After(c.o.Until)
}
