// Package fit learns forests of package trees from rows of numbers. Programs
// that only apply a forest do without it.
//
// The method is Friedman's (Greedy function approximation, 2001) with second
// derivatives and histograms as in LightGBM (Ke et al., 2017). The loss is the
// logistic one, for [trees.Forest.Prob].
package fit

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sort"

	"newsclip/clean/internal/trees"
)

// Rows is what a forest learns from: one row of X, of as many columns as
// there are names, for each Y of 0 to 1. W weighs the rows; nil weighs them
// alike.
type Rows struct {
	Names []string
	X     [][]float32
	Y     []float32
	W     []float32
}

// Params set how a forest is fitted.
type Params struct {
	Trees     int
	Leaves    int     // of a tree, at most
	Rate      float64 // of learning: the part of a tree's answer that counts
	MinWeight float64 // sum of second derivatives in a leaf, at least
	L2        float64 // added to that sum, which draws a leaf's value towards 0
	RowShare  float64 // of the rows that a tree is grown on, about; 1 for all
	ColShare  float64 // of the columns that a tree may split at
	Seed      uint64
}

// maxBins is how many values of a column are told apart, at most. A bin's
// number must fit in a byte.
const maxBins = 64

// Forest learns a forest. The same rows and params give the same forest. It
// fails where there are no rows, or not as many numbers as rows and names ask
// for.
func Forest(d Rows, p Params) (*trees.Forest, error) {
	nc, nr := len(d.Names), len(d.Y)
	switch {
	case nr == 0:
		return nil, errors.New("no rows to learn from")
	case len(d.X) != nr:
		return nil, fmt.Errorf("%d rows for %d answers", len(d.X), nr)
	case d.W != nil && len(d.W) != nr:
		return nil, fmt.Errorf("%d weights for %d rows", len(d.W), nr)
	}
	for _, row := range d.X {
		if len(row) != nc {
			return nil, fmt.Errorf("a row of %d numbers for %d columns", len(row), nc)
		}
	}
	bins, cuts := binned(d.X, nc)
	w := d.W
	if w == nil {
		w = slices.Repeat([]float32{1}, nr)
	}
	bias := startingScore(d.Y, w)
	score := slices.Repeat([]float64{bias}, nr)
	g := newGrower(p, nr, bins, cuts)
	rng := rand.New(rand.NewPCG(p.Seed, 1))
	roots := make([]*trees.Node, 0, p.Trees)
	for range p.Trees {
		for i := range nr {
			q := 1 / (1 + math.Exp(-score[i]))
			g.loss[i] = slope{w[i] * float32(q-float64(d.Y[i])), w[i] * float32(max(q*(1-q), 1e-6))}
		}
		rows, rest := g.sample(rng)
		g.cols = g.cols[:0]
		for c := range nc {
			if len(cuts[c]) > 0 && (p.ColShare >= 1 || rng.Float64() < p.ColShare) {
				g.cols = append(g.cols, c)
			}
		}
		root, leaves := g.grow(rows, rest)
		roots = append(roots, root.node())
		for _, l := range leaves {
			for _, i := range l.rows {
				score[i] += float64(l.value)
			}
			for _, i := range l.rest {
				score[i] += float64(l.value)
			}
		}
	}
	return trees.New(d.Names, float32(bias), roots)
}

// startingScore returns the log odds of the weighted mean of y.
func startingScore(y, w []float32) float64 {
	var sw, sy float64
	for i := range y {
		sw += float64(w[i])
		sy += float64(w[i]) * float64(y[i])
	}
	mean := sy / sw
	return math.Log((mean + 1e-6) / (1 - mean + 1e-6))
}

// node returns the tree that l is the root of.
func (l *leaf) node() *trees.Node {
	if l.left == nil {
		return &trees.Node{Value: l.value}
	}
	return &trees.Node{Column: l.col, At: l.at, Left: l.left.node(), Right: l.right.node()}
}

