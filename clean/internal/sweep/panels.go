package sweep

import (
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
)

// panelUp is how many elements around the control of a panel may hold nothing else: a
// heading, a box.
const panelUp = 2

// panelLeast and panelWords are how many words the line in a control has: "What to know"
// is on each of a page's panels. In a heading, headedLeast are enough.
const (
	panelLeast  = 4
	headedLeast = 3
	panelWords  = 20
)

// panelHeads keeps the line in a control that opens the panel after it, where the first
// block of the panel is kept: a question over its answer. The models know buttons for
// furniture.
func panelHeads(bd *body.Body) {
	t := bd.Tree
	before := int32(-1) // the box of the control that opens the panel before
	for k := 0; k+1 < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		if bd.Verdicts[k].Keep || !bd.Verdicts[k+1].Keep || b.Words < headedLeast || b.Words > panelWords {
			continue
		}
		c, says := controlOf(t, b)
		if c < 0 || b.LinkWords > 0 && !(says && strings.HasPrefix(t.Attr(c, "href"), "#")) || b.Words < panelLeast && !(says && page.IsHeading(b.Tag)) {
			continue
		}
		for up := 0; c > t.Body && up <= panelUp; up++ {
			if first, last := bd.BlocksIn(c); first != k || last != k+1 {
				break
			}
			if panel := t.NextElement(c); panel > 0 && panel <= bd.Blocks[k+1].El && bd.Blocks[k+1].El < t.Nodes[panel].End {
				if says || comesAgain(t, c, panel) || before >= 0 && areAlike(t, c, before) {
					bd.Verdicts[k] = body.Verdict{Keep: true}
					before = c
				}
				break
			}
			c = t.Nodes[c].Parent
		}
	}
}

// controlOf returns the control that a block stands in, or -1, and whether it says that it
// opens a panel. One that does not is a button.
func controlOf(t *page.Tree, b *page.Block) (control int32, says bool) {
	control = -1
	c := t.Nodes[b.From].Parent
	for up := 0; up <= controlUp && c > t.Body; up++ {
		if opensPanel(t, c) {
			return c, true
		}
		if control < 0 && t.Nodes[c].DataAtom == atom.Button {
			control = c
		}
		c = t.Nodes[c].Parent
	}
	return control, false
}

// comesAgain reports whether after a control's box and its panel, or after the element that
// ends with them, comes another such.
func comesAgain(t *page.Tree, box, panel int32) bool {
	next := t.NextElement(panel)
	if next > 0 {
		return areAlike(t, box, next)
	}
	up := t.Nodes[box].Parent
	next = t.NextElement(up)
	return up > t.Body && next > 0 && areAlike(t, up, next)
}

// areAlike reports whether two elements have one name and one class.
func areAlike(t *page.Tree, a, b int32) bool {
	class := t.Attr(a, "class")
	return class != "" && t.Nodes[a].DataAtom == t.Nodes[b].DataAtom && class == t.Attr(b, "class")
}

// opensPanel reports whether an element says that it opens and closes another, or is a
// button that is all of a heading.
func opensPanel(t *page.Tree, i int32) bool {
	if up := t.Nodes[i].Parent; t.Nodes[i].DataAtom == atom.Button && page.IsHeading(t.Nodes[up].DataAtom) && t.Text(i) == t.Text(up) {
		return true
	}
	for _, a := range t.Nodes[i].Attr {
		switch a.Key {
		case "aria-controls", "aria-expanded":
			return true
		case "data-toggle", "data-bs-toggle":
			return a.Val == "collapse"
		}
	}
	return false
}
