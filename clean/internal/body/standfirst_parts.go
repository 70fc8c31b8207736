package body

import (
	"strings"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
)

// standfirstParts returns the blocks of the standfirst that block k is a part
// of: the items of its list of key points, or the lines that a br parts.
func standfirstParts(bd *Body, sig *judge.Signals, k int) []int {
	b := &bd.Blocks[k]
	alone := []int{k}
	if list := groupAround(bd, &ElementMemo{T: bd.Tree, Is: isGroup}, k); list >= 0 && b.Where&page.InList != 0 {
		first, last := bd.BlocksIn(list)
		var parts []int
		var words int32
		for j := first; j < last; j++ {
			n := &bd.Blocks[j]
			words += n.Words
			if n.LinkWords*2 > n.Words || words > standfirstMax {
				return alone
			}
			parts = append(parts, j)
		}
		return parts
	}
	// What is parted by br stands in one element; two in a row part paragraphs.
	joins := func(j int) bool {
		n := &bd.Blocks[j]
		return n.El == b.El && n.LinkWords*2 <= n.Words && n.Words <= standfirstMax && !sig.Headlines.Has(n) && !sig.Bylines.Has(n) && !sig.Dates.Has(n)
	}
	if b.Sig == bodySig(bd) {
		return alone
	}
	from, to := k, k+1
	for from > 0 && bd.Blocks[from].Brs == 1 && joins(from-1) {
		from--
	}
	for to < len(bd.Blocks) && bd.Blocks[to].Brs == 1 && joins(to) {
		to++
	}
	var words int32
	parts := make([]int, 0, to-from)
	for j := from; j < to; j++ {
		words += bd.Blocks[j].Words
		parts = append(parts, j)
	}
	if words > standfirstMax {
		return alone
	}
	return parts
}

// bodySig is the kind of box in which most of the kept paragraphs stand, 0
// where there is none.
func bodySig(bd *Body) (main uint32) {
	words := map[uint32]int32{}
	for k := range bd.Blocks {
		if b := &bd.Blocks[k]; bd.Verdicts[k].Keep && page.IsLong(b) {
			if words[b.Sig] += b.Words; words[b.Sig] > words[main] {
				main = b.Sig
			}
		}
	}
	return main
}

// StandfirstText is the standfirst as a reader sees it, its parts on lines of
// their own; "" where there is none.
func StandfirstText(bd *Body) string {
	lines := make([]string, len(bd.Standfirst))
	for n, k := range bd.Standfirst {
		lines[n] = bd.Blocks[k].Text
	}
	return strings.Join(lines, "\n")
}
