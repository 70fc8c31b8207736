//go:build !race

// The race detector keeps conversions from being made without a copy.

package saved

import (
	"runtime"
	"strings"
	"testing"
)

// A page in a line is decoded once, and the line is let go when it was: who reads ahead
// keeps items for longer.
func TestLinesAreNotCopied(t *testing.T) {
	const size = 8 << 20
	line := []byte(`{"id":"a","html":"<p>` + strings.Repeat(`a\n`, size/3) + `"}`)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	in, err := Object(line)
	runtime.ReadMemStats(&after)
	if err != nil || len(in.HTML) != 3+size/3*2 {
		t.Fatal(len(in.HTML), err)
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > size+size/4 {
		t.Errorf("%d bytes were allocated for a line of %d", n, size)
	}

	for it := range new(Reader).Lines(strings.NewReader(string(line))) {
		if in, err = it.Load(); err != nil {
			t.Fatal(err)
		}
		if again, err := it.Load(); err == nil {
			t.Errorf("the line is still there: a page of %d bytes", len(again.HTML))
		}
	}
}
