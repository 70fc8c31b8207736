package body

import (
	"cmp"

	"newsclip/clean/article"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/picture"
)

const (
	// creditWords is how many words a line has at most that tells who made the lead picture.
	creditWords = 24
	// creditLines is how many lines after the text, or before it, it stands at most.
	creditLines = 6
)

// LeadCredit drops the line before or after the text that tells who made its lead picture,
// and keeps what it says for [Body.CreditLead].
func LeadCredit(bd *Body) {
	first, last := bd.FirstParagraph(), bd.LastLong()
	if last < 0 {
		return
	}
	for k := max(0, first-creditLines); k < min(len(bd.Blocks), last+1+creditLines); k++ {
		b := &bd.Blocks[k]
		if k >= first && k <= last || b.Words > creditWords || page.IsHeading(b.Tag) || b.Where&(page.InTable|page.InPre|page.InQuote) != 0 {
			continue
		}
		if credit := picture.LeadCredit(b.Text); credit != "" {
			if bd.Verdicts[k].Keep {
				bd.Drop(k, "sweep", "credit of the lead picture")
			}
			bd.leadCredit = cmp.Or(bd.leadCredit, credit)
		}
	}
}

// CreditLead gives the lead of images the credit that a line of the page says of it, where it
// has none of its own.
func (bd *Body) CreditLead(images []article.Image) {
	for k := range images {
		if im := &images[k]; im.Lead && im.Credit == "" {
			im.Credit = bd.leadCredit
		}
	}
}
