package sweep

import (
	"slices"
	"strings"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
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
	// contentsProb is that of a heading that the page's list of contents names.
	contentsProb = 0.05
	// namedUp is how many elements around a heading may tell by their class what it is.
	namedUp = 2
)

// headings keeps the headings over kept paragraphs that the models leave out, where they
// keep others that are set in the same way, in elements of no kind of heading, too: they
// judge each by its words.
func headings(bd *body.Body, sig *judge.Signals) {
	var left []int
	for k := range bd.Blocks {
		if !bd.Verdicts[k].LeftByModels() || bd.Probs[k] < contentsProb || !isLine(&bd.Blocks[k]) || !overText(bd, sig, k) {
			continue
		}
		if inContents(bd, k) {
			bd.Verdicts[k] = body.Verdict{Keep: true}
		} else if bd.Probs[k] >= headingProb {
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
	if b.Where&(body.Elsewhere|page.InList|page.InTable) != 0 || strings.HasSuffix(b.Text, ".") || !text.HasLetter(b.Text) || named(bd, b.El) {
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

// inContents reports whether a heading says what a link before it does that leads to a place
// of its own page: the page's list of contents names it.
func inContents(bd *body.Body, k int) bool {
	h := &bd.Blocks[k]
	if !page.IsHeading(h.Tag) {
		return false
	}
	for j := range k {
		if b := &bd.Blocks[j]; b.Hash == h.Hash && b.Links == 1 && b.LinkWords == b.Words {
			a, _ := slices.BinarySearch(bd.Tree.Anchors, b.From)
			for _, at := range [...]int{a, a - 1} { // in the block, or around it
				if at >= 0 && at < len(bd.Tree.Anchors) {
					n := bd.Tree.Anchors[at]
					if href := bd.Tree.Attr(n, "href"); len(href) > 1 && href[0] == '#' && n < b.To && b.From < bd.Tree.Nodes[n].End {
						return true
					}
				}
			}
		}
	}
	return false
}
