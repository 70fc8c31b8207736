package page

import (
	"bytes"
	"strings"

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
	if nd.Opaque {
		return b
	}
	if i != root && (nd.Hidden || nd.Roles&selectors.Hidden != 0) {
		if t.isJoint(i) {
			return appendSpace(append(bytes.TrimRight(b, " "), strings.TrimSpace(t.Nodes[i+1].Data)...))
		}
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

// isJoint reports whether an inline element holds nothing but a sign such as the colon
// between kicker and headline, which is hidden where the eye sees the two apart.
func (t *Tree) isJoint(i int32) bool {
	nd := &t.Nodes[i]
	if nd.Block || nd.End != i+2 || t.Nodes[i+1].Type != html.TextNode {
		return false
	}
	s := strings.TrimSpace(t.Nodes[i+1].Data)
	return len(s) == 1 && strings.Contains(":,;", s)
}
