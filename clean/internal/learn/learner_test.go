package learn

import (
	"fmt"
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
