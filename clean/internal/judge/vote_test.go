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

// TestVoteForRights: go-readability's opinion does not count where it takes the site's
// notice of rights for the text, which is longer than a short story.
func TestVoteForRights(t *testing.T) {
	const story = `<p>The ferry came in at noon, an hour late.</p>`
	for _, c := range []struct {
		name, notice string
		counts       bool
	}{
		{"a notice", `<p>© 2024 Harbour News, all rights reserved, and the words of its stories may be said again, in part, by whoever names the paper and the day.</p><p>© 2024 photographs: the harbour office, which asks to be named, and to be told, wherever one of them is shown again.</p>`, false},
		{"a notice, Russian", `<p>© 2024 «Портовые новости», все права защищены, и слова из заметок можно повторять, если названы газета, автор, и день, когда они вышли.</p><p>Редакция, как всегда, не отвечает за рекламу, и за письма читателей.</p>`, false},
		{"a text", `<p>The boats came home on Monday with full nets, and the town stood on the quay to see them, as it does each year, and nobody counted.</p><p>The nets will be mended in winter, when storms keep all but the oldest crews, and their dogs, in the taverns.</p>`, true},
		{"a text that speaks of rights once", `<p>The boats came home on Monday with full nets, and the town stood on the quay to see them, as it does each year, and nobody counted.</p><p>© 2024 Harbour News, and the others, who are named above.</p>`, true},
	} {
		p, err := page.Parse(page.Input{HTML: []byte(`<body><div>` + story + `</div><div><div>` + c.notice + `</div></div></body>`)})
		if err != nil {
			t.Fatal(err)
		}
		tr := page.NewTree(p)
		bs := tr.Blocks()
		probs := make([]float32, len(bs))
		for k := range probs {
			probs[k] = 0.5
		}
		Vote(tr, bs, probs)
		if counts := slices.Max(probs) > 0.5; counts != c.counts {
			t.Errorf("%s: the opinion counts: %v", c.name, counts)
		}
	}
}
