package main

import (
	"math"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// A stat sums for a word, over pages, the shares of what it stands at that are
// in the truth and that are not. Of each page both shares are 1 together.
type stat struct {
	in, out float64
	pages   int
}

// share makes the sums of one page shares.
func (s *stat) share() {
	n := s.in + s.out
	s.in /= n
	s.out /= n
}

// addStats adds the stats of a page to the total.
func addStats[W comparable](total, of map[W]*stat) {
	for w, st := range of {
		t := total[w]
		if t == nil {
			t = &stat{}
			total[w] = t
		}
		t.in += st.in
		t.out += st.out
		t.pages++
	}
}

// classCounts counts, for each word of class and id attributes, the page's
// words under it.
func classCounts(s *sample) map[string]*stat {
	t := s.tree
	in := make([]float64, len(t.Nodes))
	out := make([]float64, len(t.Nodes))
	for k := range s.blocks {
		b := &s.blocks[k]
		w := float64(b.Words)
		for e := b.El; e >= 0; e = t.Nodes[e].Parent {
			in[e] += w * float64(s.y[k])
			out[e] += w * float64(1-s.y[k])
		}
	}
	m := map[string]*stat{}
	for i := range t.Nodes {
		if in[i]+out[i] == 0 {
			continue
		}
		for _, a := range t.Nodes[i].Attr {
			if a.Key != "class" && a.Key != "id" {
				continue
			}
			var buf [64]byte
			for word, k := selectors.NextWord(a.Val, 0, buf[:0]); len(word) > 0; word, k = selectors.NextWord(a.Val, k, buf[:0]) {
				w := string(word)
				st := m[w]
				if st == nil {
					st = &stat{pages: 1}
					m[w] = st
				}
				st.in += in[i]
				st.out += out[i]
			}
		}
	}
	for _, st := range m {
		st.share()
	}
	return m
}

// Words that stand on fewer pages tell of a page and not of a habit.
const (
	minClassPages = 8
	minWordPages  = 15
)

// classOdd returns the odds of a class word that stands on st's pages but for
// own's, which may be nil: a page must be learnt from with odds that have not
// seen it. They are 0 where too few pages are left.
func classOdd(st, own *stat) float32 {
	in, out, n := st.less(own)
	if n < minClassPages {
		return 0
	}
	return float32(math.Log((in + 0.5) / (out + 0.5)))
}

// wordOdd returns the odds of a word, as classOdd does.
func wordOdd(st, own *stat) float32 {
	if st.pages < minWordPages {
		return 0
	}
	in, out, _ := st.less(own)
	return float32(math.Log((in + 1) / (out + 1)))
}

func (s *stat) less(own *stat) (in, out float64, pages int) {
	if own == nil {
		return s.in, s.out, s.pages
	}
	return s.in - own.in, s.out - own.out, s.pages - own.pages
}

// classOdds returns the odds of class words from the total of all pages.
func classOdds(total map[string]*stat) map[string]float32 {
	odds := map[string]float32{}
	for w, st := range total {
		if st.pages >= minClassPages {
			odds[w] = classOdd(st, nil)
		}
	}
	return odds
}

// lexWords is how many words of a block are counted: as many as are read when a
// page is judged.
const lexWords = 60

// wordCounts counts, for each word of the page, the blocks with it.
func wordCounts(s *sample) map[uint64]*stat {
	m := map[uint64]*stat{}
	for k := range s.blocks {
		y := float64(label01(s.y[k]))
		n := 0
		text.EachWord(s.blocks[k].Text, func(h uint64) {
			n++
			if n > lexWords {
				return
			}
			st := m[h]
			if st == nil {
				st = &stat{pages: 1}
				m[h] = st
			}
			// A block counts once per word, so that label words in short
			// lines weigh as much as they do on the page.
			w := 1 / math.Sqrt(float64(max(s.blocks[k].Words, 1)))
			st.in += y * w
			st.out += (1 - y) * w
		})
	}
	for _, st := range m {
		st.share()
	}
	return m
}

// wordOdds returns the odds of words, as classOdds does.
func wordOdds(total map[uint64]*stat) *judge.Lexicon {
	l := &judge.Lexicon{}
	for w, st := range total {
		if st.pages >= minWordPages {
			l.Odds.Set(w, wordOdd(st, nil))
		}
	}
	return l
}

// sums begins the sums of t's elements by a table of odds.
func sums(odds map[string]float32, t *page.Tree) *judge.ClassSums {
	c := new(judge.ClassTable)
	for w, v := range odds {
		c.Set(w, v)
	}
	s := new(judge.ClassSums)
	s.Begin(c, t)
	return s
}
