package show

import (
	"html/template"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Scrollable returns the HTML of a record, which is safe to show, with its tables
// and preformatted text in boxes that scroll sideways and can be reached by the
// keyboard. HTML that cannot be parsed is shown as its source.
func Scrollable(source string) template.HTML {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(source), body)
	if err != nil {
		return template.HTML(template.HTMLEscapeString(source))
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	var wide []*html.Node
	for n := range body.Descendants() {
		if n.Type == html.ElementNode && (n.DataAtom == atom.Table || n.DataAtom == atom.Pre) {
			wide = append(wide, n)
		}
	}
	for _, n := range wide {
		name := "Table"
		if n.DataAtom == atom.Pre {
			name = "Preformatted text"
		}
		box := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div, Attr: []html.Attribute{
			{Key: "class", Val: "scroll"}, {Key: "tabindex", Val: "0"}, {Key: "role", Val: "group"}, {Key: "aria-label", Val: name},
		}}
		n.Parent.InsertBefore(box, n)
		n.Parent.RemoveChild(n)
		box.AppendChild(n)
	}
	var out strings.Builder
	for n := range body.ChildNodes() {
		if err := html.Render(&out, n); err != nil {
			return template.HTML(template.HTMLEscapeString(source))
		}
	}
	return template.HTML(out.String())
}
