package sweep

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
)

const (
	// controlWords is how many words a line has at most that names what stands under it.
	controlWords = 14
	// controlUp is how many elements around a line the box may stand that it begins, and
	// controlLines how many lines such a box has at most.
	controlUp    = 3
	controlLines = 8
)

// controlHeads drops the line that begins a small box of which the rest is dropped and ends
// in a button: the question of a poll, the name of a newsletter; a heading also where the rest
// ends in a short link, or is a sentence with a link.
func controlHeads(bd *body.Body) {
	const control = page.InButton | page.InForm
	nodes := bd.Tree.Nodes
	began := false // a paragraph is kept before
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		began = began || bd.Verdicts[k].Keep && page.IsLong(b)
		if !began || !bd.Verdicts[k].Keep || b.Words > controlWords || b.LinkWords > 0 || b.Where&page.InPre != 0 || k+1 == len(bd.Blocks) || bd.Verdicts[k+1].Keep {
			continue
		}
		for box, up := nodes[b.El].Parent, 0; box > bd.Tree.Body && up < controlUp; box, up = nodes[box].Parent, up+1 {
			first, last := bd.BlocksIn(box)
			if first < k || last-first > controlLines {
				break
			}
			if last == k+1 {
				continue
			}
			end := &bd.Blocks[last-1]
			out := end.Where&control != 0 || page.IsHeading(b.Tag) && (isWayOut(bd.Tree, end) || callsAway(bd, k+1, last)) && !isSetAgain(bd, k)
			if out && !slices.ContainsFunc(bd.Verdicts[k+1:last], isKept) {
				bd.Drop(k, "sweep", "heads nothing")
			}
			break
		}
	}
}

// callsAway reports whether the blocks from first to last-1 are a sentence and a link.
func callsAway(bd *body.Body, first, last int) bool {
	says, links := false, false
	for k := first; k < last; k++ {
		b := &bd.Blocks[k]
		says = says || b.Sents > 0 && b.LinkWords < b.Words
		links = links || b.Links > 0
	}
	return says && links
}

// isWayOut reports whether a block is a short link, and not to a place of the page.
func isWayOut(t *page.Tree, b *page.Block) bool {
	if b.LinkWords < b.Words || b.Words > callLabel || b.Words == 0 {
		return false
	}
	a := t.Within(b.From, atom.A)
	return a >= 0 && !strings.HasPrefix(t.Attr(a, "href"), "#")
}

// isSetAgain reports whether another kept heading is set as block k is.
func isSetAgain(bd *body.Body, k int) bool {
	for j := range bd.Blocks {
		if j != k && bd.Verdicts[j].Keep && bd.Blocks[j].Sig == bd.Blocks[k].Sig {
			return true
		}
	}
	return false
}
