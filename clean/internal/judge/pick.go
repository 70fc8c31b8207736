package judge

import (
	"math"
	"slices"

	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// BestCut returns the probability from which on keeping a block makes the
// expected F1 of the page's words greatest, 0.5 at most: where the models are
// sure of a page that is one half; where they are not, half of the F1 that is
// to be had (Lipton, Elkan and Naryanaswamy, Optimal thresholding of
// classifiers to maximize F1, 2014).
func BestCut(p []float32, bs []page.Block) float32 {
	return min(expectedF1(p, bs)/2, 0.5)
}

// expectedF1 returns the greatest F1 that a choice of blocks can be expected
// to have, by words.
func expectedF1(p []float32, bs []page.Block) float32 {
	// The likeliest first: as whole numbers, probabilities are in the same order.
	order := make([]uint64, len(p))
	var all float32
	for k := range p {
		order[k] = uint64(^math.Float32bits(p[k]))<<32 | uint64(k)
		all += p[k] * float32(bs[k].Words)
	}
	slices.Sort(order)
	var hit, kept, best float32
	for _, o := range order {
		k := uint32(o)
		hit += p[k] * float32(bs[k].Words)
		kept += float32(bs[k].Words)
		if kept > 0 {
			best = max(best, 2*hit/(kept+all))
		}
	}
	return best
}

// Pick returns how likely each block is the article's, and from which
// probability on a block is kept. Where the models are unsure of a page,
// go-readability's opinion is counted in.
func Pick(t *page.Tree, bs []page.Block, sig *Signals) (probs []float32, cut float32) {
	probs, unsure := PickAlone(t, bs, sig)
	if unsure {
		Vote(t, bs, probs)
	}
	return probs, BestCut(probs, bs)
}

// PickAlone returns how likely each block is the article's by the models alone. It
// reports whether they are unsure of the page, so that [Vote] is to be called.
func PickAlone(t *page.Tree, bs []page.Block, sig *Signals) (probs []float32, unsure bool) {
	probs, consent := Model().judge(&Featurer{T: t, Bs: bs, Signals: sig})
	return probs, settle(t, bs, sig, consent, probs)
}

// Settle changes what the models say of each block, probs, by what they are not
// asked: very long texts are the article's to their end, boxes of consent are
// nobody's, and where the models are unsure of a page, go-readability gives a
// second opinion.
func Settle(t *page.Tree, bs []page.Block, sig *Signals, probs []float32) {
	phrases := make([]selectors.PhraseMatch, len(bs))
	matchPhrases(bs, phrases)
	if settle(t, bs, sig, aboutConsent(t, bs, phrases), probs) {
		Vote(t, bs, probs)
	}
}

// settle is Settle without the second opinion, where it is known which blocks are about
// consent. It reports whether that opinion is wanted.
func settle(t *page.Tree, bs []page.Block, sig *Signals, consent []consentMark, probs []float32) (unsure bool) {
	evenLongRuns(bs, probs)
	ruleOutConsent(t, bs, sig, consent, probs)
	return len(bs) > 0 && len(t.Nodes) <= maxVoteNodes && expectedF1(probs, bs) < unsureBelow && nestedText(t) <= maxVoteText
}
