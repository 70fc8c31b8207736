// Package memory bounds the bytes that the workers of a crawl have in memory at once.
//
// What comes from strangers grows while it is read, so that its size is not known when
// the first of it is there. Where each worker waited until there is room for the rest of
// its own, all could wait for each other. So a [Budget] lets a few of those that wait
// through, whatever it has left: their number and what one of them may take bound the
// sum all the same, and one that is let through needs nobody to give anything back.
package memory

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"
)

// A Budget is a number of bytes that many shares take from. It may be used by any
// number of goroutines.
type Budget struct {
	left *semaphore.Weighted
	// beyond holds a place for each share that may take more than is left.
	beyond chan struct{}
	// freed rings when bytes were given back.
	freed chan struct{}
}

// NewBudget returns a budget of so many bytes, beyond which as many shares as beyond
// may grow at once. Both must be positive.
func NewBudget(bytes int64, beyond int) *Budget {
	return &Budget{semaphore.NewWeighted(bytes), make(chan struct{}, beyond), make(chan struct{}, 1)}
}

// NewShare returns a share that holds nothing.
func (b *Budget) NewShare() *Share { return &Share{b: b} }

// A Share is what one worker holds of a budget. It may be used by one goroutine at a
// time, but for what Hold returns. A nil Share is of no budget: it takes whatever is
// asked for.
type Share struct {
	b *Budget

	mu       sync.Mutex
	held     int64
	isBeyond bool
	holds    int
	// isFreed is set where Free was called, and holds are left.
	isFreed bool
}

// Grow takes n bytes more, and waits until it may. The error is that of ctx, which
// ended first; the share is as it was then.
func (s *Share) Grow(ctx context.Context, n int64) error {
	if s == nil || n <= 0 {
		return nil
	}
	for {
		if s.take(n) {
			s.b.ring() // others may fit as well
			return nil
		}
		select {
		case s.b.beyond <- struct{}{}:
			s.mu.Lock()
			s.isBeyond = true
			s.mu.Unlock()
			return nil
		case <-s.b.freed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// take takes n bytes where there is room for them, or where the share may grow
// beyond the budget.
func (s *Share) take(n int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.b.left.TryAcquire(n) {
		s.held += n
		return true
	}
	return s.isBeyond
}

// Hold keeps what the share has until release is called, though Free is called before:
// for work that cannot be stopped, and goes on when nobody waits for it any more.
// release may be called by any goroutine, and more than once.
func (s *Share) Hold() (release func()) {
	if s == nil {
		return func() {}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.holds++
	return sync.OnceFunc(func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.holds--; s.holds == 0 && s.isFreed {
			s.free()
		}
	})
}

// Free gives everything back, once no Hold is left. The share may grow anew.
func (s *Share) Free() {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.holds > 0 {
		s.isFreed = true
		return
	}
	s.free()
}

// free is Free where no Hold is left. mu is held.
func (s *Share) free() {
	s.isFreed = false
	if s.held > 0 {
		s.b.left.Release(s.held)
		s.held = 0
		s.b.ring()
	}
	if s.isBeyond {
		s.isBeyond = false
		<-s.b.beyond
	}
}

func (b *Budget) ring() {
	select {
	case b.freed <- struct{}{}:
	default:
	}
}
