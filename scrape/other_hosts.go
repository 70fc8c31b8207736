package scrape

import "sync"

// maxOtherHosts is how many hosts outside of the scope the sitemaps and feeds of one host
// may lie on. Publishers keep them with two or three services; an index that names each
// sitemap on a host of its own has a crawl ask all of them.
const maxOtherHosts = 32

// otherHosts are the hosts outside of the scope on which sitemaps and feeds lie. The zero
// value is ready to use.
type otherHosts struct {
	mu    sync.Mutex
	named map[string]int    // how many hosts were named by way of each host of the scope
	by    map[string]string // of each host that was named, by way of which
}

// mayLead reports whether a sitemap or feed that from names may lie on host. What a named
// host names counts as named by the one that has named it.
func (o *otherHosts) mayLead(from, host string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, ok := o.by[host]; ok {
		return true
	}
	if root, ok := o.by[from]; ok {
		from = root
	}
	if o.named[from] >= maxOtherHosts {
		return false
	}
	if o.by == nil {
		o.named, o.by = make(map[string]int), make(map[string]string)
	}
	o.named[from]++
	o.by[host] = from
	return true
}
