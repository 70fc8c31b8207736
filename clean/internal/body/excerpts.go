package body

import (
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
)

const (
	// A card of another article has as many blocks as these at most, its excerpt so many
	// words, and the link to the article stands so many elements around the excerpt or fewer.
	excerptBlocks = 6
	excerptWords  = 120
	excerptUp     = 4
	// excerptLabel is how many words a heading has at most that tells a section and not what
	// the card is about.
	excerptLabel = 3
	// excerptTitle is how many words a link has at least that heads a card as a heading does.
	excerptTitle = 4
	// excerptCards is how many cards stand side by side at least.
	excerptCards = 2
	// excerptAfter is how many words the text has before the cards at least, and no fewer than
	// they have: a list of articles or a guide to reviews has fewer.
	excerptAfter = 100
)

// excerpts drops the rows of cards after the text that show other articles of the site: each
// has a heading that is a link and the beginning of the article, which reads like a paragraph
// of this one.
func excerpts(bd *Body) {
	began := bd.FirstParagraph()
	if began < 0 {
		return
	}
	rows := map[int32][]int32{} // the cards by the element that they stand in
	var order []int32
	for k := began + 1; k < len(bd.Blocks); k++ {
		if !bd.Verdicts[k].Keep || !page.IsLong(&bd.Blocks[k]) {
			continue
		}
		card := cardOf(bd, k)
		if card < 0 {
			continue
		}
		row := bd.Tree.Nodes[card].Parent
		if rows[row] == nil {
			order = append(order, row)
		}
		rows[row] = append(rows[row], card)
		_, last := bd.BlocksIn(card)
		k = last - 1
	}
	if len(order) == 0 {
		return
	}
	start, _ := bd.BlocksIn(order[0])
	before := bd.WordsKept(start)
	for _, row := range order {
		if cards := rows[row]; len(cards) < excerptCards || !alike(bd, cards) || !holdsOnly(bd, row, cards, began) {
			continue
		}
		first, last := bd.BlocksIn(row)
		if before < max(excerptAfter, bd.wordsKeptIn(first, last)) {
			continue
		}
		bd.DropKept(first, last, "sweep", "teaser")
	}
}

// cardOf returns the outermost element around a paragraph that holds it alone, under a
// heading that is a link to another page of the site and beside short lines; -1 for none.
func cardOf(bd *Body, k int) int32 {
	t, b := bd.Tree, &bd.Blocks[k]
	if b.Words > excerptWords || b.Where&(page.InList|page.InTable|page.InQuote|page.InPre) != 0 {
		return -1
	}
	card, up := t.Nodes[b.El].Parent, 0
	first, last := bd.BlocksIn(card)
	for ; up < excerptUp && card > t.Body && !headsCard(bd, first, k); up++ {
		card = t.Nodes[card].Parent
		first, last = bd.BlocksIn(card)
	}
	if card <= t.Body || last-first > excerptBlocks || !headsCard(bd, first, k) {
		return -1
	}
	for j := first; j < last; j++ {
		if x := &bd.Blocks[j]; j != k && (page.IsLong(x) && x.LinkWords < x.Words || page.IsHeading(x.Tag) && !isOnlyLinks(bd, x) && x.Words > excerptLabel) {
			return -1
		}
	}
	for p := t.Nodes[card].Parent; p > t.Body; p = t.Nodes[p].Parent {
		if f, l := bd.BlocksIn(p); f != first || l != last {
			break
		}
		card = p
	}
	return card
}

// headsCard reports whether a heading that is a link to a page of the site stands among the
// blocks from first to k, of which k is the excerpt. The page itself is shown among others.
func headsCard(bd *Body, first, k int) bool {
	for j := first; j < k && j < first+excerptBlocks; j++ {
		if b := &bd.Blocks[j]; (page.IsHeading(b.Tag) || b.Words >= excerptTitle) && isOnlyLinks(bd, b) {
			a := bd.Tree.Within(b.From, atom.A)
			return a >= 0 && bd.Tree.Page.LeadsWithin(bd.Tree.Attr(a, "href"))
		}
	}
	return false
}

// alike reports whether elements are of one kind.
func alike(bd *Body, els []int32) bool {
	for _, e := range els {
		if bd.Tree.Nodes[e].DataAtom != bd.Tree.Nodes[els[0]].DataAtom {
			return false
		}
	}
	return true
}

// holdsOnly reports whether what is kept in a row stands in its cards, but for headings and
// links, and nothing of the text does.
func holdsOnly(bd *Body, row int32, cards []int32, began int) bool {
	t := bd.Tree
	first, last := bd.BlocksIn(row)
	if first <= began || t.Nodes[row].DataAtom == atom.Body {
		return false
	}
	c := 0
	for k := first; k < last; k++ {
		for c < len(cards) && t.Nodes[cards[c]].End <= bd.Blocks[k].From {
			c++
		}
		b := &bd.Blocks[k]
		inCard := c < len(cards) && b.From > cards[c]
		if bd.Verdicts[k].Keep && !inCard && !page.IsHeading(b.Tag) && !isOnlyLinks(bd, b) {
			return false
		}
	}
	return true
}
