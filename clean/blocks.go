package clean

import (
	"bytes"
	mathbits "math/bits"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// A block is a run of text that stands on lines of its own: what is between
// two edges of block elements, or two br. It is the unit that sweep keeps or
// removes.
type block struct {
	text string // white space collapsed
	el   int32  // nearest block element around it
	from int32  // first text node
	to   int32  // one past its last node
	brs  int32  // br's between the block before and this one, in the same element

	words       int32
	linkWords   int32
	boldWords   int32
	italicWords int32
	small       bool
	links       int32
	sents       int32    // sentence ends
	sig         uint32   // of the tags and classes of el, its parent and grandparent
	path        uint32   // of the tags and classes of el and all elements around it
	hash        uint64   // of the folded words: equal for blocks that say the same
	toks        []uint64 // of each word, as eachWord gives them
	spelling    spelling
	where       where // kinds of element around it
	tag         atom.Atom

	roleDepth [roleCount]int16 // depth of the nearest element with the role, 0 for none
}

const roleCount = 32

// where is a set of kinds of element that stand around a block.
type where uint32

const (
	inArticle where = 1 << iota
	inMain
	inAside
	inNav
	inFooter
	inHeader
	inFigure
	inFigcaption
	inForm
	inTable
	inList
	inOrdered
	inQuote
	inDetails
	inButton
	inLink
	inHidden
	inLabel
	inDialog
	inPre
	inItemprop // itemprop=articleBody
	inStreamed
	inCustom
)

// blocks lists the page's blocks in document order. They hold until the tree is
// released.
func (t *tree) blocks() []block {
	l := blockLists.Get().(*blockList)
	w := blockWalk{t: t, out: l.blocks, toks: l.toks}
	if len(t.nodes) > largeNodes {
		w.room()
	}
	if len(t.nodes) > 0 {
		var c context
		c.el = t.body
		w.walk(t.body, &c)
		w.flush()
	}
	l.blocks, l.toks = w.out, w.toks
	t.listed = l
	return w.out
}

// largeNodes is the size from which on a page's blocks and words are counted
// before room is made for them: growing step by step copies them all, and
// small pages are used to the room of the one before.
const largeNodes = 20_000

// room makes room for about as many blocks and words as the page has.
func (w *blockWalk) room() {
	texts, bytes := 0, 0
	for i := range w.t.nodes {
		if nd := &w.t.nodes[i]; nd.Type == html.TextNode && nd.parent >= 0 && !w.t.nodes[nd.parent].opaque && !isSpace(nd.Data) {
			texts++
			bytes += len(nd.Data)
		}
	}
	w.out = slices.Grow(w.out, texts)
	w.toks = slices.Grow(w.toks, bytes/wordBytes)
}

// A blockList is the memory of a page's blocks and of their words.
type blockList struct {
	blocks []block
	toks   []uint64
}

// blockLists are cleared and empty.
var blockLists = sync.Pool{New: func() any {
	return &blockList{make([]block, 0, 256), make([]uint64, 0, 4096)}
}}

// maxPooledBlocks and maxPooledWords are what a list may have room for to be
// used again; a larger one would stay for the sake of one page.
const (
	maxPooledBlocks = 1 << 12
	maxPooledWords  = 1 << 15
)

// release gives the list back for another page's.
func (l *blockList) release() {
	if cap(l.blocks) > maxPooledBlocks || cap(l.toks) > maxPooledWords {
		return
	}
	clear(l.blocks)
	l.blocks, l.toks = l.blocks[:0], l.toks[:0]
	blockLists.Put(l)
}

// context is what the elements around a text say of it, but for their roles,
// which few elements have: those are in blockWalk.
type context struct {
	el            int32
	where         where
	link          bool
	bold          bool
	italic, small bool
	tag           atom.Atom
	sigs          [3]uint32
	path          uint32
}

type blockWalk struct {
	t   *tree
	out []block
	cur block
	// open is set while cur has text that is not filed yet.
	open bool
	buf  []byte
	toks []uint64 // of all blocks
	// roleDepth is that of a block which would begin here.
	roleDepth [roleCount]int16
	brs       int32
	inLinks   bool
}

func (w *blockWalk) walk(i int32, c *context) {
	nd := &w.t.nodes[i]
	if nd.Type == html.TextNode {
		w.text(i, c)
		return
	}
	if nd.opaque {
		return
	}
	if nd.DataAtom == atom.Br {
		w.flush()
		w.brs++
		return
	}
	if w.t.pruned(i) != "" {
		if nd.block {
			w.flush()
		}
		return
	}
	cc := *c
	cc.where |= nd.where
	if nd.DataAtom == 0 && strings.Contains(nd.Data, "-") {
		cc.where |= inCustom
	}
	if uint32(nd.roles) != 0 {
		outer := w.roleDepth
		for rs := uint32(nd.roles); rs != 0; rs &= rs - 1 {
			w.roleDepth[mathbits.TrailingZeros32(rs)] = int16(nd.depth)
		}
		defer func() { w.roleDepth = outer }()
	}
	switch nd.DataAtom {
	case atom.A:
		cc.link = true
		w.inLinks = false
	case atom.B, atom.Strong:
		cc.bold = true
	case atom.I, atom.Em, atom.Cite:
		cc.italic = true
	case atom.Small, atom.Time, atom.Sup:
		cc.small = true
	}
	if !nd.block {
		for j := i + 1; j < nd.end; j = w.t.nodes[j].end {
			w.walk(j, &cc)
		}
		return
	}
	cc.el, cc.tag = i, nd.DataAtom
	cc.sigs[2], cc.sigs[1] = cc.sigs[1], cc.sigs[0]
	cc.sigs[0] = nd.sig
	cc.path = (cc.path ^ nd.sig) * 16777619
	w.flush()
	w.brs = 0
	for j := i + 1; j < nd.end; j = w.t.nodes[j].end {
		w.walk(j, &cc)
	}
	w.flush()
	w.brs = 0
}

// whereOf says what kind of element one is by itself.
func whereOf(nd *node) where {
	var v where
	switch nd.DataAtom {
	case atom.Article:
		v = inArticle
	case atom.Main:
		v = inMain
	case atom.Aside:
		v = inAside
	case atom.Nav:
		v = inNav
	case atom.Footer:
		v = inFooter
	case atom.Header:
		v = inHeader
	case atom.Figure:
		v = inFigure
	case atom.Figcaption:
		v = inFigcaption
	case atom.Form:
		v = inForm
	case atom.Table:
		v = inTable
	case atom.Ul:
		v = inList
	case atom.Ol:
		v = inList | inOrdered
	case atom.Blockquote, atom.Q:
		v = inQuote
	case atom.Details:
		v = inDetails
	case atom.Button:
		v = inButton
	case atom.A:
		v = inLink
	case atom.Label:
		v = inLabel
	case atom.Dialog:
		v = inDialog
	case atom.Pre, atom.Code:
		v = inPre
	}
	if nd.hidden {
		v |= inHidden
	}
	if nd.roles&selectors.Streamed != 0 {
		v |= inStreamed
	}
	for k := range nd.Attr {
		switch nd.Attr[k].Key {
		case "role":
			switch nd.Attr[k].Val {
			case "main":
				v |= inMain
			case "navigation", "menu", "menubar":
				v |= inNav
			case "complementary":
				v |= inAside
			case "contentinfo":
				v |= inFooter
			case "dialog", "alertdialog":
				v |= inDialog
			case "button":
				v |= inButton
			case "article":
				v |= inArticle
			}
		case "itemprop":
			if strings.Contains(nd.Attr[k].Val, "articleBody") {
				v |= inItemprop
			}
		}
	}
	return v
}

func (w *blockWalk) text(i int32, c *context) {
	s := w.t.nodes[i].Data
	if !w.open {
		if isSpace(s) {
			return
		}
		w.cur = block{el: c.el, from: i, brs: w.brs, where: c.where, tag: c.tag, roleDepth: w.roleDepth,
			sig: c.sigs[0] ^ c.sigs[1]*31 ^ c.sigs[2]*961, path: c.path}
		w.cur.small = true
		w.brs = 0
		w.open = true
		w.buf = w.buf[:0]
	} else if c.where&inLink == 0 {
		w.cur.where &^= inLink
	}
	w.cur.to = i + 1
	var n int32 // needed only where a share of the block's words is
	if c.link || c.bold || c.italic || isHeading(c.tag) {
		n = countWords(s)
	}
	if c.link {
		w.cur.linkWords += n
		if !w.inLinks {
			w.cur.links++
			w.inLinks = true
		}
	}
	if c.bold || isHeading(c.tag) {
		w.cur.boldWords += n
	}
	if c.italic {
		w.cur.italicWords += n
	}
	if !c.small {
		w.cur.small = false
	}
	w.buf = appendCollapsed(w.buf, s)
}

func (w *blockWalk) flush() {
	if !w.open {
		return
	}
	w.open = false
	b := &w.cur
	b.text = string(bytes.TrimSpace(w.buf))
	if b.text == "" {
		return
	}
	from := len(w.toks)
	b.hash, b.words, b.sents, b.spelling, w.toks = readWords(b.text, w.toks)
	b.toks = w.toks[from:len(w.toks):len(w.toks)]
	if b.linkWords > b.words {
		b.linkWords = b.words
	}
	w.out = append(w.out, *b)
}

func isHeading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

const longWords = 18 // of a block that reads like a paragraph

func isLong(b *block) bool {
	return b.words >= longWords && b.linkWords*3 < b.words && b.where&(inNav|inFooter|inButton|inForm|inDialog) == 0
}

func headingLevel(a atom.Atom) float32 {
	switch a {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}

// wordOverlap returns the share of a short block's words that are in the set.
func wordOverlap(b *block, set *hashSet[struct{}]) float32 {
	if set.n == 0 || len(b.text) > 400 {
		return 0
	}
	var hit int32
	for _, h := range b.toks {
		if set.has(h) {
			hit++
		}
	}
	return share(hit, int32(len(b.toks)))
}
