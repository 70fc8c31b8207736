package sweep

import (
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// stampWords is how many words a line has at most that says when the page was changed.
const stampWords = 10

// stamps drops the lines after the text that say when the page was published or changed,
// and nothing else: "Last updated: 6 May 2024". They are the page's, and read as a date.
func stamps(bd *body.Body) {
	for k := len(bd.Blocks) - 1; k >= 0; k-- {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].Keep {
			continue
		}
		if page.IsLong(b) {
			return
		}
		if !page.IsHeading(b.Tag) && isDated(b, stampWords) && b.Phrases().Prefix&selectors.PhraseDate != 0 {
			bd.Drop(k, "sweep", "date")
		}
	}
}
