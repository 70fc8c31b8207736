package page

import (
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
	nd.Node = &as
}

// isCodeLine reports whether a code element stands in a pre right beside another, as
// where each is a line.
func isCodeLine(n *html.Node) bool {
	isCode := func(n *html.Node) bool { return n != nil && n.DataAtom == atom.Code }
	return n.Parent != nil && n.Parent.DataAtom == atom.Pre && (isCode(n.PrevSibling) || isCode(n.NextSibling))
}
