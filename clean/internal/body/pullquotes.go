package body

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// pullQuotes drops the quotations that only repeat a sentence of the text in
// large letters, and the name under them.
func pullQuotes(bd *Body) {
	asked := 0
	var boxes []uint32 // the kinds of aside that such a quotation stands in
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].Keep || b.Words < pullQuoteMin || b.Words > pullQuoteMax {
			continue
		}
		box := quoteBox(bd, b)
		if box < 0 || isUnder(bd, k, box) {
			continue
		}
		if b.Words < pullQuoteLine && (!bd.isPull(box) || page.IsHeading(b.Tag)) && !ClosesSentence(b.Text) && !strings.ContainsAny(b.Text, closers) {
			continue
		}
		if asked++; asked > maxPullQuotes {
			break
		}
		if !saidElsewhere(bd, b.Toks, box) {
			continue
		}
		bd.Drop(k, "sweep", "pull quote")
		if nd := &bd.Tree.Nodes[box]; nd.DataAtom == atom.Aside && !slices.Contains(boxes, nd.Sig) {
			boxes = append(boxes, nd.Sig)
		}
		for j, last := bd.BlocksIn(box); j < last; j++ {
			if n := &bd.Blocks[j]; bd.Verdicts[j].Keep && n.Words < pullQuoteMin*2 && n.To <= bd.Tree.Nodes[box].End {
				bd.Drop(j, "sweep", "pull quote")
			}
		}
	}
	if len(boxes) > 0 {
		likeQuotes(bd, boxes)
	}
}

// likeQuotes drops the quotations in asides of the kinds that the page's pull quotes stand
// in: some of those change a word of the sentence that they repeat.
func likeQuotes(bd *Body, boxes []uint32) {
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].Keep || b.Where&page.InAside == 0 || b.Words < pullQuoteLine || b.Words > pullQuoteMax || b.Links > 0 {
			continue
		}
		if box := bd.Tree.Within(b.El, atom.Aside); box >= 0 && slices.Contains(boxes, bd.Tree.Nodes[box].Sig) {
			if first, last := bd.BlocksIn(box); last-first <= quoteBlocks {
				bd.Drop(k, "sweep", "pull quote")
			}
		}
	}
}

// quoteBlocks is how many blocks an aside has at most that is a pull quote: the quotation
// and who says it.
const quoteBlocks = 3

// A pull quote has as many words as these; shorter ones are refrains, longer
// ones documents.
const (
	pullQuoteMin = 4
	pullQuoteMax = 60
	// pullQuoteLine is how many words one has at least that neither ends as a sentence
	// does nor has quotation marks, and no class names its box: a shorter line is a heading.
	pullQuoteLine = 9
	// maxPullQuotes is how many quotations of a page are looked for in its
	// text: a page of more is a collection of them.
	maxPullQuotes = 200
)

// quoteBox is the outermost element around a block that sets a quotation
// apart from the text, or -1.
func quoteBox(bd *Body, b *page.Block) int32 {
	if b.Where&(page.InQuote|page.InAside|page.InFigure|page.InTable) == 0 && b.RoleDepth[quoteRole] == 0 || b.Where&page.InList != 0 || bd.InData(b) {
		return -1
	}
	box := int32(-1)
	for e, up := b.El, 0; e > bd.Tree.Body && up < 6; e, up = bd.Tree.Nodes[e].Parent, up+1 {
		switch nd := &bd.Tree.Nodes[e]; {
		case nd.DataAtom == atom.Blockquote, nd.DataAtom == atom.Aside, nd.DataAtom == atom.Figure, nd.Roles&selectors.Quote != 0, nd.DataAtom == atom.Table && bd.isAlone(e):
			box = e
		}
	}
	return box
}

// isPull reports whether the class of a quotation's box names a pull quote. Themes give that of
// a quotation to all their blockquotes, and headings are set as such.
func (bd *Body) isPull(box int32) bool {
	nd := &bd.Tree.Nodes[box]
	return nd.Roles&selectors.Quote != 0 && nd.DataAtom != atom.Blockquote || strings.Contains(strings.ToLower(bd.Tree.Attr(box, "class")), "pull")
}

// isAlone reports whether an element holds one block.
func (bd *Body) isAlone(el int32) bool {
	first, last := bd.BlocksIn(el)
	return last == first+1
}

// saidElsewhere reports whether a kept paragraph outside box has the words in a row.
func saidElsewhere(bd *Body, words []uint64, box int32) bool {
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].Keep || int(b.Words) <= len(words) || b.From >= box && b.From < bd.Tree.Nodes[box].End {
			continue
		}
		at := 0 // words found so far
		for _, h := range b.Toks {
			switch h {
			case words[at]:
				if at++; at == len(words) {
					return true
				}
			case words[0]:
				at = 1
			default:
				at = 0
			}
		}
	}
	return false
}

// isUnder reports whether block k is the short line under a kept one in a quotation's box:
// the name of who says it.
func isUnder(bd *Body, k int, box int32) bool {
	return k > 0 && bd.Blocks[k].Words < pullQuoteLine && bd.Verdicts[k-1].Keep && bd.Blocks[k-1].From > box
}

// quoteRole is the index of quotations in a block's RoleDepth.
var quoteRole = page.RoleIndex(selectors.Quote)
