//go:build unix && !race

package clean

import (
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
)

// shrinkMemory is how much heap the largest page may take while it is shrunk.
const shrinkMemory = 345 << 20

// A page of as many blocks as may be is shrunk without more memory than its record takes
// to be written: what tells whether the site's other pages change it is a third of that.
func TestShrinkTakesLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(25))
	src := []byte("<title>The bridge</title><article><h1>The bridge</h1><ul>" + strings.Repeat("<li>The council met at noon.", 199_000))
	c := New(Options{Markdown: true, HTML: true, Explain: true})
	runtime.GC()
	most := watchHeap()
	d, err := c.Draft(Input{URL: "https://news.example/a", HTML: src, InPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	d.Shrink()
	got := most()
	if a, err := d.Article(); err != nil || a.WordCount < 500_000 {
		t.Errorf("%v", err)
	}
	t.Logf("%d MB of heap", got>>20)
	if got > shrinkMemory {
		t.Errorf("%d MB of heap were in use", got>>20)
	}
}
