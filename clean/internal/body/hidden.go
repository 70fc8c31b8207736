package body

import (
	"strings"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

const (
	// hiddenWords is how many words a box has at most that is left out because a browser
	// does not show it, and hiddenBoxes how many such boxes stand in one element: more
	// are the answers and tabs that a reader opens.
	hiddenWords = 60
	hiddenBoxes = 2
	// shortWords is how many words a sentence has at least that is a paragraph of the text.
	shortWords = 8
	// styledUp is how many elements around a line a class or a rule of the page's own
	// style may hide.
	styledUp = 3
	// copiedShare is the share of a block's runs of words that the text has where it is a
	// copy of it: the addresses of links stand between those of its Markdown.
	copiedShare = 0.6
)

// hiddenAmid drops the short boxes before and among the text's paragraphs that a browser
// does not show: notes for printing, for programs and for other screens. What a reader can open
// stays: it has a heading or a question before it, or a control that names it.
func hiddenAmid(bd *Body) {
	var named map[string]bool // the ids that controls name, read where they are needed
	boxes := map[int32]int{}
	begin := -1 // the first block of the text
	for k := 0; k+1 < len(bd.Blocks); k++ {
		if !bd.Verdicts[k].Keep {
			continue
		}
		if begin < 0 {
			begin = k
		}
		t := bd.Tree
		box := hiddenBox(bd, k)
		if box < 0 {
			continue
		}
		first, last := bd.BlocksIn(box)
		up := t.Nodes[box].Parent
		for n := 0; n < styledUp && up > t.Body && first == k; n++ { // a box around a hidden paragraph alone
			if f, l := bd.BlocksIn(up); f != first || l != last {
				break
			}
			box, up = up, t.Nodes[up].Parent
		}
		if boxes[up]++; first != k || last >= len(bd.Blocks) || boxes[up] > hiddenBoxes {
			continue
		}
		after := &bd.Blocks[last]
		if !bd.Verdicts[last].Keep || after.Where&page.InHidden != 0 || t.Nodes[after.El].Parent != up {
			continue
		}
		fits := isParagraph(after)
		if first != begin {
			before := &bd.Blocks[first-1]
			if !bd.Verdicts[first-1].Keep || before.Where&page.InHidden != 0 || t.Nodes[before.El].Parent != up || !ClosesSentence(before.Text) || strings.HasSuffix(before.Text, "?") {
				continue
			}
			fits = fits || page.IsHeading(after.Tag) && isParagraph(before)
		}
		if !fits {
			continue
		}
		var words int32
		for j := first; j < last; j++ {
			words += bd.Blocks[j].Words
		}
		if named == nil {
			named = namedByControls(t)
		}
		if words > hiddenWords || named[t.Attr(box, "id")] {
			continue
		}
		for j := first; j < last; j++ {
			bd.Drop(j, "sweep", "hidden")
		}
	}
}

// hiddenBox returns the element around a block that a browser does not show, -1 for none.
func hiddenBox(bd *Body, k int) int32 {
	t, b := bd.Tree, &bd.Blocks[k]
	box := b.El
	if b.Where&page.InHidden != 0 {
		for box > t.Body && !t.Nodes[box].Hidden {
			box = t.Nodes[box].Parent
		}
	} else {
		hides := func(e int32) bool {
			return t.HidesBlock(e) || t.Nodes[e].Roles&selectors.Hidden != 0 && b.To <= t.Nodes[e].End
		}
		box = t.Nodes[b.From].Parent
		for up := 0; up < styledUp && box > t.Body && !hides(box); up++ {
			box = t.Nodes[box].Parent
		}
		if !hides(box) {
			return -1
		}
	}
	if box <= t.Body {
		return -1
	}
	return box
}

// hiddenCopies drops the hidden blocks that say the text again: its Markdown, which a button
// copies, or its words for programs.
func hiddenCopies(bd *Body) {
	var shown *text.HashSet[struct{}] // the runs of words of the blocks that are seen
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].Keep || b.Words <= hiddenWords || hiddenBox(bd, k) < 0 {
			continue
		}
		if shown == nil {
			shown = &text.HashSet[struct{}]{}
			for j := range bd.Blocks {
				if toks := bd.Blocks[j].Toks; bd.Verdicts[j].Keep && hiddenBox(bd, j) < 0 {
					for n := range text.Grams(toks) {
						shown.At(text.Gram(toks, n))
					}
				}
			}
		}
		if text.InGrams(b.Toks, shown) >= copiedShare {
			bd.Drop(k, "sweep", "said before")
		}
	}
}

