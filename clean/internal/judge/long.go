package judge

import "newsclip/clean/internal/page"

const (
	// longRun is how many long blocks in one place of the template make a text that
	// is longer than those that the models have read, and fadingRun one that is longer
	// than most.
	longRun, fadingRun = 250, 30
	// headOfRun is how many of them are asked for the answer, and likelyRun what it
	// must be. They must have most of the words in long blocks that are likely the
	// article's: mostLikely.
	headOfRun  = 20
	likelyRun  = 0.5
	mostLikely = 0.5
	// answerOfRun is the answer for all of them then, and answerOfFade where the models'
	// fade: the page is less sure to be read well.
	answerOfRun, answerOfFade = 0.9, 0.75
	// steady is the share of the answers before it that a block's answer has at least
	// where these fade, and fadingOver how many of them count.
	steady     = 0.6
	fadingOver = 3
)

// A run is the blocks in one place of the template.
type run struct {
	blocks int32   // long ones
	words  float32 // of them, each counted by the models' answer
	head   float32
	level  float32 // of the models' answers to the last ones
}

// evenLongRuns corrects the answers for long texts. Some columns tell how far a
// block is from the page's head, and what is so far away on the pages that the
// models have read is comments. Where the first blocks of a place (Block.Path) are
// likely the article's, and nearly all that is stands in that place, the others
// there are the article's too: all of a very long text, and those of a long one
// of which the models think not much less than of the blocks before.
func evenLongRuns(bs []page.Block, probs []float32) {
	if len(bs) < fadingRun {
		return
	}
	runs := make(map[uint32]*run)
	var all float32
	for k := range bs {
		if !page.IsLong(&bs[k]) {
			continue
		}
		r := runs[bs[k].Path]
		if r == nil {
			r = new(run)
			runs[bs[k].Path] = r
		}
		if r.blocks++; r.blocks <= headOfRun {
			r.head += probs[k]
		}
		likely := probs[k] * float32(bs[k].Words)
		r.words += likely
		all += likely
	}
	for path, r := range runs {
		if r.level = r.head / headOfRun; r.blocks < fadingRun || r.level < likelyRun || r.words < mostLikely*all {
			delete(runs, path)
		}
	}
	for k := range bs {
		r := runs[bs[k].Path]
		if r == nil || bs[k].LinkWords*2 >= bs[k].Words {
			continue
		}
		if r.blocks >= longRun {
			probs[k] = max(probs[k], answerOfRun)
		} else if p := probs[k]; p >= steady*r.level {
			r.level += (p - r.level) / fadingOver
			probs[k] = max(p, answerOfFade)
		}
	}
}
