package sweep

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

const (
	// componentProb is what the models have to think of a paragraph that stands in a box of
	// its own, as those do of which they keep componentLeast or more, and at least twice as
	// many as they leave out.
	componentProb  = 0.1
	componentLeast = 3
	// componentLinks is the share of its words that links have at most, one in so many.
	componentLinks = 4
)

// components keeps the paragraphs and headings that each stand alone in a box of one kind,
// where the models keep most of those: stories are built so, with an advertisement or
// teasers after any of them, and the models take what comes after many for furniture. A
// heading stands over what is kept, a short line between two that are.
func components(bd *body.Body, sig *judge.Signals) {
	var left []int
	for k := range bd.Blocks {
		if bd.Verdicts[k].LeftByModels() && bd.Probs[k] >= componentProb && mayBeComponent(bd, sig, k) {
			left = append(left, k)
		}
	}
	if len(left) == 0 {
		return
	}
	kept, out := map[uint32]int{}, map[uint32]int{} // by the signatures of their elements
	for k := range bd.Blocks {
		switch {
		case !isComponent(bd, k):
		case bd.Verdicts[k].Keep:
			kept[bd.Blocks[k].Sig]++
		default:
			out[bd.Blocks[k].Sig]++
		}
	}
	for _, k := range slices.Backward(left) {
		b := &bd.Blocks[k]
		if kept[b.Sig] < componentLeast || kept[b.Sig] < 2*out[b.Sig] {
			continue
		}
		under, over := k+1 < len(bd.Blocks) && bd.Verdicts[k+1].Keep, k > 0 && bd.Verdicts[k-1].Keep
		if page.IsLong(b) || under && (over || page.IsHeading(b.Tag)) {
			bd.Verdicts[k] = body.Verdict{Keep: true}
		}
	}
}

// mayBeComponent reports whether a block is a paragraph or a heading in a box of its own, and
// neither its words nor its place speak against one of the text.
func mayBeComponent(bd *body.Body, sig *judge.Signals, k int) bool {
	b := &bd.Blocks[k]
	if b.LinkWords*componentLinks > b.Words || b.Where&(body.Elsewhere|page.InList|page.InTable) != 0 || b.Tag != atom.P && !page.IsHeading(b.Tag) && !page.IsLong(b) ||
		page.IsLong(b) && !body.ClosesSentence(b.Text) || !isComponent(bd, k) {
		return false
	}
	if strings.HasPrefix(b.Text, "...") || strings.HasPrefix(b.Text, "…") {
		return false // goes on after a name: what the author is
	}
	m := b.Phrases()
	return m.Line|m.Prefix == 0 && !sig.InField(b) && !selectors.Promotes(b.Text)
}

// isComponent reports whether a block is all that the element around its own holds.
func isComponent(bd *body.Body, k int) bool {
	el := &bd.Tree.Nodes[bd.Blocks[k].El]
	return el.Parent > bd.Tree.Body && isAlone(bd, k, int16(el.Depth)-1)
}
