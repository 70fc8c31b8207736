package sweep

import (
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
	for k := 0; k+1 < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		if bd.Verdicts[k].Keep || !bd.Verdicts[k+1].Keep || b.Words < headedLeast || b.Words > panelWords || b.LinkWords > 0 {
			continue
		}
		c := t.Nodes[b.From].Parent
		for up := 0; up < controlUp && !opensPanel(t, c); up++ {
			c = t.Nodes[c].Parent
		}
		if !opensPanel(t, c) || b.Words < panelLeast && !page.IsHeading(b.Tag) {
			continue
		}
		for up := 0; c > t.Body && up <= panelUp; up++ {
			if first, last := bd.BlocksIn(c); first != k || last != k+1 {
				break
			}
			if panel := t.NextElement(c); panel > 0 && panel <= bd.Blocks[k+1].El && bd.Blocks[k+1].El < t.Nodes[panel].End {
				bd.Verdicts[k] = body.Verdict{Keep: true}
				break
			}
			c = t.Nodes[c].Parent
		}
	}
}

// opensPanel reports whether an element says that it opens and closes another, or is a
// button that is all of a heading.
func opensPanel(t *page.Tree, i int32) bool {
	if up := t.Nodes[i].Parent; t.Nodes[i].DataAtom == atom.Button && page.IsHeading(t.Nodes[up].DataAtom) && t.Text(i) == t.Text(up) {
		return true
	}
	for _, a := range t.Nodes[i].Attr {
		if a.Key == "aria-controls" || a.Key == "aria-expanded" {
			return true
		}
	}
	return false
}
