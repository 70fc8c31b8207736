package body

import (
	"testing"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/pagetest"
)

// keepAll is a page with every block kept, as if nothing were known of it.
func keepAll(t testing.TB, html string) *Body {
	t.Helper()
	return keepAllAt(t, "https://quay.example/a/b", html)
}

func keepAllAt(t testing.TB, address, html string) *Body {
	t.Helper()
	tr := pagetest.MustParseAt(t, address, html)
	blocks := tr.Blocks()
	return New(tr, blocks, make([]float32, len(blocks)), 0)
}

// sweepText is what the sweep does to the text, which finds the standfirst between.
func sweepText(bd *Body, sig *judge.Signals) {
	Mend(bd, sig)
	SayOnce(bd)
}

func (bd *Body) dropped() (out []string) {
	for k := range bd.Blocks {
		if !bd.Verdicts[k].Keep {
			out = append(out, bd.Blocks[k].Text)
		}
	}
	return out
}
