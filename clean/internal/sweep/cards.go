package sweep

import (
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
)

const (
	// A card has as many blocks as these, and so many words at most.
	cardLeast = 2
	cardMost  = 6
	cardWords = 90
)

// cards drops from news stories the links after the first paragraph that hold a headline
// and more, and lead to another page of the site: cards of other stories. Elsewhere they
// are the products of a guide as well.
func cards(bd *body.Body, sig *judge.Signals) {
	if !sig.News {
		return
	}
	t := bd.Tree
	began := false // a paragraph is kept before
	for k := 0; k < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		if !began || !bd.Verdicts[k].Keep || b.Where&page.InLink == 0 || b.LinkWords < b.Words {
			began = began || bd.Verdicts[k].Keep && page.IsLong(b)
			continue
		}
		a := t.Within(b.El, atom.A)
		if a < 0 {
			continue
		}
		first, last := bd.BlocksIn(a)
		if n := last - first; n < cardLeast || n > cardMost || !t.Page.LeadsToSite(t.Attr(a, "href")) {
			continue
		}
		var words int32
		for j := first; j < last; j++ {
			words += bd.Blocks[j].Words
		}
		if words <= cardWords {
			for j := first; j < last; j++ {
				if bd.Verdicts[j].Keep {
					bd.Drop(j, "sweep", "teaser")
				}
			}
		}
		k = max(k, last-1)
	}
}
