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
)

// limitMemory sets the memory limit for a run of clean until stop is called.
// Where GOGC or GOMEMLIMIT is set, nothing is changed.
func limitMemory(workers int) (stop func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	old := debug.SetMemoryLimit(cleanLimit + int64(workers)*cleanLimitPerWorker)
	return func() { debug.SetMemoryLimit(old) }
}
