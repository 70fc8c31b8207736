package clean

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/learn"
)

// TestLearningIsDeterministic cleans a stream as a command does: workers read
// pages in any order, one stage takes them in the input's order, and a few are
// held back.
func TestLearningIsDeterministic(t *testing.T) {
	run := func(workers int) []string {
		type page struct {
			host string
			n    int
			seen []learn.SeenBlock
		}
		const pages = 400
		in := make(chan chan page, workers)
		sem := make(chan struct{}, workers)
		go func() {
			defer close(in)
			for n := range pages {
				done := make(chan page, 1)
				in <- done
				sem <- struct{}{}
				go func() {
					defer func() { <-sem }()
					// Blocks that come and go, so that forgetting matters too.
					seen := []learn.SeenBlock{{Key: 1}, {Key: 2, Words: 20}, {Key: uint64(1000*n + 100), Words: 30}}
					for k := range 40 {
						seen = append(seen, learn.SeenBlock{Key: uint64((n*7919+k*104729)%5000 + 1e6)})
					}
					done <- page{fmt.Sprintf("h%d.example", n*n%3), n, seen}
				}()
			}
		}()
		var out []string
		l := learn.NewLearner()
		write := func(p page) {
			var again []string
			for _, b := range p.seen {
				if seen, of := l.Repeats(p.host, b.Key); seen > 1 {
					again = append(again, fmt.Sprintf("%d:%d/%d", b.Key, seen, of))
				}
			}
			out = append(out, fmt.Sprint(p.n, again))
		}
		h := NewHoldback(32, func(p page) bool { return l.Pages(p.host) >= learn.EnoughPages })
		for done := range in {
			p := <-done
			l.Observe(p.host, uint64(p.n+1), p.seen)
			h.Add(p, write)
		}
		h.Flush(write)
		return out
	}
	want := run(1)
	if len(want) != 400 || !strings.Contains(want[0], "1:5/5") {
		t.Fatalf("%d pages, the first with %s: want 400, and the first judged by what %d pages say", len(want), want[0], learn.EnoughPages)
	}
	for _, workers := range []int{1, 2, 8} {
		if got := run(workers); !slices.Equal(got, want) {
			t.Errorf("%d workers give another result", workers)
		}
	}
}

func TestHoldback(t *testing.T) {
	for _, c := range []struct {
		name   string
		window int
		ready  string // letters that are ready
		want   []string
	}{
		{"nothing is ready", 10, "", []string{"", "", "", "", "abcd"}},
		{"all is ready", 10, "abcd", []string{"a", "b", "c", "d", ""}},
		{"order is kept", 10, "bd", []string{"", "", "", "", "abcd"}},
		{"the oldest leaves a full window", 2, "", []string{"", "", "a", "b", "cd"}},
		{"and takes those along that wait for it", 2, "bc", []string{"", "", "abc", "", "d"}},
		{"no window", 0, "", []string{"a", "b", "c", "d", ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := NewHoldback(c.window, func(s string) bool { return strings.Contains(c.ready, s) })
			var got []string
			for _, s := range []string{"a", "b", "c", "d"} {
				out := ""
				h.Add(s, func(s string) { out += s })
				got = append(got, out)
				if h.Len() > c.window {
					t.Errorf("%d items are held, want %d at most", h.Len(), c.window)
				}
			}
			out := ""
			h.Flush(func(s string) { out += s })
			if got = append(got, out); !slices.Equal(got, c.want) || h.Len() != 0 {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// Large drafts leave a Series before small ones would, in their order, and the last of them
// when it is larger than all that may be held.
func TestSeriesIsBoundedByBytes(t *testing.T) {
	c := New(Options{})
	draft := func(n, paragraphs int) *Draft {
		html := fmt.Sprintf("<title>Report %d</title><article><h1>Report %d</h1>", n, n) + strings.Repeat(fmt.Sprintf("<p>In report %d, the council met on Tuesday to mend the bridge.</p>", n), paragraphs)
		d, err := c.Draft(Input{URL: fmt.Sprintf("https://h%d.example/", n), HTML: []byte(html)})
		if err != nil {
			t.Fatal(err)
		}
		if got := d.p.Cost(); got != Cost([]byte(html)) {
			t.Errorf("a draft of %d bytes costs %d", len(html), got)
		}
		return d
	}
	var out []int
	s := NewSeries(func(n int) { out = append(out, n) })
	small := draft(0, 10)
	s.held.most = 5 * small.p.Cost() / 2
	for n, want := range []string{"[]", "[]", "[0]", "[0 1 2 3]", "[0 1 2 3]"} {
		d := small
		if n == 3 {
			d = draft(3, 100)
		} else if n > 0 {
			d = draft(n, 10)
		}
		if s.Add(n, d); fmt.Sprint(out) != want {
			t.Errorf("after %d, %v had left, want %s", n, out, want)
		}
	}
	s.Add(5, nil)
	s.Flush()
	s.Add(6, draft(6, 10))
	if got := fmt.Sprint(out); got != "[0 1 2 3 4 5]" || s.held.bytes != small.p.Cost() {
		t.Errorf("%v left, and %d bytes are held", out, s.held.bytes)
	}
}
