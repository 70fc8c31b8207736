package main

import (
	"os"
	"runtime/debug"
)

// The memory limit of the Go runtime for a run of clean, in bytes. A worker holds
// the trees of the pages that it cleans and of those that wait for their turn.
// On 1,149 pages and two workers it took a quarter off the peak, and no time; the
// limit of a crawl, which is lower, doubled the time.
const (
	cleanLimit          = 100 << 20
	cleanLimitPerWorker = 25 << 20
	// cleanRoomDivisor is the part of what is live that the limit leaves above it where
	// one page takes more than that: the collector took half of the time otherwise.
	cleanRoomDivisor = 4
)

// limitMemory sets the memory limit for a run of clean until stop is called. It grows
// with what is live. Where GOGC or GOMEMLIMIT is set, nothing is changed.
func limitMemory(workers int) (stop func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	least := cleanLimit + int64(workers)*cleanLimitPerWorker
	old := debug.SetMemoryLimit(least)
	end := followLive(1, func(live uint64) int64 {
		return max(least, int64(live+max(roomAtLeast, live/cleanRoomDivisor)))
	})
	return func() {
		end()
		debug.SetMemoryLimit(old)
	}
}
