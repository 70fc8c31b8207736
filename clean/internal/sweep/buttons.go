package sweep

import (
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// linkButtons drops the lines after the first paragraph that are a link and that the link's
// class sets as a button: "Book a demo", "Read our guide to tiles".
func linkButtons(bd *body.Body) {
	began := false // a paragraph is kept before
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].Keep {
			continue
		}
		if !began || b.Links != 1 || b.LinkWords < b.Words || page.IsHeading(b.Tag) || b.Where&page.InTable != 0 {
			began = began || page.IsLong(b)
			continue
		}
		if a := bd.Tree.Within(b.From, atom.A); a >= 0 && selectors.Markup().IsButton(bd.Tree.Attr(a, "class")) {
			bd.Drop(k, "sweep", "link button")
		}
	}
}
