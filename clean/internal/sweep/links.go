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
	var lead *page.Block // the dropped line before the links
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		switch {
		case b.Links == 0 || b.LinkWords < b.Words:
			if lead = nil; !bd.Verdicts[k].Keep && b.Links == 0 && b.Where&other == 0 && !bd.InData(b) {
				lead = b
			}
		case lead != nil && bd.Verdicts[k].Keep && !page.IsHeading(b.Tag) && b.Where&other == 0 && !bd.InData(b) &&
			lead.Phrases().Line&selectors.PhraseRelated != 0 && body.LeadsOnlyHere(bd, b):
			bd.Drop(k, "sweep", "related")
		}
	}
}
