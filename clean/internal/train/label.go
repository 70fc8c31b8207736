package main

import (
	"strings"

	"newsclip/clean/internal/corpus"
)

// label marks the block's words that the truth has, in its order, and sets words
// and y.
func (s *sample) label() {
	var a, b []int
	ids := map[string]int{}
	id := func(w string) int {
		w = strings.ToLower(w)
		n, ok := ids[w]
		if !ok {
			n = len(ids)
			ids[w] = n
		}
		return n
	}
	for k := range s.blocks {
		w := corpus.TruthWords(s.blocks[k].Text)
		s.words = append(s.words, w)
		for _, x := range w {
			a = append(a, id(x))
		}
	}
	for _, x := range s.truth {
		b = append(b, id(x))
	}
	hit := make([]bool, len(a))
	lcs(a, b, 0, hit)
	s.y = make([]float32, len(s.blocks))
	k := 0
	for j, w := range s.words {
		n := 0
		for range w {
			if hit[k] {
				n++
			}
			k++
		}
		if len(w) > 0 {
			s.y[j] = float32(n) / float32(len(w))
		}
	}
}

// lcs sets hit, from off on, for the words of a that a longest common
// subsequence with b has (Myers, An O(ND) difference algorithm and its
// variations, 1986, with its refinement to linear space).
func lcs(a, b []int, off int, hit []bool) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		hit[off] = true
		a, b, off = a[1:], b[1:], off+1
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		hit[off+len(a)-1] = true
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 || len(b) == 0 {
		return
	}
	x, y, u, v := middle(a, b)
	if x == 0 && y == 0 || u == len(a) && v == len(b) && x == u && y == v {
		return
	}
	for k := x; k < u; k++ {
		hit[off+k] = true
	}
	lcs(a[:x], b[:y], off, hit)
	lcs(a[u:], b[v:], off+u, hit)
}

// middle returns the middle snake of a shortest edit from a to b: a run of
// common words, from a[x], b[y] to a[u], b[v], in the midst of the path.
func middle(a, b []int) (x, y, u, v int) {
	n, m := len(a), len(b)
	most := (n+m+1)/2 + 1
	fw, bw := make([]int, 2*most+2), make([]int, 2*most+2)
	delta := n - m
	for d := 0; d <= most; d++ {
		for k := -d; k <= d; k += 2 {
			var x int
			if k == -d || k != d && fw[most+k-1] < fw[most+k+1] {
				x = fw[most+k+1]
			} else {
				x = fw[most+k-1] + 1
			}
			y := x - k
			x0, y0 := x, y
			for x < n && y < m && x >= 0 && y >= 0 && a[x] == b[y] {
				x++
				y++
			}
			fw[most+k] = x
			if delta&1 != 0 && k >= delta-(d-1) && k <= delta+(d-1) && x+bw[most+delta-k] >= n {
				return x0, y0, x, y
			}
		}
		for k := -d; k <= d; k += 2 {
			var x int
			if k == -d || k != d && bw[most+k-1] < bw[most+k+1] {
				x = bw[most+k+1]
			} else {
				x = bw[most+k-1] + 1
			}
			y := x - k
			x0, y0 := x, y
			for x < n && y < m && x >= 0 && y >= 0 && a[n-1-x] == b[m-1-y] {
				x++
				y++
			}
			bw[most+k] = x
			if delta&1 == 0 && delta-k >= -d && delta-k <= d && x+fw[most+delta-k] >= n {
				return n - x, m - y, n - x0, m - y0
			}
		}
	}
	return 0, 0, 0, 0
}
