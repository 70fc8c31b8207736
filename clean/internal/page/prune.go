package page

import (
	"golang.org/x/net/html/atom"
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
	case nd.DataAtom == atom.Label:
		rule = "label"
	default:
		return ""
	}
	if t.overGuard(i) {
		return ""
	}
	return rule
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
