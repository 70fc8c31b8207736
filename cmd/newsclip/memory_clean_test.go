package main

import (
	"math"
	"runtime/debug"
	"testing"
)

// A run of clean has a memory limit, and leaves none behind.
func TestLimitMemory(t *testing.T) {
	noLimit(t)
	before := debug.SetMemoryLimit(math.MaxInt64)
	defer debug.SetMemoryLimit(before)
	stop := limitMemory(2)
	if got := debug.SetMemoryLimit(-1); got != 150<<20 {
		t.Errorf("a limit of %d", got)
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
