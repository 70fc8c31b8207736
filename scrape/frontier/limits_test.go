package frontier

import (
	"errors"
	"math"
	"runtime"
	"testing"
)

// A URL that was found takes little memory, whether or not the frontier has a directory.
func TestURLsTakeLittleMemory(t *testing.T) {
	const n, most = 100_000, 400 // bytes; in the server's memory it takes 454
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	f := open(t, Options{})
	items := make([]Item, n/10)
	for k := range n / len(items) {
		for i := range items {
			items[i] = page("a.example", k*len(items)+i)
		}
		add(t, f, items...)
	}
	items = nil
	if took := (heap() - before) / n; took > most {
		t.Errorf("a URL takes %d bytes of memory", took)
	}
	runtime.KeepAlive(f)
}

// A state directory may be of any size when it is opened again.
func TestStoreLimits(t *testing.T) {
	f := open(t, Options{Dir: t.TempDir()})
	if c := f.e.srv.JetStreamConfig(); c.MaxStore < math.MaxInt64/2 {
		t.Errorf("the server limits files to %d bytes", c.MaxStore)
	}
}

// A full store is told apart, and what to do about it.
func TestFullStore(t *testing.T) {
	f := open(t, Options{})
	for _, c := range []error{apiError(503, 10023, "insufficient resources"), apiError(500, 10028, "insufficient memory resources available")} {
		if err := f.wrap("add", c); !errors.Is(err, ErrFull) {
			t.Errorf("%v becomes %v", c, err)
		}
	}
	if err := f.wrap("add", errAPI); errors.Is(err, ErrFull) || !errors.Is(err, errAPI) {
		t.Errorf("%v", err)
	}
}
