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
	"sync/atomic"
	"time"

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
	// fits, if set, bounds the shares as well: see Under.
	fits    func(n int64) bool
	mu      sync.Mutex
	holders int // shares that have passed fits and have not been freed
	taken   atomic.Int64
}

// pressedFor is how long a share waits at most before fits is called again.
const pressedFor = 20 * time.Millisecond

// Under lets a share take its first n bytes only where fits(n) is true, or where no other
// share of the budget has any, and returns the budget. It is for what memory is left in
// the process, which is no number that shares give back. Call it before the first Grow.
func (b *Budget) Under(fits func(n int64) bool) *Budget {
	b.fits = fits
	return b
}

// NewBudget returns a budget of so many bytes, beyond which as many shares as beyond
// may grow at once. Both must be positive.
func NewBudget(bytes int64, beyond int) *Budget {
	return &Budget{left: semaphore.NewWeighted(bytes), beyond: make(chan struct{}, beyond), freed: make(chan struct{}, 1)}
}

// NewShare returns a share that holds nothing.
func (b *Budget) NewShare() *Share { return &Share{b: b} }

// A Share is what one worker holds of a budget. It may be used by one goroutine at a
// time, but for what Hold returns. A nil Share is of no budget: it takes whatever is
// asked for.
type Share struct {
	b *Budget

	mu       sync.Mutex
	held     int64 // of the budget
	taken    int64 // held, and what is beyond the budget
	isBeyond bool
	holds    int
	// isFreed is set where Free was called, and holds are left.
	isFreed bool
	// isHolder is set where the share counts among the holders of its budget, whose mu
	// guards it.
	isHolder bool
}

// Grow takes n bytes more, and waits until it may. The error is that of ctx, which
// ended first; the share is as it was then.
func (s *Share) Grow(ctx context.Context, n int64) error {
	if s == nil || n <= 0 {
		return nil
	}
	if err := s.pass(ctx, n); err != nil {
		return err
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
			s.count(n)
			s.mu.Unlock()
			return nil
		case <-s.b.freed:
		case <-ctx.Done():
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.taken == 0 {
				s.b.leave(s)
			}
			return ctx.Err()
		}
	}
}

// pass waits until fits lets n bytes through, or no other share has any. A share that has
// passed once is not held up again: others may wait for it.
func (s *Share) pass(ctx context.Context, n int64) error {
	b := s.b
	for b.fits != nil {
		if b.enter(s, n) {
			return nil
		}
		select {
		case <-b.freed:
		case <-time.After(pressedFor):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// take takes n bytes where there is room for them, or where the share may grow
// beyond the budget.
func (s *Share) take(n int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.b.left.TryAcquire(n) {
		s.held += n
	} else if !s.isBeyond {
		return false
	}
	s.count(n)
	return true
}

// count adds n to what is taken. mu is held.
func (s *Share) count(n int64) {
	s.taken += n
	s.b.taken.Add(n)
}

// Taken returns how many bytes the shares of the budget have, with those beyond it.
func (b *Budget) Taken() int64 { return b.taken.Load() }

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
	s.count(-s.taken)
	s.b.leave(s)
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

// enter counts s among the holders where it may be.
func (b *Budget) enter(s *Share, n int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !s.isHolder && (b.holders == 0 || b.fits(n)) {
		s.isHolder = true
		b.holders++
	}
	return s.isHolder
}

// leave counts s among the holders no longer.
func (b *Budget) leave(s *Share) {
	b.mu.Lock()
	wasHolder := s.isHolder
	if wasHolder {
		s.isHolder = false
		b.holders--
	}
	b.mu.Unlock()
	if wasHolder {
		b.ring()
	}
}

func (b *Budget) ring() {
	select {
	case b.freed <- struct{}{}:
	default:
	}
}
