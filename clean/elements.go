package clean

import (
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	// cellProse is how many bytes of running text make a cell a column of a
	// layout, and itemProse an item a section of the page.
	cellProse = 700
	itemProse = 2000
)

// within returns the nearest element of the kind around el, or el; -1 where
// there is none.
func (t *tree) within(el int32, tag atom.Atom) int32 {
	for el >= 0 && t.nodes[el].DataAtom != tag {
		el = t.nodes[el].parent
	}
	return el
}

// eachInline calls f for the text nodes that make up a block.
func (t *tree) eachInline(b *block, f func(i int32)) {
	for i := b.from; i < b.to; {
		nd := &t.nodes[i]
		switch {
		case nd.Data == "":
			i++
		case nd.Type == textNode:
			f(i)
			i++
		case isOpaque(nd.DataAtom) || t.pruned(i) != "":
			i = nd.end
		default:
			i++
		}
	}
}

const textNode = html.TextNode

// holdsData tells a table of data from one that lays out a page: rows and
// columns, no table inside, and no cell that holds an article. Where no cell is
// a head, two paragraphs in one are the beginning of an article.
func (t *tree) holdsData(table int32) bool {
	switch t.attr(table, "role") {
	case "presentation", "none":
		return false
	}
	rows, cols, widest, paras, most := 0, 0, 0, 0, 0
	heads := false
	for j := table + 1; j < t.nodes[table].end; j++ {
		nd := &t.nodes[j]
		switch nd.DataAtom {
		case atom.Table:
			return false
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
			if up := t.nodes[nd.parent].Node; nd.Type == textNode && len(nd.Data) >= proseBytes && isBlock(up) && up.DataAtom != atom.Td {
				paras++
				most = max(most, paras)
			}
		}
	}
	return rows > 1 && widest > 1 && (heads || most < 2)
}

// isList tells a list of points from one that lays out cards or sections: its
// items have no headings, no tables and no article in them.
func (t *tree) isList(list int32) bool {
	for j := list + 1; j < t.nodes[list].end; j++ {
		nd := &t.nodes[j]
		if isHeading(nd.DataAtom) || nd.DataAtom == atom.Table || nd.DataAtom == atom.Li && nd.prose > itemProse {
			return false
		}
	}
	return true
}

// A nodeSet is a sorted list of subtrees, none within another.
type nodeSet struct{ from, to []int32 }

func (t *tree) set(nodes []int32) nodeSet {
	nodes = slices.Clone(nodes)
	slices.Sort(nodes)
	var s nodeSet
	for _, i := range nodes {
		if n := len(s.to); n > 0 && i < s.to[n-1] {
			continue
		}
		s.from = append(s.from, i)
		s.to = append(s.to, t.nodes[i].end)
	}
	return s
}

// has reports whether a block stands wholly inside one of the set's subtrees.
func (s nodeSet) has(b *block) bool {
	k, ok := slices.BinarySearch(s.from, b.from)
	if !ok {
		k--
	}
	return k >= 0 && b.to <= s.to[k]
}
