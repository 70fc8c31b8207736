package web

import (
	"crypto/rand"
	"slices"
	"strings"
	"sync"

	"newsclip/clean"
)

const (
	// storeBytes is how much HTML of pages at hand is kept, and storePages how many
	// pages: some hundred usual ones.
	storeBytes = 32 << 20
	storePages = 200
)

// A stored is a page at hand. It does not change.
type stored struct {
	ID, Title, Host string
	In              clean.Input
}

// A store holds pages at hand, within a budget. It is safe for concurrent use.
type store struct {
	mu     sync.Mutex
	budget int64
	size   int64
	pages  []*stored // the one that was used last is last
}

func newStore(budget int64) *store { return &store{budget: budget} }

// add keeps a page under a new id, and gives up those that were not used for longest
// where there is no room.
func (s *store) add(p *stored) {
	p.ID = strings.ToLower(rand.Text())
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages = append(s.pages, p)
	s.size += int64(len(p.In.HTML))
	for len(s.pages) > 1 && (s.size > s.budget || len(s.pages) > storePages) {
		s.size -= int64(len(s.pages[0].In.HTML))
		s.pages = slices.Delete(s.pages, 0, 1)
	}
}

// get returns a page, which is the one used last then, or nil.
func (s *store) get(id string) *stored {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := slices.IndexFunc(s.pages, func(p *stored) bool { return p.ID == id })
	if k < 0 {
		return nil
	}
	p := s.pages[k]
	s.pages = append(slices.Delete(s.pages, k, k+1), p)
	return p
}

// replace puts another page in the place of the one that has its id.
func (s *store) replace(p *stored) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if k := slices.IndexFunc(s.pages, func(old *stored) bool { return old.ID == p.ID }); k >= 0 {
		s.size += int64(len(p.In.HTML)) - int64(len(s.pages[k].In.HTML))
		s.pages[k] = p
	}
}

// remove gives a page up.
func (s *store) remove(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if k := slices.IndexFunc(s.pages, func(p *stored) bool { return p.ID == id }); k >= 0 {
		s.size -= int64(len(s.pages[k].In.HTML))
		s.pages = slices.Delete(s.pages, k, k+1)
	}
}

// list returns the pages, the one that was used last first.
func (s *store) list() []*stored {
	s.mu.Lock()
	defer s.mu.Unlock()
	pages := slices.Clone(s.pages)
	slices.Reverse(pages)
	return pages
}
