package nodes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// Limits of a line and what stands in it.
const (
	MinProse     = 80  // bytes from which on a text is a sentence of the article
	LineNodes    = 40  // nodes of a line with a date, from its beginning
	MetaLineUp   = 3   // elements above a text that may be such a line
	MaxDateline  = 90  // bytes of a paragraph in which a dateline is looked for
	maxProse     = 300 // bytes; a block with more text is prose
	beforeNodes  = 10  // nodes before a date in which a label of its own line is looked for
	minGoingOn   = 12  // bytes with which a sentence goes on behind its first word
	maxLabelLine = 40  // bytes of the text before a date that is nothing but its label
	maxWrittenBy = 20  // nodes of a line such as "Written by Ana Ferrer"

	afterSiblings = 3 // elements before a date of which one may be that line
)

// ContainsAny reports whether one of the marks, none of them empty, stands in s.
func ContainsAny(s string, marks []string) bool {
	for _, m := range marks {
		if m != "" && strings.Contains(s, m) {
			return true
		}
	}
	return false
}

// ShownSize returns the bytes of a text without the white space that a template
// indents it by.
func ShownSize(s string) int {
	n := len(s)
	for k := 1; k < len(s); k++ {
		if s[k] <= ' ' && s[k-1] <= ' ' {
			n--
		}
	}
	return n
}

// IsInSentence reports whether a text is a part of a paragraph that says more than a name,
// and ends as a sentence does.
func (r Reader) IsInSentence(i int32) bool {
	p := r.Within(i, atom.P)
	if p <= r.Body || TextSize(r.Tree, p) <= MinProse {
		return false
	}
	return text.EndsSentence(strings.TrimRight(r.Shown(p), "\"”’»)"))
}

// RowHead returns what the head of a table's row says before node i, which stands in a cell
// of that row, or has rows of which one has the first number; "" where there is none.
func (r Reader) RowHead(i int32) string {
	row, end := r.Within(i, atom.Tr), i
	if row < 0 {
		row, end = i, min(r.Nodes[i].End, i+LineNodes)
	}
	head := int32(-1)
	for j := row; j < end; j++ {
		switch nd := &r.Nodes[j]; {
		case nd.DataAtom == atom.Th:
			head = j
		case nd.DataAtom == atom.Tr && j > row:
			head = -1
		case nd.Type == html.TextNode && dates.HasDigit(nd.Data):
			end = j
		}
	}
	if head < 0 {
		return ""
	}
	return r.Shown(head)
}

// InProse reports whether node i is part of a sentence: its block has much more
// text than a byline.
func (r Reader) InProse(i int32) bool {
	for ; i >= 0; i = r.Nodes[i].Parent {
		if page.IsBlock(r.Nodes[i].Node) {
			break
		}
	}
	if i < 0 {
		return false
	}
	n := 0
	for j := i; j < r.Nodes[i].End; j++ {
		if r.Nodes[j].Type == html.TextNode {
			n += ShownSize(r.Nodes[j].Data)
		}
		if n > maxProse {
			return true
		}
	}
	return false
}

// ToParagraph returns the first text from node from on, before node to, that has least
// bytes, or to where there is none.
func (r Reader) ToParagraph(from, to int32, least int) int32 {
	for i := from; i < to; i++ {
		if nd := &r.Nodes[i]; nd.Type == html.TextNode && len(nd.Data) >= least && ShownSize(nd.Data) >= least && r.RolesAbove(i)&selectors.Standfirst == 0 {
			return i
		}
	}
	return to
}

// GoesOn reports whether a text goes on a sentence of prose: it begins small, right behind
// an element in its line.
func (r Reader) GoesOn(i int32) bool {
	before := r.Nodes[i].PrevSibling
	if before == nil || before.Type != html.ElementNode || before.DataAtom == atom.Br || page.IsBlock(before) {
		return false
	}
	c, _ := utf8.DecodeRuneInString(strings.TrimSpace(r.Nodes[i].Data))
	return unicode.IsLower(c) && r.InProse(i)
}

