package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"newsclip/scrape"
)

func TestProgressLine(t *testing.T) {
	tests := []struct {
		p     scrape.Progress
		width int
		want  string
	}{
		{scrape.Progress{}, 0, "0 pages  0 articles  0 queued  1.5/s  0 errors  1m1s"},
		{
			scrape.Progress{Pages: 12345, Articles: 1000, Queue: 7, Errors: 3, Hosts: []string{"a.example", "b.example"}, HostsPending: 2}, 0,
			"12,345 pages  1,000 articles  7 queued  1.5/s  3 errors  1m1s  a.example b.example",
		},
		{
			scrape.Progress{Hosts: []string{"a.example", "b.example", "c.example"}, HostsPending: 10}, 0,
			"0 pages  0 articles  0 queued  1.5/s  0 errors  1m1s  a.example b.example c.example +7",
		},
		{
			scrape.Progress{Hosts: []string{"a.example", "b.example", "c.example"}, HostsPending: 10}, 79,
			"0 pages  0 articles  0 queued  1.5/s  0 errors  1m1s  a.example b.example +8",
		},
		{
			scrape.Progress{Hosts: []string{"新聞.example"}, HostsPending: 1}, 65,
			"0 pages  0 articles  0 queued  1.5/s  0 errors  1m1s",
		},
		{scrape.Progress{Hosts: []string{"a.example"}, HostsPending: 1}, 20, "0 pages  0 articles…"},
	}
	for _, tt := range tests {
		if got := progressLine(tt.p, 1.5, 61*time.Second+time.Millisecond, tt.width); got != tt.want {
			t.Errorf("in %d columns: %q, want %q", tt.width, got, tt.want)
		}
	}
}

// No line is as wide as the terminal, and none is left behind.
func TestProgressNeverWraps(t *testing.T) {
	p := scrape.Progress{Hosts: []string{strings.Repeat("新聞", 20) + ".example", "a\u001b[2J.example", "b.example"}, HostsPending: 500}
	for width := 2; width < 200; width++ {
		var stderr bytes.Buffer
		e, o := &env{stderr: &stderr}, scrape.Options{}
		done := rewriteProgress(e, &o, func() int { return width })
		o.OnProgress(p)
		o.OnProgress(p)
		e.warnf("above")
		done()
		screen := ""
		for _, row := range strings.Split(stderr.String(), "\n") {
			parts := strings.Split(row, "\r")
			for _, part := range parts {
				if n := columns(part); n >= width && !strings.HasPrefix(part, sayPrefix) {
					t.Fatalf("%d columns in a terminal of %d: %q", n, width, part)
				}
			}
			screen += parts[len(parts)-1] + "\n"
		}
		if screen != "newsclip: warning: above\n\n" {
			t.Fatalf("in %d columns: left on the screen: %q of %q", width, screen, stderr.String())
		}
	}
}

func TestProgressPlain(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	var stderr bytes.Buffer
	var o scrape.Options
	tellProgress(&env{stderr: &stderr}, &o, func() time.Time { return now })
	for k := range 481 { // two minutes, four times a second
		o.OnProgress(scrape.Progress{Pages: k})
		now = now.Add(250 * time.Millisecond)
	}
	want := "newsclip: 240 pages 0 articles 0 queued 4.0/s 0 errors 1m0s\nnewsclip: 480 pages 0 articles 0 queued 4.0/s 0 errors 2m0s\n"
	if stderr.String() != want {
		t.Errorf("%q", stderr.String())
	}
}

// Where standard error is no terminal nothing is shown, unless a line a minute is
// asked for.
func TestProgressForms(t *testing.T) {
	for form, shown := range map[string]bool{progressAuto: false, progressPlain: true, progressNone: false} {
		for _, quiet := range []bool{false, true} {
			var o scrape.Options
			f := crawlFlags{progress: form, quiet: quiet}
			f.showProgress(&env{stderr: io.Discard, stdout: io.Discard}, &o)()
			if (o.OnProgress != nil) != (shown && !quiet) {
				t.Errorf("--progress %s, quiet %v: shown is %v", form, quiet, o.OnProgress != nil)
			}
		}
	}
}
