package page

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// noteCode makes a pre of a div that shows code, and a div of a pre that is one line in
// it: some highlighters write code in these. What a player says of itself is no text.
func (nd *Node) noteCode(marks selectors.ClassMarks) {
	as := *nd.Node
	switch {
	case marks&selectors.Controls != 0:
		nd.Opaque = true
		return
	case marks&selectors.CodeLine != 0 && nd.DataAtom == atom.Pre && above(nd.Node, atom.Pre) == nil:
		as.DataAtom, as.Data = atom.Div, "div"
	case marks&selectors.Code != 0 && nd.DataAtom == atom.Div && above(nd.Node, atom.Pre) == nil:
		as.DataAtom, as.Data = atom.Pre, "pre"
	default:
		return
	}
	nd.set(&as)
}

// setAsWritten makes a pre of a code element of several lines that its style shows as they
// stand in the source, alone in its box.
func (nd *Node) setAsWritten(style string) {
	if !strings.Contains(bare(style), "white-space:pre") || above(nd.Node, atom.Pre) != nil || !isAlone(nd.Node) {
		return
	}
	for c := nd.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode && strings.Contains(strings.TrimSpace(c.Data), "\n") {
			as := *nd.Node
			as.DataAtom, as.Data = atom.Pre, "pre"
			nd.set(&as)
			nd.Block = true
			return
		}
	}
}

// isAlone reports whether an element is all that a block element has.
func isAlone(n *html.Node) bool {
	isSpace := func(n *html.Node) bool {
		return n == nil || n.Type == html.TextNode && strings.TrimSpace(n.Data) == "" && (n.PrevSibling == nil || n.NextSibling == nil)
	}
	return n.Parent != nil && IsBlock(n.Parent) && isSpace(n.PrevSibling) && isSpace(n.NextSibling)
}

// isByCode reports whether an element stands in a pre right before or after a code element:
// a line of code where it is one itself, and where it is a link one that runs the code.
func isByCode(n *html.Node) bool {
	isCode := func(n *html.Node) bool { return n != nil && n.DataAtom == atom.Code }
	return n.Parent != nil && n.Parent.DataAtom == atom.Pre && (isCode(n.PrevSibling) || isCode(n.NextSibling))
}

// isPhrase reports whether an inline element that a class sets on a line of its own is one of
// words: no link, which such a class makes a larger place to click on, and no large first
// letter.
func isPhrase(n *html.Node) bool {
	switch n.DataAtom {
	case atom.B, atom.Em, atom.I, atom.Small, atom.Span, atom.Strong:
		first := n.FirstChild
		return first == nil || first.Type != html.TextNode || first.NextSibling != nil || utf8.RuneCountInString(first.Data) > 1
	}
	return false
}
