package render

import (
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// An outline is the structure of the body: which of the kept blocks, and of
// the pictures and embeds among them, stand in one paragraph, list, table or
// quotation. All three forms of the body are written from it, so that they
// agree.
type outline struct {
	parts []part // the first is the whole; a part's kids come after it
}

// A part is a box of the outline, or a line in one. Kids are linked by index,
// 0 standing for none.
type part struct {
	kind  partKind
	el    int32 // the element it stands for
	block int32 // of a line, or an index in the extras
	first int32
	last  int32
	next  int32
	prev  int32
}

type partKind uint8

const (
	partBody partKind = iota
	partPara
	partHeading
	partQuote
	partList
	partItem
	partTable
	partRow
	partCell
	partTerms // a list of definitions
	partTerm
	partMeaning
	partPre
	partLine
	partExtra
)

// An extra is a picture, an embed or a formula that stands between blocks.
type extra struct {
	node  int32 // where it stands; -1 for the head of the body
	image int   // its index in Article.Images, or -1
	embed embedded
	tex   string // of a formula that stands in no line; HTML leaves it out
}

// frame is one element around a block that the outline keeps.
type frame struct {
	kind partKind
	el   int32
}

type outliner struct {
	bd          *body.Body
	o           *outline
	data, lists body.ElementMemo
	stack       []int32 // open parts, the body first
	frames      []frame // of the block at hand, outermost first
	extras      []extra
	done        int // extras placed
}

// outlineOf builds the structure of the kept blocks. The extras are in the
// order of their nodes.
func outlineOf(bd *body.Body, extras []extra) *outline {
	w := outliner{bd: bd, o: &outline{parts: make([]part, 1, 2*len(bd.Blocks)+len(extras)+1)}, extras: extras}
	w.data = body.ElementMemo{T: bd.Tree, Is: (*page.Tree).HoldsData}
	w.lists = body.ElementMemo{T: bd.Tree, Is: (*page.Tree).IsList}
	w.o.parts[0].el = bd.Tree.Body
	w.stack = append(w.stack, 0)
	prev := -1
	for k := range bd.Blocks {
		if !bd.Verdicts[k].Keep {
			continue
		}
		w.climb(bd.Blocks[k].El)
		n := w.common()
		if w.place(n, bd.Blocks[k].From) {
			prev = -1
		}
		w.stack = w.stack[:n+1]
		for _, f := range w.frames[n:] {
			w.open(f.kind, f.el)
		}
		w.line(k, prev)
		prev = k
	}
	w.stack = w.stack[:1]
	w.place(0, int32(len(bd.Tree.Nodes)))
	return w.o
}

// climb lists the frames around el.
func (w *outliner) climb(el int32) {
	t := w.bd.Tree
	w.frames = w.frames[:0]
	below := int32(-1)
	for e := el; e > t.Body; below, e = e, t.Nodes[e].Parent {
		kind := partBody
		switch tag := t.Nodes[e].DataAtom; tag {
		case atom.Blockquote:
			kind = partQuote
		case atom.Li:
			if w.isList(t.Nodes[e].Parent) {
				kind = partItem
			}
		case atom.Ul, atom.Ol, atom.Menu:
			if below >= 0 && w.isList(e) {
				if t.Nodes[below].DataAtom == atom.Li {
					kind = partList
				} else if item := itemBefore(t, e, below); item >= 0 && w.isList(below) {
					w.frames = append(w.frames, frame{partItem, item})
					kind = partList
				}
			}
		case atom.Td, atom.Th, atom.Tr, atom.Table:
			if table := t.Within(e, atom.Table); table < 0 || !w.data.Of(table) {
				break
			}
			switch tag {
			case atom.Tr:
				kind = partRow
			case atom.Table:
				kind = partTable
			default:
				kind = partCell
			}
		case atom.Dt:
			if t.Within(e, atom.Dl) >= 0 {
				kind = partTerm
			}
		case atom.Dd:
			if t.Within(e, atom.Dl) >= 0 {
				kind = partMeaning
			}
		case atom.Dl:
			if n := len(w.frames); n > 0 && (w.frames[n-1].kind == partTerm || w.frames[n-1].kind == partMeaning) {
				kind = partTerms
			}
		case atom.Pre:
			kind = partPre
			w.frames = w.frames[:0]
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			kind = partHeading
			w.frames = w.frames[:0]
		}
		if kind != partBody {
			w.frames = append(w.frames, frame{kind, e})
		}
	}
	for a, b := 0, len(w.frames)-1; a < b; a, b = a+1, b-1 {
		w.frames[a], w.frames[b] = w.frames[b], w.frames[a]
	}
}

// maxStray is how many elements that are no items stand between a list in a list and the
// item that it belongs to, at most.
const maxStray = 8

// itemBefore returns the item of a list before node i in it, or -1. Pages write a list
// beside the item that it belongs to.
func itemBefore(t *page.Tree, list, i int32) int32 {
	for range maxStray {
		i--
		for i > list && t.Nodes[i].Parent != list {
			i = t.Nodes[i].Parent
		}
		if i <= list || t.Nodes[i].DataAtom == atom.Li {
			break
		}
	}
	if i <= list || t.Nodes[i].DataAtom != atom.Li {
		return -1
	}
	return i
}

func (w *outliner) isList(el int32) bool {
	switch w.bd.Tree.Nodes[el].DataAtom {
	case atom.Ul, atom.Ol, atom.Menu:
		return w.lists.Of(el)
	}
	return false
}

// common is how many of the frames are open already.
func (w *outliner) common() int {
	n := 0
	for n < len(w.frames) && n+1 < len(w.stack) && w.o.parts[w.stack[n+1]].el == w.frames[n].el {
		n++
	}
	return n
}

// place puts the extras before node to into the boxes that their neighbours
// share, and says whether there were any. Of n boxes, a heading, a table and a
// pre take none; between two items, they are the former's.
func (w *outliner) place(n int, to int32) (any bool) {
	for ; w.done < len(w.extras) && w.extras[w.done].node < to; w.done++ {
		x := &w.extras[w.done]
		in := 0
		for k := 1; k <= n; k++ {
			p := &w.o.parts[w.stack[k]]
			if x.node < p.el || x.node >= w.bd.Tree.Nodes[p.el].End {
				break
			}
			switch p.kind {
			case partHeading, partTable, partPre:
				n = in // nor does anything in them
				continue
			case partQuote, partItem, partMeaning:
				in = k
			case partList:
				if k == n && len(w.stack) > n+1 {
					in = k + 1
				}
			}
		}
		w.add(w.stack[in], part{kind: partExtra, el: x.node, block: int32(w.done)})
		any = true
	}
	return any
}

// line adds block k. It goes on in the paragraph of block prev where only a
// br stands between them, or where both are lines by their style alone.
func (w *outliner) line(k, prev int) {
	top := w.stack[len(w.stack)-1]
	b := &w.bd.Blocks[k]
	if kind := w.o.parts[top].kind; kind != partHeading && kind != partPre {
		last := w.o.parts[top].last
		el, styled := b.El, w.isStyledLine(k)
		if styled {
			el = w.bd.Tree.Nodes[el].Parent
		}
		if prev < 0 || prev != k-1 || (b.Brs != 1 || w.isIndented(k)) && !(styled && w.isStyledLine(prev)) || last == 0 ||
			w.o.parts[last].kind != partPara || w.o.parts[last].el != el {
			last = w.add(top, part{kind: partPara, el: el})
		}
		top = last
	}
	w.add(top, part{kind: partLine, el: b.El, block: int32(k)})
}

// isStyledLine reports whether a block is a line and no paragraph, as verse is set: a short
// text in a span that its style alone sets on a line of its own, or in a box whose class says
// that it is a line.
func (w *outliner) isStyledLine(k int) bool {
	b := &w.bd.Blocks[k]
	switch b.Tag {
	case atom.Span:
		return !page.IsLong(b)
	case atom.Div, atom.P:
		return !page.IsLong(b) && selectors.Markup().VerseLines[w.bd.Tree.Attr(b.El, "class")]
	}
	return false
}

// isIndented reports whether a block is a paragraph that old pages part from the one before
// by one line break and the white space that it begins with. Lines of verse are shorter.
func (w *outliner) isIndented(k int) bool {
	b := &w.bd.Blocks[k]
	s := strings.TrimLeft(w.bd.Tree.Nodes[b.From].Data, " \t\r\n")
	return (strings.HasPrefix(s, "\u3000") || strings.HasPrefix(s, "\u00a0\u00a0") || strings.HasPrefix(s, "\u00a0 \u00a0")) && (page.IsLong(b) || page.IsLong(&w.bd.Blocks[k-1]))
}

func (w *outliner) open(kind partKind, el int32) {
	w.stack = append(w.stack, w.add(w.stack[len(w.stack)-1], part{kind: kind, el: el}))
}

func (w *outliner) add(to int32, p part) int32 {
	i := int32(len(w.o.parts))
	p.prev = w.o.parts[to].last
	w.o.parts = append(w.o.parts, p)
	if p.prev != 0 {
		w.o.parts[p.prev].next = i
	} else {
		w.o.parts[to].first = i
	}
	w.o.parts[to].last = i
	return i
}
