package clean

import (
	"newsclip/clean/article"
	"newsclip/clean/internal/page"
)

// dropControls takes control characters out of what the page has put into a record:
// those that were no part of collapsed text, as in preformatted text and
// attributes.
func dropControls(a *article.Article) {
	for _, s := range append(stringsOf(a), &a.Markdown, &a.HTML) {
		if clean := page.NoControls(*s); clean != *s {
			*s = clean
		}
	}
}
