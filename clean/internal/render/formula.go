package render

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
)

// maxEdgeNodes bounds the nodes before and after a block's text that are
// searched for a formula with which its line begins or ends, and the nodes around
// a formula or a footnote's mark that may belong to it.
const maxEdgeNodes = 100

// formulaAt returns the TeX of element i where it is a formula: MathML, with
// the source that converters leave in it, the script from which MathJax 2
// draws, or an image of one. display is set where it stands on a line of its own.
func formulaAt(t *page.Tree, i int32) (tex string, display bool) {
	n := t.Nodes[i].Node
	switch n.DataAtom {
	case atom.Script:
		if kind := t.Attr(i, "type"); strings.HasPrefix(kind, "math/tex") && n.FirstChild != nil {
			return strings.TrimSpace(n.FirstChild.Data), strings.Contains(kind, "mode=display")
		}
	case atom.Img:
		return t.FormulaImage(i), false
	case 0:
		if n.Type == html.ElementNode && n.Data == "d-math" { // of Distill
			return t.Text(i), slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "block" })
		}
	case atom.Math:
		tex = annotation(n)
		if tex == "" {
			tex = t.Attr(i, "alttext")
		}
		if tex == "" {
			tex = mathTeX(n)
		}
		return page.PlainTeX(tex), t.Attr(i, "display") == "block" || hasClassAbove(t, i, "katex-display")
	}
	return "", false
}

// drawsFormula reports whether element i shows a formula whose source stands
// beside it.
func drawsFormula(t *page.Tree, i int32) bool {
	for w := range strings.FieldsSeq(t.Attr(i, "class")) {
		switch w {
		case "katex-html":
			return true
		case "MathJax", "MathJax_Display", "MathJax_Preview", "MathJax_SVG":
			for n, beside := t.Nodes[i].NextSibling, 0; n != nil && beside < maxEdgeNodes; n, beside = n.NextSibling, beside+1 {
				if n.DataAtom == atom.Script {
					return true
				}
			}
		}
	}
	return false
}

func hasClassAbove(t *page.Tree, i int32, class string) bool {
	for up := 0; up < 4 && i >= 0; up, i = up+1, t.Nodes[i].Parent {
		for w := range strings.FieldsSeq(t.Attr(i, "class")) {
			if w == class {
				return true
			}
		}
	}
	return false
}

// withFormulas widens the nodes of a block to the formulas at the edges of its
// line, and reports whether there is any formula in it.
func withFormulas(t *page.Tree, b *page.Block) (from, to int32, any bool) {
	from, to = b.From, b.To
	for j := b.From - 1; j > b.El && j > b.From-maxEdgeNodes; j-- {
		nd := &t.Nodes[j]
		if nd.DataAtom == atom.Br || nd.Block && nd.End <= b.From || nd.Type == html.TextNode && !text.IsSpace(nd.Data) {
			break
		}
		if tex, _ := formulaAt(t, j); tex != "" && !inBox(t, j, b.El) {
			from = j
		}
	}
	for j := b.To; j < t.Nodes[b.El].End && j < b.To+maxEdgeNodes; j++ {
		nd := &t.Nodes[j]
		if nd.DataAtom == atom.Br || nd.Block || nd.Type == html.TextNode && !text.IsSpace(nd.Data) {
			break
		}
		if tex, _ := formulaAt(t, j); tex != "" {
			to = nd.End
		}
	}
	for j := from; j < to; j++ {
		if a := t.Nodes[j].DataAtom; a == atom.Math || a == atom.Script || a == atom.Img || a == 0 {
			if tex, _ := formulaAt(t, j); tex != "" {
				return from, to, true
			}
		}
	}
	return b.From, b.To, false
}

// inBox reports whether a formula stands in a box of its own inside element el.
func inBox(t *page.Tree, i, el int32) bool {
	for i = t.Nodes[i].Parent; i > el; i = t.Nodes[i].Parent {
		if t.Nodes[i].Block {
			return true
		}
	}
	return false
}

// annotation is the TeX that a converter has left in MathML.
func annotation(n *html.Node) string {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Data == "annotation" {
			for _, a := range c.Attr {
				if a.Key == "encoding" && strings.Contains(strings.ToLower(a.Val), "tex") && c.FirstChild != nil {
					return strings.TrimSpace(c.FirstChild.Data)
				}
			}
		}
		if c.Data == "semantics" {
			return annotation(c)
		}
	}
	return ""
}

// accents are the signs over a base that TeX has commands for.
var accents = map[string]string{"¯": `\bar`, "‾": `\overline`, "^": `\hat`, "~": `\tilde`, "→": `\vec`, "˙": `\dot`, "¨": `\ddot`}

// mathTeX writes presentation MathML as TeX. Signs stay as they are: TeX
// engines of today read them. Elements that only style are left out.
func mathTeX(n *html.Node) string {
	if n.Type == html.TextNode {
		return strings.TrimSpace(n.Data)
	}
	var kids []string
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode || strings.TrimSpace(c.Data) != "" {
			kids = append(kids, mathTeX(c))
		}
	}
	arg := func(k int) string {
		if k < len(kids) {
			return "{" + kids[k] + "}"
		}
		return "{}"
	}
	base := func() string {
		if len(kids) == 0 {
			return "{}"
		}
		if r := []rune(kids[0]); len(r) == 1 {
			return kids[0]
		}
		return arg(0)
	}
	switch n.Data {
	case "mfrac":
		return `\frac` + arg(0) + arg(1)
	case "msqrt":
		return `\sqrt{` + strings.Join(kids, " ") + "}"
	case "mroot":
		return `\sqrt[` + strings.Trim(arg(1), "{}") + "]" + arg(0)
	case "msup":
		return base() + "^" + arg(1)
	case "msub":
		return base() + "_" + arg(1)
	case "msubsup", "munderover":
		return base() + "_" + arg(1) + "^" + arg(2)
	case "munder":
		return base() + "_" + arg(1)
	case "mover":
		if len(kids) > 1 && accents[kids[1]] != "" {
			return accents[kids[1]] + arg(0)
		}
		return base() + "^" + arg(1)
	case "mtext":
		return `\text{` + strings.Join(kids, " ") + "}"
	case "mtr":
		return strings.Join(kids, " & ")
	case "mtable":
		return `\begin{matrix} ` + strings.Join(kids, ` \\ `) + ` \end{matrix}`
	case "mfenced":
		return "(" + strings.Join(kids, ", ") + ")"
	case "annotation", "annotation-xml":
		return ""
	case "mspace":
		return `\ `
	}
	return strings.Join(kids, " ")
}
