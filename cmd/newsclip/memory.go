package main

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"newsclip/scrape"
)

const (
	// leastLimit is the memory limit of the Go runtime, in bytes, where little is
	// live: near it, garbage is collected more often. The program's code and
	// tables, some 30 MB, come on top.
	leastLimit = 68 << 20
	// usualBeside is about what the runtime keeps beside the heap of a small crawl,
	// in bytes: leastLimit is meant with it.
	usualBeside = 8 << 20
	// heapGrowth is how much the heap may grow between two collections, in
	// percent, as GOGC: so much that the limit is reached first.
	heapGrowth = 400
	// roomAtLeast is the least that the limit leaves above what is live, in bytes. Above
	// that it leaves as much as is live, up to roomUsual, and roomPercent of it where that
	// is more. What a collection costs grows with what is live, and how often one is needed
	// falls with the room: with 8 MB above 40 the collector took half of the processor. Of
	// the room some 20 MB are gaps between objects and stacks, which count as well: with 44
	// MiB above 48 MB the next collection came after 14 MB.
	roomAtLeast = 44 << 20
	roomUsual   = 50 << 20
	roomPercent = 40
	// largeTimes is how many times what large pages take by their estimate is theirs of what
	// is live: pages that were made to take memory take up to that much.
	largeTimes = 3
	// largeLimit is the least limit, in bytes, while a large page is in hand. Its memory is
	// made and dropped within a tick of the limit, which otherwise stays so low that the
	// runtime gives memory back and takes it again: that was half of the processor time of
	// the slowest of 205 kinds of heavy pages, and no lower peak.
	largeLimit = 224 << 20
	// The limit follows the least of the last liveSamples samples of what is live,
	// taken every liveEvery, so that a short peak does not raise it. It must not lag far
	// behind a heap that grows: the room would be used up meanwhile.
	liveEvery   = 250 * time.Millisecond
	liveSamples = 4
)

// memoryLimit returns the limit where so many bytes of heap and stacks are live, and large
// pages take so many by their estimate. Stacks count against the limit and cannot be collected:
// a limit of the live heap alone would be used up by those of many requests. Large pages
// get no room for garbage: they come and go, and a site of nothing else would take half
// as much memory again.
func memoryLimit(live, large uint64) int64 {
	usual := live - min(live, largeTimes*large)
	least := int64(leastLimit)
	if large > 0 {
		least = largeLimit
	}
	return max(least, int64(live+max(roomAtLeast, min(usual, roomUsual), usual/100*roomPercent)))
}

// keepCrawlMemory is keepMemory for a crawl.
func keepCrawlMemory(o *scrape.Options) (stop func()) {
	var large atomic.Int64
	onProgress(o, func(p scrape.Progress) { large.Store(p.LargePages) })
	return keepMemoryBeside(large.Load)
}

// keepMemory sets a memory limit that follows the live heap, until stop is called.
// Little is kept of a page, so the live heap of a crawl is small: with the default
// GOGC it would be collected forty times a second, and one peak of large pages would
// let it double from there. A crawl with more live memory gets a higher limit,
// because it would be collected all the time otherwise. Where GOGC or GOMEMLIMIT is
// set, nothing is changed.
func keepMemory() (stop func()) { return keepMemoryBeside(func() int64 { return 0 }) }

// keepMemoryBeside is keepMemory where large pages take as many bytes as large returns, by
// their estimate.
func keepMemoryBeside(large func() int64) (stop func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	growth, limit := debug.SetGCPercent(heapGrowth), debug.SetMemoryLimit(leastLimit)
	end := followLive(liveSamples, func(live uint64) int64 { return memoryLimit(live, uint64(large())) })
	return func() {
		end()
		debug.SetGCPercent(growth)
		debug.SetMemoryLimit(limit)
	}
}

// followLive sets the memory limit that is right for the least of the last samples of
// what is live, until end is called.
func followLive(samples int, limit func(live uint64) int64) (end func()) {
	done := make(chan struct{})
	var ended sync.WaitGroup
	ended.Go(func() {
		tick := time.NewTicker(liveEvery)
		defer tick.Stop()
		live := make([]uint64, samples)
		for k := 0; ; k++ {
			select {
			case <-tick.C:
				live[k%samples] = liveBytes()
				debug.SetMemoryLimit(limit(slices.Min(live[:min(k+1, samples)])))
			case <-done:
				return
			}
		}
	})
	return func() {
		close(done)
		ended.Wait()
	}
}

// liveBytes returns the number of bytes that were live after the last collection, and
// those that the runtime keeps beside the heap now, most of them stacks.
func liveBytes() uint64 {
	s := []metrics.Sample{
		{Name: "/gc/heap/live:bytes"},
		{Name: "/memory/classes/heap/stacks:bytes"},
		{Name: "/memory/classes/os-stacks:bytes"},
		{Name: "/memory/classes/metadata/mcache/inuse:bytes"},
		{Name: "/memory/classes/metadata/mspan/inuse:bytes"},
		{Name: "/memory/classes/metadata/other:bytes"},
		{Name: "/memory/classes/other:bytes"},
	}
	metrics.Read(s)
	// What the runtime has for the least heap is in leastLimit.
	var beside uint64
	for _, m := range s[1:] {
		beside += m.Value.Uint64()
	}
	return s[0].Value.Uint64() + beside - min(beside, usualBeside)
}
