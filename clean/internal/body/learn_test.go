package body

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
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
func keepAll(t testing.TB, html string) *Body {
	t.Helper()
	src, err := page.Parse(page.Input{HTML: []byte(html), URL: "https://quay.example/a/b"})
	if err != nil {
		t.Fatal(err)
	}
	tr := page.NewTree(src)
	blocks := tr.Blocks()
	return New(tr, blocks, make([]float32, len(blocks)), 0)
}

func (bd *Body) dropped() (out []string) {
	for k := range bd.Blocks {
		if !bd.Verdicts[k].Keep {
			out = append(out, bd.Blocks[k].Text)
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
			var ds []*Body
			for n := range c.pages {
				d := keepAll(t, madePage(n, ""))
				Teach(d, &meta.Metadata{}, l, "a.example")
				ds = append(ds, d)
			}
			for _, d := range ds {
				DropRepeated(d, l, "a.example")
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
		Teach(keepAll(t, madePage(n, "")), &meta.Metadata{}, l, "a.example")
	}
	// The first words of an article that other pages show in a box of another
	// kind.
	first := "The harbour will be dug out anew and nobody yet knows who is to pay for all of it."
	for n := 5; n < 10; n++ {
		Teach(keepAll(t, madePage(n, `<aside class="other"><p class="teaser">`+first+`</p></aside>`)), &meta.Metadata{}, l, "a.example")
	}
	d := keepAll(t, madePage(50, "<p>"+first+"</p>"))
	Teach(d, &meta.Metadata{}, l, "a.example")
	DropRepeated(d, l, "a.example")
	if slices.Contains(d.dropped(), first) {
		t.Error("an article's first words went because other pages show them")
	}
	// A page that says nothing of its own is no article to take things from.
	d = keepAll(t, `<div class="story"><p>The writer lives by the sea and has written about harbours since they were built.</p><p>Ask for it</p></div>`)
	DropRepeated(d, l, "a.example")
	if got := d.dropped(); got != nil {
		t.Errorf("a page without prose of its own lost %q", got)
	}
	before := d.Verdicts
	DropRepeated(d, NewLearner(), "a.example")
	if !reflect.DeepEqual(before, d.Verdicts) {
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
			b := page.Block{Words: c.words, LinkWords: c.link}
			if got := repeats(&b, c.seen, c.of); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestLearnerKnowsPlaces(t *testing.T) {
	l := NewLearner()
	const body, teasers, once = 11, 21, 31
	for n := 1; n <= 6; n++ {
		page := []SeenBlock{
			{Key: uint64(1000 + n), Words: 30, Place: body, Size: 30, Kept: true},
			{Key: uint64(2000 + n), Place: body, Size: 10},
			{Key: uint64(3000 + n%2), Place: teasers, Size: 5},
		}
		if n == 3 {
			page = append(page, SeenBlock{Key: 5, Words: 20, Place: once, Size: 20, Kept: true})
		}
		l.Observe("a.example", uint64(n), page)
	}
	for _, c := range []struct {
		place uint32
		want  PlaceUse
	}{
		{body, PlaceUse{Pages: 6, Kept: 4.5, Blocks: 12}},
		{teasers, PlaceUse{Pages: 6, Blocks: 6, Again: 6}},
		{once, PlaceUse{Pages: 1, Kept: 1, Blocks: 1}},
		{99, PlaceUse{}},
	} {
		got := l.Place("a.example", c.place)
		got.last = 0
		if got != c.want {
			t.Errorf("place %d: got %+v, want %+v", c.place, got, c.want)
		}
	}
	if got := l.Place("b.example", body); got != (PlaceUse{}) {
		t.Errorf("another host's place: %+v", got)
	}
	for n := range 3 * maxLearnPlaces {
		l.Observe("a.example", uint64(100+n), []SeenBlock{{Key: uint64(1e6 + n), Words: 20, Place: uint32(1000 + n), Size: 20}})
	}
	if n := len(l.hosts["a.example"].Value.(*hostRepeats).places); n > maxLearnPlaces {
		t.Errorf("%d places of a host, want %d at most", n, maxLearnPlaces)
	}
}
