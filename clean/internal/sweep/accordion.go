package sweep

import (
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

const (
	// accordionUp is how many elements around a line the one may stand whose class says that
	// it opens a panel, or around that the one whose next sibling is the panel.
	accordionUp = 3
	// accordionLeast and accordionMost are how many panels come one after another: more are
	// the questions of those who use search engines, which sites add to any text.
	accordionLeast, accordionMost = 2, 8
	// paragraphLeast is how many words a paragraph has at least by which the element of the
	// text is found.
	paragraphLeast = 10
	// accordionBlocks is how many blocks a panel has at most.
	accordionBlocks = 20
)

// accordions keeps the panels of an accordion, by the classes of those who build pages, that
// stands in the element which holds the text's paragraphs, right after one of its blocks or
// at its end: questions and their answers, which a click opens. The models take short lines
// after the last paragraph for furniture, and the lines that are clicked on for links or for
// calls to action.
func accordions(bd *body.Body, sig *judge.Signals) {
	box := textBox(bd)
	if box < 0 {
		return
	}
	first, last := bd.BlocksIn(box)
	var run [][2]int // the panels that come one after another, with their heads
	for k := first; k < last; {
		end := panelAt(bd, sig, k, last)
		if end < 0 {
			k++
		}
		if len(run) > 0 && (end < 0 || run[len(run)-1][1] != k) {
			keepPanels(bd, sig, run, last)
			run = run[:0]
		}
		if end > 0 {
			run = append(run, [2]int{k, end})
			k = end
		}
	}
	keepPanels(bd, sig, run, last)
}

// keepPanels keeps the panels of a run of which each is opened by a line of its own, and the
// heading right over it. A panel alone has to stand amid the text, which goes on before block
// last.
func keepPanels(bd *body.Body, sig *judge.Signals, run [][2]int, last int) {
	if len(run) > accordionMost || len(run) < accordionLeast && (len(run) == 0 || !standsAmid(bd, run[0][0], run[0][1], last)) {
		return
	}
	for _, panel := range run {
		if saidElsewhere(bd, panel[0], run[0][0]) {
			return
		}
	}
	from := run[0][0]
	if b, v := &bd.Blocks[from-1], bd.Verdicts[from-1]; (v.LeftByModels() || v.Rule == "heads nothing") && page.IsHeading(b.Tag) && mayHead(bd, sig, from-1) {
		from--
	}
	keepBlocks(bd, from, run[len(run)-1][1])
}

// standsAmid reports whether the block before those from first to end is kept, and a
// paragraph between end and last, and the first is no label of a widget.
func standsAmid(bd *body.Body, first, end, last int) bool {
	if !bd.Verdicts[first-1].Keep || bd.Blocks[first].Phrases().Line != 0 {
		return false
	}
	for k := end; k < last; k++ {
		if bd.Verdicts[k].Keep && page.IsLong(&bd.Blocks[k]) {
			return true
		}
	}
	return false
}

// textBox returns the innermost element that holds the first kept paragraph and the last, or
// -1 where that is the page.
func textBox(bd *body.Body) int32 {
	first, last := -1, -1
	for k := range bd.Blocks {
		if b := &bd.Blocks[k]; bd.Verdicts[k].Keep && b.Words >= paragraphLeast && text.EndsSentence(b.Text) {
			if first < 0 {
				first = k
			}
			last = k
		}
	}
	if first < 0 || first == last {
		return -1
	}
	box := bd.Tree.Nodes[bd.Blocks[first].El].Parent
	for box > bd.Tree.Body && bd.Blocks[last].From >= bd.Tree.Nodes[box].End {
		box = bd.Tree.Nodes[box].Parent
	}
	if box <= bd.Tree.Body {
		return -1
	}
	return box
}

// panelAt returns the end of the panel that block k opens by its class, or -1.
func panelAt(bd *body.Body, sig *judge.Signals, k, last int) int {
	t := bd.Tree
	b := &bd.Blocks[k]
	if k == 0 || b.Words > panelWords || b.Where&page.InNav != 0 || k+1 >= last {
		return -1
	}
	head := t.Nodes[b.From].Parent
	for up := 0; !isPanelHead(t.Attr(head, "class")); up, head = up+1, t.Nodes[head].Parent {
		if up == accordionUp || head <= t.Body {
			return -1
		}
	}
	for up := 0; up <= accordionUp && head > t.Body; up, head = up+1, t.Nodes[head].Parent {
		if from, to := bd.BlocksIn(head); from != k || to != k+1 {
			return -1
		}
		panel := t.NextElement(head)
		if panel < 0 {
			continue
		}
		from, to := bd.BlocksIn(panel)
		if from != k+1 || to <= from || to-from > accordionBlocks || !isAnswer(bd, sig, from, to) {
			return -1
		}
		return to
	}
	return -1
}

// saidElsewhere reports whether another block says what block k does: a button's name, which
// stands on each. A row of tabs, right before the panels, says what opens them on a narrow
// screen, too.
func saidElsewhere(bd *body.Body, k, panels int) bool {
	tabs := panels
	for tabs > 0 && !bd.Verdicts[tabs-1].Keep && isPanelHead(bd.Tree.Attr(bd.Blocks[tabs-1].El, "class")) {
		tabs--
	}
	for j := range bd.Blocks {
		if j != k && bd.Blocks[j].Hash == bd.Blocks[k].Hash && (j < tabs || j >= panels) {
			return true
		}
	}
	return false
}

func isPanelHead(class string) bool {
	for token := ""; class != ""; {
		if token, class = selectors.CutToken(class); selectors.Markup().IsPanelHead(token) {
			return true
		}
	}
	return false
}

// isAnswer reports whether the blocks from first to last-1 are running text, and nothing in
// them tells it as furniture.
func isAnswer(bd *body.Body, sig *judge.Signals, first, last int) bool {
	said := false
	for k := first; k < last; k++ {
		b := &bd.Blocks[k]
		said = said || body.ClosesSentence(b.Text)
		if b.LinkWords*2 > b.Words || b.Where&(body.Elsewhere&^(page.InHidden|page.InFigcaption)) != 0 || sig.InField(b) || selectors.Promotes(b.Text) {
			return false
		}
	}
	return said
}
