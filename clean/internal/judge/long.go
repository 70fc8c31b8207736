package judge

import "newsclip/clean/internal/page"

const (
	// longRun is how many long blocks in one place of the template make a text that
	// is longer than those that the models have read, and fadingRun one that is longer
	// than most.
	longRun, fadingRun = 250, 30
	// headOfRun is how many of them are asked for the answer, and likelyRun what it
	// must be. They must have most of the page's words in long blocks: mostOfPage.
	headOfRun  = 20
	likelyRun  = 0.5
	mostOfPage = 0.7
	// answerOfRun is the answer for all of them then.
	answerOfRun = 0.9
	// steady is the share of the answers before it that a block's answer has at least
	// where these fade, and fadingOver how many of them count.
	steady     = 0.6
	fadingOver = 3
)

// A run is the blocks in one place of the template.
type run struct {
	blocks, words int32 // long ones
	head          float32
	level         float32 // of the models' answers to the last ones
}

// evenLongRuns corrects the answers for long texts. Some columns tell how far a
// block is from the page's head, and what is so far away on the pages that the
// models have read is comments. Where the first blocks of a place (Block.Path) are
// likely the article's, and nearly all of the page's text stands in that place, the
// others there are the article's too: all of a very long text, and those of a long one
// of which the models think not much less than of the blocks before.
func evenLongRuns(bs []page.Block, probs []float32) {
	if len(bs) < fadingRun {
		return
	}
	runs := make(map[uint32]*run)
	var all int32
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
		r.words += bs[k].Words
		all += bs[k].Words
	}
	for path, r := range runs {
		if r.level = r.head / headOfRun; r.blocks < fadingRun || r.level < likelyRun || float32(r.words) < mostOfPage*float32(all) {
			delete(runs, path)
		}
	}
	for k := range bs {
		r := runs[bs[k].Path]
		if r == nil || bs[k].LinkWords*2 >= bs[k].Words {
			continue
		}
		if p := probs[k]; r.blocks < longRun {
			if p < steady*r.level {
				continue
			}
			r.level += (p - r.level) / fadingOver
		}
		probs[k] = max(probs[k], answerOfRun)
	}
}
