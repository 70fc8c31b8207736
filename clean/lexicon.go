package clean

import "math"

// lexicon says for words how much more often they stand in the article than
// around it, as log odds, by the hash that eachWord gives. It is learned.
type lexicon struct{ odds map[uint64]float32 }

type lexSum struct{ mean, min, max float32 }

// sum reads at most the first 60 words, which tell as much as all.
func (l *lexicon) sum(s string) lexSum {
	var r lexSum
	n := 0
	eachWord(s, func(h uint64) {
		if n >= 60 {
			return
		}
		n++
		v := l.odds[h]
		r.mean += v
		r.min, r.max = min(r.min, v), max(r.max, v)
	})
	if n > 0 {
		r.mean /= float32(math.Sqrt(float64(n)))
	}
	return r
}
