package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"
)

// A run of clean has a memory limit, and leaves none behind.
func TestLimitMemory(t *testing.T) {
	noLimit(t)
	before := debug.SetMemoryLimit(math.MaxInt64)
	defer debug.SetMemoryLimit(before)
	stop := limitMemory(2)
	if got := debug.SetMemoryLimit(-1); got != cleanLimit+2*cleanLimitPerWorker {
		t.Errorf("a limit of %d", got)
	}
	growth := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	if metrics.Read(growth); growth[0].Value.Uint64() != firstGrowth {
		t.Errorf("at first the heap may grow by %d%%, want %d%%", growth[0].Value.Uint64(), firstGrowth)
	}
	runtime.GC()
	for k := 0; k < 10_000 && growth[0].Value.Uint64() != 100; k++ { // cleanups run by themselves
		time.Sleep(time.Millisecond)
		metrics.Read(growth)
	}
	if got := growth[0].Value.Uint64(); got != 100 {
		t.Errorf("after a collection the heap may grow by %d%%, want 100%%", got)
	}
	stop()
	if got := debug.SetMemoryLimit(-1); got != math.MaxInt64 {
		t.Errorf("a limit of %d afterwards", got)
	}
	t.Setenv("GOMEMLIMIT", "1GiB")
	limitMemory(2)
	if got := debug.SetMemoryLimit(-1); got != math.MaxInt64 {
		t.Errorf("a limit of %d against GOMEMLIMIT", got)
	}
}
