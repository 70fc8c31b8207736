package scrape

import (
	"net/url"
	"sync"
	"time"

	"newsclip/scrape/frontier"
)

// found is a reference to a page, before it is decided whether it is fetched.
type found struct {
	base     *url.URL
	ref      string
	class    frontier.Class
	depth    int
	referrer string
	lastMod  time.Time
	also     []string // other references that may be the page's
	by       string   // what the reference was found in: link, sitemap or feed
	on       *url.URL // the page that it stands on; nil in a sitemap or a feed
	far      int      // metaFar of that page
}

// DefaultMaxFoundPerHost is more than the archives of nearly all publishers have.
const DefaultMaxFoundPerHost = 1_000_000

// foundPerHost counts the URLs of each host that this process has added. The zero
// value is ready to use.
type foundPerHost struct {
	mu   sync.Mutex
	of   map[string]int
	told map[string]bool // hosts whose limit was logged
}

// within returns those of items whose hosts are under the limit, in the slice of
// items, and the hosts that have reached it now.
func (h *foundPerHost) within(limit int, items []frontier.Item) (kept []frontier.Item, full []string) {
	if limit < 0 {
		return items, nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	kept = items[:0]
	taken := map[string]int{} // of these items
	for _, it := range items {
		if h.of[it.Host]+taken[it.Host] < limit {
			taken[it.Host]++
			kept = append(kept, it)
		} else if !h.told[it.Host] {
			if h.told == nil {
				h.told = map[string]bool{}
			}
			h.told[it.Host] = true
			full = append(full, it.Host)
		}
	}
	return kept, full
}

// count counts the items that were new.
func (h *foundPerHost) count(items []frontier.Item, entered []bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.of == nil {
		h.of = map[string]int{}
	}
	for i, isNew := range entered {
		if isNew {
			h.of[items[i].Host]++
		}
	}
}
