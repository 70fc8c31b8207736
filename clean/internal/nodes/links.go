package nodes

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// Limits of an item in a list of other articles, and of a name in a list.
const (
	ItemNodes    = 60 // nodes of an item
	MinItemTitle = 16 // bytes of its link's text: a headline, and no name of a section
	MinItems     = 3
	maxItemTitle = 300
	listUp       = 3 // elements above a name that may be its link
)

// IsAside reports whether an element of a byline is a card about the author that opens
// on a click.
func (r Reader) IsAside(i int32) bool {
	nd := &r.Nodes[i]
	return nd.Type == html.ElementNode && (r.Attr(i, "role") == "tooltip" ||
		ContainsAny(strings.ToLower(r.Attr(i, "class")), selectors.Markup().Cards))
}

// IsListedAuthor reports whether a text is a link to an author's page, or the link of an
// item in a list.
func (r Reader) IsListedAuthor(j int32) bool {
	for p, n := r.Nodes[j].Parent, 0; p > r.Body && n < listUp; p, n = r.Nodes[p].Parent, n+1 {
		if r.Nodes[p].DataAtom == atom.A {
			return r.IsAuthorLink(p) || r.Nodes[r.Nodes[p].Parent].DataAtom == atom.Li && !r.IsTopicLink(p)
		}
	}
	return false
}

// IsAuthorLink reports whether an element is a link to an author's page: what it shows is
// a name and no label.
func (r Reader) IsAuthorLink(i int32) bool {
	return r.Nodes[i].DataAtom == atom.A && (strings.Contains(r.Attr(i, "rel"), "author") || page.LinkKinds(r.Attr(i, "href"))&selectors.LinkAuthor != 0)
}

// IsTopicLink reports whether a link leads to a section or a tag and not to an
// author.
func (r Reader) IsTopicLink(i int32) bool {
	rel := r.Attr(i, "rel")
	if strings.Contains(rel, "category") || text.HasWord(rel, "tag") {
		return true
	}
	return page.LinkKinds(r.Attr(i, "href"))&selectors.LinkTopic != 0
}

// OnlyLink returns the address of the one link in node i, or "".
func (r Reader) OnlyLink(i int32) string {
	u := ""
	for j := i; j < r.Nodes[i].End; j++ {
		if r.Nodes[j].DataAtom == atom.A {
			if u != "" {
				return ""
			}
			u = r.Page.WebURL(r.Attr(j, "href"))
		}
	}
	return u
}

// LinkOf returns the address that element i leads to: of the one link in it, or of the link
// that it is all of; else "".
func (r Reader) LinkOf(i int32) string {
	if up := r.Nodes[i].Parent; r.Nodes[up].DataAtom == atom.A {
		return r.Page.WebURL(r.Attr(up, "href"))
	}
	return r.OnlyLink(i)
}

// HasTeaserLink reports whether an element of an item's size has a link to another page
// whose text, of least bytes or more, may be a headline, and which is not part of a sentence.
func (r Reader) HasTeaserLink(i int32, least int) bool {
	end := r.Nodes[i].End
	if end-i > ItemNodes {
		return false
	}
	for j := i + 1; j < end; j++ {
		if r.Nodes[j].DataAtom == atom.A && r.IsTeaserLink(j, least) && !r.isInSentence(j) {
			return true
		}
	}
	return false
}

// isInSentence reports whether more text stands before a link in its block than a day and a
// label: a teaser begins with its link.
func (r Reader) isInSentence(a int32) bool {
	n := 0
	for j, block := a-1, r.BlockOf(a); j > block && n <= maxLabelLine; j-- {
		if r.Nodes[j].Type == html.TextNode {
			n += ShownSize(r.Nodes[j].Data)
		}
	}
	return n > maxLabelLine
}

// IsTeaserLink reports whether a link leads to another page, which is no author's and no
// topic's, with a text of least bytes or more: several words, where it is that of a
// headline.
func (r Reader) IsTeaserLink(a int32, least int) bool {
	s := r.Shown(a)
	if len(s) < least || len(s) > maxItemTitle || least >= MinItemTitle && strings.IndexByte(s, ' ') < 0 && len(s) <= 2*utf8.RuneCountInString(s) {
		return false
	}
	href := r.Attr(a, "href")
	return href != "" && href[0] != '#' && !strings.HasPrefix(href, "javascript:") && !strings.HasPrefix(href, "mailto:") &&
		page.LinkKinds(href)&(selectors.LinkAuthor|selectors.LinkTopic) == 0 && !strings.Contains(r.Attr(a, "rel"), "author")
}

// IsLinkList reports whether an element holds three such links or more itself, with line
// breaks and days between them, and no sentence.
func (r Reader) IsLinkList(i int32) bool {
	links := 0
	for k := i + 1; k < r.Nodes[i].End; k = r.Nodes[k].End {
		switch nd := &r.Nodes[k]; {
		case nd.Type == html.TextNode && len(nd.Data) > MinProse && ShownSize(nd.Data) > MinProse:
			return false
		case nd.DataAtom == atom.A && r.IsTeaserLink(k, MinItemTitle):
			links++
		}
	}
	return links >= MinItems
}

// Alike returns the elements with roles that are children of one element in i, or beside
// i, all of one class, or nil where there are fewer than two: cards of authors.
func (r Reader) Alike(i int32, roles selectors.Roles) []int32 {
	first := i
	for j := i + 1; j < r.Nodes[i].End; j++ {
		if r.Nodes[j].Roles&roles != 0 {
			first = j
			break
		}
	}
	var found []int32
	for _, e := range [...]int32{first, i} {
		found = found[:0]
		for j := e; j < r.Nodes[r.Nodes[e].Parent].End; j = r.Nodes[j].End {
			if r.Nodes[j].Sig == r.Nodes[e].Sig && r.Nodes[j].Roles&roles != 0 && r.Nodes[j].DataAtom == r.Nodes[e].DataAtom {
				found = append(found, j)
			}
		}
		if len(found) > 1 {
			return found
		}
	}
	return nil
}
