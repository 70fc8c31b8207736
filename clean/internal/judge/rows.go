package judge

import (
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// phraseMax is how many words a block has at most that is compared with the
// phrases of furniture.
const phraseMax = 40

// rowsAtOnce is the number of blocks whose rows are in memory at once while a page is
// judged, some 10 MB. Nearly all pages have fewer; the rows of others are computed
// twice, once for each model.
const rowsAtOnce = 8192

// mostKinds is how many kinds of boxes, paths and words room is made for at first.
const mostKinds = 8192

// A rowWalk fills the rows of a page's blocks, one after the other.
type rowWalk struct {
	*Featurer
	n int // blocks
	// What the whole page has.
	firstLong, lastLong int     // the first and last block that reads like a paragraph, or -1
	h1, titleAt         int     // the first h1 and the block that says the title, or -1
	lists               int32   // words in lists
	pageWords, pageLong float32 // see log1p
	main                int32   // see findMain, or -1
	mainSig             uint32
	mainFirst, mainLast int
	host                string
	// What stands before the block at hand.
	before, longBefore int32 // words
	heading            int   // the nearest heading, or -1
	nextImg            int   // index in imgs of the first image after it
}

// Rows computes the base columns of every block, NAll apart.
func (f *Featurer) Rows() []float32 { return f.walk().rows(0, len(f.Bs)) }

// walk gathers what the rows of the page share.
func (f *Featurer) walk() *rowWalk {
	if f.scratch == nil {
		f.scratch = new(scratch)
	}
	w := &rowWalk{Featurer: f, n: len(f.Bs), firstLong: -1, lastLong: -1, heading: -1}
	w.prepare()
	for k := range f.Bs {
		w.tally(k)
	}
	w.sumAreas()
	w.findTitle()
	w.findBoxes()
	w.findSpans()
	w.findMain()
	w.host = hostOf(w.T)
	return w
}

// rows returns the base columns of the blocks from one up to another. They come in the
// order of the page, and the rows before are overwritten.
func (w *rowWalk) rows(from, to int) []float32 {
	out := zeroed(&w.out, (to-from)*NAll)
	for k := from; k < to; k++ {
		w.fill(k, &w.Bs[k], out[(k-from)*NAll:(k-from+1)*NAll])
	}
	return out
}

// restart goes back to the first block.
func (w *rowWalk) restart() {
	w.before, w.longBefore, w.heading, w.nextImg = 0, 0, -1, 0
	for k := range w.Bs {
		w.sigs.At(uint64(w.Bs[k].Sig)).seen = 0
	}
}

// prepare makes the scratch ready for the page.
func (w *rowWalk) prepare() {
	n := w.n
	zeroed(&w.Areas, len(w.T.Nodes))
	zeroed(&w.items, len(w.T.Nodes))
	// The sets grow where there are more kinds than that: blocks have few.
	kinds := min(n, mostKinds)
	w.sigs.Room(kinds)
	w.paths.Room(kinds)
	w.saids.Room(kinds)
	w.starts.Room(kinds)
	lex, phrase := zeroed(&w.lexes, n), zeroed(&w.phrases, n)
	zeroed(&w.holders, n)
	zeroed(&w.longs, n+1)
	for k := range w.Bs {
		lex[k] = w.Lex.sum(w.Bs[k].Toks)
	}
	matchPhrases(w.Bs, phrase)
}

// matchPhrases sets, for each block that is short enough, the phrases that it says.
func matchPhrases(bs []page.Block, phrases []selectors.PhraseMatch) {
	for k := range bs {
		if bs[k].Words <= phraseMax {
			phrases[k] = bs[k].Phrases()
		}
	}
}

// tally counts block k for its element, its kind of box, its path, its
// beginning and its words.
func (w *rowWalk) tally(k int) {
	b := &w.Bs[k]
	long := page.IsLong(b)
	a := &w.Areas[b.El]
	a.Words += b.Words
	a.links += b.LinkWords
	w.longs[k+1] = w.longs[k]
	if long {
		a.Long += b.Words
		a.longN++
		w.longs[k+1]++
	}
	s := w.sigs.At(uint64(b.Sig))
	s.blocks++
	s.words += b.Words
	s.links += b.LinkWords
	s.sents += b.Sents
	ps := w.paths.At(uint64(b.Path))
	ps.blocks++
	ps.Words += b.Words
	ps.links += b.LinkWords
	if long {
		ps.Long += b.Words
	}
	if h := start(b); h != 0 {
		*w.starts.At(h)++
	}
	d := w.saids.At(b.Hash)
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
	if b.Where&page.InList != 0 {
		w.lists += b.Words
	}
}

// sumAreas adds what stands in each element to those around it.
func (w *rowWalk) sumAreas() {
	// A node stands after those around it, so that the last one's sum is
	// complete first.
	for _, i := range w.T.Imgs {
		w.Areas[i].imgs++
	}
	for i := len(w.Areas) - 1; i > 0; i-- {
		if a := &w.Areas[i]; a.Words > 0 || a.imgs > 0 {
			w.Areas[w.T.Nodes[i].Parent].add(a)
		}
	}
	w.Total = w.Areas[0]
	w.pageWords, w.pageLong = log1p(w.Total.Words), log1p(w.Total.Long)
}

// findTitle finds the block that says the title, else the first h1.
func (w *rowWalk) findTitle() {
	w.h1, w.titleAt = -1, -1
	for k := range w.Bs {
		if w.Bs[k].Tag == atom.H1 && w.h1 < 0 {
			w.h1 = k
		}
		if w.titleAt < 0 && w.Signals.Titles[w.Bs[k].Hash] && w.Bs[k].Words > 1 {
			w.titleAt = k
		}
	}
	if w.titleAt < 0 {
		w.titleAt = w.h1
	}
}

// fill computes the base columns of block k.
func (w *rowWalk) fill(k int, b *page.Block, r []float32) {
	textFeatures(b, r)
	w.blockFeatures(b, r)
	w.placeFeatures(k, b, r)
	w.neighbourFeatures(k, b, r)
	w.headingFeatures(k, b, r)
	w.holderFeatures(k, b, r)
	box := w.boxFeatures(k, b, r)
	w.kindFeatures(b, r)
	w.nameFeatures(b, r)
	w.signalFeatures(k, b, r)
	w.pageFeatures(r)
	w.classFeatures(b, r)
	w.imageFeatures(b, box, r)
	w.listFeatures(b, r)
	w.phraseFeatures(k, r)
	w.mainFeatures(k, b, r)
	w.spanFeatures(k, r)
	w.linkFeatures(b, r)
	markFeatures(b, r)
	w.before += b.Words
}
