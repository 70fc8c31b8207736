package body

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

const (
	// tailParagraphs is how many kept paragraphs an element has that is sure to be
	// the text's own.
	tailParagraphs = 3
	// tailProb is what the models have to think of a group at its end: they take
	// short lines after the last paragraph for furniture, whatever they say.
	tailProb = 0.05
	// labelledProb is what they have to think of facts behind labels, and of terms.
	labelledProb = 0.02
	// framedProb is what they have to think of the paragraphs in a frame.
	framedProb = 0.3
	// tailLabel is how many words a label over such a group has at most.
	tailLabel = 6
	// tailLinks is the share of an item's words that links have at most, one in so many:
	// sources in brackets.
	tailLinks = 3
	// sentenceWords is how many words a paragraph of the text has at least that is no long
	// one, and sentenceProb what the models have to think of it.
	sentenceWords, sentenceProb = 10, 0.6
	// tailShare bounds what is kept so by the words of the text.
	tailShare = 0.5
)

// tailGroups keeps the list, table, quotation or code that ends the text with the
// line that leads to it: it stands in the element that holds the paragraphs, right
// after the last of them, and neither names, links nor words tell it as furniture.
func tailGroups(bd *Body, sig *judge.Signals) {
	last, box := LastParagraph(bd)
	if last < 0 {
		return
	}
	kept := bd.WordsKept(len(bd.Blocks))
	var words int32
	from := last + 1
	for k := last + 1; k < len(bd.Blocks) && bd.Blocks[k].From < bd.Tree.Nodes[box].End; {
		child := ChildOf(bd.Tree, box, bd.Blocks[k].From)
		if child < 0 || bd.Tree.Nodes[child].Roles&^(selectors.Body|selectors.Quote) != 0 {
			return
		}
		first, next := bd.BlocksIn(child)
		labelled, least := bd.isLabelled(first, next), float32(tailProb)
		if labelled || bd.Tree.Nodes[child].DataAtom == atom.Dl || bd.isTold(child, first, next) {
			least = labelledProb
		}
		for j := first; j < next; j++ {
			if bd.Blocks[j].Where&page.InFigcaption != 0 && next-first > 1 {
				continue // of a table
			}
			if words += bd.Blocks[j].Words; float64(words) > tailShare*float64(kept) || !isTailFrom(bd, sig, j, least) && !(next-first == 1 && IsTailLabel(bd, sig, j)) {
				return
			}
		}
		switch {
		case isTailGroup(bd.Tree, child) || labelled || bd.isFramed(first, next):
			for j := from; j < next; j++ {
				if bd.Blocks[j].Where&page.InFigcaption == 0 {
					bd.Verdicts[j] = Verdict{Keep: true}
				}
			}
			from = next
		case next-first == 1 && from == first && isQuoted(bd.Blocks[first].Text):
			bd.Verdicts[first] = Verdict{Keep: true}
			from = next
		case next-first == 1 && bd.Verdicts[first].Keep && from == first:
			from = next // a short line of the text's own
		case next-first != 1 || !page.IsHeading(bd.Blocks[first].Tag) && !EndsWithColon(bd.Blocks[first].Text) && !IsTailLabel(bd, sig, first) || from != first:
			return
		}
		k = max(next, k+1)
	}
}

// isOwnParagraph reports whether a kept block is a paragraph that stands in nothing else.
func (bd *Body) isOwnParagraph(k int) bool {
	b := &bd.Blocks[k]
	return bd.Verdicts[k].Keep && b.Tag == atom.P && bd.isParagraphLong(k) && b.Where&(page.InQuote|page.InList|page.InAside|page.InFigure) == 0
}

// isParagraphLong reports whether a block reads like a paragraph, by its length or, in
// languages of long words, by half of it and what the models think.
func (bd *Body) isParagraphLong(k int) bool {
	b := &bd.Blocks[k]
	return page.IsLong(b) || b.Words >= sentenceWords && b.LinkWords == 0 && bd.Probs[k] >= sentenceProb && text.EndsSentence(b.Text)
}

// LastParagraph returns the last kept paragraph and the element that it is a child of,
// if that has enough of them; else -1 and -1.
func LastParagraph(bd *Body) (last int, box int32) {
	last = -1
	for k := len(bd.Blocks) - 1; k >= 0 && last < 0; k-- {
		if bd.isOwnParagraph(k) {
			last = k
		}
	}
	if last < 0 {
		return -1, -1
	}
	box = bd.Tree.Nodes[bd.Blocks[last].El].Parent
	n := 0
	for k := range last + 1 {
		if b := &bd.Blocks[k]; bd.Verdicts[k].Keep && bd.isParagraphLong(k) && bd.Tree.Nodes[b.El].Parent == box {
			n++
		}
	}
	if n < tailParagraphs || box <= bd.Tree.Body {
		return -1, -1
	}
	return last, box
}

