package sweep

import (
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

const (
	// besideUp is how many elements around a line of code or a quotation the one may stand
	// that is right between two pieces of the text.
	besideUp = 5
	// quotedProb is what the models have to think of a quotation.
	quotedProb = 0.03
	// besideShare bounds the code that is kept so, one word for so many of the text: whole
	// listings are often set apart from a text that does without them.
	besideShare = 12
)

// besideText keeps code, and the sentences of a quotation, that stand in one element with the
// kept blocks right before and after, one of these a paragraph or a heading: writers set them
// so, and the models judge each by its words.
func besideText(bd *body.Body, sig *judge.Signals) {
	nodes := bd.Tree.Nodes
	var found [][2]int // pieces of code
	var code int32     // words in these
	for k := 1; k < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		if b.Where&(page.InPre|page.InQuote) == 0 || !bd.Verdicts[k].LeftByModels() || !bd.Verdicts[k-1].Keep {
			continue
		}
		for box, up := b.El, 0; up < besideUp; box, up = nodes[box].Parent, up+1 {
			around := nodes[box].Parent
			if around <= bd.Tree.Body || nodes[box].Roles&body.BoxRoles&^selectors.Quote != 0 {
				break
			}
			first, last := bd.BlocksIn(box)
			if first != k || last >= len(bd.Blocks) {
				break
			}
			if !isText(bd, k-1, around) && !isText(bd, last, around) || body.ChildOf(bd.Tree, around, bd.Blocks[k-1].From) < 0 || body.ChildOf(bd.Tree, around, bd.Blocks[last].From) < 0 {
				continue
			}
			switch {
			case !bd.Verdicts[last].Keep || !isCodeOrQuote(bd, sig, first, last):
			case b.Where&page.InPre != 0:
				found = append(found, [2]int{first, last})
				code += wordsIn(bd, first, last)
			default:
				keepBlocks(bd, first, last)
			}
			break
		}
	}
	if len(found) > 0 && code*besideShare <= bd.WordsKept(len(bd.Blocks)) {
		for _, f := range found {
			keepBlocks(bd, f[0], f[1])
		}
	}
}

// keepBlocks keeps the blocks from first to last-1.
func keepBlocks(bd *body.Body, first, last int) {
	for k := first; k < last; k++ {
		bd.Verdicts[k] = body.Verdict{Keep: true}
	}
}

// isText reports whether block k is kept, and a paragraph or a heading that is a child of an
// element.
func isText(bd *body.Body, k int, of int32) bool {
	b := &bd.Blocks[k]
	return bd.Verdicts[k].Keep && bd.Tree.Nodes[b.El].Parent == of && (page.IsLong(b) || page.IsHeading(b.Tag))
}

// isCodeOrQuote reports whether the blocks from first to last-1 are all code, or all sentences
// of a quotation without links.
func isCodeOrQuote(bd *body.Body, sig *judge.Signals, first, last int) bool {
	code := bd.Blocks[first].Where&page.InPre != 0
	for k := first; k < last; k++ {
		b := &bd.Blocks[k]
		switch {
		case b.Where&(body.Elsewhere|page.InTable|page.InList) != 0 || !bd.Verdicts[k].LeftByModels():
			return false
		case code:
			if bd.Tree.Within(b.El, atom.Pre) < 0 {
				return false
			}
		case b.Where&page.InQuote == 0 || b.Links > 0 || bd.Probs[k] < quotedProb || !body.ClosesSentence(b.Text) || b.Phrases().Line != 0 || sig.InField(b) || selectors.Promotes(b.Text):
			return false
		}
	}
	return true
}

const (
	// linkedProb is what the models have to think of a sentence of links, linkedLeast how many
	// words it has at least, and linkedWords how many of them are none.
	linkedProb  = 0.15
	linkedLeast = 10
	linkedWords = 2
)

// linkedAmid keeps a sentence of which nearly all words are links, two or more, between two
// paragraphs of the text: a writer names each source so. Lines that lead on end without a
// full stop, or say that they do.
func linkedAmid(bd *body.Body, sig *judge.Signals) {
	for k := 1; k+1 < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		if b.Links < 2 || b.LinkWords*2 < b.Words || !bd.Verdicts[k].LeftByModels() || bd.Probs[k] < linkedProb || b.Words < linkedLeast || b.Words-b.LinkWords < linkedWords ||
			!isProseKept(bd, k-1) || !isProseKept(bd, k+1) || b.Where&(body.Elsewhere|page.InList|page.InTable) != 0 || !body.ClosesSentence(b.Text) {
			continue
		}
		if m := b.Phrases(); m.Line|m.Prefix == 0 && !sig.InField(b) && !selectors.Promotes(b.Text) {
			bd.Verdicts[k] = body.Verdict{Keep: true}
		}
	}
}

// isProseKept reports whether block k is kept, and a paragraph that ends with a sentence.
func isProseKept(bd *body.Body, k int) bool {
	return bd.Verdicts[k].Keep && page.IsLong(&bd.Blocks[k]) && body.ClosesSentence(bd.Blocks[k].Text)
}
