package page

import (
	"strings"

	"golang.org/x/net/html"
)

// sidenoteDepth bounds the elements between a sidenote and its text.
const sidenoteDepth = 4

// inMargin returns a text with brackets where it begins or ends a sidenote: pages show
// those in the margin, beside the line in which they stand.
func (t *Tree) inMargin(i int32) *html.Node {
	n := t.Nodes[i].Node
	begins, ends := true, true
	e := n
	for up, at := 0, t.Nodes[i].Parent; up < sidenoteDepth && at >= 0 && (begins || ends); up, at = up+1, t.Nodes[at].Parent {
		begins, ends = begins && e.PrevSibling == nil, ends && e.NextSibling == nil
		if !t.Nodes[at].sidenote {
			e = t.Nodes[at].Node
			continue
		}
		as := *n
		if begins {
			as.Data = " (" + strings.TrimLeft(as.Data, " \n\t")
		}
		if ends {
			as.Data = strings.TrimRight(as.Data, " \n\t") + ")"
		}
		return &as
	}
	return n
}
