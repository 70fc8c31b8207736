package render

import (
	"slices"

	"golang.org/x/net/html/atom"

	"newsclip/clean/article"
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/picture"
	"newsclip/selectors"
)

const (
	// besideUp is how many elements around a picture may be the box that it stands in with
	// words that are left out, and besideBlocks how many blocks such a box has at most: a
	// larger one is no picture's.
	besideUp     = 6
	besideBlocks = 12
	// teaserLeast is how many words the links of a teaser have at least.
	teaserLeast = 3
)

// ShownImages are the pictures whose box stands among the kept blocks.
func ShownImages(bd *body.Body, pics []picture.Picture, m *meta.Metadata) []article.Image {
	first, last := bd.Span()
	images := picture.ChooseImages(bd.Tree, pics, func(box int32) bool { return box >= first && box < last && !isBeside(bd, box) }, m)
	bd.CreditLead(images)
	return images
}

// isBeside reports whether a picture stands in a small box without a kept block that is no
// part of the article: its class or words say that it is an advertisement, or its words
// are links to another page of the site, or its heading is one, amid the text.
func isBeside(bd *body.Body, box int32) bool {
	t := bd.Tree
	for e, up := box, 0; e > t.Body && up < besideUp; e, up = t.Nodes[e].Parent, up+1 {
		first, last := bd.BlocksIn(e)
		if last-first > besideBlocks || bd.KeepsIn(e) {
			return false
		}
		if t.Nodes[e].Roles&selectors.Ad != 0 {
			return true
		}
		var words, links int32
		headed := false // by a link
		for k := first; k < last; k++ {
			b := &bd.Blocks[k]
			if b.Words < 4 && b.Phrases().Line&selectors.PhraseAd != 0 {
				return true
			}
			words += b.Words
			links += b.LinkWords
			headed = headed || page.IsHeading(b.Tag) && b.LinkWords == b.Words
		}
		if links >= teaserLeast && (links*2 > words || headed && isAmidProse(bd, first, last)) && leadsFrom(bd, e) {
			return true
		}
	}
	return false
}

// isAmidProse reports whether sentences are kept shortly before the blocks from first to
// last-1, and after them.
func isAmidProse(bd *body.Body, first, last int) bool {
	keeps := func(from, to int) bool {
		for k := max(0, from); k < min(to, len(bd.Blocks)); k++ {
			if bd.Verdicts[k].Keep && body.IsProse(&bd.Blocks[k]) {
				return true
			}
		}
		return false
	}
	return keeps(first-besideBlocks, first) && keeps(last, last+besideBlocks)
}

// leadsFrom reports whether the first link in, or around, an element leads to another page
// of the site.
func leadsFrom(bd *body.Body, e int32) bool {
	t := bd.Tree
	if a := t.Within(e, atom.A); a >= 0 {
		return t.Page.LeadsToSite(t.Attr(a, "href"))
	}
	k, _ := slices.BinarySearch(t.Anchors, e)
	return k < len(t.Anchors) && t.Anchors[k] < t.Nodes[e].End && t.Page.LeadsToSite(t.Attr(t.Anchors[k], "href"))
}