// GoesOnBehind reports whether a sentence goes on behind a link: "Jo Doe has lost the ferry".
// A byline has an "and", a place or a newspaper there.
func (r Reader) GoesOnBehind(i int32) bool {
	next := r.Nodes[i].NextSibling
	if next == nil || next.Type != html.TextNode {
		return false
	}
	word, rest, _ := strings.Cut(jsonld.Collapse(next.Data), " ")
	c, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLower(c) && len(rest) >= minGoingOn && selectors.BylineGroupsOf(word) == 0
}

// InFigure reports whether a node stands in a figure or its caption: who is named there
// took the picture.
func (r Reader) InFigure(i int32) bool {
	return r.Within(i, atom.Figure) >= 0 || r.Within(i, atom.Figcaption) >= 0
}

// InsideHidden reports whether node i or something around it is hidden by its own
// markup; what a style sheet hides is not known.
func (r Reader) InsideHidden(i int32) bool {
	for ; i >= 0; i = r.Nodes[i].Parent {
		if r.Nodes[i].Hidden {
			return true
		}
		switch r.Nodes[i].DataAtom {
		case atom.Noscript, atom.Template, atom.Dialog, atom.Svg:
			return true
		}
	}
	return false
}

// AfterDate returns what stands behind the last number of a text with a year: the words
// before it label that date, and not the next one. It returns a text without a year whole.
func AfterDate(s string) string {
	if dates.CountYears(s) == 0 {
		return s
	}
	return s[strings.LastIndexAny(s, "0123456789")+1:]
}

// RolesAbove returns the roles of the elements around a node, in the page's body.
func (r Reader) RolesAbove(i int32) selectors.Roles {
	var roles selectors.Roles
	for i = r.Nodes[i].Parent; i > r.Body; i = r.Nodes[i].Parent {
		roles |= r.Nodes[i].Roles
	}
	return roles
}

// BlockOf returns the block around a node.
func (r Reader) BlockOf(i int32) int32 {
	for i = r.Nodes[i].Parent; i > r.Body && !page.IsBlock(r.Nodes[i].Node); i = r.Nodes[i].Parent {
	}
	return i
}

// LineFrom returns the text from a text node to the next block or line break, cut after
// some more than MaxDateline bytes, and the last node of it.
func (r Reader) LineFrom(i int32) (string, int32) {
	var b strings.Builder
	last := i
	for j, end := i, r.Nodes[r.BlockOf(i)].End; j < end && b.Len() <= 2*MaxDateline; j++ {
		nd := &r.Nodes[j]
		if nd.Type == html.ElementNode && (nd.Block || nd.DataAtom == atom.Br) {
			break
		}
		if nd.Opaque {
			j = nd.End - 1
			continue
		}
		if nd.Type == html.TextNode {
			b.WriteString(nd.Data)
		}
		last = j
	}
	return jsonld.Collapse(b.String()), last
}

// TextBefore returns the text right before a node, or "" where that is too far away or
// too long for a label.
func (r Reader) TextBefore(i int32) string {
	for j := i - 1; j > i-beforeNodes && j > 0; j-- {
		if r.Nodes[j].Type == html.TextNode {
			if s := jsonld.Collapse(r.Nodes[j].Data); s != "" {
				if len(s) > maxLabelLine {
					break
				}
				return AfterDate(s)
			}
		}
	}
	return ""
}

// InMetaLine reports whether a text stands in the line in which a content system tells
// day, author and section, by the class of an element of few nodes around it.
func (r Reader) InMetaLine(i int32) bool {
	for n, p := 0, r.Nodes[i].Parent; p >= 0 && n < MetaLineUp; n, p = n+1, r.Nodes[p].Parent {
		for _, a := range r.Nodes[p].Attr {
			if (a.Key == "class" || a.Key == "id") && r.Nodes[p].End-p <= LineNodes && ContainsAny(strings.ToLower(a.Val), selectors.Dates().LineClasses) {
				return true
			}
		}
	}
	return false
}

