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
// own paragraphs surround. In guides such a list is most often the writer's.
func relatedRuns(bd *Body, sig *judge.Signals) {
	if !sig.News {
		return
	}
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if b.Words > relatedLabel || b.Links > 0 || k+1 == len(bd.Blocks) || !isOnlyLinks(&bd.Blocks[k+1]) || b.Where&(page.InTable|page.InPre) != 0 ||
			selectors.MatchPhrase(b.Text).Line&selectors.PhraseRelated == 0 {
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
