package sweep

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

const (
	// maxStanding is how many words a line has at most that is a phrase of the furniture,
	// and minStanding at least among the paragraphs: a single "Yes" is an answer there.
	maxStanding = 14
	minStanding = 3
	// originWords is how many words a line has at most that says where a text appeared
	// first. It has originLinks links, to the text and its site, or the title has
	// originTitle of its words at least.
	originWords = 50
	originLinks = 2
	originTitle = 0.35
	// standing are the phrases that a line may say wherever it stands: of a source, a
	// day or a name it is often the article's.
	standing = ^(selectors.PhraseByline | selectors.PhraseCredit | selectors.PhraseDate | selectors.PhraseNote | selectors.PhraseSource | selectors.PhraseTOC)
)

// standingLines drops the lines among the text that a page's program writes on each page:
// those that say nothing but a phrase of the furniture, which the models keep at unusual
// places, the line of rights, and the one that says where the text appeared first.
func standingLines(bd *body.Body, sig *judge.Signals) {
	began := false // a paragraph is kept before
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].Keep {
			continue
		}
		if page.IsHeading(b.Tag) {
			if b.Words <= maxStanding && selectors.Promotes(b.Text) {
				bd.Drop(k, "sweep", "promotion")
			}
		} else if b.Words <= originWords && b.Where&(page.InList|page.InQuote|page.InPre|page.InFigcaption) == 0 && !bd.InData(b) {
			said := says(b, began || b.Where&page.InTable != 0)
			switch {
			case said != 0:
				bd.Drop(k, "sweep", "phrase "+said.String())
			case selectors.NamesOrigin(b.Text) && (b.Links >= originLinks || page.WordOverlap(b, &sig.TitleSet) >= originTitle):
				bd.Drop(k, "sweep", "appeared first")
			}
		}
		began = began || bd.Verdicts[k].Keep && page.IsLong(b)
	}
}

// tellsReading reports whether a line of how long something takes has a second word besides
// that for minutes, "4 min read": a recipe has lines of the first alone, "ca. 4 min".
func tellsReading(s string) bool {
	words := 0
	for w := range strings.FieldsSeq(s) {
		if first, _ := utf8.DecodeRuneInString(w); unicode.IsLetter(first) && utf8.RuneCountInString(w) >= 3 {
			words++
		}
	}
	return words >= 2
}

// says returns what phrases of the furniture a line is, or that it is one of rights.
func says(b *page.Block, began bool) (said selectors.Phrases) {
	if b.Words > maxStanding {
		return 0
	}
	m := b.Phrases()
	if (b.Words >= minStanding || b.Tag == atom.Summary || !began && !body.EndsLine(b.Text)) && !body.EndsWithColon(b.Text) {
		if said = m.Line & standing; said&selectors.PhraseReadTime != 0 && began && !tellsReading(b.Text) {
			said &^= selectors.PhraseReadTime
		}
	}
	if said == 0 && strings.Contains(b.Text, "©") {
		if said = m.Prefix & selectors.PhraseCopyright; said == 0 && claimsYear(b.Text) {
			said = selectors.PhraseCopyright
		}
	}
	return said
}

// claimWords is how many words stand at most before the sign of a claim to rights.
const claimWords = 6

// claimsYear reports whether a line is a site's claim to its rights since some year behind
// the names of a few pages: Imprint © 2026.
func claimsYear(s string) bool {
	before, claim, ok := strings.Cut(s, "©")
	claim = strings.TrimLeft(claim, " ")
	return ok && len(claim) >= 4 && text.IsDigits(claim[:4]) && text.CountWords(before) <= claimWords && !body.EndsLine(strings.TrimSpace(before))
}
