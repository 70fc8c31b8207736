package sweep

import (
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// ledLinks drops the lines of links to other pages of the site right after a line that
// names related pages and is dropped.
func ledLinks(bd *body.Body) {
	const other = page.InPre | page.InQuote
	led := false
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		switch {
		case b.Links == 0 || b.LinkWords < b.Words:
			led = !bd.Verdicts[k].Keep && b.Links == 0 && b.Where&other == 0 && !bd.InData(b) && selectors.MatchPhrase(b.Text).Line&selectors.PhraseRelated != 0
		case led && bd.Verdicts[k].Keep && !page.IsHeading(b.Tag) && b.Where&other == 0 && !bd.InData(b) && body.LeadsOnlyHere(bd, b):
			bd.Drop(k, "sweep", "related")
		}
	}
}
