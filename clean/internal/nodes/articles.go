package nodes

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
)

// This file tells the page's own article from others by its structure, where no class
// does. headline is the node that shows the headline, or -1.

// IsEntry reports whether an element is an article by the class of a microformat, and holds
// the headline.
func (r Reader) IsEntry(i, headline int32) bool {
	class := r.Attr(i, "class")
	return strings.Contains(class, "entry") && (text.HasWord(class, "hentry") || text.HasWord(class, "h-entry")) && headline > i && headline < r.Nodes[i].End
}

// InEntry reports whether a box around the headline stands in an entry: its footer is the
// entry's, and not the site's.
func (r Reader) InEntry(i, headline int32) bool {
	for ; i > r.Body; i = r.Nodes[i].Parent {
		if r.Nodes[i].DataAtom == atom.Article || r.IsEntry(i, headline) {
			return true
		}
	}
	return false
}

// IsOtherArticle reports whether an article element is not the page's: the headline
// stands in another one.
func (r Reader) IsOtherArticle(i, headline int32) bool {
	if headline < 0 || i <= headline && headline < r.Nodes[i].End {
		return false
	}
	for p := headline; p > r.Body; p = r.Nodes[p].Parent {
		if r.Nodes[p].DataAtom == atom.Article {
			return true
		}
	}
	return false
}

// Limits of an item in a list of other articles.
const (
	linkListUp  = 4   // elements from a day up that may be the item
	listItemUp  = 5   // elements from a node up that may be the item
	MinItemLink = 4   // of one beside such items
	maxSiblings = 200 // nodes beside an item that are looked at
	minItemText = 150 // bytes of a paragraph of which a teaser has one at most
)

// IsListItem reports whether a node stands in one of three elements or more of one name
// and class, side by side, each with a link to another page that says as much as a
// headline: teasers, whatever their class.
func (r Reader) IsListItem(i, headline int32) bool {
	for n := 0; n < listItemUp && i > r.Body; n, i = n+1, r.Nodes[i].Parent {
		nd := &r.Nodes[i]
		if nd.End-i > ItemNodes || i <= headline && headline < nd.End {
			return false
		}
		if nd.Type != html.ElementNode || nd.DataAtom == atom.A {
			continue
		}
		if r.IsLinkList(i) {
			return true
		}
		if !r.HasTeaserLink(i, MinItemLink) {
			continue
		}
		items, p := 0, nd.Parent
		for s, k := 0, p+1; s < maxSiblings && k < r.Nodes[p].End && items < MinItems; s, k = s+1, r.Nodes[k].End {
			if r.Nodes[k].Sig == nd.Sig && r.Nodes[k].DataAtom == nd.DataAtom && !(k <= headline && headline < r.Nodes[k].End) && r.HasTeaserLink(k, MinItemTitle) {
				items++
			}
		}
		if items >= MinItems && !r.HoldsLong(i, minItemText, ItemNodes) {
			return true
		}
	}
	return false
}

// minItemWords is how many words an item with a name and a headline has at least: three
// authors of one article are no such items.
const minItemWords = 5

// HoldsItems reports whether an element holds a list of other articles: a child of it, or
// a child's child, is such an item. Columnists stand so in a side column, with the class
// of authors.
func (r Reader) HoldsItems(i, headline int32) bool {
	for k := i + 1; k < r.Nodes[i].End; k++ {
		if nd := &r.Nodes[k]; nd.Type == html.ElementNode && nd.DataAtom != atom.A && (nd.Parent == i || r.Nodes[nd.Parent].Parent == i) && nd.End-k > 1 && len(strings.Fields(r.Shown(k))) >= minItemWords && r.IsListItem(k, headline) {
			return true
		}
	}
	return false
}

// IsItemOfLink reports whether node i is a list, an item of one, or a text in it, and begins
// with a link to another page: the day behind the name of a related article.
func (r Reader) IsItemOfLink(i int32) bool {
	isList := func(i int32) bool {
		a := r.Nodes[i].DataAtom
		return a == atom.Li || a == atom.Ul || a == atom.Ol
	}
	if !isList(i) {
		i = r.BlockOf(i)
	}
	if !isList(i) || r.Nodes[i].End-i > ItemNodes {
		return false
	}
	for k := i + 1; k < r.Nodes[i].End; k++ {
		if nd := &r.Nodes[k]; nd.DataAtom == atom.A {
			return r.IsTeaserLink(k, MinItemLink)
		} else if nd.Type == html.TextNode && strings.TrimSpace(nd.Data) != "" {
			return false
		}
	}
	return false
}

// IsInLinkList reports whether a day stands in one of two elements of one name and class,
// side by side, each with a link to another page and a number: those of the latest
// articles, wherever a page shows them. headline is in neither. So does a day before such a
// link in a line like the next or the one before, each ended by a br.
func (r Reader) IsInLinkList(i, headline int32) bool {
	if i > r.Body && r.isLinked(i) && (r.isLike(i, r.overBreak(r.NextElement(r.NextElement(i)), r.NextElement)) || r.isLike(i, r.linkedBefore(i))) {
		return true
	}
	for n := 0; n < linkListUp && i > r.Body && r.Nodes[i].End-i <= ItemNodes; n, i = n+1, r.Nodes[i].Parent {
		if page.IsBlock(r.Nodes[i].Node) && r.HasTeaserLink(i, MinItemTitle) {
			return !(i <= headline && headline < r.Nodes[i].End) && (r.isItemLike(i, r.NextElement(i), headline) || r.isItemLike(i, r.elementBefore(i), headline))
		}
	}
	return false
}

// isLinked reports whether a link to another page comes right after an element.
func (r Reader) isLinked(i int32) bool {
	if r.Nodes[i].Type != html.ElementNode {
		return false
	}
	a := r.NextElement(i)
	return a > 0 && r.Nodes[a].DataAtom == atom.A && r.IsTeaserLink(a, MinItemTitle)
}

// linkedBefore returns the element before the link of the line before, or -1.
func (r Reader) linkedBefore(i int32) int32 {
	if a := r.overBreak(r.elementBefore(i), r.elementBefore); a > 0 {
		if j := r.elementBefore(a); j > 0 && r.isLinked(j) {
			return j
		}
	}
	return -1
}

// overBreak returns the element that step leads to from a br, and any other itself.
func (r Reader) overBreak(i int32, step func(int32) int32) int32 {
	if i > 0 && r.Nodes[i].DataAtom == atom.Br {
		return step(i)
	}
	return i
}

// isLike reports whether element j has the name and class of i, a number, and a link to
// another page after it.
func (r Reader) isLike(i, j int32) bool {
	return r.isTwin(i, j) && r.isLinked(j) && dates.HasDigit(r.Shown(j))
}

// isItemLike reports whether element j is one of a list of links with days, as i is.
func (r Reader) isItemLike(i, j, headline int32) bool {
	return r.isTwin(i, j) && !(j <= headline && headline < r.Nodes[j].End) &&
		r.HasTeaserLink(j, MinItemTitle) && dates.HasDigit(r.Shown(j))
}

// isTwin reports whether element j has the name and class of element i; j may be -1.
func (r Reader) isTwin(i, j int32) bool {
	return j > r.Body && r.Nodes[i].DataAtom == r.Nodes[j].DataAtom && r.Attr(i, "class") == r.Attr(j, "class")
}

// elementBefore returns the element right before another in its parent, or -1.
func (r Reader) elementBefore(i int32) int32 { return r.ElementBefore(i, ItemNodes) }
