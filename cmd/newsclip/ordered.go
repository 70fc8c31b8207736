package main

import (
	"context"
	"iter"

	"golang.org/x/sync/semaphore"
)

// aheadBytes bounds what the items that are read ahead hold in memory. One that
// holds more goes alone.
const aheadBytes = 256 << 20

// ordered calls do for every item, workers at once, and emit for every result,
// one at a time and in the order of the items. At most four results a worker
// wait to be emitted, and the items read ahead hold at most aheadBytes by what
// held says of each, so that memory is bounded however long items goes on and
// however slow one of them is.
//
// The first error of emit, or the context's end, is returned at once: it waits
// neither for a page being cleaned nor for the next item, which may never come
// where somebody types it. Nothing is emitted after that.
func ordered[T, R any](ctx context.Context, items iter.Seq[T], workers int, held func(T) int, do func(T) R, emit func(R) error) error {
	type job struct {
		item   T
		held   int64
		result chan R // holds the one result, so that a worker never waits
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	queue := make(chan job, 4*workers) // in order, for emit
	work := make(chan job)             // for the workers
	room := semaphore.NewWeighted(aheadBytes)

	for range workers {
		go func() {
			for j := range work {
				j.result <- do(j.item)
			}
		}()
	}
	go func() {
		defer close(queue)
		defer close(work)
		for item := range items {
			j := job{item, min(int64(held(item)), aheadBytes), make(chan R, 1)}
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
		var j job
		var going bool
		select {
		case j, going = <-queue:
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
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
