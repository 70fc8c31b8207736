package scrape

import (
	"cmp"
	"sync"

	"newsclip/scrape/frontier"
)

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
// items. It counts the others as skipped.
func (h *foundPerHost) within(c *crawler, items []frontier.Item) []frontier.Item {
	limit := cmp.Or(c.o.MaxFoundPerHost, DefaultMaxFoundPerHost)
	if limit < 0 {
		return items
	}
	h.mu.Lock()
	kept := items[:0]
	var full []string
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
	h.mu.Unlock()
	for _, host := range full {
		c.o.Log.Warn("a host lists more URLs than are taken: the others are left out", "host", host, "limit", limit)
	}
	if n := len(items) - len(kept); n > 0 {
		c.tally.skip(SkipHostFull, n)
	}
	return kept
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
