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
	// leastLimit is what the Go runtime may hold, in bytes, before its
	// collector works harder. The program's code and tables, some 30 MB, come
	// on top.
	leastLimit = 68 << 20
	// heapGrowth is how much the heap may grow between two collections, as
	// GOGC: so far that what ends it is the limit.
	heapGrowth = 400
	// The limit follows what was live at each of the last liveSamples looks, so
	// that a moment's spike does not lift it.
	liveEvery   = 250 * time.Millisecond
	liveSamples = 16
)

// memoryLimit is the limit where live bytes outlive the collections: three
// quarters more, where a heap without any limit takes twice as much, and not
// less than leastLimit.
func memoryLimit(live uint64) int64 { return max(leastLimit, int64(live/4*7)) }

// keepMemory has the collector go by a limit of memory until stop is called. Of
// a page little is kept, so that the heap of a crawl is small: where it may only
// double it is collected forty times a second, and yet one spike of large pages
// lets it double from there. A crawl that has to hold more lifts the limit: it
// would be collected without end otherwise. Whoever sets GOGC or GOMEMLIMIT is
// left to that.
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

// liveHeap is how many bytes outlived the last collection.
func liveHeap() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}
