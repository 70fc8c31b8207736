package scrape

import (
	"net/url"
	"slices"

	"newsclip/scrape/internal/address"
)

func (a *waitingTwins) add(t *task) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.of == nil {
		a.of = make(map[string][]*task)
	}
	id := address.Identity(t.u)
	a.of[id] = append(a.of[id], t)
	a.n++
}

// remove takes t out. It reports false where t was not waiting any more.
func (a *waitingTwins) remove(t *task) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	id := address.Identity(t.u)
	i := slices.Index(a.of[id], t)
	if i < 0 {
		return false
	}
	if a.of[id] = slices.Delete(a.of[id], i, i+1); len(a.of[id]) == 0 {
		delete(a.of, id)
	}
	a.n--
	return true
}

// take removes and returns the items that wait for the page at u.
func (a *waitingTwins) take(u *url.URL) []*task {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.n == 0 {
		return nil
	}
	id := address.Identity(u)
	ts := a.of[id]
	delete(a.of, id)
	a.n -= len(ts)
	return ts
}

func (a *waitingTwins) len() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.n
}

// release gives all items back to the frontier, at the end of the crawl.
func (a *waitingTwins) release() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, ts := range a.of {
		for _, t := range ts {
			t.lease.Release()
		}
	}
	a.of, a.n = nil, 0
}
