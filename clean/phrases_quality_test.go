package clean

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/corpus/corpustest"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// phraseSlack is the share of a kind's lines that may stand in the truth. The
// kinds that are left out are evidence for or against, and no more: an article
// may have a heading "Contents" or a correction.
var phraseSlack = map[selectors.Phrases]float64{
	selectors.PhraseAd:         0.03,
	selectors.PhraseConsent:    0.03,
	selectors.PhraseFollow:     0.03,
	selectors.PhraseLogin:      0.03,
	selectors.PhraseNewsletter: 0.03,
	selectors.PhraseRelated:    0.03,
	selectors.PhraseShare:      0.03,
	selectors.PhraseSkip:       0.03,
}

// roleSlack is the share of a role's elements that may be mostly the article's.
var roleSlack = map[selectors.Roles]float64{
	selectors.Comment:    0.1,
	selectors.Newsletter: 0.1,
	selectors.Related:    0.1,
	selectors.Share:      0.1,
}

// TestPhrasesAgainstTruth counts how often a line that phrases.txt knows is a
// line of the article all the same.
func TestPhrasesAgainstTruth(t *testing.T) {
	lines := make(map[selectors.Phrases]*corpustest.Tally)
	prefixes := make(map[selectors.Phrases]*corpustest.Tally)
	words := make(map[string]*corpustest.Tally)
	eachTruePage(t, func(tr *page.Tree, bs []page.Block, truth map[uint64]bool) {
		for k := range bs {
			m := bs[k].Phrases()
			kept := truth[bs[k].Hash]
			count := func(into map[selectors.Phrases]*corpustest.Tally, kinds selectors.Phrases, form string) {
				for kind := selectors.Phrases(1); kind <= kinds; kind <<= 1 {
					if kinds&kind != 0 {
						at(into, kind).Add(kept, 1)
						at(words, fmt.Sprintf("%v %s %q", kind, form, m.Words)).Add(kept, 1)
					}
				}
			}
			count(lines, m.Line, "line")
			count(prefixes, m.Prefix&^m.Line, "prefix")
		}
	})
	var out bytes.Buffer
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "kind\tlines\tin truth\tprefixes\tin truth\t")
	for kind := selectors.Phrases(1); kind <= selectors.PhraseUI; kind <<= 1 {
		l, p := at(lines, kind), at(prefixes, kind)
		fmt.Fprintf(w, "%v\t%d\t%.3f\t%d\t%.3f\t\n", kind, l.All, l.Share(), p.All, p.Share())
		if most, ok := phraseSlack[kind]; ok && l.Share() > most {
			t.Errorf("%.3f of the %v lines are the article's, want %.3f at most", l.Share(), kind, most)
		}
	}
	w.Flush()
	t.Logf("\n%s", out.String())
	logWorst(t, words)
}

// TestRolesAgainstTruth counts, for every role, the elements that carry it and
// have words, and how many of them are mostly the article's. Of two that stand
// inside each other both count: a wrapper's class is as much of a word as any.
func TestRolesAgainstTruth(t *testing.T) {
	roles := make(map[selectors.Roles]*corpustest.Tally)
	eachTruePage(t, func(tr *page.Tree, bs []page.Block, truth map[uint64]bool) {
		words := make([]corpustest.Tally, len(tr.Nodes))
		for k := range bs {
			kept := truth[bs[k].Hash]
			for i := bs[k].El; i >= 0; i = tr.Nodes[i].Parent {
				words[i].Add(kept, int(bs[k].Words))
			}
		}
		for i := range words {
			if a := tr.Nodes[i].DataAtom; words[i].All == 0 || a == atom.Body || a == atom.Html {
				continue
			}
			all := tr.Nodes[i].Roles
			for r := selectors.Roles(1); r <= all; r <<= 1 {
				if all&r != 0 {
					at(roles, r).Add(words[i].Share() > 0.5, 1)
				}
			}
		}
	})
	var out bytes.Buffer
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "role\telements\tmostly truth\t")
	for _, r := range slices.Sorted(maps.Keys(roles)) {
		fmt.Fprintf(w, "%v\t%d\t%.3f\t\n", r, roles[r].All, roles[r].Share())
	}
	w.Flush()
	t.Logf("\n%s", out.String())
	for r, most := range roleSlack {
		if s := at(roles, r).Share(); s > most {
			t.Errorf("%.3f of the %v elements are mostly the article's, want %.2f at most", s, r, most)
		}
	}
	if s := at(roles, selectors.Body).Share(); s < 0.6 {
		t.Errorf("%.3f of the %v elements are mostly the article's, want 0.6", s, selectors.Body)
	}
}

func at[K comparable](m map[K]*corpustest.Tally, k K) *corpustest.Tally {
	if m[k] == nil {
		m[k] = new(corpustest.Tally)
	}
	return m[k]
}

// logWorst lists the entries that stand in the truth most often.
func logWorst(t *testing.T, m map[string]*corpustest.Tally) {
	keys := slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		return cmp.Or(cmp.Compare(m[b].Kept, m[a].Kept), cmp.Compare(a, b))
	})
	var b strings.Builder
	for _, k := range keys[:min(40, len(keys))] {
		fmt.Fprintf(&b, "%5d of %5d in truth: %s\n", m[k].Kept, m[k].All, k)
	}
	t.Logf("\n%s", b.String())
}

// eachTruePage calls f with every page of the article corpora, its blocks and
// the hashes of its truth's lines.
func eachTruePage(t *testing.T, f func(tr *page.Tree, bs []page.Block, truth map[uint64]bool)) {
	for _, name := range []string{"dev-fundus", "dev-wcxb"} {
		for _, p := range corpustest.Pages(t, name) {
			if p.Truth.Body == "" {
				continue
			}
			truth := make(map[uint64]bool)
			for line := range strings.Lines(p.Truth.Body) {
				h, _, _ := text.Scan(line)
				truth[h] = true
			}
			src, err := page.Parse(page.Input{ID: p.ID, URL: p.URL, HTML: corpustest.HTML(t, p)})
			if err != nil {
				t.Fatalf("%s: %v", p.ID, err)
			}
			tr := page.NewTree(src)
			f(tr, tr.Blocks(), truth)
		}
	}
}
