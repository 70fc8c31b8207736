package meta

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// This file tells the article's own head from what stands around it by its structure,
// where no class does.

// Limits of an item in a list of other articles.
const (
	listItemUp    = 5  // elements from a node up that may be the item
	listItemNodes = 60 // nodes of an item
	minItemTitle  = 16 // bytes of its link's text: a headline, and no name of a section
	minItemLink   = 4  // of one beside such items
	maxItemTitle  = 300
	minItems      = 3
	maxSiblings   = 200 // nodes beside an item that are looked at
)

// isListItem reports whether a node stands in one of three elements or more of one name
// and class, side by side, each with a link to another page that says as much as a
// headline: teasers, whatever their class.
func (r *metaReader) isListItem(i int32) bool {
	for n := 0; n < listItemUp && i > r.Body; n, i = n+1, r.Nodes[i].Parent {
		nd := &r.Nodes[i]
		if nd.End-i > listItemNodes || i <= r.headline && r.headline < nd.End {
			return false
		}
		if nd.Type != html.ElementNode || nd.DataAtom == atom.A {
			continue
		}
		if r.isLinkList(i) {
			return true
		}
		if !r.hasTeaserLink(i, minItemLink) {
			continue
		}
		items, p := 0, nd.Parent
		for s, k := 0, p+1; s < maxSiblings && k < r.Nodes[p].End && items < minItems; s, k = s+1, r.Nodes[k].End {
			if r.Nodes[k].Sig == nd.Sig && r.Nodes[k].DataAtom == nd.DataAtom && !(k <= r.headline && r.headline < r.Nodes[k].End) && r.hasTeaserLink(k, minItemTitle) {
				items++
			}
		}
		if items >= minItems {
			return true
		}
	}
	return false
}

// hasTeaserLink reports whether an element of an item's size has a link to another page
// whose text, of least bytes or more, may be a headline.
func (r *metaReader) hasTeaserLink(i int32, least int) bool {
	end := r.Nodes[i].End
	if end-i > listItemNodes {
		return false
	}
	for j := i + 1; j < end; j++ {
		if r.Nodes[j].DataAtom == atom.A && r.isTeaserLink(j, least) {
			return true
		}
	}
	return false
}

// isTeaserLink reports whether a link leads to another page, which is no author's and no
// topic's, with a text of least bytes or more: several words, where it is that of a
// headline.
func (r *metaReader) isTeaserLink(a int32, least int) bool {
	s := r.Shown(a)
	if len(s) < least || len(s) > maxItemTitle || least >= minItemTitle && strings.IndexByte(s, ' ') < 0 && len(s) <= 2*utf8.RuneCountInString(s) {
		return false
	}
	href := r.Attr(a, "href")
	return href != "" && href[0] != '#' && !strings.HasPrefix(href, "javascript:") && !strings.HasPrefix(href, "mailto:") &&
		page.LinkKinds(href)&(selectors.LinkAuthor|selectors.LinkTopic) == 0 && !strings.Contains(r.Attr(a, "rel"), "author")
}

// isLinkList reports whether an element holds three such links or more itself, with line
// breaks and days between them, and no sentence.
func (r *metaReader) isLinkList(i int32) bool {
	links := 0
	for k := i + 1; k < r.Nodes[i].End; k = r.Nodes[k].End {
		switch nd := &r.Nodes[k]; {
		case nd.Type == html.TextNode && len(nd.Data) > minProse && shownSize(nd.Data) > minProse:
			return false
		case nd.DataAtom == atom.A && r.isTeaserLink(k, minItemTitle):
			links++
		}
	}
	return links >= minItems
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
