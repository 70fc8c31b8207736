package body

import (
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// relatedLabel is how many words a line has at most that names related pages.
const relatedLabel = 8

// relatedRuns drops from news stories the links that stand right after a line that names
// related pages, with it: the models are divided on a line and on links that the text's
// own paragraphs surround. In guides such a list is most often the writer's, but for one
// after the last paragraph that leads to the site's own pages.
func relatedRuns(bd *Body, sig *judge.Signals) {
	last := len(bd.Blocks)
	if !sig.News {
		for last > 0 && !(bd.Verdicts[last-1].Keep && page.IsLong(&bd.Blocks[last-1]) && bd.Blocks[last-1].LinkWords == 0) {
			last--
		}
	}
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if !sig.News && k < last {
			continue
		}
		if b.Words > relatedLabel || b.Links > 0 || k+1 == len(bd.Blocks) || !isOnlyLinks(&bd.Blocks[k+1]) || b.Where&(page.InTable|page.InPre) != 0 ||
			selectors.MatchPhrase(b.Text).Line&selectors.PhraseRelated == 0 || !sig.News && !leadsOnlyHere(bd, &bd.Blocks[k+1]) {
			continue
		}
		for j := k; j < len(bd.Blocks) && (j == k || isOnlyLinks(&bd.Blocks[j])); j++ {
			if bd.Verdicts[j].Keep {
				bd.Drop(j, "sweep", "phrase "+selectors.PhraseRelated.String())
			}
		}
	}
}

// isOnlyLinks reports whether a block is nothing but links.
func isOnlyLinks(b *page.Block) bool {
	return b.Links > 0 && b.LinkWords == b.Words && b.Where&(page.InTable|page.InPre) == 0
}

// leadsOnlyHere reports whether a line is links to other pages of the site alone.
func leadsOnlyHere(bd *Body, b *page.Block) bool {
	_, alone := labelOfLink(bd, b)
	return alone
}

// blurbWords is how many words the line under a teaser's link has at most.
const blurbWords = 25

// blurbs drops what a teaser among the paragraphs says under its link, where the link is
// dropped: both stand in a box of their own.
func blurbs(bd *Body) {
	for k := 1; k+1 < len(bd.Blocks); k++ {
		link, b := &bd.Blocks[k-1], &bd.Blocks[k]
		if !bd.Verdicts[k].Keep || bd.Verdicts[k-1].Keep || b.Words > blurbWords || b.Links > 0 || !isOnlyLinks(link) || b.Where&(page.InList|page.InQuote) != 0 {
			continue
		}
		box := bd.Tree.Nodes[b.El].Parent
		if first, last := bd.BlocksIn(box); first == k-1 && last == k+1 && link.El >= box && leadsOnlyHere(bd, link) {
			bd.Drop(k, "sweep", "teaser")
		}
	}
}
