package page_test

import (
	"testing"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/pagetest"
)

// TestHeadingsByRole: what is a heading by its role is one of the level that it states.
func TestHeadingsByRole(t *testing.T) {
	for _, c := range []struct {
		html string
		want atom.Atom
	}{
		{`<div role="heading" aria-level="3" class="heading-h3">Die Brücke bleibt zu</div>`, atom.H3},
		{`<p role="heading">El puente sigue cerrado</p>`, atom.H2},
		{`<div aria-level="1" role="heading">橋は閉じたまま</div>`, atom.H1},
		{`<div role="heading" aria-level="6">The bridge stays shut</div>`, atom.H4},
		{`<div role="note" aria-level="3">The bridge stays shut</div>`, atom.Div},
		{`<figcaption role="heading">The bridge stays shut</figcaption>`, atom.Figcaption},
	} {
		tree := pagetest.MustParse(t, "<body>"+c.html)
		bs := tree.Blocks()
		if len(bs) != 1 || bs[0].Tag != c.want {
			t.Errorf("%s: %d blocks, the first is %v, want %v", c.html, len(bs), bs[0].Tag, c.want)
		}
		if listed := len(tree.Headings) == 1; listed != (c.want != atom.Div && c.want != atom.Figcaption) {
			t.Errorf("%s: listed among the headings is %v", c.html, listed)
		}
	}
}
