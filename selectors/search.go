package selectors

import (
	"errors"
	"iter"

	"golang.org/x/net/html"
)

// maxWork is the work that all selectors together may take on a page, in units of about
// 10 ns: one or two seconds. The rules of whole sites take less than a hundredth
// of it on pages of 10,000 nodes; what takes more is quadratic in pages that were made for
// it, as //p[contains(//body, "x")] and div:has(p) are.
const maxWork = 200_000_000

// maxCopies is how many positions in the page an XPath may come to, of which the library
// may keep each, some 64 bytes, until it has the last one.
const maxCopies = 1_500_000

// errWork is the error of a selector for which the work was not enough.
var errWork = errors.New("it takes too long on this page")

// A Search is a page's tree on which selectors are tried, one after the other, and the work
// that they may still take. When there is no more, selectors find nothing; the same page
// and rules find the same each time. It is for one goroutine, and the tree must not be
// changed while a Search is used, unless [Search.Changed] is called after.
type Search struct {
	doc   *html.Node
	left  int
	wraps int        // elements that edits have made
	sizes []nodeSize // of all nodes in document order; nil before it is needed
	depth int        // of the deepest node, where sizes is not nil
	wide  int        // children of the node that has most, where sizes is not nil
	// attributes are the bytes of all attributes, where sizes is not nil.
	attributes int
}

// NewSearch returns a Search on the tree of a page.
func NewSearch(doc *html.Node) *Search { return &Search{doc: doc, left: maxWork} }

// Changed has to be called where the tree was changed.
func (s *Search) Changed() { s.sizes = nil }

// spend takes n off the work that is left, and reports whether there was so much.
func (s *Search) spend(n float64) bool {
	if n > float64(s.left) {
		s.left = 0
		return false
	}
	s.left -= int(n)
	return true
}

// A nodeSize is what looking through a node may take.
type nodeSize struct {
	nodes, text int // within it, itself included
	siblings    int // children of its parent
}

// measure fills sizes.
func (s *Search) measure() {
	if s.sizes != nil {
		return
	}
	s.depth, s.wide, s.attributes = 0, 0, 0
	var parents, children []int // of each node
	var open []int              // the nodes that the present one is in, by depth
	for n, depth := range preorder(s.doc) {
		at := len(s.sizes)
		z := nodeSize{nodes: 1}
		if n.Type == html.TextNode {
			z.text = len(n.Data)
		}
		for _, a := range n.Attr {
			s.attributes += len(a.Key) + len(a.Val)
		}
		parent := 0
		if depth > 0 {
			parent = open[depth-1]
			children[parent]++
			s.wide = max(s.wide, children[parent])
		}
		open = append(open[:depth], at)
		s.sizes, parents, children = append(s.sizes, z), append(parents, parent), append(children, 0)
		s.depth = max(s.depth, depth)
	}
	for at := len(s.sizes) - 1; at > 0; at-- {
		z, up := &s.sizes[at], &s.sizes[parents[at]]
		up.nodes, up.text = up.nodes+z.nodes, up.text+z.text
		z.siblings = children[parents[at]]
	}
	s.spend(5 * float64(len(s.sizes)))
}

// preorder yields doc and its descendants in document order, each with its depth, without
// recursion.
func preorder(doc *html.Node) iter.Seq2[*html.Node, int] {
	return func(yield func(*html.Node, int) bool) {
		depth := 0
		for n := doc; n != nil && yield(n, depth); {
			if n.FirstChild != nil {
				n, depth = n.FirstChild, depth+1
				continue
			}
			for n != doc && n.NextSibling == nil {
				n, depth = n.Parent, depth-1
			}
			if n == doc {
				return
			}
			n = n.NextSibling
		}
	}
}
