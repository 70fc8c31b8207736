package page

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	// maxNumberNodes bounds the nodes of a column of line numbers.
	maxNumberNodes = 4096
	// maxNumberDepth bounds the elements between a line's number and the pre
	// or the table's row in which it stands.
	maxNumberDepth = 8
)

// isLineNumber reports whether an element has nothing but the numbers of lines
// of code: its class says so, it stands in code and cannot be selected, or it is
// a pre of consecutive numbers beside another in one row of a table.
func isLineNumber(n *html.Node, byClass, unselectable bool) bool {
	switch {
	case byClass:
		return len(numbersIn(n)) > 0
	case unselectable:
		return n.DataAtom != atom.Pre && above(n, atom.Pre) != nil && len(numbersIn(n)) > 0
	case n.DataAtom != atom.Pre:
		return false
	}
	cell := above(n, atom.Td)
	if cell == nil || !besideCode(cell) {
		return false
	}
	numbers := numbersIn(n)
	for k := 1; k < len(numbers); k++ {
		if numbers[k] != numbers[k-1]+1 {
			return false
		}
	}
	return len(numbers) > 0
}

// numbersIn returns the numbers under n, nil where anything else stands there.
func numbersIn(n *html.Node) []int {
	var numbers []int
	left := maxNumberNodes
	var walk func(*html.Node) bool
	walk = func(n *html.Node) bool {
		if left--; left < 0 {
			return false
		}
		if n.Type == html.TextNode {
			for w := range strings.FieldsSeq(n.Data) {
				v, err := strconv.Atoi(strings.TrimRight(w, ".:"))
				if err != nil {
					return false
				}
				numbers = append(numbers, v)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if !walk(c) {
				return false
			}
		}
		return true
	}
	if !walk(n) {
		return nil
	}
	return numbers
}

// besideCode reports whether another cell of a cell's row has a pre or code.
func besideCode(cell *html.Node) bool {
	for c := cell.Parent.FirstChild; c != nil; c = c.NextSibling {
		if c == cell {
			continue
		}
		for j, down := c.FirstChild, 0; j != nil && down < maxNumberDepth; j, down = j.FirstChild, down+1 {
			for j.Type == html.TextNode && j.NextSibling != nil {
				j = j.NextSibling
			}
			if j.DataAtom == atom.Pre || j.DataAtom == atom.Code {
				return true
			}
		}
	}
	return false
}

// above returns the nearest element of the kind around n, or nil.
func above(n *html.Node, tag atom.Atom) *html.Node {
	up := 0
	for n = n.Parent; n != nil && up < maxNumberDepth; n, up = n.Parent, up+1 {
		if n.DataAtom == tag {
			return n
		}
	}
	return nil
}
