package clean

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// A tally counts the places at which a rule of a table holds, and those that
// are the article's by the corpus's truth.
type tally struct{ all, kept int }

func (c *tally) add(kept bool, n int) {
	c.all += n
	if kept {
		c.kept += n
	}
}

func (c tally) share() float64 { return float64(c.kept) / float64(max(c.all, 1)) }

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
	lines := make(map[selectors.Phrases]*tally)
	prefixes := make(map[selectors.Phrases]*tally)
	words := make(map[string]*tally)
	eachTruePage(t, func(tr *tree, bs []block, truth map[uint64]bool) {
		for k := range bs {
			m := selectors.MatchPhrase(bs[k].text)
			kept := truth[bs[k].hash]
			count := func(into map[selectors.Phrases]*tally, kinds selectors.Phrases, form string) {
				for kind := selectors.Phrases(1); kind <= kinds; kind <<= 1 {
					if kinds&kind != 0 {
						at(into, kind).add(kept, 1)
						at(words, fmt.Sprintf("%v %s %q", kind, form, m.Words)).add(kept, 1)
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
		fmt.Fprintf(w, "%v\t%d\t%.3f\t%d\t%.3f\t\n", kind, l.all, l.share(), p.all, p.share())
		if most, ok := phraseSlack[kind]; ok && l.share() > most {
			t.Errorf("%.3f of the %v lines are the article's, want %.3f at most", l.share(), kind, most)
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
	roles := make(map[selectors.Roles]*tally)
	eachTruePage(t, func(tr *tree, bs []block, truth map[uint64]bool) {
		words := make([]tally, len(tr.nodes))
		for k := range bs {
			kept := truth[bs[k].hash]
			for i := bs[k].el; i >= 0; i = tr.nodes[i].parent {
				words[i].add(kept, int(bs[k].words))
			}
		}
		for i := range words {
			if a := tr.nodes[i].DataAtom; words[i].all == 0 || a == atom.Body || a == atom.Html {
				continue
			}
			all := tr.nodes[i].roles
			for r := selectors.Roles(1); r <= all; r <<= 1 {
				if all&r != 0 {
					at(roles, r).add(words[i].share() > 0.5, 1)
				}
			}
		}
	})
	var out bytes.Buffer
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "role\telements\tmostly truth\t")
	for _, r := range slices.Sorted(maps.Keys(roles)) {
		fmt.Fprintf(w, "%v\t%d\t%.3f\t\n", r, roles[r].all, roles[r].share())
	}
	w.Flush()
	t.Logf("\n%s", out.String())
	for r, most := range roleSlack {
		if s := at(roles, r).share(); s > most {
			t.Errorf("%.3f of the %v elements are mostly the article's, want %.2f at most", s, r, most)
		}
	}
	if s := at(roles, selectors.Body).share(); s < 0.6 {
		t.Errorf("%.3f of the %v elements are mostly the article's, want 0.6", s, selectors.Body)
	}
}

func at[K comparable](m map[K]*tally, k K) *tally {
	if m[k] == nil {
		m[k] = new(tally)
	}
	return m[k]
}

// logWorst lists the entries that stand in the truth most often.
func logWorst(t *testing.T, m map[string]*tally) {
	keys := slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		return cmp.Or(cmp.Compare(m[b].kept, m[a].kept), cmp.Compare(a, b))
	})
	var b strings.Builder
	for _, k := range keys[:min(40, len(keys))] {
		fmt.Fprintf(&b, "%5d of %5d in truth: %s\n", m[k].kept, m[k].all, k)
	}
	t.Logf("\n%s", b.String())
}

// eachTruePage calls f with every page of the article corpora, its blocks and
// the hashes of its truth's lines.
func eachTruePage(t *testing.T, f func(tr *tree, bs []block, truth map[uint64]bool)) {
	for _, name := range []string{"dev-fundus", "dev-wcxb"} {
		pages := corpusPages(t, name)
		bodies := make(map[string]string)
		eachLine(t, filepath.Join(pages[0].dir, "truth.jsonl"), func(line []byte) {
			var r struct{ ID, Body string }
			if err := json.Unmarshal(line, &r); err != nil {
				t.Fatal(err)
			}
			bodies[r.ID] = r.Body
		})
		for _, p := range pages {
			if bodies[p.ID] == "" {
				continue
			}
			truth := make(map[uint64]bool)
			for line := range strings.Lines(bodies[p.ID]) {
				h, _, _ := scan(line)
				truth[h] = true
			}
			page, err := Parse(Input{ID: p.ID, URL: p.URL, HTML: p.html(t)})
			if err != nil {
				t.Fatalf("%s: %v", p.ID, err)
			}
			tr := newTree(page)
			f(tr, tr.blocks(), truth)
		}
	}
}
