package sweep

import (
	"slices"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

const (
	// columnUp is how many elements around a line its column may stand.
	columnUp = 4
	// columnLeast and columnMost are how many lines a column has.
	columnLeast, columnMost = 2, 16
	// columnProb is what the models have to think of each of its lines.
	columnProb = 0.02
)

// columns keeps the column beside one that is kept whole, amid the text: an element of the
// same name and class right after it, which begins with a heading as it does and has no other
// kinds of lines. The models judge the lines of the second as those of a sidebar.
func columns(bd *body.Body, sig *judge.Signals) {
	nodes := bd.Tree.Nodes
	last := bd.LastKept()
	for k := columnLeast; k < last; k++ {
		if !page.IsHeading(bd.Blocks[k].Tag) || !bd.Verdicts[k].LeftByModels() || !bd.Verdicts[k-1].Keep {
			continue
		}
		for el, up := nodes[bd.Blocks[k].El].Parent, 0; el > bd.Tree.Body && up < columnUp; el, up = nodes[el].Parent, up+1 {
			first, end := bd.BlocksIn(el)
			if first != k {
				break
			}
			before := body.ChildOf(bd.Tree, nodes[el].Parent, bd.Blocks[k-1].From)
			if before < 0 || !areAlike(bd.Tree, before, el) || bd.Tree.Attr(el, "class") == "" {
				continue
			}
			if end <= last && isColumn(bd, sig, before, first, end) {
				keepBlocks(bd, first, end)
			}
			break
		}
	}
}

// isColumn reports whether the blocks from first to end-1 are set as those of the element
// before, all of which are kept, and nothing tells them as furniture.
func isColumn(bd *body.Body, sig *judge.Signals, before int32, first, end int) bool {
	from, to := bd.BlocksIn(before)
	if n := end - first; n < columnLeast || n > columnMost || to != first || to-from < columnLeast || bd.Blocks[from].Tag != bd.Blocks[first].Tag {
		return false
	}
	var tags [columnMost]atom.Atom
	kinds := tags[:0]
	for k := from; k < to; k++ {
		if !bd.Verdicts[k].Keep {
			return false
		}
		if len(kinds) < columnMost {
			kinds = append(kinds, bd.Blocks[k].Tag)
		}
	}
	for k := first; k < end; k++ {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].LeftByModels() && !bd.Verdicts[k].Keep || bd.Probs[k] < columnProb || b.LinkWords > 0 || b.Where&body.Elsewhere != 0 || sig.InField(b) || selectors.Promotes(b.Text) {
			return false
		}
		if m := b.Phrases(); m.Line != 0 || !slices.Contains(kinds, b.Tag) {
			return false
		}
	}
	return true
}
