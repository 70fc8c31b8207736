package clean

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// siteBlocks are the blocks of one made-up article: what the site says on
// every page, and what only this article says.
func siteBlocks(n int) []SeenBlock {
	out := []SeenBlock{{Key: 1}, {Key: 2, Words: 20}}
	for k := range 10 {
		out = append(out, SeenBlock{Key: uint64(1000*n + k + 100), Words: 30})
	}
	return out
}

func TestLearnerNeedsFewPages(t *testing.T) {
	l := NewLearner()
	for n := 1; n <= 5; n++ {
		l.Observe("a.example", uint64(n), siteBlocks(n))
		if seen, of := l.Repeats("a.example", 1); seen != n || of != n {
			t.Errorf("after %d pages a block of all of them was seen on %d of %d", n, seen, of)
		}
	}
	if l.Pages("a.example") != 5 {
		t.Errorf("%d pages, want 5", l.Pages("a.example"))
	}
	for n := 1; n <= 5; n++ {
		for _, b := range siteBlocks(n)[2:] {
			if seen, _ := l.Repeats("a.example", b.Key); seen != 1 {
				t.Errorf("a block of article %d alone was seen on %d pages", n, seen)
			}
		}
	}
	if seen, of := l.Repeats("b.example", 1); seen != 0 || of != 0 {
		t.Errorf("another host's block was seen on %d of %d pages", seen, of)
	}
}

func TestLearnerKnowsTheSameArticle(t *testing.T) {
	for _, c := range []struct {
		name  string
		title uint64
		page  []SeenBlock
	}{
		{"under its headline", 1, []SeenBlock{{Key: 5, Words: 40}, {Key: 6, Words: 40}}},
		{"by its prose", 99, append(siteBlocks(1)[1:], SeenBlock{Key: 7})},
		{"by its prose without a headline", 0, siteBlocks(1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := NewLearner()
			l.Observe("a.example", 1, siteBlocks(1))
			l.Observe("a.example", c.title, c.page)
			if l.Pages("a.example") != 1 {
				t.Error("the twin counts as another article")
			}
			for _, b := range siteBlocks(1) {
				if seen, _ := l.Repeats("a.example", b.Key); seen != 1 {
					t.Errorf("block %d was seen on %d articles", b.Key, seen)
				}
			}
		})
	}
	l := NewLearner()
	long := SeenBlock{Key: 3, Words: 300} // what stands for the rest of the article
	l.Observe("a.example", 1, []SeenBlock{long, {Key: 4, Words: 40}})
	l.Observe("a.example", 2, []SeenBlock{long, {Key: 5, Words: 40}})
	if l.Pages("a.example") != 2 {
		t.Error("two short articles beside one long notice count as one")
	}
}

func TestLearnerCountsABlockOnceAPage(t *testing.T) {
	l := NewLearner()
	l.Observe("a.example", 1, []SeenBlock{{Key: 9}, {Key: 9}, {Key: 9}})
	if seen, of := l.Repeats("a.example", 9); seen != 1 || of != 1 {
		t.Errorf("seen on %d of %d, want 1 of 1", seen, of)
	}
}

func TestLearnerIsBounded(t *testing.T) {
	l := NewLearner()
	for n := range 3 * maxLearnHosts {
		l.Observe(fmt.Sprintf("h%d.example", n), uint64(n+1), siteBlocks(n))
		l.Observe("a.example", uint64(n+1), siteBlocks(n))
	}
	if len(l.hosts) > maxLearnHosts || l.order.Len() != len(l.hosts) {
		t.Errorf("%d hosts in the map and %d in the list, want %d", len(l.hosts), l.order.Len(), maxLearnHosts)
	}
	if l.Pages("h0.example") != 0 {
		t.Error("the host that was seen longest ago is remembered")
	}
	if l.Pages("a.example") == 0 || l.Pages(fmt.Sprintf("h%d.example", 3*maxLearnHosts-1)) == 0 {
		t.Error("a host that was seen lately is forgotten")
	}
	h := l.hosts["a.example"].Value.(*hostRepeats)
	if len(h.blocks) > maxLearnBlocks {
		t.Errorf("%d blocks of a host, want %d at most", len(h.blocks), maxLearnBlocks)
	}
	if seen, of := l.Repeats("a.example", 1); seen != 3*maxLearnHosts || of != seen {
		t.Errorf("what the site repeats was seen on %d of %d pages after forgetting", seen, of)
	}
	big := make([]SeenBlock, 3*maxLearnBlocks)
	for k := range big {
		big[k].Key = uint64(k + 1e9)
	}
	l.Observe("a.example", 1e9, big)
	if len(h.blocks) > maxLearnBlocks {
		t.Errorf("%d blocks after a page with %d", len(h.blocks), len(big))
	}
}

// TestLearningIsDeterministic cleans a stream as a command does: workers read
// pages in any order, one stage takes them in the input's order, and a few are
// held back.
func TestLearningIsDeterministic(t *testing.T) {
	run := func(workers int) []string {
		type page struct {
			host string
			n    int
			seen []SeenBlock
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
					seen := siteBlocks(n)
					for k := range 40 {
						seen = append(seen, SeenBlock{Key: uint64((n*7919+k*104729)%5000 + 1e6)})
					}
					done <- page{fmt.Sprintf("h%d.example", n*n%3), n, seen}
				}()
			}
		}()
		var out []string
		l := NewLearner()
		write := func(p page) {
			var again []string
			for _, b := range p.seen {
				if seen, of := l.Repeats(p.host, b.Key); seen > 1 {
					again = append(again, fmt.Sprintf("%d:%d/%d", b.Key, seen, of))
				}
			}
			out = append(out, fmt.Sprint(p.n, again))
		}
		h := NewHoldback(32, func(p page) bool { return l.Pages(p.host) >= EnoughPages })
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
		t.Fatalf("%d pages, the first with %s: want 400, and the first judged by what %d pages say", len(want), want[0], EnoughPages)
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