// ChildOf returns the child of box that node i is, or stands in; -1 where none does.
func ChildOf(t *page.Tree, box, i int32) int32 {
	for i > box && t.Nodes[i].Parent != box {
		i = t.Nodes[i].Parent
	}
	if i <= box || !t.Nodes[i].Block {
		return -1
	}
	return i
}

// IsTail reports whether a block can be the text's after its last paragraph.
func IsTail(bd *Body, sig *judge.Signals, k int) bool {
	return isTailFrom(bd, sig, k, tailProb)
}

// isTailFrom is [IsTail] where the models have to think least of the block.
func isTailFrom(bd *Body, sig *judge.Signals, k int, least float32) bool {
	b := &bd.Blocks[k]
	if b.LinkWords > 0 && (b.LinkWords*tailLinks > b.Words || b.Where&page.InList == 0 || !leadAway(bd.Tree, b.From, b.To)) || bd.Probs[k] < least && !bd.Verdicts[k].Keep && !(b.Tag == atom.Footer && b.Where&page.InQuote != 0) || b.Where&Elsewhere != 0 || sig.InField(b) {
		return false
	}
	if d, ok := dates.ParseDate(b.Text, ""); ok && d.HasTime || !text.HasLetter(b.Text) && b.Where&page.InTable == 0 {
		return false // a comment's line; a footnote's number, stars
	}
	m := b.Phrases()
	if b.Where&page.InQuote != 0 || endsQuestion(b.Text) || b.Words >= LeadWords && (EndsWithColon(b.Text) || (b.Where&page.InList != 0 || page.IsLong(b)) && text.EndsSentence(b.Text)) {
		m.Prefix &^= selectors.PhraseByline // "Por fin", "Por qué?", "De bel blijft:", "De pont vaart."
	}
	return m.Line == 0 && m.Prefix == 0 && !selectors.Promotes(b.Text)
}

// isQuoted reports whether a line is somebody's words, from the first sign to the last.
func isQuoted(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune(`"“„«‹「『`, first) && text.EndsIn(strings.TrimRight(s, ".。"), closers)
}

// IsTailLabel reports whether a block can be the label of a group at the text's end.
func IsTailLabel(bd *Body, sig *judge.Signals, k int) bool {
	b := &bd.Blocks[k]
	return (b.Words <= tailLabel || page.IsHeading(b.Tag)) && !text.EndsSentence(b.Text) && (bd.Probs[k] >= tailProb || page.IsHeading(b.Tag)) && isLabelOf(sig, b)
}

// isLabelled reports whether the blocks from first to next are facts, each behind a label in
// bold letters that ends with a colon.
func (bd *Body) isLabelled(first, next int) bool {
	if next-first < minLed {
		return false
	}
	for k := first; k < next; k++ {
		b := &bd.Blocks[k]
		label := bd.Tree.Nodes[b.From]
		if b.Tag != atom.P || b.BoldWords == 0 || b.BoldWords == b.Words || label.Parent == b.El || !EndsWithColon(label.Data) {
			return false
		}
	}
	return true
}

// isTold reports whether the blocks from first to next of element e are a table of data, or
// a list of sentences under a heading in one box with it, without links: the models take
// their short lines for less than the paragraphs before tell.
func (bd *Body) isTold(e int32, first, next int) bool {
	if next-first < minLed || !isTailGroup(bd.Tree, e) {
		return false
	}
	headed := page.IsHeading(bd.Blocks[first].Tag)
	for k := first; k < next; k++ {
		b := &bd.Blocks[k]
		if b.LinkWords > 0 || b.Where&page.InTable == 0 && !(headed && (k == first || b.Where&page.InList != 0 && text.EndsSentence(b.Text))) {
			return false
		}
	}
	return true
}

// isFramed reports whether the blocks from first to next are paragraphs in a cell of a table,
// the frame of a box, of which the models think nearly as much as of the text.
func (bd *Body) isFramed(first, next int) bool {
	long, prob := false, float32(0)
	for k := first; k < next; k++ {
		b := &bd.Blocks[k]
		if b.Where&page.InTable == 0 || b.LinkWords > 0 || page.IsLong(b) && !text.EndsSentence(b.Text) {
			return false
		}
		long, prob = long || page.IsLong(b), prob+bd.Probs[k]
	}
	return long && prob >= framedProb*float32(next-first)
}

