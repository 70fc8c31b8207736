package htmlparse

import (
	"runtime"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Trees in memory that others have left are those of new memory, whatever the sizes of
// the pages before.
func TestRelease(t *testing.T) {
	pages := []string{
		"<p class=a>One<b id=b lang=en>two</b>",
		numbered(3000, `<div class=row id="r%d"><p lang=en>Some <b>words</b> of <a href="/x?a=1&b=2">them</a></div>`),
		"<p" + numbered(1500, " a%d=x") + ">Many attributes<p>and few",
		"", "<table><tr><td>A<td class=b>B", numbered(400, "<i title=t%d>x"),
	}
	for round := range 3 {
		for k, src := range pages {
			tree, err := Parse([]byte(src), false)
			if err != nil {
				t.Fatal(err)
			}
			want, err := html.Parse(strings.NewReader(src))
			if err != nil {
				t.Fatal(err)
			}
			if err := equal(tree.Doc, want, ""); err != nil {
				t.Errorf("round %d, page %d: %v", round, k, err)
			}
			tree.Release()
			tree.Release() // does nothing
		}
	}
}

// A page whose memory comes back takes few bytes.
func TestReleaseSparesMemory(t *testing.T) {
	src := []byte("<!doctype html><body>" + numbered(500, `<div class=row id="r%d"><p lang=en>Some words</div>`))
	bytes := func(release bool) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range 20 {
			tree, err := Parse(src, false)
			if err != nil {
				t.Fatal(err)
			}
			if release {
				tree.Release()
			}
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	// The pool may be emptied at any time, and the race detector leaves out a part.
	var with, without uint64
	for range 10 {
		if with, without = bytes(true), bytes(false); with*4 < without*3 {
			return
		}
	}
	t.Errorf("%d bytes for 20 pages, %d without releasing them", with, without)
}
