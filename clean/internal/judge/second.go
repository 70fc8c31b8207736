package judge

import (
	"math"

	"newsclip/clean/internal/page"
)

// nearWords is how many words a block has at least that is a neighbour worth
// looking for: shorter ones are labels.
const nearWords = 10

// add adds a block of the given weight and the first model's answer for it.
func (m *mass) add(p, weight float32) {
	m.pw += p * weight
	m.w += weight
}

// ratio is the mean answer of the first model, 0 where there is none.
func (m mass) ratio() float32 {
	if m.w == 0 {
		return 0
	}
	return m.pw / m.w
}

// A secondWalk fills the columns that stand on the first model's answers.
type secondWalk struct {
	*Featurer
	n       int
	p       []float32 // the first model's answers
	all     float32   // of p, weighed
	before  float32   // of p before the block at hand, weighed
	heading int       // the nearest heading before it, or -1
}

// Doubt is the answer of the first model from which on the second one is asked.
// On publishers held out from training it kept none of 168,000 blocks below,
// three quarters of all.
const Doubt = 0.02

// Blend makes one answer of both models': the mean of their log odds. Where they
// differ, either is right about as often.
func Blend(first, second float32) float32 {
	odds := func(p float32) float64 { return math.Log((float64(p) + 1e-5) / (1 - float64(p) + 1e-5)) }
	return float32(1 / (1 + math.Exp(-(odds(first)+odds(second))/2)))
}

// Second fills the columns that stand on the first model's answers p, for the
// blocks with an answer over [Doubt].
func (f *Featurer) Second(out, p []float32) { f.secondWalk(p).fill(0, len(f.Bs), out) }

// secondWalk gathers what the columns of the page share.
func (f *Featurer) secondWalk(p []float32) *secondWalk {
	w := &secondWalk{Featurer: f, n: len(f.Bs), p: p, heading: -1}
	w.sum()
	w.findLong()
	w.findPaths()
	return w
}

// fill fills the rows of the blocks from one up to another. They come in the order of
// the page.
func (w *secondWalk) fill(from, to int, rows []float32) {
	for k := from; k < to; k++ {
		if w.p[k] <= Doubt {
			w.pass(k)
			continue
		}
		r := rows[(k-from)*NAll : (k-from+1)*NAll]
		r[sPathPrev], r[sPathNext] = w.prevPath[k], w.nextPath[k]
		w.aroundAnswers(k, r)
		w.boxAnswers(k, r)
		w.headingAnswers(k, r)
		w.depthAnswers(k, r)
		w.spanAnswers(k, r)
		r[sPage] = w.all / (float32(w.Total.Words) + 1)
		w.pass(k)
	}
}

// pass goes on to the block after k.
func (w *secondWalk) pass(k int) {
	w.before += w.p[k] * w.weights[k]
	if page.IsHeading(w.Bs[k].Tag) {
		w.heading = k
	}
}

// sum adds the answers up by element, kind of box and path.
func (w *secondWalk) sum() {
	masses := zeroed(&w.masses, len(w.T.Nodes))
	wt := zeroed(&w.weights, w.n)
	for k := range w.Bs {
		b := &w.Bs[k]
		wt[k] = float32(b.Words) + 1
		m := w.p[k] * wt[k]
		for e := b.El; e >= 0; e = w.T.Nodes[e].Parent {
			masses[e].pw += m
			masses[e].w += wt[k]
		}
		s := &w.sigs.At(uint64(b.Sig)).mass
		s.pw += m
		s.w += wt[k]
		ps := &w.paths.At(uint64(b.Path)).mass
		ps.pw += m
		ps.w += wt[k]
		for kind := range spanKinds {
			s := w.span(k, kind)
			s.p.pw += m
			s.p.w += wt[k]
			s.max = max(s.max, w.p[k])
		}
		w.all += m
	}
}

// spanAnswers are the mean answers for the runs, the section, the group and the
// box that a block stands in, without the block's own.
func (w *secondWalk) spanAnswers(k int, r []float32) {
	for j, kind := range [...]int{spanRun, spanLinks, spanSection, spanList, spanBox} {
		s := w.span(k, kind)
		if kind == spanList && w.groups[k] < 0 {
			r[sRun+j] = -1
			continue
		}
		r[sRun+j] = mass{s.p.pw - w.p[k]*w.weights[k], s.p.w - w.weights[k]}.ratio()
	}
	s := w.span(k, spanBox)
	r[sBoxHead] = w.p[s.first]
	r[sRunMax] = w.span(k, spanSection).max
}

// findLong notes the answers for the nearest blocks of nearWords or more on
// either side of each.
func (w *secondWalk) findLong() {
	prevLong, nextLong := zeroed(&w.prevLong, w.n), zeroed(&w.nextLong, w.n)
	v := float32(0)
	for k := range w.Bs {
		prevLong[k] = v
		if w.Bs[k].Words >= nearWords {
			v = w.p[k]
		}
	}
	v = 0
	for k := w.n - 1; k >= 0; k-- {
		nextLong[k] = v
		if w.Bs[k].Words >= nearWords {
			v = w.p[k]
		}
	}
}

