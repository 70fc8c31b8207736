package body

import (
	"strings"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

const (
	// titleWords is how many words a label has at most that belongs to what it stands
	// over: "Note", "Sources:".
	titleWords = 4
	// labelledBlocks and labelledWords bound a box whose first line is its label.
	labelledBlocks = 8
	labelledWords  = 120
	// maxLabel is how often a label stands on a page at most: one that stands over each
	// part is the template's.
	maxLabel = 2
	// labelPhrases are those that a label may say over a list or a note of the text's.
	labelPhrases = selectors.PhraseSource | selectors.PhraseNote | selectors.PhraseRelated
)

// labels keeps the label or heading of what is kept whole under it: a list, a table, a
// quotation, or the rest of a small box.
func labels(bd *Body, sig *judge.Signals) {
	groups := ElementMemo{T: bd.Tree, Is: IsGroup}
	var said map[uint64]int // how often each such line stands on the page
	began := false          // a paragraph is kept before
	for k := 0; k+1 < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		began = began || bd.Verdicts[k].Keep && page.IsLong(b)
		if !began || bd.Verdicts[k].Keep || !bd.Verdicts[k+1].Keep || bd.Verdicts[k].Stage == "sweep" || b.Words == 0 || b.Words > titleWords && !page.IsHeading(b.Tag) || !isLabelOf(sig, b) {
			continue
		}
		switch el := GroupAround(bd, &groups, k+1); {
		case b.Phrases().Line&selectors.PhraseRelated != 0 && bd.Blocks[k+1].LinkWords > 0:
			continue
		case el >= 0 && b.From < el && beside(bd, k, el) && bd.allKept(bd.BlocksIn(el)):
		case headsNext(bd, k) || el < 0 && headsBox(bd, k):
		default:
			continue
		}
		if said == nil {
			said = make(map[uint64]int)
			for j := range bd.Blocks {
				if bd.Blocks[j].Words <= titleWords {
					said[bd.Blocks[j].Hash]++
				}
			}
		}
		if said[b.Hash] <= maxLabel {
			bd.Verdicts[k] = Verdict{Keep: true}
		}
	}
}

// isLabelOf reports whether a line can be the label of a part of the text.
func isLabelOf(sig *judge.Signals, b *page.Block) bool {
	m := b.Phrases()
	return b.LinkWords == 0 && b.Where&(Elsewhere|page.InTable|page.InList) == 0 && (m.Line|m.Prefix)&^labelPhrases == 0 && (text.HasLetter(b.Text) || page.IsHeading(b.Tag) && IsYear(b.Text)) && (page.IsHeading(b.Tag) || !strings.ContainsAny(b.Text, "0123456789")) &&
		!sig.InField(b) && !sig.Titles[b.Hash] && !selectors.Promotes(b.Text)
}

// headsNext reports whether block k is a heading right over a kept line, in one element
// with it.
func headsNext(bd *Body, k int) bool {
	b, next := &bd.Blocks[k], &bd.Blocks[k+1]
	m := b.Phrases()
	return page.IsHeading(b.Tag) && b.Words <= titleWords && (bd.Probs[k] >= amidHeading || (m.Line|m.Prefix)&labelPhrases != 0) && !EndsLine(b.Text) && !page.IsHeading(next.Tag) && next.LinkWords == 0 && bd.Tree.Nodes[b.El].Parent == bd.Tree.Nodes[next.El].Parent
}

// headsBox reports whether block k is the first of a small box amid the text of which the
// rest is kept.
func headsBox(bd *Body, k int) bool {
	t := bd.Tree
	box := t.Nodes[bd.Blocks[k].El].Parent
	for up := 0; up < 2 && box > t.Body; up, box = up+1, t.Nodes[box].Parent {
		first, last := bd.BlocksIn(box)
		if first != k || last-first > labelledBlocks || last >= len(bd.Blocks) {
			return false
		}
		if last-first > 1 {
			var words int32
			for j := first; j < last; j++ {
				words += bd.Blocks[j].Words
			}
			return words <= labelledWords && k > 0 && bd.Verdicts[k-1].Keep && bd.Verdicts[last].Keep && bd.allKept(k+1, last) && bd.Blocks[k+1].LinkWords == 0
		}
	}
	return false
}

// allKept reports whether the blocks from first to last-1 are kept.
func (bd *Body) allKept(first, last int) bool {
	for k := first; k < last; k++ {
		if !bd.Verdicts[k].Keep {
			return false
		}
	}
	return first < last
}

// codeNames drops the names of languages over code: the code has them.
func codeNames(bd *Body) {
	for k := 0; k+1 < len(bd.Blocks); k++ {
		b, code := &bd.Blocks[k], &bd.Blocks[k+1]
		if bd.Verdicts[k].Keep && b.Words <= 1 && code.Where&page.InPre != 0 && b.Where&page.InPre == 0 && !page.IsHeading(b.Tag) && selectors.Markup().CodeLanguages[strings.ToLower(b.Text)] {
			bd.Drop(k, "sweep", "code's name")
		}
	}
}
