package judge

import (
	"math"

	"newsclip/clean/internal/text"
)

// Lexicon says for words how much more often they stand in the article than
// around it, as log odds, by the hash that EachWord gives. It is learned.
type Lexicon struct{ Odds text.HashSet[float32] }

type lexSum struct{ mean, min, max float32 }

// sum reads at most the first 60 words, which tell as much as all.
func (l *Lexicon) sum(toks []uint64) lexSum {
	var r lexSum
	toks = toks[:min(len(toks), 60)]
	n := len(toks)
	for _, h := range toks {
		v, _ := l.Odds.Get(h)
		r.mean += v
		r.min, r.max = min(r.min, v), max(r.max, v)
	}
	if n > 0 {
		r.mean /= float32(math.Sqrt(float64(n)))
	}
	return r
}
