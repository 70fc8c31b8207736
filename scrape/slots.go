package scrape

import (
	"context"
	"runtime"
	"sync/atomic"

	"newsclip/scrape/internal/fetch"
)

// A request in flight takes memory for a connection, and a page in hand a tree and a
// processor. So they are bounded apart: a task holds a slot from when its item is
// leased until the lease ends, and is in hand only from the answer until its result
// goes to the frontier.

const (
	// mostSlots is the number of slots where descriptors allow it: two thirds of
	// 1,500 hosts with a request a second each, answered after a second.
	mostSlots = 1000
	// slotDescriptors is how many of the process's descriptors there are for each
	// slot: its connection, one that is kept, and a share of files and servers.
	slotDescriptors = 4
	// leastInHand is the least number of pages in hand where there are as many
	// slots. Some of them wait for the frontier, so that it is more than the
	// processors need.
	leastInHand = 16
	// inHandPerProcessor is the number of pages in hand for each processor, where
	// that is more.
	inHandPerProcessor = 2
)

// DefaultWorkers returns the number of requests at once where Options.Workers is 0:
// 1,000, or fewer where the process may not open four files for each.
func DefaultWorkers() int {
	return min(mostSlots, max(leastInHand, fetch.Descriptors()/slotDescriptors))
}

// inHand bounds the pages that are parsed, cleaned and written at once.
type inHand struct {
	places chan struct{}
	// waiting counts the answers that wait for a place, and left rings when a place
	// was given back.
	waiting atomic.Int64
	left    chan struct{}
}

func newInHand(slots int) *inHand {
	n := min(slots, max(leastInHand, inHandPerProcessor*runtime.GOMAXPROCS(0)))
	return &inHand{places: make(chan struct{}, n), left: make(chan struct{}, 1)}
}

// take waits for a place.
func (h *inHand) take() {
	h.waiting.Add(1)
	h.places <- struct{}{}
	h.waiting.Add(-1)
}

func (h *inHand) give() {
	<-h.places
	select {
	case h.left <- struct{}{}:
	default:
	}
}

// keepUp waits while as many answers wait for a place as there are places: their
// bodies take memory. It reports false where ctx ended first.
func (h *inHand) keepUp(ctx context.Context) bool {
	for h.waiting.Load() >= int64(cap(h.places)) {
		select {
		case <-h.left:
		case <-ctx.Done():
			return false
		}
	}
	return ctx.Err() == nil
}
