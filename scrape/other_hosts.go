package scrape

import (
	"net/url"
	"sync"

	"newsclip/scrape/frontier"
)

// maxOtherHosts is how many hosts outside of the scope the sitemaps and feeds of one host
// may lie on. Publishers keep them with two or three services; an index that names each
// sitemap on a host of its own has a crawl ask all of them.
const maxOtherHosts = 32

// otherHosts are the hosts outside of the scope on which sitemaps and feeds lie. The zero
// value is ready to use.
type otherHosts struct {
	mu    sync.Mutex
	named map[string]int  // how many hosts each host has named
	known map[string]bool // the hosts that were named
}

// mayLead reports whether a sitemap or feed that from names may lie on host. A host that
// was named by another names no further ones.
func (o *otherHosts) mayLead(from, host string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.known[host] {
		return true
	}
	if o.known[from] || o.named[from] >= maxOtherHosts {
		return false
	}
	if o.known == nil {
		o.named, o.known = make(map[string]int), make(map[string]bool)
	}
	o.named[from]++
	o.known[host] = true
	return true
}

// within returns those of items that are fetched by the hosts on which they lie, in the
// slice of items: the item's own, those of the scope, and a few others.
func (t *task) within(items []frontier.Item) []frontier.Item {
	c, kept := t.c, items[:0]
	for _, it := range items {
		u, err := url.Parse(it.URL)
		if it.Host == t.item.Host || err == nil && (c.holds(u) || c.otherHosts.mayLead(t.item.Host, it.Host)) {
			kept = append(kept, it)
		}
	}
	if n := len(items) - len(kept); n > 0 {
		c.tally.skip(SkipScope, n)
	}
	return kept
}
