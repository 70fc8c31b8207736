package sweep

import (
	"testing"

	"newsclip/clean/internal/judge"
)

// TestNoteHeads: the line over notes that are kept stays, whatever the models think of it.
func TestNoteHeads(t *testing.T) {
	const notes = `<p>[1] Iwersen, Das Buch der Mole, Hafenverlag 1999.</p><p>[2] Ferrer, El libro del muelle, Editorial Puerto 2004.</p>`
	for _, c := range []struct {
		name, page, line string
		keep             bool
	}{
		{"German, in a div", `<div>Quellen:</div>` + notes, "Quellen:", true},
		{"French, in bold letters", `<p><strong>Bibliographie</strong></p>` + notes, "Bibliographie", true},
		{"Spanish, no phrase of a box", `<h3>Para leer</h3>` + notes, "Para leer", true},
		{"over a list", `<p>Sources:</p><ul><li>The book of the pier</li><li>The log of the harbour office</li></ul>`, "Sources:", true},
		{"a line of no heading", `<p>Para leer</p>` + notes, "Para leer", false},
		{"one note", `<p>Para leer:</p><p>[1] Ferrer, El libro del muelle, Editorial Puerto 2004.</p><p>Adiós.</p>`, "Para leer:", false},
		{"a phrase of another box", `<p><b>Related</b></p>` + notes, "Related", false},
	} {
		bd := keepAll(t, `<article>`+threeParagraphs+c.page+`</article>`, c.line)
		Sweep(bd, &judge.Signals{})
		kept := false
		for k := range bd.Blocks {
			kept = kept || bd.Verdicts[k].Keep && bd.Blocks[k].Text == c.line
		}
		if kept != c.keep {
			t.Errorf("%s: kept %t, want %t", c.name, kept, c.keep)
		}
	}
}
