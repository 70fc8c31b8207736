package body

import (
	"newsclip/clean/internal/page"
)

// sureParagraph is how likely a paragraph is from which on it bounds the text.
const sureParagraph = 0.8

// What the models have to think of a block between the first and the last paragraph
// of which they are sure, by what it is. Furniture stands around the text, seldom in
// it: on publishers held out from training, more than half of these blocks are the
// article's.
const (
	amidTable   = 0.2
	amidCode    = 0.2
	amidHeading = 0.3
	// amidLine is of a line in one box with a sure paragraph.
	amidLine = 0.4
	// amidShortCode is of code of codeWords at most: a command, a few lines that the text
	// is about. Of longer code, more is an appendix to the page.
	amidShortCode = 0.05
	codeWords     = 40
	// amidControl is of a short line in a form, a button or a dialog. Some pages
	// make buttons of questions, which the text answers.
	amidControl = 0.9
)

const (
	// linksBefore is what the models have to think of a line of links before the
	// first sure paragraph, and labelOutside of a label before it or after the last.
	// On publishers held out, two in three less likely ones are furniture.
	linksBefore  = 0.8
	labelOutside = 0.7
	// boundShare is the share of the kept words that stand between the first and the
	// last sure paragraph where those bound the text.
	boundShare = 0.8
)

// Elsewhere is where a block stands that is no part of a text, whatever stands around it.
const Elsewhere = page.InNav | page.InFooter | page.InForm | page.InButton | page.InDialog | page.InAside | page.InFigcaption | page.InHidden

// settleDoubts decides the blocks of which the models are in doubt by where they
// stand among the paragraphs of which they are sure.
func settleDoubts(bd *Body) {
	first, last := -1, -1
	boxes := make(map[int32]bool)
	for k := range bd.Blocks {
		if b := &bd.Blocks[k]; bd.Probs[k] >= sureParagraph && page.IsLong(b) {
			if first < 0 {
				first = k
			}
			last = k
			boxes[bd.Tree.Nodes[b.El].Parent] = true
		}
	}
	if first < 0 {
		return
	}
	sections(bd, first, last)
	words := newKeptWords(bd)
	all, _ := words.of(0, len(bd.Blocks))
	amid, _ := words.of(first, last+1)
	bounded := float32(amid) >= boundShare*float32(all)
	for k := range bd.Blocks {
		b, p, keep := &bd.Blocks[k], bd.Probs[k], bd.Verdicts[k].Keep
		links := b.LinkWords*2 > b.Words
		switch {
		case k == first || k == last:
		case k < first || k > last:
			if !keep {
				continue
			}
			if bounded && (links && k < first && p < linksBefore || isLabel(b) && p < labelOutside) {
				bd.Drop(k, "pick", "")
			}
		case !keep:
			if p >= leastAmid(b, !links && boxes[bd.Tree.Nodes[b.El].Parent]) {
				bd.Verdicts[k] = Verdict{Keep: true}
			}
		case b.Where&(page.InForm|page.InButton|page.InDialog) != 0 && p < amidControl && !links && !page.IsLong(b) && !page.IsHeading(b.Tag):
			bd.Drop(k, "pick", "button")
		}
	}
}

// isLabel reports whether a block is a line that is no sentence, by itself: neither a
// heading nor a part of a list or a table.
func isLabel(b *page.Block) bool {
	return !page.IsLong(b) && !page.IsHeading(b.Tag) && b.Where&(page.InList|page.InTable|page.InQuote|page.InPre) == 0 && !EndsLine(b.Text)
}

// EndsLine reports whether a text ends as sentences end, or as lines that lead to the
// next.
func EndsLine(s string) bool {
	return ClosesSentence(s) || EndsWithColon(s)
}

// leastAmid returns what the models have to think of a block amid the text that they
// leave out; inBox is set for a line in one box with a sure paragraph.
func leastAmid(b *page.Block, inBox bool) float32 {
	switch {
	case b.Where&Elsewhere != 0:
	case b.Where&page.InTable != 0:
		return amidTable
	case b.Where&page.InPre != 0 && b.Words <= codeWords:
		return amidShortCode
	case b.Where&page.InPre != 0:
		return amidCode
	case page.IsHeading(b.Tag):
		if !EndsLine(b.Text) { // else it asks the reader for something
			return amidHeading
		}
	case inBox && b.Where&page.InList == 0 && !page.IsLong(b):
		return amidLine
	}
	return 2 // no probability
}
