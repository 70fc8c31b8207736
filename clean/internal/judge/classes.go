package judge

import (
	"hash/maphash"
	"sync"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// ClassTable says for words of class and id attributes how much more often
// text under them belongs to the article than not, as log odds. It is
// learned; see package train. It knows the words by their hashes.
type ClassTable struct{ odds text.HashSet[float32] }

var classSeed = maphash.MakeSeed()

// Set gives a word its odds.
func (c *ClassTable) Set(word string, odds float32) {
	c.odds.Set(maphash.String(classSeed, word), odds)
}

// classSum is what an element's own words say, and what those of its
// ancestors up to body say together.
type classSum struct{ own, min, max, sum float32 }

// ClassSums are the sums of a page's elements, by node.
type ClassSums struct {
	table *ClassTable
	t     *page.Tree
	of    []knownSum
}

type knownSum struct {
	classSum
	known bool
}

// oddsCaches are for class tables' answers; each says whose they are.
var oddsCaches = sync.Pool{New: func() any { return new(oddsCache) }}

type oddsCache struct {
	table *ClassTable
	page.AttrCache[float32]
}

// Begin makes s the sums of t's elements by c.
func (s *ClassSums) Begin(c *ClassTable, t *page.Tree) {
	s.table, s.t = c, t
	zeroed(&s.of, len(t.Nodes))
}

// at returns the sum of element i. Only those that are asked for are worked
// out, and those around them: of a page's elements, fewer than half hold a
// block.
func (s *ClassSums) at(i int32) classSum {
	if s.of[i].known {
		return s.of[i].classSum
	}
	memo := oddsCaches.Get().(*oddsCache)
	if memo.table != s.table {
		*memo = oddsCache{table: s.table}
	}
	sum := s.work(i, memo)
	oddsCaches.Put(memo)
	return sum
}

func (s *ClassSums) work(i int32, memo *oddsCache) classSum {
	if s.of[i].known {
		return s.of[i].classSum
	}
	nd := &s.t.Nodes[i]
	var sum classSum
	if nd.Parent >= 0 {
		sum = s.work(nd.Parent, memo)
		sum.own = 0
	}
	for k := range nd.Attr {
		if a := &nd.Attr[k]; (a.Key == "class" || a.Key == "id") && a.Val != "" {
			sum.own += memo.Get(a.Val, s.table.of)
		}
	}
	sum.min, sum.max = min(sum.min, sum.own), max(sum.max, sum.own)
	sum.sum += sum.own
	s.of[i] = knownSum{sum, true}
	return sum
}

func (c *ClassTable) of(attr string) float32 {
	var s float32
	var buf [64]byte
	for w, k := selectors.NextWord(attr, 0, buf[:0]); len(w) > 0; w, k = selectors.NextWord(attr, k, buf[:0]) {
		v, _ := c.odds.Get(maphash.Bytes(classSeed, w))
		s += v
	}
	return max(-6, min(6, s))
}