// madePage is a made-up article as a site's template would frame it.
func madePage(n int, extra string) string {
	own := func(k int) string {
		return fmt.Sprintf("In the town of number %d the council heard of matter %d and put it off until spring.", n, k)
	}
	return fmt.Sprintf(`<html><body><div class="story">
<p>Reported from the coast</p>
<h2>At a glance</h2><ul><li>Point %d</li></ul>
<p>%s</p>
<div class="box"><h3>Letters from us</h3><p>We write to those who ask for it on every morning of the week.</p><p>Ask for it</p></div>
<p>%s</p>
<p><a href="/tide">All about the tide</a></p>
<h2>What comes next</h2>
<p>%s</p>
<p>Verdict:</p><p>%s</p><p>Verdict:</p><p>%s</p>%s
<h2>From our desk</h2>
<p>The writer lives by the sea and has written about harbours since they were built.</p>
</div></body></html>`, n, own(1), own(2), own(3), own(4), own(5), extra)
}

// keepAll is a page with every block kept, as if nothing were known of it.
func keepAll(t testing.TB, html string) *body {
	t.Helper()
	page, err := Parse(Input{HTML: []byte(html), URL: "https://quay.example/a/b"})
	if err != nil {
		t.Fatal(err)
	}
	tr := newTree(page)
	blocks := tr.blocks()
	return newBody(tr, blocks, make([]float32, len(blocks)), 0)
}

func (bd *body) dropped() (out []string) {
	for k := range bd.blocks {
		if !bd.verdicts[k].keep {
			out = append(out, bd.blocks[k].text)
		}
	}
	return out
}

func TestDropRepeated(t *testing.T) {
	site := []string{
		"Reported from the coast", "Letters from us", "We write to those who ask for it on every morning of the week.",
		"Ask for it", "All about the tide", "From our desk",
		"The writer lives by the sea and has written about harbours since they were built.",
	}
	for _, c := range []struct {
		name  string
		pages int
		want  []string
	}{
		{"one page tells nothing", 1, nil},
		{"two pages tell of links and labels", 2, []string{"Reported from the coast", "All about the tide"}},
		{"five pages tell the site from the article", 5, site},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := NewLearner()
			var ds []*body
			for n := range c.pages {
				d := keepAll(t, madePage(n, ""))
				teach(d, "", l, "a.example")
				ds = append(ds, d)
			}
			for _, d := range ds {
				dropRepeated(d, l, "a.example")
				if got := d.dropped(); !slices.Equal(got, c.want) {
					t.Errorf("dropped %q\nwant    %q", got, c.want)
				}
			}
		})
	}
}

func TestDropRepeatedKeepsWhatIsTheArticles(t *testing.T) {
	l := NewLearner()
	for n := range 5 {
		teach(keepAll(t, madePage(n, "")), "", l, "a.example")
	}
	// The first words of an article that other pages show in a box of another
	// kind.
	first := "The harbour will be dug out anew and nobody yet knows who is to pay for all of it."
	for n := 5; n < 10; n++ {
		teach(keepAll(t, madePage(n, `<aside class="other"><p class="teaser">`+first+`</p></aside>`)), "", l, "a.example")
	}
	d := keepAll(t, madePage(50, "<p>"+first+"</p>"))
	teach(d, "", l, "a.example")
	dropRepeated(d, l, "a.example")
	if slices.Contains(d.dropped(), first) {
		t.Error("an article's first words went because other pages show them")
	}
	// A page that says nothing of its own is no article to take things from.
	d = keepAll(t, `<div class="story"><p>The writer lives by the sea and has written about harbours since they were built.</p><p>Ask for it</p></div>`)
	dropRepeated(d, l, "a.example")
	if got := d.dropped(); got != nil {
		t.Errorf("a page without prose of its own lost %q", got)
	}
	before := d.verdicts
	dropRepeated(d, NewLearner(), "a.example")
	if !reflect.DeepEqual(before, d.verdicts) {
		t.Error("a Learner that knows nothing changes something")
	}
}

func TestBlockRepeats(t *testing.T) {
	for _, c := range []struct {
		name        string
		words, link int32
		seen, of    int
		want        bool
	}{
		{"a label on one page", 2, 0, 1, 1, false},
		{"a label on two of two", 2, 0, 2, 2, true},
		{"a link on two of ten", 12, 12, 2, 10, true},
		{"a link on two of eleven", 12, 12, 2, 11, false},
		{"a link of one template of many", 12, 12, 5, 1000, true},
		{"a paragraph on two of two", 20, 0, 2, 2, false},
		{"a paragraph on three of five", 20, 0, 3, 5, true},
		{"a paragraph that is used again in a long time", 20, 3, 50, 1000, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := block{words: c.words, linkWords: c.link}
			if got := b.repeats(c.seen, c.of); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