// binned cuts each column into at most maxBins parts of like count, and returns
// in which part each row is, column by column, and where the cuts are.
func binned(x [][]float32, nc int) ([]uint8, [][]float32) {
	nr := len(x)
	bins := make([]uint8, nr*nc)
	cuts := make([][]float32, nc)
	vals := make([]float32, 0, nr)
	for c := range nc {
		vals = vals[:0]
		step := max(1, nr/50000)
		for i := 0; i < nr; i += step {
			vals = append(vals, x[i][c])
		}
		slices.Sort(vals)
		u := slices.Compact(slices.Clone(vals))
		var cut []float32
		if len(u) <= maxBins {
			for k := 0; k+1 < len(u); k++ {
				cut = append(cut, (u[k]+u[k+1])/2)
			}
		} else {
			for k := 1; k < maxBins; k++ {
				v := vals[k*len(vals)/maxBins]
				if (len(cut) == 0 || v > cut[len(cut)-1]) && v < u[len(u)-1] {
					cut = append(cut, v)
				}
			}
		}
		cuts[c] = cut
		for i := range nr {
			v := x[i][c]
			bins[c*nr+i] = uint8(sort.Search(len(cut), func(k int) bool { return v <= cut[k] }))
		}
	}
	return bins, cuts
}

// A slope is what a row, or all rows of a bin, adds to the first and the second
// derivative of the loss.
type slope struct{ g, h float32 }

// size is how much a row matters for a tree.
func (s slope) size() float64 { return math.Sqrt(float64(s.g*s.g) + 0.1*float64(s.h*s.h)) }

// A sum is of slopes.
type sum struct{ g, h float64 }

func (s sum) less(o sum) sum { return sum{s.g - o.g, s.h - o.h} }

// score is what a leaf of these rows takes off the loss, twice.
func (s sum) score(l2 float64) float64 { return s.g * s.g / (s.h + l2) }

// A leaf holds rows, and the best split of them.
type leaf struct {
	rows        []int32
	rest        []int32 // rows that the tree is not grown on
	bins        []sum   // of the rows, maxBins for each column of the tree
	all         sum
	gain        float64 // of the best split; 0 where there is none
	col         int
	at          float32
	bin         uint8 // that at ends
	value       float32
	left, right *leaf // nil where it is not split
}

// A grower grows trees, one at a time.
type grower struct {
	p    Params
	nr   int
	bins []uint8
	cuts [][]float32
	cols []int   // those that the tree may split at
	loss []slope // by row
	near []slope // of a leaf's rows, side by side
	free [][]sum // room for bins

	unread [maxBins]sum // where count puts what nobody reads
}

func newGrower(p Params, nr int, bins []uint8, cuts [][]float32) *grower {
	return &grower{p: p, nr: nr, bins: bins, cuts: cuts, loss: make([]slope, nr), near: make([]slope, nr)}
}

// sample chooses the rows of a tree, and returns the others as well: the more likely the further a row's answer
// is from the truth, and with as much more weight as it is less likely, so that
// the sums stay what they are on average (Ibragimov and Gusev, Minimal variance
// sampling in stochastic gradient boosting, 2019). Rows that are answered well,
// as most are, need not be read for each tree.
func (g *grower) sample(rng *rand.Rand) (rows, rest []int32) {
	if g.p.RowShare >= 1 {
		for i := range g.nr {
			rows = append(rows, int32(i))
		}
		return rows, nil
	}
	// A row of a slope of sure or more is always taken.
	want := g.p.RowShare * float64(g.nr)
	low, high := 0.0, 0.0
	for i := range g.loss {
		high += g.loss[i].size()
	}
	high /= want
	for range 30 {
		sure, n := (low+high)/2, 0.0
		for i := range g.loss {
			n += min(1, g.loss[i].size()/sure)
		}
		if n > want {
			low = sure
		} else {
			high = sure
		}
	}
	for i := range g.loss {
		p := g.loss[i].size() / high
		if p < 1 {
			if rng.Float64() >= p {
				rest = append(rest, int32(i))
				continue
			}
			g.loss[i].g /= float32(p)
			g.loss[i].h /= float32(p)
		}
		rows = append(rows, int32(i))
	}
	return rows, rest
}

// grow splits the leaf that gains most by it, until the tree has its leaves or
// nothing is gained. It returns the root and the leaves.
func (g *grower) grow(rows, rest []int32) (root *leaf, leaves []*leaf) {
	root = &leaf{rows: rows, rest: rest, bins: g.sums(rows)}
	for _, r := range rows {
		root.all.g += float64(g.loss[r].g)
		root.all.h += float64(g.loss[r].h)
	}
	g.findSplit(root)
	leaves = []*leaf{root}
	for len(leaves) < g.p.Leaves {
		best := -1
		for k, l := range leaves {
			if l.gain > 1e-9 && (best < 0 || l.gain > leaves[best].gain) {
				best = k
			}
		}
		if best < 0 {
			break
		}
		l := leaves[best]
		g.split(l)
		leaves[best] = l.left
		leaves = append(leaves, l.right)
	}
	for _, l := range leaves {
		l.value = float32(-l.all.g / (l.all.h + g.p.L2) * g.p.Rate)
		g.free = append(g.free, l.bins)
	}
	return root, leaves
}

