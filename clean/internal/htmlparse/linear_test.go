//go:build unix && !race

package htmlparse

import (
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"
)

// maxGrowth is how many times the processor time a page of eight times the size
// may take. Linear is 8, and quadratic 64.
const maxGrowth = 24.0

func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	took := func(src string) time.Duration {
		runtime.GC()
		from := processorTime()
		Parse([]byte(src), false)
		return processorTime() - from
	}
	for name, f := range map[string]func(n int) string{
		"attributes of one tag":      func(n int) string { return "<p" + numbered(n, " a%d") + ">" },
		"attributes of an end tag":   func(n int) string { return "</p" + numbered(n, " a%d") + ">" },
		"bodies":                     func(n int) string { return numbered(n, "<body a%d>") },
		"formatting that stays open": func(n int) string { return strings.Repeat("<i><b><p></b>", n) },
		"different formatting":       func(n int) string { return numbered(n, "<b id=%d>x</b>") },
		"adopted":                    func(n int) string { return strings.Repeat("<b><i><u><p>x</b>y</i>z</u>", n) },
		"links":                      func(n int) string { return strings.Repeat("<a><div>", n) },
		"tables":                     func(n int) string { return "<table>" + strings.Repeat("x<b>y</b>", n) },
		"cells":                      func(n int) string { return "<table>" + strings.Repeat("<td><b>x", n) },
		"end tags":                   func(n int) string { return strings.Repeat("<div>", 400) + strings.Repeat("</x-y></b>", n) },
		"script comments":            func(n int) string { return "<script>" + strings.Repeat("<!--<script></script>", n) },
		"raw text":                   func(n int) string { return "<style>" + strings.Repeat("</styl", n) },
		"comments":                   func(n int) string { return strings.Repeat("<!-- a > b ->", n) },
		"quotes":                     func(n int) string { return strings.Repeat("<p a='\"", n) },
		"references":                 func(n int) string { return strings.Repeat("&amp&notit;&x", n) },
		"a reference without an end": func(n int) string { return strings.Repeat("&", n) + strings.Repeat("a", n) },
		"foreign content":            func(n int) string { return "<svg>" + strings.Repeat("<g><path/></x>", n) },
		"templates":                  func(n int) string { return strings.Repeat("<template>", 200) + strings.Repeat("<p>x", n) },
		"less-than signs":            func(n int) string { return strings.Repeat("<<", n) },
		"sections without an end":    func(n int) string { return "<svg>" + strings.Repeat("<![CDATA[", n) },
	} {
		t.Run(name, func(t *testing.T) {
			small, large := took(f(10_000)), took(f(80_000))
			for range 9 {
				// What is too fast to measure is too fast to mind.
				if large < 40*time.Millisecond || float64(large) <= maxGrowth*float64(small) {
					return
				}
				small, large = min(small, took(f(10_000))), min(large, took(f(80_000)))
			}
			t.Errorf("10,000 take %v, 80,000 %v", small, large)
		})
	}
}

func processorTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
