package main

import (
	"context"
	"iter"
	"time"

	"golang.org/x/sync/semaphore"
)

// pauseAfter is how long no item has to come for the items to count as paused.
const pauseAfter = time.Second

// aheadBytes is how many bytes the items that are read ahead may hold together.
// An item that holds more is processed alone.
const aheadBytes = 256 << 20

// ordered calls do for every item, in as many goroutines as workers, and emit
// for every result, one at a time and in the order of the items.
//
// Memory is bounded, however many items there are and however slow one of them
// is: at most four results a worker wait for emit, and the items that are read
// ahead hold at most aheadBytes together, where held returns the bytes that an
// item holds.
//
// Where pause is not nil, it is called when all results so far were emitted and
// no item has come for pauseAfter.
//
// ordered returns the first error of emit or pause, or the context's error when it ends,
// and emits nothing after that. It does not wait for calls of do or for the next
// item, since an item that a user types may never come.
func ordered[T, R any](ctx context.Context, items iter.Seq[T], workers int, held func(T) int, do func(T) R, emit func(R) error, pause func() error) error {
	type job struct {
		item   T
		held   int64
		result chan R // of capacity one, so that a worker never waits
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
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
