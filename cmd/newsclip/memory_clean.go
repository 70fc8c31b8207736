package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"sync"
)

// The memory limit of the Go runtime for a run of clean, in bytes. A worker holds
// the trees of the pages that it cleans and of those that wait for their turn.
// On 1,149 pages and two workers it took a quarter off the peak, and no time; the
// limit of a crawl, which is lower, doubled the time.
const (
	cleanLimit          = 150 << 20
	cleanLimitPerWorker = 25 << 20
	// cleanRoomDivisor is the part of what is live that the limit leaves above it where
	// one page takes more than that: the collector took half of the time otherwise.
	cleanRoomDivisor = 8
)

// firstGrowth is GOGC up to the first collection, which then comes at 16 MB: reading
// the tables and a page or two makes less, and to collect at 4 and 8 MB is a sixth of
// what such a run takes.
const firstGrowth = 400

// limitMemory sets the memory limit for a run of clean until stop is called. It grows
// with what is live. Where GOGC or GOMEMLIMIT is set, nothing is changed.
func limitMemory(workers int) (stop func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	least := cleanLimit + int64(workers)*cleanLimitPerWorker
	old := debug.SetMemoryLimit(least)
	growth := debug.SetGCPercent(firstGrowth)
	usual := sync.OnceFunc(func() { debug.SetGCPercent(growth) })
	runtime.AddCleanup(new([64]byte), func(struct{}) { usual() }, struct{}{}) // collected first of all
	end := followLive(1, func(live uint64) int64 {
		return max(least, int64(live+max(roomAtLeast, live/cleanRoomDivisor)))
	})
	return func() {
		end()
		usual()
		debug.SetMemoryLimit(old)
	}
}
