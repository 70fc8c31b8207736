package clean

import (
	"slices"
	"testing"
)

// TestLearningAgainstTruth lets a Learner see all pages of each host of the
// corpora that has two or more, and counts which lines it takes out. The
// models leave little to it on pages that they were trained on, so the text
// here is every block that they do not know for certain to be furniture.
func TestLearningAgainstTruth(t *testing.T) {
	type seenPage struct {
		bd    *body
		host  string
		truth map[uint64]bool
	}
	hosts := make(map[string]int)
	for _, p := range corpusPages(t, "dev-fundus", "dev-wcxb") {
		hosts[hostOf(p.URL)]++
	}
	l := NewLearner()
	var pages []seenPage
	eachTruePage(t, func(tr *tree, bs []block, truth map[uint64]bool) {
		host := hostOf(tr.page.URL)
		if host == "" || hosts[host] < 2 {
			return
		}
		meta := readMetadata(tr, metaOptions{})
		sig := gather(tr, meta, readPictures(tr))
		probs, _ := pick(tr, bs, sig)
		bd := newBody(tr, bs, probs, 0.001)
		sweep(bd, sig)
		teach(bd, meta.title, l, host)
		pages = append(pages, seenPage{bd, host, truth})
	})
	var lines, removed tally // kept are the article's
	for _, p := range pages {
		same := make(map[uint64]int)
		for k := range p.bd.blocks {
			same[p.bd.blocks[k].hash]++
		}
		before := slices.Clone(p.bd.verdicts)
		dropRepeated(p.bd, l, p.host)
		for k := range p.bd.blocks {
			if !before[k].keep {
				continue
			}
			b := &p.bd.blocks[k]
			// A line of a table of contents says what its heading says.
			own := p.truth[b.hash] && same[b.hash] < 2
			lines.add(own, 1)
			if !p.bd.verdicts[k].keep {
				removed.add(own, 1)
			}
		}
	}
	t.Logf("%d pages of hosts with several: of %d lines that are not the article's %d are removed; of %d that are, %d",
		len(pages), lines.all-lines.kept, removed.all-removed.kept, lines.kept, removed.kept)
	if n := removed.all - removed.kept; n < 300 {
		t.Errorf("%d lines of furniture are removed, want 300", n)
	}
	if removed.kept*500 > lines.kept {
		t.Errorf("%d of %d lines of articles are removed, want one in 500 at most", removed.kept, lines.kept)
	}
}
