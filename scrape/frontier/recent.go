package frontier

import "sync"

// recent holds the identities that were seen last, so that links that all pages
// of a site have are not sent to the server each time. An identity that it does
// not hold is not new for that reason: the stream decides.
type recent struct {
	mu       sync.Mutex
	size     int               // of now
	now, was map[hash]struct{} // was is the former now
}

func newRecent(size int) *recent { return &recent{size: size, now: map[hash]struct{}{}} }

func (r *recent) has(h hash) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.now[h]; ok {
		return true
	}
	_, ok := r.was[h]
	if ok {
		r.put(h)
	}
	return ok
}

func (r *recent) add(h hash) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.put(h)
}

func (r *recent) put(h hash) {
	if len(r.now) >= r.size {
		r.was, r.now = r.now, make(map[hash]struct{}, r.size)
	}
	r.now[h] = struct{}{}
}

// recentItems is how many identities Add remembers, twice at most: the links
// that a few hundred sites have on all their pages. It takes some 5 MB.
const recentItems = 1 << 16
