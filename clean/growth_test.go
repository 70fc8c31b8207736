//go:build unix && !race

package clean

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"newsclip/clean/internal/page"
	"newsclip/selectors"
	"newsclip/testdata"
)

// The race detector and systems that do not tell a process's processor time
// leave this out: it measures.

// maxGrowth is how many times the processor time a page of four times the size
// may take. Linear is 4, and a quadratic pass that has come to count is 12 or
// more.
const maxGrowth = 8.0

// Cleaning takes time linear in a page's size, whatever the page is full of, also
// with Markdown, HTML and what was removed.
func TestGrowth(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some 15 seconds")
	}
	c := New(Options{Markdown: true, HTML: true, Explain: true})
	took := func(in page.Input) time.Duration {
		// Twice: small pages would take memory that pages before them have left.
		runtime.GC()
		runtime.GC()
		from := processorTime()
		if _, err := c.Clean(in); err != nil {
			t.Error(err)
		}
		return processorTime() - from
	}
	took(page.Input{HTML: []byte(testdata.LargePages()[0].HTML(100))})
	// What the collector does comes and goes with what else is in the heap.
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	for _, p := range testdata.LargePages() {
		t.Run(p.Name, func(t *testing.T) {
			quarter := page.Input{URL: "https://news.example/a", HTML: []byte(p.HTML(p.N / 4))}
			whole := page.Input{URL: "https://news.example/a", HTML: []byte(p.HTML(p.N))}
			small, large := took(quarter), took(whole)
			// A page that is too fast to measure is too fast to mind.
			for range 8 {
				if large < 20*time.Millisecond || float64(large) <= maxGrowth*float64(small) {
					return
				}
				small, large = lesser(small, took(quarter)), min(large, took(whole))
			}
			t.Errorf("a page of %d takes %v, one of %d %v: %.1f times", p.N/4, small, p.N, large, float64(large)/float64(small))
		})
	}
}

// Lines that a site repeats are taken out in time linear in their number, also where all of
// them stand in one box.
func TestGrowthOfRepeatedLines(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	took := func(n int) time.Duration {
		l := NewLearner()
		var last *Draft
		for k := range EnoughPages + 1 {
			html := "<title>Report " + strings.Repeat("x", k+1) + "</title><article><div>" + strings.Repeat("<h3>Parts of it</h3><div>Open the list of them</div>", n) + "</div>" +
				strings.Repeat(strings.Repeat("word"+strings.Repeat("x", k)+" ", 20)+"<p>", 5)
			d, err := New(Options{}).Draft(Input{URL: "https://news.example/" + strings.Repeat("a", k), HTML: []byte(html)})
			if err != nil {
				t.Fatal(err)
			}
			for b := range d.d.body.Verdicts {
				d.d.body.Verdicts[b].Keep = true // whatever the models say of them
			}
			d.Teach(l)
			last = d
		}
		runtime.GC()
		from := processorTime()
		if !last.DropRepeated(l) {
			t.Fatal("nothing was taken out")
		}
		return processorTime() - from
	}
	checkGrowth(t, took, 1250, 4, maxGrowth, 8, 20*time.Millisecond)
}

// What the rules of a site find is read in time linear in its number.
func TestGrowthOfRules(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	rules, err := selectors.ParseRules("news.example.txt", []byte("author: .a\ntitle: .t\nkeep: .a\nstrip: .s\n"))
	if err != nil {
		t.Fatal(err)
	}
	set := new(selectors.Set)
	set.Add("news.example", rules)
	c := New(Options{Rules: set})
	took := func(n int) time.Duration {
		var html strings.Builder
		for k := range n {
			fmt.Fprintf(&html, "<p class=a>Mara Lindqvist%x</p><p class=t>Bridge %d</p><p class=s>x", k, k)
		}
		in := Input{URL: "https://news.example/a", HTML: []byte(html.String())}
		runtime.GC()
		from := processorTime()
		if _, err := c.Clean(in); err != nil {
			t.Fatal(err)
		}
		return processorTime() - from
	}
	checkGrowth(t, took, 2500, 4, maxGrowth, 4, 0)
}

// maxParseGrowth is how many times the processor time a page of ten times the
// size may take to parse. Linear is 10, and quadratic 100.
const maxParseGrowth = 30.0

// Parsing takes time linear in a page's size, also where elements are left
// open and nested deeply.
func TestParseIsLinear(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	took := func(n int) time.Duration {
		src := []byte("<html><body>" + strings.Repeat("<div><p>Some words <b>and more</b> of them</p></div>", n))
		deep := []byte("<html><body>" + strings.Repeat("<div>", 600) + strings.Repeat("<div><p>Some words <b>and more</b></p></span>", n))
		runtime.GC()
		from := processorTime()
		for _, b := range [][]byte{src, deep} {
			p, err := page.Parse(page.Input{HTML: b})
			if err != nil {
				t.Fatal(err)
			}
			page.NewTree(p)
		}
		return processorTime() - from
	}
	checkGrowth(t, took, 2_000, 10, maxParseGrowth, 8, 0)
}

// checkGrowth fails where an input of times n takes more than most times the processor
// time of one of n, unless it takes less than mind. The fastest of up to tries
// measurements counts.
func checkGrowth(t *testing.T, took func(n int) time.Duration, n, times int, most float64, tries int, mind time.Duration) {
	t.Helper()
	small, large := took(n), took(times*n)
	for range tries {
		if large < mind || float64(large) <= most*float64(small) {
			return
		}
		small, large = lesser(small, took(n)), min(large, took(times*n))
	}
	t.Errorf("%d times the input takes %.1f times the time: %v, %v", times, float64(large)/float64(small), small, large)
}

// lesser is the lesser of two times. What memory that is touched takes is known in the mean
// alone, so that a short time may come out below nothing: such a one does not count.
func lesser(a, b time.Duration) time.Duration {
	if a <= 0 || b <= 0 {
		return max(a, b)
	}
	return min(a, b)
}

// processorTime is what this process has taken so far, but for memory touched for the first
// time. On some virtual machines that takes as long as the rest, and how much of it there is
// depends on what the heap has left from before.
func processorTime() time.Duration {
	u := resources()
	return time.Duration(u.Utime.Nano()+u.Stime.Nano()) - time.Duration(u.Minflt)*touchTime()
}

func resources() (u syscall.Rusage) {
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return u
}

// touchTime is what it takes to touch memory so that the system maps it, each time.
var touchTime = sync.OnceValue(func() time.Duration {
	memory, err := syscall.Mmap(-1, 0, 64<<20, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		panic(err)
	}
	defer syscall.Munmap(memory)
	before := resources()
	for k := 0; k < len(memory); k += os.Getpagesize() {
		memory[k] = 1
	}
	after := resources()
	took := after.Utime.Nano() + after.Stime.Nano() - before.Utime.Nano() - before.Stime.Nano()
	return time.Duration(took / max(1, int64(after.Minflt-before.Minflt)))
})