// findPaths notes the answers for the neighbours of each block on the same path.
func (w *secondWalk) findPaths() {
	prev, next := zeroed(&w.prevPath, w.n), zeroed(&w.nextPath, w.n)
	for k := range w.Bs {
		ps := w.paths.At(uint64(w.Bs[k].Path))
		prev[k] = ps.p
		ps.p = w.p[k]
	}
	for k := range w.Bs {
		w.paths.At(uint64(w.Bs[k].Path)).p = 0
	}
	for k := w.n - 1; k >= 0; k-- {
		ps := w.paths.At(uint64(w.Bs[k].Path))
		next[k] = ps.p
		ps.p = w.p[k]
	}
}

// at is the answer for block k, 0 beyond the page's ends.
func (w *secondWalk) at(k int) float32 {
	if k < 0 || k >= w.n {
		return 0
	}
	return w.p[k]
}

// aroundAnswers are the answers for the block and those before and after it.
func (w *secondWalk) aroundAnswers(k int, r []float32) {
	r[sOwn] = w.p[k]
	r[sPrev1], r[sPrev2], r[sPrev3] = w.at(k-1), w.at(k-2), w.at(k-3)
	r[sNext1], r[sNext2], r[sNext3] = w.at(k+1), w.at(k+2), w.at(k+3)
	r[sPrevLong], r[sNextLong] = w.prevLong[k], w.nextLong[k]
	var a, bf, af mass
	for j := max(0, k-6); j < min(w.n, k+7); j++ {
		if j == k {
			continue
		}
		a.add(w.p[j], w.weights[j])
		if j < k {
			bf.add(w.p[j], w.weights[j])
		} else {
			af.add(w.p[j], w.weights[j])
		}
	}
	r[sAround], r[sBefore], r[sAfter] = a.ratio(), bf.ratio(), af.ratio()
	r[sMassBefore] = w.before / (w.all + 1)
	r[sMassAfter] = (w.all - w.before - w.p[k]*w.weights[k]) / (w.all + 1)
}

// boxAnswers are the mean answers for the boxes around a block, for its kind
// of box and for its path, without the block's own.
func (w *secondWalk) boxAnswers(k int, r []float32) {
	b := &w.Bs[k]
	par, grand := w.holders[k][0], w.holders[k][1]
	box := b.El
	for e := b.El; e >= 0; e = w.T.Nodes[e].Parent {
		if w.masses[e].pw*10 >= w.all*3 {
			break
		}
		box = e
	}
	less := func(s mass) mass { return mass{s.pw - w.p[k]*w.weights[k], s.w - w.weights[k]} }
	r[sParent], r[sGrand], r[sBox] = less(w.masses[par]).ratio(), less(w.masses[grand]).ratio(), less(w.masses[box]).ratio()
	r[sParentMass], r[sGrandMass] = w.masses[par].pw/(w.all+1), w.masses[grand].pw/(w.all+1)
	r[sSig] = less(w.sigs.At(uint64(b.Sig)).mass).ratio()
	pm := w.paths.At(uint64(b.Path)).mass
	r[sPath], r[sPathMass] = less(pm).ratio(), pm.pw/(w.all+1)
}

// headingAnswers are the answer for the heading over a block and, where the
// block is one itself, those for what it heads.
func (w *secondWalk) headingAnswers(k int, r []float32) {
	b := &w.Bs[k]
	r[sHead] = -1
	if w.heading >= 0 {
		r[sHead] = w.p[w.heading]
	}
	if !page.IsHeading(b.Tag) && (b.BoldWords != b.Words || b.Words >= 16) {
		r[sHeadUnder], r[sHeadNext] = -1, -1
		return
	}
	var s mass
	for j := k + 1; j < min(w.n, k+12) && !page.IsHeading(w.Bs[j].Tag); j++ {
		s.add(w.p[j], w.weights[j])
	}
	r[sHeadUnder] = s.ratio()
	r[sHeadNext] = w.at(k + 1)
}

// depthAnswers are how many elements up from a block half and nine tenths of
// what the first model takes for the article stand.
func (w *secondWalk) depthAnswers(k int, r []float32) {
	u50, u90 := float32(40), float32(40)
	for e, u := w.Bs[k].El, float32(0); e >= 0; e, u = w.T.Nodes[e].Parent, u+1 {
		if u50 == 40 && w.masses[e].pw*2 >= w.all {
			u50 = u
			r[sBestMass] = w.masses[e].ratio()
		}
		if w.masses[e].pw*10 >= w.all*9 {
			u90 = u
			break
		}
	}
	r[sUp50], r[sUp90] = u50, u90
}