// isTailGroup reports whether an element is a list, a table of data, a quotation or code,
// or a box around one of them but a quotation.
func isTailGroup(t *page.Tree, e int32) bool {
	switch t.Nodes[e].DataAtom {
	case atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Blockquote:
		return IsGroup(t, e)
	case atom.Pre:
		return true
	case atom.Figure, atom.Div, atom.Section:
		for i := e + 1; i < t.Nodes[e].End; i++ {
			switch t.Nodes[i].DataAtom {
			case atom.Pre:
				return true
			case atom.Ul, atom.Ol, atom.Dl:
				return t.Nodes[e].DataAtom != atom.Figure && t.IsList(i)
			case atom.Table:
				return t.HoldsData(i)
			}
		}
	}
	return false
}

// joined keeps what is one thing with a kept block: the question of an answer that it
// opens, and the lines of a paragraph that a br parts.
func joined(bd *Body, sig *judge.Signals) {
	for k := 1; k < len(bd.Blocks); k++ {
		q, b := &bd.Blocks[k-1], &bd.Blocks[k]
		switch {
		case bd.Verdicts[k-1].Keep == bd.Verdicts[k].Keep:
		case bd.Verdicts[k].Keep && q.Tag == atom.Summary && q.LinkWords == 0 && b.Tag != atom.Summary && bd.Tree.Nodes[q.El].Parent == bd.Tree.Within(b.El, atom.Details):
			bd.Verdicts[k-1] = Verdict{Keep: true}
		case bd.Verdicts[k].Keep && q.LinkWords == 0 && opens(bd, q, b):
			bd.Verdicts[k-1] = Verdict{Keep: true}
		case bd.Verdicts[k-1].Keep && b.El == q.El && b.Brs == 1 && b.Tag == atom.P && (IsTail(bd, sig, k) || amidLines(bd, k)):
			bd.Verdicts[k] = Verdict{Keep: true}
		}
	}
}

// amidLines reports whether a line stands between two that are kept, with a br between.
func amidLines(bd *Body, k int) bool {
	if k+1 >= len(bd.Blocks) {
		return false
	}
	next := &bd.Blocks[k+1]
	return next.El == bd.Blocks[k].El && next.Brs == 1 && bd.Verdicts[k+1].Keep && bd.Blocks[k].LinkWords == 0
}

// opensUp is how many elements around a text may be the control that opens another, and
// panelUp how many around that may be what it opens.
const opensUp, panelUp = 4, 8

// opens reports whether q is the label of a control that opens what b stands in.
func opens(bd *Body, q, b *page.Block) bool {
	t := bd.Tree
	for e, up := t.Nodes[q.From].Parent, 0; e > t.Body && up < opensUp; e, up = t.Nodes[e].Parent, up+1 {
		for _, key := range [...]string{"aria-controls", "data-bs-target", "data-target"} {
			id := strings.TrimPrefix(t.Attr(e, key), "#")
			if id == "" || q.To > t.Nodes[e].End {
				continue
			}
			for panel, n := b.El, 0; panel > t.Body && n < panelUp; panel, n = t.Nodes[panel].Parent, n+1 {
				if t.Attr(panel, "id") == id {
					return true
				}
			}
		}
	}
	return false
}

// minSegments is how many boxes of one class right before a line are kept for it to be
// kept with them.
const minSegments = 2

// segments keeps the rest of a run of boxes of one class, each a line, of which the first
// are kept: the lines of a conversation are short, and the models take the last ones for
// furniture.
func segments(bd *Body, sig *judge.Signals) {
	t := bd.Tree
	run := 0 // kept blocks right before that are of one kind
	for k := 1; k < len(bd.Blocks); k++ {
		a, b := &bd.Blocks[k-1], &bd.Blocks[k]
		alike := a.Sig == b.Sig && a.El != b.El && t.Nodes[a.El].Parent == t.Nodes[b.El].Parent && b.El <= t.Nodes[a.El].End+2 && t.Attr(b.El, "class") != ""
		switch {
		case !alike || !bd.Verdicts[k-1].Keep:
			run = 0
			continue
		default:
			run++
		}
		if bd.Verdicts[k].Keep || run < minSegments || t.Nodes[b.El].Roles&^selectors.Body != 0 || b.LinkWords*2 > b.Words || bd.Probs[k] < tailProb ||
			b.Where&(Elsewhere|page.InList|page.InTable) != 0 || b.Tag == atom.P || sig.Captions.Has(b) || b.Phrases().Line != 0 || selectors.Promotes(b.Text) {
			continue
		}
		bd.Verdicts[k] = Verdict{Keep: true}
	}
}
