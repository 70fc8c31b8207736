package clean

import (
	"slices"
	"testing"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/corpus/corpustest"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/learn"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/picture"
	"newsclip/clean/internal/sweep"
)

// TestLearningAgainstTruth lets a Learner see all pages of each host of the
// corpora that has two or more, and counts which lines it takes out. The
// models leave little to it on pages that they were trained on, so the text
// here is every block that they do not know for certain to be furniture.
func TestLearningAgainstTruth(t *testing.T) {
	type seenPage struct {
		bd    *body.Body
		host  string
		truth map[uint64]bool
	}
	hosts := make(map[string]int)
	for _, p := range corpustest.Pages(t, "dev-fundus", "dev-wcxb") {
		hosts[page.HostOf(p.URL)]++
	}
	l := learn.NewLearner()
	var pages []seenPage
	eachTruePage(t, func(tr *page.Tree, bs []page.Block, truth map[uint64]bool) {
		host := page.HostOf(tr.Page.URL)
		if host == "" || hosts[host] < 2 {
			return
		}
		meta := meta.Read(tr, meta.Options{})
		sig := judge.Gather(tr, meta, picture.Read(tr))
		probs, _ := judge.Pick(tr, bs, sig)
		bd := body.New(tr, bs, probs, 0.001)
		sweep.Sweep(bd, sig)
		learn.Teach(bd, meta, l, host)
		pages = append(pages, seenPage{bd, host, truth})
	})
	var lines, removed corpustest.Tally // kept are the article's
	for _, p := range pages {
		same := make(map[uint64]int)
		for k := range p.bd.Blocks {
			same[p.bd.Blocks[k].Hash]++
		}
		before := slices.Clone(p.bd.Verdicts)
		learn.DropRepeated(p.bd, l, p.host)
		for k := range p.bd.Blocks {
			if !before[k].Keep {
				continue
			}
			b := &p.bd.Blocks[k]
			// A line of a table of contents says what its heading says.
			own := p.truth[b.Hash] && same[b.Hash] < 2
			lines.Add(own, 1)
			if !p.bd.Verdicts[k].Keep {
				removed.Add(own, 1)
			}
		}
	}
	t.Logf("%d pages of hosts with several: of %d lines that are not the article's %d are removed; of %d that are, %d",
		len(pages), lines.All-lines.Kept, removed.All-removed.Kept, lines.Kept, removed.Kept)
	if n := removed.All - removed.Kept; n < 300 {
		t.Errorf("%d lines of furniture are removed, want 300", n)
	}
	if removed.Kept*500 > lines.Kept {
		t.Errorf("%d of %d lines of articles are removed, want one in 500 at most", removed.Kept, lines.Kept)
	}
}
