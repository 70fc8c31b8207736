package body

import "newsclip/clean/internal/page"

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
	// amidControl is of a short line in a form, a button or a dialog. Some pages
	// make buttons of questions, which the text answers.
	amidControl = 0.9
)

// linksBefore is what the models have to think of a line of links before the first
// sure paragraph. On publishers held out, 22 of 26 less likely ones lead to sections and
// other articles.
const linksBefore = 0.8

// elsewhere is where a block stands whatever stands around it.
const elsewhere = page.InNav | page.InFooter | page.InForm | page.InButton | page.InDialog | page.InAside | page.InFigcaption | page.InHidden

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
	for k := range bd.Blocks[:max(last, 0)] {
		b, p, keep := &bd.Blocks[k], bd.Probs[k], bd.Verdicts[k].Keep
		links := b.LinkWords*2 > b.Words
		switch {
		case k < first:
			if keep && links && p < linksBefore {
				bd.Drop(k, "pick", "links")
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

// leastAmid returns what the models have to think of a block amid the text that they
// leave out; inBox is set for a line in one box with a sure paragraph.
func leastAmid(b *page.Block, inBox bool) float32 {
	switch {
	case b.Where&elsewhere != 0:
	case b.Where&page.InTable != 0:
		return amidTable
	case b.Where&page.InPre != 0:
		return amidCode
	case page.IsHeading(b.Tag):
		return amidHeading
	case inBox && b.Where&page.InList == 0 && !page.IsLong(b):
		return amidLine
	}
	return 2 // no probability
}
