package page

import (
	"bytes"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// Shown returns the text under node i as text does, without what is hidden.
func (t *Tree) Shown(i int32) string {
	var arr [256]byte
	return string(bytes.Trim(t.appendShown(arr[:0], i, i), " "))
}

func (t *Tree) appendShown(b []byte, i, root int32) []byte {
	nd := &t.Nodes[i]
	if nd.Type == html.TextNode {
		return AppendCollapsed(b, nd.Data)
	}
	if nd.Opaque || i != root && (nd.Hidden || nd.Roles&selectors.Hidden != 0) {
		return b
	}
	block := nd.DataAtom == atom.Br || nd.Block
	if block {
		b = appendSpace(b)
	}
	for j := i + 1; j < nd.End; j = t.Nodes[j].End {
		b = t.appendShown(b, j, root)
	}
	if block {
		b = appendSpace(b)
	}
	return b
}
