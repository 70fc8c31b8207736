package main

import (
	"math"
	"net/http"
	"net/http/httptest"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestMemoryLimit(t *testing.T) {
	for _, c := range []struct {
		live, large uint64
		want        int64
	}{
		{0, 0, leastLimit},
		{24 << 20, 0, leastLimit},
		{40 << 20, 0, 84 << 20},
		{50 << 20, 0, 100 << 20},
		{88 << 20, 0, 138 << 20},
		{1000 << 20, 0, 1400 << 20},
		{24 << 20, 1, largeLimit},
		{150 << 20, 50 << 20, largeLimit},
		{1000 << 20, 100 << 20, 1280 << 20},
		{250 << 20, 50 << 20, 300 << 20},
		{250 << 20, 200 << 20, 294 << 20},
		{250 << 20, 300 << 20, 294 << 20},
	} {
		if got := memoryLimit(c.live, c.large); got != c.want {
			t.Errorf("%d bytes live, %d of large pages: a limit of %d, want %d", c.live, c.large, got, c.want)
		}
	}
}

// noLimit sets what the runtime begins with, and sets back what was.
func noLimit(t *testing.T) {
	t.Helper()
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	growth, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(math.MaxInt64)
	t.Cleanup(func() {
		debug.SetGCPercent(growth)
		debug.SetMemoryLimit(limit)
	})
}

// A crawl has a limit while it lasts, unless the user has set one.
func TestCrawlKeepsMemory(t *testing.T) {
	var limit atomic.Int64
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		limit.Store(debug.SetMemoryLimit(-1))
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte(storyHTML(1)))
	}))
	defer srv.Close()
	crawl := func() int64 {
		var stdout, stderr strings.Builder
		if code := run([]string{"crawl", "--delay", "0", srv.URL + "/2026/01/02/story-1"}, strings.NewReader(""), &stdout, &stderr); code != exitOK {
			t.Fatalf("exit code %d\n%s", code, &stderr)
		}
		return limit.Load()
	}
	noLimit(t)
	if got := crawl(); got < leastLimit || got == math.MaxInt64 {
		t.Errorf("the limit during a crawl is %d", got)
	}
	if got := debug.SetMemoryLimit(-1); got != math.MaxInt64 {
		t.Errorf("the limit after a crawl is %d", got)
	}
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(name, "100")
			if got := crawl(); got != math.MaxInt64 {
				t.Errorf("the limit of a crawl whose user has set %s is %d", name, got)
			}
		})
	}
}

// A heap that has to be larger lifts the limit.
func TestMemoryLimitFollowsTheHeap(t *testing.T) {
	noLimit(t)
	defer keepMemory()()
	held := make([]byte, leastLimit)
	const want = leastLimit + roomUsual
	deadline := time.Now().Add(time.Minute)
	for debug.SetMemoryLimit(-1) < want {
		if time.Now().After(deadline) {
			t.Fatalf("with %d bytes held the limit is %d", len(held), debug.SetMemoryLimit(-1))
		}
		runtime.GC()
		time.Sleep(liveEvery / 4)
	}
	runtime.KeepAlive(held)
}

// Stacks lift the limit, too: they are not collected.
func TestMemoryLimitCountsStacks(t *testing.T) {
	noLimit(t)
	defer keepMemory()()
	stop := make(chan struct{})
	var ready, ended sync.WaitGroup
	for range 2000 {
		ready.Add(1)
		ended.Go(func() { deepStack(64, func() { ready.Done(); <-stop }) })
	}
	ready.Wait()
	const want = leastLimit * 3 / 2 // the stacks take 2,000 times 64 kB at least
	for deadline := time.Now().Add(time.Minute); debug.SetMemoryLimit(-1) < want; time.Sleep(liveEvery) {
		if time.Now().After(deadline) {
			t.Fatalf("with %d bytes live the limit is %d", liveBytes(), debug.SetMemoryLimit(-1))
		}
	}
	close(stop)
	ended.Wait()
}

// deepStack calls f with so many kB on the stack.
//
//go:noinline
func deepStack(kB int, f func()) byte {
	var frame [1 << 10]byte
	if kB == 0 {
		f()
	} else {
		frame[kB] = deepStack(kB-1, f)
	}
	return frame[kB]
}
