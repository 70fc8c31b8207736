package page

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/text"
)

// Pruned says why the subtree of node i is never the article, or "".
//
// The guard on prose keeps a page whose article stands in a footer or a
// dialog: no rule of this stage takes away more than 30% of a page's running
// text.
func (t *Tree) Pruned(i int32) string {
	nd := &t.Nodes[i]
	if nd.shown {
		return ""
	}
	if nd.unseen != "" {
		return nd.unseen
	}
	w := nd.where
	var rule string
	switch {
	case w&InNav != 0:
		rule = "nav"
	case w&InFooter != 0:
		rule = "footer"
	case w&InDialog != 0:
		rule = "dialog"
	case nd.DataAtom == atom.Label && !opensBox(nd.Node):
		rule = "label"
	default:
		return ""
	}
	if t.overGuard(i) {
		return ""
	}
	return rule
}

// opensBox reports whether a label is the line that opens the box after it on a click: it
// names the check box before it, whose state a style shows the box by.
func opensBox(label *html.Node) bool {
	box, after := beside(label, false), beside(label, true)
	if box == nil || box.DataAtom != atom.Input || after == nil || !IsBlock(after) || after.DataAtom == atom.Label || above(label, atom.Form) != nil {
		return false
	}
	id, kind := "", ""
	for _, a := range box.Attr {
		switch a.Key {
		case "id":
			id = a.Val
		case "type":
			kind = a.Val
		}
	}
	for _, a := range label.Attr {
		if a.Key == "for" {
			return a.Val == id && id != "" && (kind == "checkbox" || kind == "radio")
		}
	}
	return false
}

// beside returns the element before or after n in its parent, nil where there is none or
// where words stand between.
func beside(n *html.Node, after bool) *html.Node {
	for {
		if after {
			n = n.NextSibling
		} else {
			n = n.PrevSibling
		}
		if n == nil || n.Type == html.ElementNode || n.Type == html.TextNode && !text.IsSpace(n.Data) {
			return n
		}
	}
}

// Show lets what stands in node i be listed as blocks, whatever the elements in and
// around it are. It is called before Blocks.
func (t *Tree) Show(i int32) {
	for j := i; j < t.Nodes[i].End; j++ {
		t.Nodes[j].shown = true
	}
	for j := t.Nodes[i].Parent; j >= 0; j = t.Nodes[j].Parent {
		t.Nodes[j].shown = true
	}
}
