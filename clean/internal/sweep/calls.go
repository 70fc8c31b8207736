package sweep

import (
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

const (
	// callWords is how many words a call to action has at most, and callLabel the link or
	// button in it.
	callWords = 60
	callLabel = 6
	// callUp is how many elements around a block the one may stand whose class says so.
	callUp = 4
)

var callRole = page.RoleIndex(selectors.CTA)

// calls drops the boxes after the first paragraph whose class is that of a call to action and
// that hold a short link or a button: "Book now", under a heading and a sentence or two. A
// block alone in one is the title of a part that opens on a click.
func calls(bd *body.Body) {
	t := bd.Tree
	began := false // a paragraph is kept before
	for k := 0; k < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		depth := b.RoleDepth[callRole]
		if !began || !bd.Verdicts[k].Keep || depth == 0 || int16(t.Nodes[b.El].Depth)-depth > callUp {
			began = began || bd.Verdicts[k].Keep && page.IsLong(b)
			continue
		}
		box := ancestorAt(bd, k, depth)
		first, last := bd.BlocksIn(box)
		var words int32
		a := t.Nodes[box].DataAtom
		apart := a == atom.Div || a == atom.Section || a == atom.Aside // and no data, which tables of offers hold
		for j := first; j < last && words <= callWords; j++ {
			words += bd.Blocks[j].Words
			apart = apart && bd.Blocks[j].Where&(page.InTable|page.InList) == 0
		}
		if last-first < 2 || !apart || words > callWords || !holdsLabel(bd, box) {
			continue
		}
		bd.DropKept(first, last, "sweep", "class cta")
		k = max(k, last-1)
	}
}

// holdsLabel reports whether a box has a link or button of a few words.
func holdsLabel(bd *body.Body, box int32) bool {
	t := bd.Tree
	for i := box; i < t.Nodes[box].End; i++ {
		if a := t.Nodes[i].DataAtom; a == atom.A || a == atom.Button {
			if n := len(strings.Fields(t.Shown(i))); n > 0 && n <= callLabel {
				return true
			}
		}
	}
	return false
}
