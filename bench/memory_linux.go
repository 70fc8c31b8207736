package main

import (
	"bytes"
	"os"
	"strconv"
	"time"
)

// watchMemory follows the process pid until done is closed, and then sends the
// most memory that it had, in bytes. What the system tells of an ended process
// is no use: it counts what this program had when it started it.
func watchMemory(pid int, done <-chan struct{}) <-chan int64 {
	most := make(chan int64, 1)
	go func() {
		var v int64
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				most <- v
				return
			case <-tick.C:
				v = max(v, highWater(pid))
			}
		}
	}()
	return most
}

func highWater(pid int) int64 {
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0
	}
	_, rest, ok := bytes.Cut(status, []byte("VmHWM:"))
	if f := bytes.Fields(rest); ok && len(f) > 0 {
		if kB, err := strconv.ParseInt(string(f[0]), 10, 64); err == nil {
			return kB * 1024
		}
	}
	return 0
}
