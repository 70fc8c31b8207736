package sweep

import (
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

const (
	// readersHead is how many words the heading over readers' comments has at most, and
	// signedComment the line with the name and the day of one, which is among the first
	// signedReach lines.
	readersHead   = 6
	signedComment = 8
	signedReach   = 24
)

// readers drops what stands under a heading over the readers' comments, the first of its
// box, where a line with a day is among it. A word alone, "Discussion", heads a part of a
// paper too, in which no line has a day.
func readers(bd *body.Body) {
	began := false // a paragraph is kept before
	for k := 0; k < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		if !began || !page.IsHeading(b.Tag) || b.Words > readersHead || b.Phrases().Line&selectors.PhraseComments == 0 {
			began = began || bd.Verdicts[k].Keep && page.IsLong(b)
			continue
		}
		box := bd.Tree.Nodes[b.El].Parent
		first, last := bd.BlocksIn(box)
		if first != k || box <= bd.Tree.Body {
			continue
		}
		signed := false
		for j := k + 1; j < min(last, k+signedReach) && !signed; j++ {
			signed = isDated(&bd.Blocks[j], signedComment) && !text.EndsSentence(bd.Blocks[j].Text)
		}
		for j := k; signed && j < last; j++ {
			if bd.Verdicts[j].Keep {
				bd.Drop(j, "sweep", "phrase "+selectors.PhraseComments.String())
			}
		}
	}
}
