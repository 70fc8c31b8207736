package body

import (
	"strings"

	"newsclip/clean/internal/page"
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
		box := bd.Blocks[k].El
		if bd.Blocks[k].Where&page.InHidden != 0 {
			for box > t.Body && !t.Nodes[box].Hidden {
				box = t.Nodes[box].Parent
			}
		} else {
			b := &bd.Blocks[k]
			hides := func(e int32) bool {
				return t.HidesBlock(e) || t.Nodes[e].Roles&selectors.Hidden != 0 && b.To <= t.Nodes[e].End
			}
			box = t.Nodes[b.From].Parent
			for up := 0; up < styledUp && box > t.Body && !hides(box); up++ {
				box = t.Nodes[box].Parent
			}
			if !hides(box) {
				continue
			}
		}
		if box <= t.Body {
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
