// Package stated reads the fields of a page that it states outside its text: section,
// tags, rights, access, and the pictures that its head names. What the head states comes
// first; where it states nothing, what the page shows around the article.
package stated

import (
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/metatags"
	"newsclip/clean/internal/page"
)

// A Page is a page and what was read of its head.
type Page struct {
	*page.Tree
	Metas metatags.Tags
	LD    *jsonld.Page
	Title string

	// Headline is the node that shows the headline, or -1.
	Headline int32
	// IsOther reports whether a node stands in a box that is not the article's own: a
	// teaser, a comment, the site's footer.
	IsOther func(int32) bool
}
