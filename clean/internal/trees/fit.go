package trees

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"
)

// Rows is what a forest learns from: one row of X, of as many columns as
// there are names, for each Y. W weighs the rows; nil weighs them alike.
type Rows struct {
	Names []string
	X     []float32 // row by row
	Y     []float32
	W     []float32
}

// Loss is what fitting makes small.
type Loss int

const (
	// Logistic is for Y of 0 to 1, answered by [Forest.Prob].
	Logistic Loss = iota
	// Squared is for any Y, answered by [Forest.Raw].
	Squared
)

// Params set how a forest is fitted.
type Params struct {
	Loss      Loss
	Trees     int
	Leaves    int     // of a tree
	Rate      float64 // of learning
	MinWeight float64 // sum of second derivatives in a leaf, at least
	L2        float64
	RowShare  float64 // of the rows that a tree sees
	ColShare  float64 // of the columns that a tree sees
	Seed      uint64
}

const maxBins = 64

// Fit learns a forest. The same rows and params give the same forest.
func Fit(d Rows, p Params) *Forest {
	nc, nr := len(d.Names), len(d.Y)
	f := &Forest{Features: d.Names}
	bins, cuts := binned(d.X, nr, nc)
	w := d.W
	if w == nil {
		w = slices.Repeat([]float32{1}, nr)
	}
	var sw, sy float64
	for i, y := range d.Y {
		sw += float64(w[i])
		sy += float64(w[i]) * float64(y)
	}
	mean := sy / sw
	if p.Loss == Logistic {
		mean = math.Log((mean + 1e-6) / (1 - mean + 1e-6))
	}
	f.bias = float32(mean)
	score := slices.Repeat([]float64{mean}, nr)
	grad, hess := make([]float32, nr), make([]float32, nr)
	rng := rand.New(rand.NewPCG(p.Seed, 1))
	all := make([]int32, 0, nr)
	for range p.Trees {
		for i := range nr {
			switch p.Loss {
			case Logistic:
				q := 1 / (1 + math.Exp(-score[i]))
				grad[i] = w[i] * float32(q-float64(d.Y[i]))
				hess[i] = w[i] * float32(max(q*(1-q), 1e-6))
			case Squared:
				grad[i] = w[i] * float32(score[i]-float64(d.Y[i]))
				hess[i] = w[i]
			}
		}
		all = all[:0]
		for i := range nr {
			if p.RowShare >= 1 || rng.Float64() < p.RowShare {
				all = append(all, int32(i))
			}
		}
		var cols []int
		for c := range nc {
			if len(cuts[c]) > 0 && (p.ColShare >= 1 || rng.Float64() < p.ColShare) {
				cols = append(cols, c)
			}
		}
		g := grower{p: p, nr: nr, bins: bins, cuts: cuts, cols: cols, grad: grad, hess: hess}
		root := g.grow(slices.Clone(all))
		start := f.add(0)
		f.roots = append(f.roots, int32(start))
		f.flatten(start, root)
		for i := range nr {
			score[i] += float64(f.values[f.leaf(start, d.X[i*nc:(i+1)*nc])])
		}
	}
	return f
}

// flatten files l at node i and its children after.
func (f *Forest) flatten(i int, l *leaf) {
	if l.left == nil {
		f.values[i] = l.value
		return
	}
	left := f.split(i, l.col, l.at)
	f.flatten(left, l.left)
	f.flatten(left+1, l.right)
}

// binned cuts each column into at most maxBins parts of like count, and says
// in which part each row is; columns come one after the other.
func binned(x []float32, nr, nc int) ([]uint8, [][]float32) {
	bins := make([]uint8, nr*nc)
	cuts := make([][]float32, nc)
	vals := make([]float32, 0, nr)
	for c := range nc {
		vals = vals[:0]
		step := max(1, nr/50000)
		for i := 0; i < nr; i += step {
			vals = append(vals, x[i*nc+c])
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
			v := x[i*nc+c]
			bins[c*nr+i] = uint8(sort.Search(len(cut), func(k int) bool { return v <= cut[k] }))
		}
	}
	return bins, cuts
}

type leaf struct {
	rows        []int32
	g, h        float64
	gain        float64
	col         int
	at          float32
	bin         uint8
	value       float32
	left, right *leaf
}

type grower struct {
	p          Params
	nr         int
	bins       []uint8
	cuts       [][]float32
	cols       []int
	grad, hess []float32
}

func (g *grower) grow(rows []int32) *leaf {
	root := g.leaf(rows)
	leaves := []*leaf{root}
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
		var lr, rr []int32
		b := g.bins[l.col*g.nr:]
		for _, r := range l.rows {
			if b[r] <= l.bin {
				lr = append(lr, r)
			} else {
				rr = append(rr, r)
			}
		}
		l.left, l.right, l.rows = g.leaf(lr), g.leaf(rr), nil
		leaves[best] = l.left
		leaves = append(leaves, l.right)
	}
	for _, l := range leaves {
		l.value = float32(-l.g / (l.h + g.p.L2) * g.p.Rate)
	}
	return root
}

func (g *grower) leaf(rows []int32) *leaf {
	l := &leaf{rows: rows}
	for _, r := range rows {
		l.g += float64(g.grad[r])
		l.h += float64(g.hess[r])
	}
	if l.h < 2*g.p.MinWeight {
		return l
	}
	base := l.g * l.g / (l.h + g.p.L2)
	var hg, hh [maxBins + 1]float64
	for _, c := range g.cols {
		n := len(g.cuts[c]) + 1
		clear(hg[:n])
		clear(hh[:n])
		b := g.bins[c*g.nr : (c+1)*g.nr]
		for _, r := range rows {
			k := b[r]
			hg[k] += float64(g.grad[r])
			hh[k] += float64(g.hess[r])
		}
		var lg, lh float64
		for k := 0; k < n-1; k++ {
			lg += hg[k]
			lh += hh[k]
			rh := l.h - lh
			if lh < g.p.MinWeight || rh < g.p.MinWeight {
				continue
			}
			rg := l.g - lg
			gain := lg*lg/(lh+g.p.L2) + rg*rg/(rh+g.p.L2) - base
			if gain > l.gain {
				l.gain, l.col, l.bin, l.at = gain, c, uint8(k), g.cuts[c][k]
			}
		}
	}
	return l
}
