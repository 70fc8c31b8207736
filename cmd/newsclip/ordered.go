package main

import (
	"context"
	"iter"
	"time"

	"golang.org/x/sync/semaphore"
)

// pauseAfter is how long no item has to come for the items to count as paused.
const pauseAfter = time.Second

// aheadBytes is how many bytes the items that are read ahead may hold together, and
// handBytes how many those may take that are processed or wait for emit, or
// handBytesPerWorker for each worker where that is more. An item that takes more is
// processed alone.
const (
	aheadBytes         = 256 << 20
	handBytes          = 128 << 20
	handBytesPerWorker = 16 << 20
)

// ordered calls do for every item, in as many goroutines as workers, and emit
// for every result, one at a time and in the order of the items.
//
// Memory is bounded, however many items there are and however slow one of them
// is: at most four results a worker wait for emit, and the items that are read
// ahead hold at most aheadBytes together, where held returns the bytes that an
// item holds. What an item takes while it is processed is known when it was read: do
// calls take with that, once, and then has it until its result is emitted. Items take
// in their order, so that none waits for one after it.
//
// Where pause is not nil, it is called when all results so far were emitted and
// no item has come for pauseAfter.
//
// ordered returns the first error of emit or pause, or the context's error when it ends,
// and emits nothing after that. It does not wait for calls of do or for the next
// item, since an item that a user types may never come.
func ordered[T, R any](ctx context.Context, items iter.Seq[T], workers int, held func(T) int, do func(item T, take func(int64)) R, emit func(R) error, pause func() error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	queue := make(chan *job[T, R], 4*workers) // in order, for emit
	work := make(chan *job[T, R])             // for the workers
	room := semaphore.NewWeighted(aheadBytes)
	inHand := max(handBytes, int64(workers)*handBytesPerWorker)
	hand := semaphore.NewWeighted(inHand)

	for range workers {
		go func() {
			for j := range work {
				r := do(j.item, func(n int64) { j.take(ctx, hand, min(n, inHand)) })
				j.take(ctx, hand, 0)
				j.result <- r
			}
		}()
	}
	go func() {
		defer close(queue)
		defer close(work)
		before := make(chan struct{})
		close(before)
		for item := range items {
			j := &job[T, R]{item: item, held: min(int64(held(item)), aheadBytes), before: before, after: make(chan struct{}), result: make(chan R, 1)}
			before = j.after
			if room.Acquire(ctx, j.held) != nil {
				return
			}
			select {
			case queue <- j:
			case <-ctx.Done():
				return
			}
			select {
			case work <- j:
			case <-ctx.Done():
				return
			}
		}
	}()

	for {
		var j *job[T, R]
		var going bool
		var paused <-chan time.Time
		if pause != nil {
			paused = time.After(pauseAfter)
		}
		select {
		case j, going = <-queue:
		case <-paused:
			if err := pause(); err != nil {
				return err
			}
			continue
		case <-ctx.Done():
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if !going {
			return nil
		}
		select {
		case r := <-j.result:
			if err := emit(r); err != nil {
				return err
			}
			room.Release(j.held)
			hand.Release(j.taken)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// job is an item on its way through ordered.
type job[T, R any] struct {
	item   T
	held   int64
	result chan R // of capacity one, so that a worker never waits

	taken  int64           // of what may be in hand
	before <-chan struct{} // is closed once the item before has taken its part
	after  chan struct{}   // the same of this one; nil then
}

// take takes n bytes of hand when the items before have taken theirs, the first time that
// it is called. Where ctx ends first, it takes nothing.
func (j *job[T, R]) take(ctx context.Context, hand *semaphore.Weighted, n int64) {
	if j.after == nil {
		return
	}
	select {
	case <-j.before:
		if hand.Acquire(ctx, n) == nil {
			j.taken = n
		}
	case <-ctx.Done():
	}
	close(j.after)
	j.after = nil
}
