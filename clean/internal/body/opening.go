package body

import (
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
)

const (
	// openingReach is how many blocks before the first kept paragraph an
	// opening may stand.
	openingReach = 2
	// openingProb is what the models have to think of it. They take the first
	// paragraph for a teaser or a caption where a page sets it apart.
	openingProb = 0.25
)

// opening keeps a paragraph that stands right before the first one that is
// kept, in one box with it.
func opening(bd *Body, sig *judge.Signals) {
	first := bd.FirstParagraph()
	for k := first - 1; k >= 0 && k >= first-openingReach; k-- {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].Keep && page.IsLong(b) && bd.Probs[k] >= openingProb && (beside(bd, k, bd.Blocks[first].El) || inTwins(bd, k, first)) &&
			b.Where&(page.InList|page.InTable|page.InHidden|page.InFigure|page.InAside) == 0 && !sig.Captions.Has(b) && !sig.Bylines.Has(b) &&
			ClosesSentence(b.Text) && b.Phrases().Prefix == 0 {
			bd.Verdicts[k] = Verdict{Keep: true}
		}
	}
}

// inTwins reports whether two blocks are each in a box of one element and class: builders of
// pages set each text in such.
func inTwins(bd *Body, a, b int) bool {
	t := bd.Tree
	x, y := t.Nodes[bd.Blocks[a].El].Parent, t.Nodes[bd.Blocks[b].El].Parent
	class := t.Attr(x, "class")
	return class != "" && x != y && t.Nodes[x].DataAtom == t.Nodes[y].DataAtom && t.Nodes[x].Depth == t.Nodes[y].Depth && class == t.Attr(y, "class")
}

// closers are the signs that may follow the end of a sentence.
const closers = `"”“»«’')]」』`