// split splits a leaf. The sums of the smaller part are counted, and those of
// the larger one are what is left.
func (g *grower) split(l *leaf) {
	l.left, l.right = &leaf{}, &leaf{}
	b := g.bins[l.col*g.nr:]
	l.left.rows, l.right.rows = parted(l.rows, b, l.bin)
	l.left.rest, l.right.rest = parted(l.rest, b, l.bin)
	small, large := l.left, l.right
	if len(small.rows) > len(large.rows) {
		small, large = large, small
	}
	small.bins, large.bins = g.sums(small.rows), l.bins
	for k, s := range small.bins {
		large.bins[k] = large.bins[k].less(s)
	}
	for _, r := range small.rows {
		small.all.g += float64(g.loss[r].g)
		small.all.h += float64(g.loss[r].h)
	}
	large.all = l.all.less(small.all)
	l.rows, l.rest, l.bins = nil, nil, nil
	g.findSplit(l.left)
	g.findSplit(l.right)
}

// parted parts rows, in place, by whether they are in a bin up to last. The
// order in either part is that of before.
func parted(rows []int32, bins []uint8, last uint8) (left, right []int32) {
	left = rows[:0]
	for _, r := range rows {
		if bins[r] <= last {
			left = append(left, r)
		} else {
			right = append(right, r)
		}
	}
	return left[:len(left):len(left)], right
}

// sums returns the sums of rows by column and bin.
func (g *grower) sums(rows []int32) []sum {
	var out []sum
	n := len(g.cols) * maxBins
	if k := len(g.free) - 1; k >= 0 && cap(g.free[k]) >= n {
		out, g.free = g.free[k][:n], g.free[:k]
		clear(out)
	} else {
		out = make([]sum, n, len(g.cuts)*maxBins)
	}
	near := g.near[:len(rows)]
	for k, r := range rows {
		near[k] = g.loss[r]
	}
	for k := 0; k < len(g.cols); k += abreast {
		var s [abreast]*[maxBins]sum
		var b [abreast][]uint8
		for j := range abreast {
			// Where columns are left over, the last one is counted again, for nobody.
			c := g.cols[min(k+j, len(g.cols)-1)]
			s[j], b[j] = &g.unread, g.bins[c*g.nr:(c+1)*g.nr]
			if k+j < len(g.cols) {
				s[j] = (*[maxBins]sum)(out[(k+j)*maxBins:])
			}
		}
		count(s, b, rows, near)
	}
	return out
}

// abreast is how many columns are counted at once. Additions to one bin wait for
// each other, as most rows of a column are in few bins; those to different
// columns do not.
const abreast = 4

// count adds the slopes of rows, which near has side by side, to the bins of some
// columns.
func count(s [abreast]*[maxBins]sum, b [abreast][]uint8, rows []int32, near []slope) {
	s0, s1, s2, s3 := s[0], s[1], s[2], s[3]
	b0, b1, b2, b3 := b[0], b[1], b[2], b[3]
	for k, r := range rows {
		dg, dh := float64(near[k].g), float64(near[k].h)
		x0, x1, x2, x3 := &s0[b0[r]%maxBins], &s1[b1[r]%maxBins], &s2[b2[r]%maxBins], &s3[b3[r]%maxBins]
		x0.g += dg
		x1.g += dg
		x2.g += dg
		x3.g += dg
		x0.h += dh
		x1.h += dh
		x2.h += dh
		x3.h += dh
	}
}

// findSplit finds the best split of a leaf.
func (g *grower) findSplit(l *leaf) {
	if l.all.h < 2*g.p.MinWeight {
		return
	}
	base := l.all.score(g.p.L2)
	for j, c := range g.cols {
		var left sum
		for k, at := range g.cuts[c] {
			s := l.bins[j*maxBins+k]
			left.g += s.g
			left.h += s.h
			right := l.all.less(left)
			if left.h < g.p.MinWeight || right.h < g.p.MinWeight {
				continue
			}
			gain := left.score(g.p.L2) + right.score(g.p.L2) - base
			if gain > l.gain {
				l.gain, l.col, l.bin, l.at = gain, c, uint8(k), at
			}
		}
	}
}
