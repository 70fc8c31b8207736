package meta

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/names"
	"newsclip/clean/internal/nodes"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// This file finds bylines on the page and reads the names in them. What a name
// is, author_names.go decides.

// Limits of what is part of a byline, in bytes of text and nodes.
const (
	maxBylineText = 400 // of a byline, or of a text node in which one may begin
	maxByLineSize = 140 // of a line that begins with "By"
	maxByLineBox  = 60  // nodes of the element around such a line
	maxBylineBox  = 600 // of the boxes in which findBylines looks for the largest
	maxPiece      = 200 // a piece of text with more has no names
	maxPieces     = 24  // pieces of text in a byline
	bylineUp      = 6   // elements above a name that findBylines looks at
	byUp          = 3   // elements above a lone "By" that may hold the name too
)

// findBylines lists the short visible elements in the article's head that are
// the byline: from each text that has an author's name, the largest element
// around it that says hardly more.
func (r *metaReader) findBylines() {
	if len(r.md.Authors) == 0 {
		return
	}
	var keys, marks []string
	for _, a := range r.md.Authors {
		keys = append(keys, names.Key(a.Name))
		name, _, _ := strings.Cut(a.Name, ",")
		marks = append(marks, name[strings.LastIndexByte(name, ' ')+1:])
	}
	for j := r.headFrom; j < r.headTo; j++ {
		nd := &r.Nodes[j]
		if nd.Type != html.TextNode || len(nd.Data) > maxBylineText || !nodes.ContainsAny(nd.Data, marks) {
			continue
		}
		found := int32(-1)
		for i, up := nd.Parent, 0; i > r.Body && up < bylineUp && r.textSize(i) <= maxBylineBox; i, up = r.Nodes[i].Parent, up+1 {
			if (page.IsBlock(r.Nodes[i].Node) || r.Nodes[i].Roles&selectors.Byline != 0) && r.isByline(i, keys) {
				found = i
			}
		}
		if found >= 0 {
			r.md.BylineNodes = append(r.md.BylineNodes, found)
			j = r.Nodes[found].End - 1
		}
	}
}

// outsideHead is the size of what reaches out of the article's head: more than any
// limit.
const outsideHead = 1 << 20

// textSize returns the bytes of text under node i of the head, white space between
// tags included, and outsideHead where the node is not all in the head.
func (r *metaReader) textSize(i int32) int {
	end := r.Nodes[i].End
	if i < r.headFrom || end > r.headTo {
		return outsideHead
	}
	return int(r.sizes[end-r.headFrom] - r.sizes[i-r.headFrom])
}

// maxBylineExtra is how many letters a byline may have besides names and
// dates: "Written by", "Chief reporter, Hamburg".
const maxBylineExtra = 40

// isByline reports whether an element shows the authors and no more than goes
// with them. keys are the authors' names as Key has them.
func (r *metaReader) isByline(i int32, keys []string) bool {
	text := r.Shown(i)
	if len(text) > maxBylineText || i <= r.h1 && r.h1 < r.Nodes[i].End {
		return false
	}
	key := names.Key(text)
	extra, named := len(key), false
	for _, k := range keys {
		if k != "" && strings.Contains(key, k) {
			extra -= len(k)
			named = true
		}
	}
	for _, d := range r.md.DateNodes {
		if d > i && d < r.Nodes[i].End {
			extra -= len(names.Key(r.Shown(d)))
		}
	}
	if !named || extra > maxBylineExtra {
		return false
	}
	_, by := r.names().CutBy(text)
	return by || extra <= maxBylineExtra/2 || r.Nodes[i].Roles&selectors.Byline != 0
}

// byLineAt reads the names that follow a "By" with which text node j begins,
// and returns the element that holds them.
func (r *metaReader) byLineAt(j int32) (signed []string, box int32) {
	nd := &r.Nodes[j]
	if nd.Type != html.TextNode || len(nd.Data) > maxBylineText {
		return nil, 0
	}
	s := jsonld.Collapse(nd.Data)
	if len(s) < 2 || len(s) > maxByLineSize {
		return nil, 0
	}
	if name, ok := names.Attached(s); ok && !(r.h1 >= 0 && j >= r.h1 && j < r.Nodes[r.h1].End) {
		return r.names().Split(name, false), nd.Parent
	}
	rest, ok := r.names().CutBy(strings.TrimSuffix(s, "(s)") + " ")
	if !ok && r.names().EndsWithBy(s) && r.Nodes[nd.Parent].End-j <= maxByLineBox {
		box = r.joinedBox(nd.Parent)
		return r.bylineNamesIn(j+1, r.Nodes[box].End), box
	} else if !ok || rest != "" && rest[0]-'0' < 10 { // "Опубликовано 6.05.2024 Автор: …"
		return r.names().AfterDay(s), nd.Parent
	}
	if j >= r.h1 && r.h1 >= 0 && j < r.Nodes[r.h1].End || names.IsReview(names.CutReview(s)) {
		return nil, 0
	}
	box = nd.Parent
	for up := 0; rest == "" && up < byUp && r.Nodes[box].End == j+1; up++ {
		box = r.Nodes[box].Parent
	}
	if box < 0 || r.Nodes[box].End-j > maxByLineBox {
		return nil, 0
	}
	box = r.joinedBox(box)
	return r.bylineNamesIn(j, r.Nodes[box].End), box
}

