package serve

import (
	"context"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
)

// The memory for bodies that were read and not answered, and for pages that are being
// cleaned, in bytes.
const (
	// smallBodies is for bodies up to smallBody, and largeBodies for larger ones and
	// those of unknown length; it is MaxBody at least.
	smallBodies, smallBody = 32 << 20, 1 << 20
	largeBodies            = 32 << 20
	// smallPages is for pages that take up to smallPage while they are cleaned
	// (clean.Cost), and largePages for larger ones. A page that takes more than all of
	// largePages has it for itself.
	smallPages, smallPage = 64 << 20, 12 << 20
	largePages            = 64 << 20
	// mostUnsent is how much of answers may be unsent where another request or page is
	// taken up: a client may be slow to take its own.
	mostUnsent = 32 << 20
	// mostFollowers is how many clients follow crawls at once. Each gets what the crawl
	// was asked for, each second.
	mostFollowers = 64
	// mostFetches is how many pages are fetched at once for clients.
	mostFetches = 6
)

// room is what requests share.
type room struct {
	smallBodies, largeBodies *semaphore.Weighted
	smallPages, largePages   *semaphore.Weighted
	// slots are the pages that are cleaned at once. One of them is for small pages,
	// where there are several.
	slots, largeSlots  *semaphore.Weighted
	fetches, followers *semaphore.Weighted
	// largeTaken is what large pages take that are being cleaned, in bytes.
	largeTaken atomic.Int64
	// unsent is what the answers have that are being sent, in bytes.
	unsent atomic.Int64
	// unpacking is for files in another form than HTML, of which one is read at a time: how
	// large its pages will be is not known.
	unpacking *semaphore.Weighted
}

// LargePages returns about how many bytes of memory those pages take that are being cleaned and
// large.
func (s *Server) LargePages() int64 { return s.room.largeTaken.Load() }

func newRoom(o *Options) *room {
	workers := int64(o.Workers)
	return &room{
		smallBodies: semaphore.NewWeighted(smallBodies), largeBodies: semaphore.NewWeighted(max(largeBodies, o.MaxBody)),
		smallPages: semaphore.NewWeighted(smallPages), largePages: semaphore.NewWeighted(largePages),
		slots: semaphore.NewWeighted(workers), largeSlots: semaphore.NewWeighted(max(1, workers-1)),
		fetches: semaphore.NewWeighted(mostFetches), followers: semaphore.NewWeighted(mostFollowers),
		unpacking: semaphore.NewWeighted(1),
	}
}

// bodies returns the budget for a body of n bytes.
func (r *room) bodies(n int64) *semaphore.Weighted {
	if n > smallBody {
		return r.largeBodies
	}
	return r.smallBodies
}

// hold takes n bytes of the budget for bodies in hand, and returns a function that
// gives them back.
func (s *Server) hold(ctx context.Context, n int64) (release func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, s.o.Wait)
	defer cancel()
	n = min(n, s.o.MaxBody)
	b := s.room.bodies(n)
	if err := b.Acquire(ctx, n); err != nil {
		return nil, busy()
	}
	return func() { b.Release(n) }, nil
}

// takeFetch waits until a page may be fetched, and returns a function that ends it.
func (s *Server) takeFetch(ctx context.Context) (release func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, s.o.Wait)
	defer cancel()
	if err := s.room.fetches.Acquire(ctx, 1); err != nil {
		return nil, busy()
	}
	return func() { s.room.fetches.Release(1) }, nil
}

// awaitSent waits until so much of the answers has been sent that others may be made.
func (r *room) awaitSent(ctx context.Context) error {
	for r.unsent.Load() > mostUnsent {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil
}

// place waits for a place to clean a page in that takes so many bytes, and returns a
// function that gives it up.
func (s *Server) place(ctx context.Context, cost int64) (leave func(), err error) {
	begun := time.Now()
	ctx, cancel := context.WithTimeout(ctx, s.o.Wait)
	defer cancel()
	r, large := s.room, int64(0)
	if r.awaitSent(ctx) != nil {
		return nil, busy()
	}
	type share struct {
		of *semaphore.Weighted
		n  int64
	}
	shares := []share{{r.smallPages, cost}, {r.slots, 1}}
	if cost > smallPage {
		large = cost
		shares = []share{{r.largePages, min(cost, largePages)}, {r.largeSlots, 1}, {r.slots, 1}}
	}
	for k, sh := range shares {
		if err := sh.of.Acquire(ctx, sh.n); err != nil {
			for _, taken := range shares[:k] {
				taken.of.Release(taken.n)
			}
			return nil, busy()
		}
	}
	s.metrics.waited.Observe(time.Since(begun).Seconds())
	r.largeTaken.Add(large)
	return func() {
		r.largeTaken.Add(-large)
		for _, sh := range shares {
			sh.of.Release(sh.n)
		}
	}, nil
}