// TextSize returns the bytes of all text in node i, as they stand in the page.
func TextSize(t *page.Tree, i int32) (n int) {
	for j := i + 1; j < t.Nodes[i].End; j++ {
		if t.Nodes[j].Type == html.TextNode {
			n += len(t.Nodes[j].Data)
		}
	}
	return n
}

// IsBesideText reports whether a text stands in an inline element right behind another
// with text.
func (r Reader) IsBesideText(j int32) bool {
	p := r.Nodes[j].Parent
	if r.Nodes[p].Block || r.Nodes[p].DataAtom == atom.A || r.Nodes[p].End != j+1 {
		return false
	}
	for k := p - 1; k > r.Nodes[p].Parent; k-- {
		if nd := &r.Nodes[k]; nd.Type == html.TextNode && jsonld.Collapse(nd.Data) == "" {
			continue
		} else if nd.Type != html.TextNode {
			return false
		}
		e := r.Nodes[k].Parent
		return r.Nodes[e].Parent == r.Nodes[p].Parent && r.Nodes[e].DataAtom == r.Nodes[p].DataAtom
	}
	return false
}

// HoldsLong reports whether an element holds two paragraphs or more of more than least
// bytes, each of fewer than size nodes.
func (r Reader) HoldsLong(i int32, least int, size int32) bool {
	long := 0
	for j := i + 1; j < r.Nodes[i].End; j++ {
		if nd := &r.Nodes[j]; nd.DataAtom == atom.P && nd.End-j < size && len(r.Shown(j)) > least {
			if long++; long > 1 {
				return true
			}
			j = nd.End - 1
		}
	}
	return false
}

// TitleText returns the text of the title element, or "".
func (r Reader) TitleText() string {
	if r.TitleTag < 0 {
		return ""
	}
	// The tree's text leaves the head out; a title has one text node.
	if c := r.Nodes[r.TitleTag].FirstChild; c != nil {
		return jsonld.PlainText(c.Data)
	}
	return ""
}

// lineNodes is how many nodes the block of a line has at most.
const lineNodes = 12

// IsBlockOf reports whether a text is all that the block around node j shows.
func (r Reader) IsBlockOf(j int32, s string) bool {
	b := r.BlockOf(j)
	return r.Nodes[b].End-b <= lineNodes && r.Shown(b) == s
}

// Signs reports whether a text ends a paragraph, or follows one, as a writer's place
// and day do. After a short line it is the day of a teaser.
func (r Reader) Signs(i int32) bool {
	block := r.Nodes[i].Parent
	for block > r.Body && !page.IsBlock(r.Nodes[block].Node) {
		block = r.Nodes[block].Parent
	}
	for j := i - 1; j > r.Body && j > i-LineNodes; j-- {
		if r.Nodes[j].Type != html.TextNode || jsonld.Collapse(r.Nodes[j].Data) == "" {
			continue
		}
		return j > block && r.Nodes[block].DataAtom == atom.P || j < block && len(r.Nodes[j].Data) > MinProse
	}
	return false
}

// AfterByline reports whether an element stands right after a line such as
// "Written by Ana Ferrer": one of the three siblings before it, of few nodes.
func (r Reader) AfterByline(i int32) bool {
	p := r.Nodes[i].Parent
	for j, n := i-1, 0; j > p && n < afterSiblings; j, n = j-1, n+1 {
		for r.Nodes[j].Parent != p {
			j = r.Nodes[j].Parent
		}
		if nd := &r.Nodes[j]; nd.Type == html.ElementNode {
			return nd.End-j < maxWrittenBy && selectors.MatchPhrase(r.Tree.Text(j)).Prefix&selectors.PhraseByline != 0
		}
	}
	return false
}
