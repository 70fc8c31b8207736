package body

import "newsclip/clean/internal/page"

// What the models have to think of a paragraph amid the text that they leave out, for
// it to be a section of the article that they doubt as a whole: a product, a question,
// a chapter. It is less under a heading that they keep. On publishers held out from
// training, such paragraphs are the article's on six pages of seven.
const (
	loneSection   = 0.25
	headedSection = 0.2
	// sectionLinks is the share of a section's words that may be links.
	sectionLinks = 0.3
)

// sections keeps paragraphs between first and last, the first and the last paragraph
// of which the models are sure, that stand apart from what is kept: all that a kept
// heading has under it, or several with nothing kept between them. One beside kept
// paragraphs is more often a box in the text, and one alone a promotion.
func sections(bd *Body, first, last int) {
	var keep, run []int
	for k := first + 1; k <= last; k++ {
		if bd.Verdicts[k].Keep {
			if len(run) > 1 {
				keep = append(keep, run...)
			}
			run = run[:0]
			continue
		}
		b := &bd.Blocks[k]
		if !page.IsLong(b) || b.Where&(Elsewhere|page.InList|page.InTable) != 0 || float32(b.LinkWords) > sectionLinks*float32(b.Words) {
			continue
		}
		before, after := bd.Verdicts[k-1].Keep, bd.Verdicts[k+1].Keep
		switch headed := page.IsHeading(bd.Blocks[k-1].Tag); {
		case before && headed && bd.Probs[k] >= headedSection && (!after || page.IsHeading(bd.Blocks[k+1].Tag)):
			keep = append(keep, k)
		case !before && !after && bd.Probs[k] >= loneSection:
			run = append(run, k)
		}
	}
	for _, k := range keep {
		bd.Verdicts[k] = Verdict{Keep: true}
	}
}
