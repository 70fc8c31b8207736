package clean

import (
	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// phraseMax is how many words a block has at most that is compared with the
// phrases of furniture.
const phraseMax = 40

// A rowWalk fills the rows of a page's blocks, one after the other.
type rowWalk struct {
	*featurer
	n   int // blocks
	out []float32
	// What the whole page has.
	firstLong, lastLong int     // the first and last block that reads like a paragraph, or -1
	h1, titleAt         int     // the first h1 and the block that says the title, or -1
	lists               int32   // words in lists
	pageWords, pageLong float32 // see log1p
	// What stands before the block at hand.
	before, longBefore int32 // words
	heading            int   // the nearest heading, or -1
	nextImg            int   // index in imgs of the first image after it
}

// rows computes the base columns of every block, nAll apart.
func (f *featurer) rows() []float32 {
	if f.scratch == nil {
		f.scratch = new(scratch)
	}
	w := rowWalk{featurer: f, n: len(f.bs), firstLong: -1, lastLong: -1, heading: -1}
	w.out = zeroed(&f.out, w.n*nAll)
	w.prepare()
	for k := range f.bs {
		w.tally(k)
	}
	w.sumAreas()
	w.findTitle()
	for k := range f.bs {
		w.fill(k, &f.bs[k], w.out[k*nAll:(k+1)*nAll])
	}
	return w.out
}

// prepare makes the scratch ready for the page.
func (w *rowWalk) prepare() {
	n := w.n
	zeroed(&w.areas, len(w.t.nodes))
	zeroed(&w.items, len(w.t.nodes))
	w.sigs.room(n)
	w.paths.room(n)
	w.saids.room(n)
	w.starts.room(n)
	lex, phrase := zeroed(&w.lexes, n), zeroed(&w.phrases, n)
	zeroed(&w.holders, n)
	zeroed(&w.longs, n+1)
	for k := range w.bs {
		lex[k] = w.lex.sum(w.bs[k].toks)
		if w.bs[k].words <= phraseMax {
			phrase[k] = selectors.MatchPhrase(w.bs[k].text)
		}
	}
}

// tally counts block k for its element, its kind of box, its path, its
// beginning and its words.
func (w *rowWalk) tally(k int) {
	b := &w.bs[k]
	long := isLong(b)
	a := &w.areas[b.el]
	a.words += b.words
	a.links += b.linkWords
	w.longs[k+1] = w.longs[k]
	if long {
		a.long += b.words
		a.longN++
		w.longs[k+1]++
	}
	s := w.sigs.at(uint64(b.sig))
	s.blocks++
	s.words += b.words
	s.links += b.linkWords
	s.sents += b.sents
	ps := w.paths.at(uint64(b.path))
	ps.blocks++
	ps.words += b.words
	ps.links += b.linkWords
	if long {
		ps.long += b.words
	}
	if h := start(b); h != 0 {
		*w.starts.at(h)++
	}
	d := w.saids.at(b.hash)
	if d.times++; d.times == 1 {
		d.first = int32(k)
	}
	d.last = int32(k)
	if long {
		if w.firstLong < 0 {
			w.firstLong = k
		}
		w.lastLong = k
	}
	if b.where&inList != 0 {
		w.lists += b.words
	}
}

// sumAreas adds what stands in each element to those around it.
func (w *rowWalk) sumAreas() {
	// A node stands after those around it, so that the last one's sum is
	// complete first.
	for _, i := range w.t.imgs {
		w.areas[i].imgs++
	}
	for i := len(w.areas) - 1; i > 0; i-- {
		if a := &w.areas[i]; a.words > 0 || a.imgs > 0 {
			w.areas[w.t.nodes[i].parent].add(a)
		}
	}
	w.total = w.areas[0]
	w.pageWords, w.pageLong = log1p(w.total.words), log1p(w.total.long)
}

// findTitle finds the block that says the title, else the first h1.
func (w *rowWalk) findTitle() {
	w.h1, w.titleAt = -1, -1
	for k := range w.bs {
		if w.bs[k].tag == atom.H1 && w.h1 < 0 {
			w.h1 = k
		}
		if w.titleAt < 0 && w.signals.titles[w.bs[k].hash] && w.bs[k].words > 1 {
			w.titleAt = k
		}
	}
	if w.titleAt < 0 {
		w.titleAt = w.h1
	}
}

// fill computes the base columns of block k.
func (w *rowWalk) fill(k int, b *block, r []float32) {
	textFeatures(b, r)
	w.blockFeatures(b, r)
	w.placeFeatures(k, b, r)
	w.neighbourFeatures(k, b, r)
	w.headingFeatures(k, b, r)
	w.holderFeatures(k, b, r)
	box := w.boxFeatures(b, r)
	w.kindFeatures(b, r)
	w.nameFeatures(b, r)
	w.signalFeatures(k, b, r)
	w.pageFeatures(r)
	w.classFeatures(b, r)
	w.imageFeatures(b, box, r)
	w.listFeatures(b, r)
	w.phraseFeatures(k, r)
	w.before += b.words
}
