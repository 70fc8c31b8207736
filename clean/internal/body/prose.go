package body

import (
	"newsclip/clean/internal/page"
)

// ownWords is the length from which on an unlinked block is prose: shorter
// ones are headings and labels, which articles of one kind share ("Pros",
// "Ingredients", "How we tested").
const ownWords = 8

// IsProse reports whether a block is a paragraph: longer than headings and labels are,
// and links are no more than half of it.
func IsProse(b *page.Block) bool { return b.Words >= ownWords && b.LinkWords*2 <= b.Words }

// KeepsProse reports whether a kept block is prose.
func (bd *Body) KeepsProse() bool {
	for k := range bd.Blocks {
		if bd.Verdicts[k].Keep && IsProse(&bd.Blocks[k]) {
			return true
		}
	}
	return false
}

// ReadsAsText reports whether a block may be text by what it says itself. A line that is
// no sentence is no text of its own: in the place of paragraphs stand credits, names
// and addresses as well.
func ReadsAsText(b *page.Block) bool {
	return (page.IsLong(b) || page.IsHeading(b.Tag) || ClosesSentence(b.Text)) && b.LinkWords*2 <= b.Words && b.Where&(page.InNav|page.InFooter|page.InForm|page.InButton|page.InDialog|page.InFigcaption|page.InHidden) == 0 &&
		b.Phrases().Line == 0
}
