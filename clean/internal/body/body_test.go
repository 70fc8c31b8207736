package body

import (
	"testing"

	"newsclip/clean/internal/page"
)

// keepAll is a page with every block kept, as if nothing were known of it.
func keepAll(t testing.TB, html string) *Body {
	t.Helper()
	src, err := page.Parse(page.Input{HTML: []byte(html), URL: "https://quay.example/a/b"})
	if err != nil {
		t.Fatal(err)
	}
	tr := page.NewTree(src)
	blocks := tr.Blocks()
	return New(tr, blocks, make([]float32, len(blocks)), 0)
}

func (bd *Body) dropped() (out []string) {
	for k := range bd.Blocks {
		if !bd.Verdicts[k].Keep {
			out = append(out, bd.Blocks[k].Text)
		}
	}
	return out
}
