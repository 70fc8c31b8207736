package judge

import "newsclip/clean/internal/page"

const (
	// longRun is how many long blocks in one place of the template make a text that
	// is longer than those that the models have read.
	longRun = 250
	// headOfRun is how many of them are asked for the answer, and likelyRun what it
	// must be. They must have most of the page's words in long blocks: mostOfPage.
	headOfRun  = 20
	likelyRun  = 0.5
	mostOfPage = 0.7
	// answerOfRun is the answer for all of them then.
	answerOfRun = 0.9
)

// evenLongRuns corrects the answers for very long texts. Some columns tell how far a
// block is from the page's head, and what is so far away on the pages that the
// models have read is comments. Where the first blocks of a place (Block.Path) are
// likely the article's, and nearly all of the page's text stands in that place, the
// others there are the article's too.
func evenLongRuns(bs []page.Block, probs []float32) {
	if len(bs) < longRun {
		return
	}
	type run struct {
		blocks, words int32 // long ones
		head          float32
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
	for k := range bs {
		r := runs[bs[k].Path]
		if r != nil && r.blocks >= longRun && r.head >= likelyRun*headOfRun && float32(r.words) >= mostOfPage*float32(all) && bs[k].LinkWords*2 < bs[k].Words {
			probs[k] = max(probs[k], answerOfRun)
		}
	}
}
