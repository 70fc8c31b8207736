package sweep

import (
	"strings"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

const (
	// headingWords is how many words a heading over a part of the text has at most.
	headingWords = 20
	// headingReach is how many blocks after a heading its paragraph stands at most: the
	// caption of a picture may stand between.
	headingReach = 3
	// headingProb is what the models have to think of a heading.
	headingProb = 0.3
	// namedUp is how many elements around a heading may tell by their class what it is.
	namedUp = 2
)

// headings keeps the headings over kept paragraphs that the models leave out, where they
// keep others that are set in the same way, in elements of no kind of heading, too: they
// judge each by its words.
func headings(bd *body.Body, sig *judge.Signals) {
	var left []int
	for k := range bd.Blocks {
		if bd.Verdicts[k].LeftByModels() && bd.Probs[k] >= headingProb && isLine(&bd.Blocks[k]) && overText(bd, sig, k) {
			left = append(left, k)
		}
	}
	if len(left) == 0 {
		return
	}
	kept, prose := map[uint64]bool{}, map[uint32]bool{} // by the signatures of their elements
	for k := range bd.Blocks {
		switch b := &bd.Blocks[k]; {
		case !bd.Verdicts[k].Keep:
		case page.IsLong(b):
			prose[b.Sig] = true
		case isLine(b) && overText(bd, sig, k):
			kept[lineSig(b)] = true
		}
	}
	for _, k := range left {
		if b := &bd.Blocks[k]; kept[lineSig(b)] && !prose[b.Sig] && mayHead(bd, sig, k) {
			bd.Verdicts[k] = body.Verdict{Keep: true}
		}
	}
}

// isLine reports whether a block has the size of a heading, and no link, or is a heading that
// is one: to the section's own address, or to a page on what the section is about.
func isLine(b *page.Block) bool {
	return !page.IsLong(b) && (b.LinkWords == 0 || isLinkedHeading(b)) && b.Words <= headingWords
}

func isLinkedHeading(b *page.Block) bool {
	return page.IsHeading(b.Tag) && b.LinkWords == b.Words
}

// lineSig tells lines apart by how they are set: their element, and whether they are links.
func lineSig(b *page.Block) uint64 {
	s := uint64(b.Sig) << 1
	if b.LinkWords > 0 {
		s |= 1
	}
	return s
}

// mayHead reports whether neither the words of a block nor its place speak against a
// heading of the text.
func mayHead(bd *body.Body, sig *judge.Signals, k int) bool {
	b := &bd.Blocks[k]
	if b.Where&(body.Elsewhere|page.InList|page.InTable) != 0 || strings.HasSuffix(b.Text, ".") || !body.HasLetter(b.Text) || named(bd, b.El) {
		return false
	}
	m := b.Phrases()
	return m.Line|m.Prefix == 0 && !sig.InField(b) && !selectors.Promotes(b.Text)
}

// headingRoles are those of elements in which no heading of the text stands.
const headingRoles = body.BoxRoles | selectors.Byline | selectors.Caption | selectors.Credit | selectors.Date | selectors.Product

// named reports whether an element, or one of the two around it, is one of these by its
// class.
func named(bd *body.Body, el int32) bool {
	for up := 0; up <= namedUp && el > bd.Tree.Body; up, el = up+1, bd.Tree.Nodes[el].Parent {
		if bd.Tree.Nodes[el].Roles&headingRoles != 0 {
			return true
		}
	}
	return false
}

// overText reports whether a kept paragraph comes next after block k, captions apart.
func overText(bd *body.Body, sig *judge.Signals, k int) bool {
	for j := k + 1; j < min(len(bd.Blocks), k+1+headingReach); j++ {
		if b := &bd.Blocks[j]; !sig.Captions.Has(b) {
			return bd.Verdicts[j].Keep && page.IsLong(b)
		}
	}
	return false
}
