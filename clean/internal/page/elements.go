package page

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	// cellProse is how many bytes of running text make a cell a column of a
	// layout, and itemProse an item a section of the page.
	cellProse = 700
	itemProse = 2000
)

// Within returns the nearest element of the kind around el, or el; -1 where
// there is none.
func (t *Tree) Within(el int32, tag atom.Atom) int32 {
	for el >= 0 && t.Nodes[el].DataAtom != tag {
		el = t.Nodes[el].Parent
	}
	return el
}

// NextElement returns the element right after el in its parent, or -1.
func (t *Tree) NextElement(el int32) int32 {
	for j, end := t.Nodes[el].End, t.Nodes[t.Nodes[el].Parent].End; j < end; j = t.Nodes[j].End {
		if t.Nodes[j].Type == html.ElementNode {
			return j
		}
	}
	return -1
}

// ElementBefore returns the element right before el in its parent, or -1: one that ends at
// most within nodes before it.
func (t *Tree) ElementBefore(el, within int32) int32 {
	up := t.Nodes[el].Parent
	for j := el - 1; j > up && j >= el-within; j-- {
		for t.Nodes[j].Parent != up {
			j = t.Nodes[j].Parent
		}
		if t.Nodes[j].Type == html.ElementNode {
			return j
		}
	}
	return -1
}

// EachInline calls f for the text nodes that make up a block.
func (t *Tree) EachInline(b *Block, f func(i int32)) {
	for i := b.From; i < b.To; {
		nd := &t.Nodes[i]
		switch {
		case nd.Data == "":
			i++
		case nd.Type == textNode:
			f(i)
			i++
		case IsOpaque(nd.DataAtom) || t.Pruned(i) != "":
			i = nd.End
		default:
			i++
		}
	}
}

const textNode = html.TextNode

// HoldsData tells a table of data from one that lays out a page: rows and
// columns, no table inside, and no cell that holds an article. Where no cell is
// a head, two paragraphs in one are the beginning of an article.
func (t *Tree) HoldsData(table int32) bool {
	switch t.Attr(table, "role") {
	case "presentation", "none":
		return false
	}
	rows, cols, widest, paras, most := 0, 0, 0, 0, 0
	heads := false
	for j := table + 1; j < t.Nodes[table].End; j++ {
		nd := &t.Nodes[j]
		switch nd.DataAtom {
		case atom.Table, atom.H1:
			return false // that with the headline in it lays the page out
		case atom.Tr:
			rows, cols = rows+1, 0
		case atom.Td, atom.Th:
			heads = heads || nd.DataAtom == atom.Th
			cols, paras = cols+1, 0
			widest = max(widest, cols)
			if nd.prose > cellProse {
				return false
			}
		case 0:
			if nd.Type != textNode || len(nd.Data) < proseBytes {
				break
			}
			if up := t.Nodes[nd.Parent].Node; IsBlock(up) && up.DataAtom != atom.Td {
				paras++
			} else if isAfterGap(nd.Node) {
				paras = max(paras, 1) + 1
			}
			most = max(most, paras)
		}
	}
	return rows > 1 && widest > 1 && (heads || most < 2)
}

// isAfterGap reports whether two line breaks stand right before a text.
func isAfterGap(n *html.Node) bool {
	breaks := 0
	for n = n.PrevSibling; n != nil; n = n.PrevSibling {
		switch {
		case n.DataAtom == atom.Br:
			if breaks++; breaks == 2 {
				return true
			}
		case n.Type != html.TextNode || strings.TrimSpace(n.Data) != "":
			return false
		}
	}
	return false
}

// IsList tells a list of points from one that lays out cards or sections: its
// items have no headings, no tables and no article in them.
func (t *Tree) IsList(list int32) bool { return !t.Nodes[list].sections }

// A NodeSet is a sorted list of subtrees, none within another.
type NodeSet struct{ from, to []int32 }

func (t *Tree) Set(nodes []int32) NodeSet {
	nodes = slices.Clone(nodes)
	slices.Sort(nodes)
	var s NodeSet
	for _, i := range nodes {
		if n := len(s.to); n > 0 && i < s.to[n-1] {
			continue
		}
		s.from = append(s.from, i)
		s.to = append(s.to, t.Nodes[i].End)
	}
	return s
}

// Has reports whether a block stands wholly inside one of the set's subtrees.
func (s NodeSet) Has(b *Block) bool {
	k, ok := slices.BinarySearch(s.from, b.From)
	if !ok {
		k--
	}
	return k >= 0 && b.To <= s.to[k]
}

// isCustomBox reports whether a custom element is a box. They lay out boxes far more often
// than words, but for those in a paragraph, which holds no boxes, and MathJax's in a line.
func isCustomBox(n *html.Node) bool {
	if strings.HasPrefix(n.Data, "mjx-") {
		return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "display" && a.Val == "true" })
	}
	up := n.Parent
	for up != nil && up.DataAtom == 0 && up.Type == html.ElementNode {
		up = up.Parent
	}
	return up == nil || up.DataAtom != atom.P
}
