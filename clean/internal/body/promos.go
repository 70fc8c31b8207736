package body

import (
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// promoWords is how many words a paragraph has at most that is all promotion.
const promoWords = 50

// promotes drops the paragraphs in which the publisher asks the reader to
// follow it, to subscribe or to write below: they are set like the article's
// own, so that the models keep them.
func promotes(bd *Body) {
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if bd.Verdicts[k].Keep && b.Words <= promoWords && !page.IsHeading(b.Tag) &&
			b.Where&(page.InList|page.InTable|page.InQuote|page.InPre) == 0 && selectors.Promotes(b.Text) {
			bd.Drop(k, "sweep", "promotion")
		}
	}
}
