package body

import (
	"strings"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
)

const (
	// ownAround is how many blocks before a paragraph and after it are looked at to tell that
	// it goes on with the text's own, and ownLeast how many of them are such at least.
	ownAround = 12
	ownLeast  = 3
	// What the models have to think of a paragraph that goes on with the text's own: less
	// between two of these. Bios and promotion that are set like them are less likely.
	ownAmid = 0.2
	ownTail = 0.25
	// ownTailRun is how many paragraphs at the text's end are kept so: more are another
	// text in one box with it.
	ownTailRun = 3
	// brokenLines is in how many lines after the first one sentence may go on.
	brokenLines = 3
)

// ownRuns keeps the sentences that go on with the text's own paragraphs, in one box with
// them and set like them: the questions of an interview between its answers, and the last
// line of a story. The models judge short ones as labels, whatever stands around them.
func ownRuns(bd *Body, sig *judge.Signals) {
	for k := 1; k < len(bd.Blocks); k++ {
		if !bd.Verdicts[k-1].Keep || !goesOn(bd, sig, k, k-1) || !followsOwn(bd, k) {
			continue
		}
		end := k
		least := float32(1)
		for end < len(bd.Blocks) && goesOn(bd, sig, end, k-1) {
			least = min(least, bd.Probs[end])
			end++
		}
		amid := end < len(bd.Blocks) && bd.Verdicts[end].Keep && isSet(bd, end, k-1)
		if amid && least >= ownAmid || !amid && least >= ownTail && end-k <= ownTailRun && !(end < len(bd.Blocks) && isSet(bd, end, k-1) && page.IsLong(&bd.Blocks[end])) {
			for j := k; j < end; j++ {
				bd.Verdicts[j] = Verdict{Keep: true}
			}
		}
		k = end
	}
}

// goesOn reports whether block k, which the models leave out, is a sentence that is set
// like block j, or a part of one that a br parts, and nothing tells it as furniture, such
// as an address to go to.
func goesOn(bd *Body, sig *judge.Signals, k, j int) bool {
	v := bd.Verdicts[k]
	b := &bd.Blocks[k]
	return v.LeftByModels() && b.Words > 1 && bd.Probs[k] >= ownAmid && isSet(bd, k, j) && b.Where&(page.InList|page.InTable|page.InPre) == 0 &&
		(ClosesSentence(b.Text) || isBroken(bd, k)) && !strings.Contains(b.Text, "www.") && IsTail(bd, sig, k)
}

// isBroken reports whether a sentence goes on after the br at the end of block k, and ends
// within brokenLines.
func isBroken(bd *Body, k int) bool {
	for j := k + 1; j < min(k+1+brokenLines, len(bd.Blocks)) && bd.Blocks[j].El == bd.Blocks[k].El && text.IsLower(bd.Blocks[j].Text); j++ {
		if ClosesSentence(bd.Blocks[j].Text) {
			return true
		}
	}
	return false
}

// isSet reports whether block k is set like block j: in one element with it, and in a box
// of one kind.
func isSet(bd *Body, k, j int) bool {
	a, b := &bd.Blocks[k], &bd.Blocks[j]
	return a.Sig == b.Sig && bd.Tree.Nodes[a.El].Parent == bd.Tree.Nodes[b.El].Parent
}

// followsOwn reports whether kept paragraphs stand about block k that are set like the block
// before it.
func followsOwn(bd *Body, k int) bool {
	n := 0
	for j := max(0, k-ownAround); j < min(len(bd.Blocks), k+ownAround); j++ {
		if bd.Verdicts[j].Keep && page.IsLong(&bd.Blocks[j]) && isSet(bd, j, k-1) {
			n++
		}
	}
	return n >= ownLeast
}
