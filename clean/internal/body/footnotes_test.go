package body

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
)

// TestFootnoted: a note stays with its mark, also where the models take it for
// furniture; where they rule it out, or no mark leads to it, it goes.
func TestFootnoted(t *testing.T) {
	const notes = `<ol><li id="n1">Bygget 1871. <a href="#r1">↩</a></li><li id="n2">Se kartet.</li></ol>`
	for _, c := range []struct {
		name, page string
		prob       float32
		want       []string
	}{
		{"a note with a mark", `<p>Demningen<sup><a href="#n1">1</a></sup> holdt.</p>` + notes, 0.3, []string{"Se kartet."}},
		{"one of a list of sources", `<p>Demningen<sup><a href="#n2">2</a></sup> holdt.</p>` + notes, 0.3, []string{"Bygget 1871.", "Se kartet."}},
		{"one that leads back to its very mark", `<p>Demningen<sup id="r1"><a href="#n1">1</a></sup> holdt.</p>` + notes, 0.05, []string{"Se kartet."}},
		{"one that does, in a paragraph", `<p>Der Damm hielt.<a id="r1" href="#n1">[1]</a></p><p><a id="n1" href="#r1">[1]</a> Bygget 1871.</p>`, 0.05, nil},
		{"one that does, by names", `<p>Tama pidi.<a name="r1" href="#n1">[1]</a></p><p><a name="n1" href="#r1">[1]</a> Bygget 1871.</p>`, 0.05, nil},
		{"one that leads back by an arrow", `<p>La diga<sup><a href="#n1">1</a></sup> tenne.</p><ol><li id="n1">Bygget 1871. <a href="#gone">↩︎</a></li></ol>`, 0.05, nil},
		{"one that begins with its number", `<p>Đập<span><a href="#n1">1</a></span> vững.</p><div><p id="n1">1. Bygget 1871.</p></div>`, 0.05, nil},
		{"one that begins with a sign in brackets", `<p>Hráz držela.<a href="#n1">(*)</a></p><p id="n1">(*) Bygget 1871.</p>`, 0.05, nil},
		{"one that begins with another number", `<p>Hráz držela.<a href="#n1">2</a></p><p id="n1">21 zdrojů. Bygget 1871.</p>`, 0.05, []string{"21 zdrojů. Bygget 1871."}},
		{"one that leads to another place", `<p id="r2">Demningen<sup><a href="#n1">1</a></sup> holdt.</p>` + strings.Replace(notes, "↩", "opp", 1), 0.05, []string{"Bygget 1871. opp", "Se kartet."}},
		{"ruled out", `<p>Demningen<sup><a href="#n1">1</a></sup> holdt.</p>` + notes, 0.02, []string{"Bygget 1871.", "Se kartet."}},
		{"a link of words", `<p><a href="#n1">Demningen</a> holdt.</p>` + notes, 0.3, []string{"Bygget 1871.", "Se kartet."}},
		{"a link to another page", `<p>Demningen<a href="/x#n1">1</a> holdt.</p>` + notes, 0.3, []string{"Bygget 1871.", "Se kartet."}},
		{"the page's whole address", `<p>Demningen<sup><a href="https://quay.example/a/b#n1">1</a></sup> holdt.</p>` + notes, 0.3, []string{"Se kartet."}},
		{"a number in a line of its own", `<p>Demningen<a href="#n1">1</a> holdt.</p><div><a id="n1" href="#r1">1</a><div><p>Bygget 1871.</p><p>Se kartet.</p></div></div>`, 0.3, []string{"1"}},
		{"a role of footnotes", `<p>Demningen<a href="#n1">*</a> holdt.</p><aside id="n1" role="doc-footnote"><p>* Bygget 1871.</p></aside>`, 0.02, nil},
		{"a number in a heading over the note", `<p>Der Damm hielt.<a id="r1" href="#n1">1</a></p><div><h5><a id="n1" href="#r1">(1)</a></h5> <p>Bygget 1871.</p></div>`, 0.05, nil},
		{"a heading that does not lead back", `<p>Der Damm hielt.<a id="r1" href="#n1">1</a></p><div><h5><a id="n1">(1)</a></h5><p>Bygget 1871.</p></div>`, 0.05, []string{"Bygget 1871."}},
		{"a number in its line", `<p>Demningen<a href="#n1">1</a> holdt.</p><p><a id="n1" href="#r1">1</a> Bygget 1871.</p>`, 0.3, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := bodyWith(t, c.page, "Bygget", "Se kartet")
			for k := range bd.Probs {
				bd.Probs[k] = c.prob
			}
			footnoted(bd)
			if got := bd.dropped(); !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}

// TestFootnoteInABox: the number of a note that stands in an element of its own does not
// keep the note from being known.
func TestFootnoteInABox(t *testing.T) {
	const note = `<div class="footnote"><a id="n1" href="#r1">1</a><div><p>Bygget 1871.</p></div></div>`
	for prob, want := range map[float32][]string{0.3: {"1"}, 0.02: {"1", "Bygget 1871."}} {
		bd := bodyWith(t, `<p>Demningen<a id="r1" href="#n1">1</a> holdt.</p>`+note, "Bygget")
		bd.Drop(1, "pick", "links")
		bd.Probs = []float32{1, 0.01, prob}
		footnoted(bd)
		if got := bd.dropped(); !slices.Equal(got, want) {
			t.Errorf("at %v out are %q, want %q", prob, got, want)
		}
	}
}

// TestFootnoteAside: an aside of a news story is beside it, but for one that says that it is
// a footnote or a note.
func TestFootnoteAside(t *testing.T) {
	const text = `<p>Demningen<a id="r1" href="#n1">1</a> holdt hele vinteren, og ingen i byen måtte flytte fra huset sitt ved elva.</p>`
	for role, want := range map[string][]string{"doc-footnote": nil, "doc-endnote": nil, "note": nil, "complementary": {"Bygget 1871."}} {
		bd := keepAll(t, `<article>`+text+strings.Replace(text, "Demningen", "Broen", 1)+`<aside id="n1" role="`+role+`"><p>Bygget 1871. <a href="#r1">↩</a></p></aside></article>`)
		sweepText(bd, &judge.Signals{News: true})
		if got := bd.dropped(); !slices.Equal(got, want) {
			t.Errorf("%s: out are %q, want %q", role, got, want)
		}
	}
}