// shownParagraphs is how many paragraphs that a browser shows make the text of a page.
const shownParagraphs = 2

// hiddenApart drops the boxes that a browser does not show and that stand apart from the box
// in which it shows the headline and the text, before it or in an aside: dialogs and panels
// of the side bar, which may have more words than a short article. What goes on with the text
// stands in its box, or is called the rest of it.
func hiddenApart(bd *Body, sig *judge.Signals) {
	first := bd.firstKept(func(b *page.Block) bool { return b.Where&page.InHidden != 0 })
	if first < 0 {
		return
	}
	around := shownBox(bd, sig)
	if around < 0 {
		return
	}
	t := bd.Tree
	for k := first; k < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].Keep || b.Where&page.InHidden == 0 {
			continue
		}
		var roles selectors.Roles
		box := b.El // the outermost that is hidden
		for i := b.El; i > t.Body && !(i <= around && around < t.Nodes[i].End); i = t.Nodes[i].Parent {
			roles |= t.Nodes[i].Roles
			if t.Nodes[i].Hidden {
				box = i
			}
		}
		up := t.Nodes[box].Parent
		inside := around <= b.El && b.El < t.Nodes[around].End
		apart := !inside && (!(up <= around && around < t.Nodes[up].End) || t.Nodes[box].End <= around)
		if roles&(selectors.Body|selectors.Paywall) == 0 && (apart || b.Where&page.InAside != 0 || roles&(selectors.Sidebar|selectors.Promo|selectors.Nav|selectors.Consent|selectors.CTA) != 0) {
			bd.Drop(k, "sweep", "hidden")
		}
	}
}

// shownBox returns the smallest box around the headline in which a browser shows the text's
// first paragraphs, -1 for none.
func shownBox(bd *Body, sig *judge.Signals) int32 {
	head := int32(-1)
	shown := 0
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		switch {
		case b.Where&page.InHidden != 0:
		case head < 0:
			if sig.Headlines.Has(b) {
				head = b.El
			}
		case bd.Verdicts[k].Keep && isParagraph(b):
			if shown++; shown < shownParagraphs {
				continue
			}
			for box := bd.Tree.Nodes[head].Parent; box > bd.Tree.Body; box = bd.Tree.Nodes[box].Parent {
				if b.El < bd.Tree.Nodes[box].End {
					return box
				}
			}
			return -1
		}
	}
	return -1
}

// isParagraph reports whether a block reads like a paragraph, if a short one.
func isParagraph(b *page.Block) bool {
	return page.IsLong(b) || b.Words >= shortWords && b.LinkWords == 0 && ClosesSentence(b.Text)
}

// namedByControls returns the ids of the elements that a page's controls open.
func namedByControls(t *page.Tree) map[string]bool {
	ids := map[string]bool{}
	for i := t.Body; i < int32(len(t.Nodes)); i++ {
		for _, a := range t.Nodes[i].Attr {
			switch a.Key {
			case "aria-controls", "data-target", "data-bs-target", "data-toggle", "for", "href":
				if id := strings.TrimPrefix(a.Val, "#"); id != "" && (id != a.Val || a.Key != "href") {
					ids[id] = true
				}
			}
		}
	}
	return ids
}
