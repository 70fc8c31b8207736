package main

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"sync"
	"time"
)

const (
	// leastLimit is the memory limit of the Go runtime, in bytes, where little is
	// live: near it, garbage is collected more often. The program's code and
	// tables, some 30 MB, come on top.
	leastLimit = 68 << 20
	// heapGrowth is how much the heap may grow between two collections, in
	// percent, as GOGC: so much that the limit is reached first.
	heapGrowth = 400
	// The limit follows the least of the last liveSamples samples of the live
	// heap, taken every liveEvery, so that a short peak does not raise it.
	liveEvery   = 250 * time.Millisecond
	liveSamples = 16
)

// memoryLimit returns the limit for a live heap of that many bytes: three quarters
// more, where a heap without a limit would grow to the double, and at least
// leastLimit.
func memoryLimit(live uint64) int64 { return max(leastLimit, int64(live/4*7)) }

// keepMemory sets a memory limit that follows the live heap, until stop is called.
// Little is kept of a page, so the live heap of a crawl is small: with the default
// GOGC it would be collected forty times a second, and one peak of large pages would
// let it double from there. A crawl with more live memory gets a higher limit,
// because it would be collected all the time otherwise. Where GOGC or GOMEMLIMIT is
// set, nothing is changed.
func keepMemory() (stop func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	growth, limit := debug.SetGCPercent(heapGrowth), debug.SetMemoryLimit(leastLimit)
	done := make(chan struct{})
	var ended sync.WaitGroup
	ended.Go(func() {
		tick := time.NewTicker(liveEvery)
		defer tick.Stop()
		var live [liveSamples]uint64
		for k := 0; ; k++ {
			select {
			case <-tick.C:
				live[k%liveSamples] = liveHeap()
				debug.SetMemoryLimit(memoryLimit(slices.Min(live[:])))
			case <-done:
				return
			}
		}
	})
	return func() {
		close(done)
		ended.Wait()
		debug.SetGCPercent(growth)
		debug.SetMemoryLimit(limit)
	}
}

// liveHeap returns the number of bytes that were live after the last collection.
func liveHeap() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}
