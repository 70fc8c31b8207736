package clean

import (
	"cmp"
	"slices"
)

// bestCut returns the probability from which on keeping a block makes the
// expected F1 of the page's words greatest, 0.5 at most: where the models are
// sure of a page that is one half; where they are not, half of the F1 that is
// to be had (Lipton, Elkan and Naryanaswamy, Optimal thresholding of
// classifiers to maximize F1, 2014).
func bestCut(p []float32, bs []block) float32 {
	return min(expectedF1(p, bs)/2, 0.5)
}

// expectedF1 returns the greatest F1 that a choice of blocks can be expected
// to have, by words.
func expectedF1(p []float32, bs []block) float32 {
	order := make([]int32, len(p))
	var all float32
	for k := range p {
		order[k] = int32(k)
		all += p[k] * float32(bs[k].words)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(p[b], p[a]) })
	var hit, kept, best float32
	for _, k := range order {
		hit += p[k] * float32(bs[k].words)
		kept += float32(bs[k].words)
		if kept > 0 {
			best = max(best, 2*hit/(kept+all))
		}
	}
	return best
}

// pick returns how likely each block is the article's, and from which
// probability on a block is kept. Where the models are unsure of a page,
// go-readability's opinion is counted in.
func pick(t *tree, bs []block, sig *signals) (probs []float32, cut float32) {
	probs = model().judge(&featurer{t: t, bs: bs, signals: sig})
	settle(t, bs, probs)
	return probs, bestCut(probs, bs)
}

// settle asks go-readability for a second opinion where the models are unsure
// of a page, and changes probs by it.
func settle(t *tree, bs []block, probs []float32) {
	if len(t.nodes) <= maxVoteNodes && expectedF1(probs, bs) < unsureBelow {
		vote(t, bs, probs)
	}
}
