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

func (c *classTable) sums(t *tree) []classSum {
	out := make([]classSum, len(t.nodes))
	memo := make(map[string]float32, 256)
	for i := range t.nodes {
		nd := &t.nodes[i]
		var s classSum
		if nd.parent >= 0 {
			s = out[nd.parent]
			s.own = 0
		}
		for k := range nd.Attr {
			a := &nd.Attr[k]
			if a.Key != "class" && a.Key != "id" {
				continue
			}
			v, ok := memo[a.Val]
			if !ok {
				v = c.of(a.Val)
				memo[a.Val] = v
			}
			s.own += v
		}
		s.min, s.max = min(s.min, s.own), max(s.max, s.own)
		s.sum += s.own
		out[i] = s
	}
	return out
}

func (c *classTable) of(attr string) float32 {
	var s float32
	for _, w := range selectors.Words(attr) {
		s += c.odds[w]
	}
	return max(-6, min(6, s))
}
