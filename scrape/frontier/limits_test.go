package frontier

import (
	"errors"
	"math"
	"runtime/debug"
	"testing"
)

// What a frontier may hold does not depend on the limit that tells Go's
// collector when to work.
func TestMemoryLimitIsNoStoreLimit(t *testing.T) {
	const goLimit = 4 << 20
	was := debug.SetMemoryLimit(goLimit)
	f, err := Open(t.Context(), Options{})
	debug.SetMemoryLimit(was)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	// Twice what the server would have made of that limit.
	const atLeast = 100 // bytes that an item takes
	var items []Item
	for n := range 2 * goLimit / atLeast {
		items = append(items, page("a.example", n))
	}
	add(t, f, items...)
	info, err := f.urls.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if info.State.Bytes < goLimit {
		t.Errorf("%d items take %d bytes, too few to tell", len(items), info.State.Bytes)
	}
}

// A state directory may be of any size when it is opened again.
func TestStoreLimits(t *testing.T) {
	memory, files := storeLimits()
	if memory < 64<<20 || files < math.MaxInt64/2 {
		t.Errorf("limits of %d and %d bytes", memory, files)
	}
	f := open(t, Options{Dir: t.TempDir()})
	if c := f.e.srv.JetStreamConfig(); c.MaxStore != files {
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
