package body

import (
	"strings"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
)

// recipeUp is how many elements around a line its recipe may stand.
const recipeUp = 5

// recipeEnds keeps the notes with which a recipe ends: they stand after its steps, in one
// box with them, and are short.
func recipeEnds(bd *Body, sig *judge.Signals) {
	t := bd.Tree
	for k := 1; k < len(bd.Blocks); k++ {
		if bd.Verdicts[k].Keep || !bd.Verdicts[k-1].Keep || bd.Blocks[k-1].Where&page.InList == 0 {
			continue
		}
		for e, up := bd.Blocks[k].El, 0; e > t.Body && up < recipeUp; e, up = t.Nodes[e].Parent, up+1 {
			first, last := bd.BlocksIn(e)
			if first == k || !strings.Contains(t.Attr(e, "class"), "recipe") {
				continue
			}
			var before, after int32
			free := true
			for j := first; j < last; j++ {
				if j < k {
					before += bd.Blocks[j].Words
					continue
				}
				after += bd.Blocks[j].Words
				free = free && (IsTail(bd, sig, j) || isLabelOf(sig, &bd.Blocks[j]) && bd.Blocks[j].Words <= titleWords)
			}
			for j := k; free && after < before && j < last; j++ {
				bd.Verdicts[j] = Verdict{Keep: true}
			}
			break
		}
	}
}
