package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	// maxMathNodes is how many nodes a formula amid a line has at most: what has more is
	// a formula for a line of its own.
	maxMathNodes = 100
	// mathUp is how many elements around MathML may tell that it is for screen readers.
	mathUp = 3
)

// shownMath is the signs that MathML shows in a line, "" where it stands there for screen
// readers beside a drawing of the formula, or on a line of its own.
func (t *Tree) shownMath(i int32) string {
	if t.Attr(i, "display") == "block" {
		return ""
	}
	for e, up := t.Nodes[i].Parent, 0; e >= 0 && up < mathUp && !t.Nodes[e].Block; e, up = t.Nodes[e].Parent, up+1 {
		for _, part := range [...]string{"katex", "ssistive", "mwe-math", "MathJax"} {
			if strings.Contains(t.Attr(e, "class"), part) || strings.Contains(t.Nodes[e].Data, part) {
				return ""
			}
		}
		if t.Nodes[e].Hidden {
			return ""
		}
	}
	var b strings.Builder
	left := maxMathNodes
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		slash := false
		for c := n.FirstChild; c != nil && left > 0; c = c.NextSibling {
			left--
			switch {
			case c.Type == html.TextNode:
				b.WriteString(strings.TrimSpace(c.Data))
			case c.Data == "annotation" || c.Data == "annotation-xml" || c.DataAtom == atom.Script:
			default:
				walk(c)
				if n.Data == "mfrac" && !slash && c.Type == html.ElementNode {
					b.WriteByte('/')
					slash = true
				}
			}
		}
	}
	walk(t.Nodes[i].Node)
	if left <= 0 {
		return ""
	}
	return b.String()
}