// joinedBox returns the element around the box of a byline's first name where a comma or an
// "and" right after the box leads to the next name; else the box.
func (r *metaReader) joinedBox(box int32) int32 {
	parent := r.Nodes[box].Parent
	if parent <= r.Body || r.Nodes[parent].End-parent > maxByLineBox {
		return box
	}
	for j := r.Nodes[box].End; j < r.Nodes[parent].End; j++ {
		if r.Nodes[j].Type != html.TextNode {
			continue
		}
		if s := jsonld.Collapse(r.Nodes[j].Data); s != "" {
			if s[0] == ',' || r.names().IsAnd(s) || r.names().StartsWithAnd(s) {
				return parent
			}
			break
		}
	}
	return box
}

// bylineNames reads the names out of an element that shows a byline. It goes
// by its pieces of text: a name is a piece, and another name follows it only
// after a comma or an "and"; job, place and date stand in pieces after them.
func (r *metaReader) bylineNames(i int32) []string {
	return r.bylineNamesIn(i, r.Nodes[i].End)
}

func (r *metaReader) bylineNamesIn(i, end int32) []string {
	var signed []string
	n := r.names()
	joined, skip, labelled, ended, comma := true, false, false, false, false
	linked := false // whether the first name is a link to an author's page, or an item of a list
	pieces := 0
	for j := i; j < end && pieces < maxPieces; j++ {
		nd := &r.Nodes[j]
		if nd.Type != html.TextNode {
			if j > i && (j == r.h1 || page.IsOpaque(nd.DataAtom) || nd.Hidden || r.IsAside(j) || nd.DataAtom == atom.Time || nd.DataAtom == atom.Sup ||
				nd.Roles&(selectors.Tags|selectors.Breadcrumb|selectors.Share) != 0 || nd.DataAtom == atom.A && r.IsTopicLink(j)) {
				j = nd.End - 1
			}
			continue
		}
		s := jsonld.Collapse(nd.Data)
		if s == "" {
			continue
		}
		pieces++
		reviewed := false
		if cut := names.CutReview(s); cut != s {
			s, reviewed = cut, true
		}
		if names.IsReview(s) {
			if len(signed) > 0 {
				break
			}
			skip = true
			continue
		}
		next := linked && names.LooksLikePerson(s) && r.IsListedAuthor(j)
		if ended && !next {
			continue // behind a job or a place, only the next of several links has a name
		}
		bare := strings.ToLower(strings.Trim(s, " :.,–—-"))
		if bare == "" && !strings.Contains(s, ",") {
			continue
		}
		if comma && bare != "" {
			s = ", " + s // a comma in an element of its own
		}
		comma = s == ","
		if n.IsBy(bare) {
			labelled = true
			continue
		}
		if labelled && strings.HasSuffix(s, ":") && names.IsOtherLabel(bare) {
			break // "By: Correspondent", "Place:", "Port Meridian"
		}
		if bare == "" || bare == ";" || bare == "/" || n.IsAnd(strings.Trim(s, " :.,–—-")) {
			joined = true
			continue
		}
		if len(signed) == 1 && !joined && !skip && names.AreHalves(signed[0], s) && r.IsBesideText(j) {
			signed[0] += " " + s // first name and surname, each in an element of its own
			continue
		}
		if len(signed) > 0 && !joined && !strings.HasPrefix(s, ",") && !n.StartsWithAnd(s) && !next {
			ended = true
			continue
		}
		if len(s) > maxPiece {
			break
		}
		n := n
		n.Stated = r.IsAuthorLink(nd.Parent) || labelled && r.Nodes[nd.Parent].DataAtom == atom.A
		if found := n.SplitAfter(signed, s); !skip {
			linked = linked || len(signed) == 0 && r.IsListedAuthor(j)
			signed = append(signed, found...)
		}
		if skip = false; reviewed {
			break
		}
		joined = strings.HasSuffix(s, ",") || n.EndsWithAnd(s)
	}
	return names.WithoutTopics(signed)
}

// Limits of afterReview: the nodes and texts before a name that it reads; a text
// of more bytes than maxJoint ("and", a comma) is not skipped.
const (
	reviewNodes = 16
	reviewTexts = 2
	maxJoint    = 4
)

// afterReview reports whether node i names someone who checked the article and did
// not write it, by the text right before it.
func (r *metaReader) afterReview(i int32) bool {
	for j, texts := i-1, 0; j > r.headFrom && j > i-reviewNodes && texts < reviewTexts; j-- {
		if r.Nodes[j].Type != html.TextNode {
			continue
		}
		s := jsonld.Collapse(r.Nodes[j].Data)
		if s == "" {
			continue
		}
		if r.headline >= 0 && i >= r.Nodes[r.headline].End && j < r.Nodes[r.headline].End {
			return false // the headline, which may end with "[Photos]"
		}
		texts++
		if names.IsReview(s) {
			return !names.IsCredit(s)
		}
		if len(s) > maxJoint {
			return false
		}
	}
	return false
}
