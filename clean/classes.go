package clean

import (
	"newsclip/selectors"
)

// classTable says for words of class and id attributes how much more often
// text under them belongs to the article than not, as log odds. It is
// learned; see package train.
type classTable struct{ odds map[string]float32 }

// classSum is what an element's own words say, and what those of its
// ancestors up to body say together.
type classSum struct{ own, min, max, sum float32 }

// classSums are the sums of a page's elements, by node.
type classSums struct {
	table *classTable
	t     *tree
	of    []classSum
	known []bool
	memo  *attrCache[float32]
}

// sums returns what c says of t's elements.
func (c *classTable) sums(t *tree) *classSums {
	return &classSums{table: c, t: t, of: make([]classSum, len(t.nodes)), known: make([]bool, len(t.nodes)), memo: new(attrCache[float32])}
}

// at returns the sum of element i. Only those that are asked for are worked
// out, and those around them: of a page's elements, fewer than half hold a
// block.
func (s *classSums) at(i int32) classSum {
	if s.known[i] {
		return s.of[i]
	}
	nd := &s.t.nodes[i]
	var sum classSum
	if nd.parent >= 0 {
		sum = s.at(nd.parent)
		sum.own = 0
	}
	for k := range nd.Attr {
		if a := &nd.Attr[k]; (a.Key == "class" || a.Key == "id") && a.Val != "" {
			sum.own += s.memo.get(a.Val, s.table.of)
		}
	}
	sum.min, sum.max = min(sum.min, sum.own), max(sum.max, sum.own)
	sum.sum += sum.own
	s.of[i], s.known[i] = sum, true
	return sum
}

func (c *classTable) of(attr string) float32 {
	var s float32
	var buf [64]byte
	for w, k := selectors.NextWord(attr, 0, buf[:0]); len(w) > 0; w, k = selectors.NextWord(attr, k, buf[:0]) {
		s += c.odds[string(w)]
	}
	return max(-6, min(6, s))
}
