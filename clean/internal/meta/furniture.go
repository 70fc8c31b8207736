package meta

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/nodes"
)

// This file tells the article's own head from what stands around it by its structure,
// where no class does.

// Limits of an item in a list of other articles.
const (
	listItemUp  = 5   // elements from a node up that may be the item
	minItemLink = 4   // of one beside such items
	maxSiblings = 200 // nodes beside an item that are looked at
)

// isListItem reports whether a node stands in one of three elements or more of one name
// and class, side by side, each with a link to another page that says as much as a
// headline: teasers, whatever their class.
func (r *metaReader) isListItem(i int32) bool {
	for n := 0; n < listItemUp && i > r.Body; n, i = n+1, r.Nodes[i].Parent {
		nd := &r.Nodes[i]
		if nd.End-i > nodes.ItemNodes || i <= r.headline && r.headline < nd.End {
			return false
		}
		if nd.Type != html.ElementNode || nd.DataAtom == atom.A {
			continue
		}
		if r.IsLinkList(i) {
			return true
		}
		if !r.HasTeaserLink(i, minItemLink) {
			continue
		}
		items, p := 0, nd.Parent
		for s, k := 0, p+1; s < maxSiblings && k < r.Nodes[p].End && items < nodes.MinItems; s, k = s+1, r.Nodes[k].End {
			if r.Nodes[k].Sig == nd.Sig && r.Nodes[k].DataAtom == nd.DataAtom && !(k <= r.headline && r.headline < r.Nodes[k].End) && r.HasTeaserLink(k, nodes.MinItemTitle) {
				items++
			}
		}
		if items >= nodes.MinItems {
			return true
		}
	}
	return false
}

// holdsArticle reports whether a box holds two paragraphs or more of the length of an
// article's: it is the article's own, though its class is that of a teaser.
func (r *metaReader) holdsArticle(i int32) bool {
	holds, known := r.articles[i]
	if !known {
		holds = r.HoldsLong(i, longParagraph, maxParagraph)
		if r.articles == nil {
			r.articles = map[int32]bool{}
		}
		r.articles[i] = holds
	}
	return holds
}

// minItemWords is how many words an item with a name and a headline has at least: three
// authors of one article are no such items.
const minItemWords = 5

// holdsItems reports whether an element holds a list of other articles: a child of it, or
// a child's child, is such an item. Columnists stand so in a side column, with the class
// of authors.
func (r *metaReader) holdsItems(i int32) bool {
	for k := i + 1; k < r.Nodes[i].End; k++ {
		if nd := &r.Nodes[k]; nd.Type == html.ElementNode && nd.DataAtom != atom.A && (nd.Parent == i || r.Nodes[nd.Parent].Parent == i) && nd.End-k > 1 && len(strings.Fields(r.Shown(k))) >= minItemWords && r.isListItem(k) {
			return true
		}
	}
	return false
}

// isUnderText reports whether a node of the head stands after two sentences or more that
// follow the headline: what precedes it is more than a standfirst.
func (r *metaReader) isUnderText(i int32) bool {
	if r.headline < 0 || i >= r.headTo {
		return i >= r.headTo
	}
	from := max(r.Nodes[r.headline].End, r.headFrom)
	return i > from && r.sentences[i-r.headFrom]-r.sentences[from-r.headFrom] > 1
}
