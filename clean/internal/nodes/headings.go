package nodes

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/jsonld"
)

// Limits of a day under a heading: the nodes after it in which one begins, and the bytes of
// its line. The first sentence of a text has more bytes than sentenceBytes.
const (
	underNodes    = 8
	maxDayBytes   = 100
	sentenceBytes = 150
)

// DatedHeading returns the one heading of a page without an h1 that has a day in the line
// under it, or -1. Several of one kind are those of a list.
func (r Reader) DatedHeading(lang string) int32 {
	found := int32(-1)
	for _, i := range r.Headings {
		switch {
		case r.Nodes[i].DataAtom == atom.H1:
			return -1
		case !r.isDated(i, lang) || r.InsideHidden(i):
		case found < 0:
			found = i
		case r.Nodes[i].DataAtom == r.Nodes[found].DataAtom:
			return -1
		}
	}
	if found >= 0 && r.HasTeaserLink(found, 1) {
		return -1
	}
	return found
}

// isDated reports whether the line under a heading tells a day.
func (r Reader) isDated(i int32, lang string) bool {
	from := r.Nodes[i].End
	for j := from; j < min(int32(len(r.Nodes)), from+underNodes); j++ {
		if r.Nodes[j].Type != html.TextNode {
			continue
		}
		s := jsonld.Collapse(r.Nodes[j].Data)
		if s == "" {
			continue
		}
		if len(s) > maxDayBytes || !dates.HasDigit(s) {
			return false
		}
		_, ok := dates.ParseDate(s, lang)
		return ok
	}
	return false
}

// ShownEarly reports whether a line of its own from node i on, before the first sentence and
// in no link, is what same tells.
func (r Reader) ShownEarly(i int32, same func(string) bool) bool {
	for ; i < int32(len(r.Nodes)); i++ {
		nd := &r.Nodes[i]
		if nd.DataAtom == atom.A {
			i = nd.End - 1
		}
		if nd.Type != html.TextNode {
			continue
		}
		if len(nd.Data) > sentenceBytes {
			return false
		}
		if same(jsonld.Collapse(nd.Data)) && !r.InsideHidden(i) {
			return true
		}
	}
	return false
}
