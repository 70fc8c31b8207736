package body

import "newsclip/clean/internal/page"

// What the models have to think of a paragraph amid the text that they leave out, for
// it to be a section of the article that they doubt as a whole: a product, a question,
// a chapter. It is less under a heading that they keep. On publishers held out from
// training, two in three such paragraphs are the article's.
const (
	loneSection   = 0.25
	headedSection = 0.2
	// sectionLinks is the share of a section's words that may be links.
	sectionLinks = 0.3
)

// sections keeps paragraphs between first and last, the first and the last paragraph
// of which the models are sure, that stand apart from what is kept: those before and
// after it are left out as well, or it is all that a kept heading has under it. One
// beside kept paragraphs is more often a box in the text.
func sections(bd *Body, first, last int) {
	var keep []int
	for k := first + 1; k < last; k++ {
		b := &bd.Blocks[k]
		if bd.Verdicts[k].Keep || !page.IsLong(b) || b.Where&(elsewhere|page.InList|page.InTable) != 0 || float32(b.LinkWords) > sectionLinks*float32(b.Words) {
			continue
		}
		least := float32(loneSection)
		if bd.Verdicts[k-1].Keep {
			if !page.IsHeading(bd.Blocks[k-1].Tag) {
				continue
			}
			least = headedSection
		}
		under := least == headedSection && page.IsHeading(bd.Blocks[k+1].Tag)
		if bd.Probs[k] >= least && (under || !bd.Verdicts[k+1].Keep) {
			keep = append(keep, k)
		}
	}
	for _, k := range keep {
		bd.Verdicts[k] = Verdict{Keep: true}
	}
}
