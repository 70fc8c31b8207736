package judge

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
)

// unsurePage has a quotation, a bio and a comment, and no article around them.
const unsurePage = `<html><body><blockquote>We count them all, and we count them twice.</blockquote>
<div class="bio">The writer lives by the sea and has written about harbours since they were built.</div>
<div class="comment"><p>I was there last night and saw the boats come in, they were late as ever, and nobody stood on the quay to count.</p></div></body></html>`

// surePage is an article and nothing else.
const surePage = `<html><body><article><h1>Boats come home</h1>
<p>The boats came home on Monday with full nets, and the town stood on the quay to see them, as it does each year.</p>
<p>Nobody had counted on so much fish, the harbour master said, and there was no room left in the halls by noon.</p>
<p>The nets will be mended in the winter, when the storms keep all but the oldest crews in the taverns of the quay.</p></article></body></html>`

// TestVoteIsCounted holds what pick makes of a page against the models' own
// answers: go-readability's opinion counts on a page of which they are unsure,
// and on that alone.
func TestVoteIsCounted(t *testing.T) {
	for _, c := range []struct {
		name, html string
		unsure     bool
	}{{"unsure", unsurePage, true}, {"sure", surePage, false}} {
		t.Run(c.name, func(t *testing.T) {
			p, err := page.Parse(page.Input{HTML: []byte(c.html)})
			if err != nil {
				t.Fatal(err)
			}
			tr := page.NewTree(p)
			bs := tr.Blocks()
			sig := Gather(tr, meta.Read(tr, meta.Options{}), nil)
			alone, _ := Model().judge(&Featurer{T: tr, Bs: bs, Signals: sig})
			if f1 := expectedF1(alone, bs); (f1 < unsureBelow) != c.unsure {
				t.Fatalf("the models expect an F1 of %v: the page tells nothing", f1)
			}
			got, _ := Pick(tr, bs, sig)
			if slices.Equal(got, alone) == c.unsure {
				t.Errorf("the models alone answer %v, and with the vote %v", alone, got)
			}
			if said := propose(p); c.unsure {
				for k := range bs {
					if in := text.InGrams(bs[k].Toks, &said) > 0.5; in != (got[k] > alone[k]) {
						t.Errorf("block %d of %v in go-readability's text went from %v to %v", k, in, alone[k], got[k])
					}
				}
			}
		})
	}
}

// go-readability takes apart a copy, and the page stays as it is.
func TestVoteLeavesThePage(t *testing.T) {
	p, err := page.Parse(page.Input{HTML: []byte(unsurePage)})
	if err != nil {
		t.Fatal(err)
	}
	written := func() string {
		var b strings.Builder
		if err := html.Render(&b, p.Doc.Nodes[0]); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	before := written()
	if said := propose(p); said.N == 0 {
		t.Fatal("go-readability finds nothing: the page tells nothing")
	}
	if after := written(); after != before {
		t.Errorf("the page was\n%s\nand is\n%s", before, after)
	}
}
