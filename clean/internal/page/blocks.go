package page

import (
	"bytes"
	mathbits "math/bits"
	"slices"
	"sort"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// A Block is a run of text that stands on lines of its own: what is between
// two edges of block elements, or two br. It is the unit that sweep keeps or
// removes.
type Block struct {
	Text string // white space collapsed
	El   int32  // nearest block element around it
	From int32  // first text node
	To   int32  // one past its last node
	Brs  int32  // br's between the block before and this one, in the same element

	Words       int32
	LinkWords   int32
	BoldWords   int32
	ItalicWords int32
	Small       bool
	Links       int32
	Sents       int32    // sentence ends
	Sig         uint32   // of the tags and classes of el, its parent and grandparent
	Path        uint32   // of the tags and classes of el and all elements around it
	Hash        uint64   // of the folded words: equal for blocks that say the same
	Toks        []uint64 // of each word, as EachWord gives them
	Spelling    text.Spelling
	Where       Where // kinds of element around it
	Tag         atom.Atom

	RoleDepth [RoleCount]int16 // depth of the nearest element with the role, 0 for none

	phrases selectors.PhraseMatch // see Phrases
	matched bool
}

// Phrases returns which phrases of furniture a block is or begins with. Several stages ask
// for them, and they are matched once.
func (b *Block) Phrases() selectors.PhraseMatch {
	if !b.matched {
		b.phrases, b.matched = selectors.MatchPhrase(b.Text), true
	}
	return b.phrases
}

// Say gives a block its text and what is read of it, and returns toks with the text's
// words appended.
func (b *Block) Say(said string, toks []uint64) []uint64 {
	from := len(toks)
	b.Text, b.matched = said, false
	b.Hash, b.Words, b.Sents, b.Spelling, toks = text.ReadWords(said, toks)
	b.Toks = toks[from:len(toks):len(toks)]
	b.LinkWords = min(b.LinkWords, b.Words)
	return toks
}

const RoleCount = 32

// Where is a set of kinds of element that stand around a block.
type Where uint32

const (
	InArticle Where = 1 << iota
	InMain
	InAside
	InNav
	InFooter
	InHeader
	InFigure
	InFigcaption
	InForm
	InTable
	InList
	InOrdered
	InQuote
	InDetails
	InButton
	InLink
	InHidden
	InLabel
	InDialog
	InPre
	InItemprop // itemprop=ArticleBody
	InStreamed
	InCustom
)

// Blocks lists the page's blocks in document order. They hold until the tree is
// released.
func (t *Tree) Blocks() []Block {
	l := blockLists.Get().(*blockList)
	w := blockWalk{t: t, out: l.blocks, toks: l.toks}
	if len(t.Nodes) > largeNodes {
		w.room()
	}
	if len(t.Nodes) > 0 {
		var c context
		c.el = t.Body
		w.walk(t.Body, &c)
		w.flush()
	}
	t.noteAnswers(w.out)
	l.blocks, l.toks = w.out, w.toks
	t.listed = l
	return w.out
}

// largeNodes is the size from which on a page's nodes, blocks and words are counted
// before room is made for them: growing step by step copies them all, and
// small pages are used to the room of the one before.
const largeNodes = 20_000

// room makes room for about as many blocks and words as the page has.
func (w *blockWalk) room() {
	texts, bytes := 0, 0
	for i := range w.t.Nodes {
		if nd := &w.t.Nodes[i]; nd.Type == html.TextNode && nd.Parent >= 0 && !w.t.Nodes[nd.Parent].Opaque && !text.IsSpace(nd.Data) {
			texts++
			bytes += len(nd.Data)
		}
	}
	w.out = slices.Grow(w.out, texts)
	w.toks = slices.Grow(w.toks, bytes/text.WordBytes)
}

// A blockList is the memory of a page's blocks and of their words.
type blockList struct {
	blocks []Block
	toks   []uint64
}

// blockLists are cleared and empty.
var blockLists = sync.Pool{New: func() any {
	return &blockList{make([]Block, 0, 256), make([]uint64, 0, 4096)}
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
	where         Where
	link          bool
	bold          bool
	italic, small bool
	tag           atom.Atom
	sigs          [3]uint32
	path          uint32
}

type blockWalk struct {
	t   *Tree
	out []Block
	cur Block
	// open is set while cur has text that is not filed yet.
	open bool
	buf  []byte
	toks []uint64 // of all blocks
	// RoleDepth is that of a block which would begin here.
	roleDepth [RoleCount]int16
	brs       int32
	inLinks   bool
}

func (w *blockWalk) walk(i int32, c *context) {
	nd := &w.t.Nodes[i]
	if nd.Type == html.TextNode {
		w.text(i, c)
		return
	}
	if nd.Opaque {
		if nd.DataAtom == atom.Math && w.open {
			w.buf = append(w.buf, w.t.shownMath(i)...)
		}
		return
	}
	if nd.DataAtom == atom.Br {
		w.flush()
		w.brs++
		return
	}
	if w.t.Pruned(i) != "" {
		if nd.Block {
			w.flush()
		}
		return
	}
	cc := *c
	cc.where |= nd.where
	if nd.where&InAside != 0 && w.t.Nodes[w.t.Body].prose < 2*nd.prose && w.t.holdsH1(i) {
		cc.where = cc.where&^InAside | c.where&InAside // the page's main column, whatever its name
	}
	if nd.DataAtom == 0 && strings.Contains(nd.Data, "-") {
		cc.where |= InCustom
	}
	if uint32(nd.Roles) != 0 {
		outer := w.roleDepth
		for rs := uint32(nd.Roles); rs != 0; rs &= rs - 1 {
			w.roleDepth[mathbits.TrailingZeros32(rs)] = int16(nd.Depth)
		}
		defer func() { w.roleDepth = outer }()
	}
	switch nd.DataAtom {
	case atom.A:
		cc.link = !isTarget(nd)
		w.inLinks = false
	case atom.B, atom.Strong:
		cc.bold = true
	case atom.I, atom.Em, atom.Cite:
		cc.italic = true
	case atom.Small, atom.Time, atom.Sup:
		cc.small = true
	}
	if !nd.Block {
		for j := i + 1; j < nd.End; j = w.t.Nodes[j].End {
			w.walk(j, &cc)
		}
		return
	}
	cc.el, cc.tag = i, nd.DataAtom
	cc.sigs[2], cc.sigs[1] = cc.sigs[1], cc.sigs[0]
	cc.sigs[0] = nd.Sig
	cc.path = (cc.path ^ nd.Sig) * text.HashPrime32
	w.flush()
	w.brs = 0
	for j := i + 1; j < nd.End; j = w.t.Nodes[j].End {
		w.walk(j, &cc)
	}
	w.flush()
	w.brs = 0
}

// whereOf says what kind of element one is by itself.
func whereOf(nd *Node) Where {
	var v Where
	switch nd.DataAtom {
	case atom.Article:
		v = InArticle
	case atom.Main:
		v = InMain
	case atom.Aside:
		v = InAside
	case atom.Nav:
		v = InNav
	case atom.Footer:
		if up := nd.Node.Parent; up == nil || up.DataAtom != atom.Blockquote {
			v = InFooter // else it names whom the quotation is of
		}
	case atom.Header:
		v = InHeader
	case atom.Figure:
		v = InFigure
	case atom.Figcaption:
		v = InFigcaption
	case atom.Form:
		v = InForm
	case atom.Table:
		v = InTable
	case atom.Ul:
		v = InList
	case atom.Ol:
		v = InList | InOrdered
	case atom.Blockquote, atom.Q:
		v = InQuote
	case atom.Details:
		v = InDetails
	case atom.Button:
		v = InButton
	case atom.A:
		v = InLink
	case atom.Label:
		v = InLabel
	case atom.Dialog:
		v = InDialog
	case atom.Pre, atom.Code:
		v = InPre
	}
	// The models were fitted with what is kept from screen readers as hidden.
	if nd.Hidden || nd.ariaHidden && nd.DataAtom != atom.Div && nd.DataAtom != atom.Section {
		v |= InHidden
	}
	if nd.Roles&selectors.Streamed != 0 {
		v |= InStreamed
	}
	for k := range nd.Attr {
		switch nd.Attr[k].Key {
		case "role":
			switch nd.Attr[k].Val {
			case "main":
				v |= InMain
			case "navigation", "menu", "menubar":
				v |= InNav
			case "complementary":
				v |= InAside
			case "contentinfo":
				v |= InFooter
			case "dialog", "alertdialog":
				v |= InDialog
			case "button":
				v |= InButton
			case "article":
				v |= InArticle
			}
		case "itemprop":
			if strings.Contains(nd.Attr[k].Val, "articleBody") {
				v |= InItemprop
			}
		}
	}
	return v
}

func (w *blockWalk) text(i int32, c *context) {
	s := w.t.Nodes[i].Data
	if !w.open {
		if text.IsSpace(s) {
			return
		}
		w.cur = Block{El: c.el, From: i, Brs: w.brs, Where: c.where, Tag: c.tag, RoleDepth: w.roleDepth,
			Sig: c.sigs[0] ^ c.sigs[1]*31 ^ c.sigs[2]*961, Path: c.path}
		w.cur.Small = true
		w.brs = 0
		w.open = true
		w.buf = w.buf[:0]
	} else if c.where&InLink == 0 {
		w.cur.Where &^= InLink
	}
	if w.cur.To == 0 || !text.IsSpace(s) {
		w.cur.To = i + 1 // the space after an element in the block is not in the element
	}
	var n int32 // needed only where a share of the block's words is
	if c.link || c.bold || c.italic || IsHeading(c.tag) {
		n = text.CountWords(s)
	}
	if c.link {
		w.cur.LinkWords += n
		if !w.inLinks {
			w.cur.Links++
			w.inLinks = true
		}
	}
	if c.bold || IsHeading(c.tag) {
		w.cur.BoldWords += n
	}
	if c.italic {
		w.cur.ItalicWords += n
	}
	if !c.small {
		w.cur.Small = false
	}
	w.buf = AppendCollapsed(w.buf, s)
}

func (w *blockWalk) flush() {
	if !w.open {
		return
	}
	w.open = false
	if said := bytes.TrimSpace(w.buf); len(said) > 0 {
		w.toks = w.cur.Say(string(said), w.toks)
		w.out = append(w.out, w.cur)
	}
}

func IsHeading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// holdsH1 reports whether an h1 stands in an element.
func (t *Tree) holdsH1(i int32) bool {
	k, _ := slices.BinarySearch(t.Headings, i)
	for ; k < len(t.Headings) && t.Headings[k] < t.Nodes[i].End; k++ {
		if t.Nodes[t.Headings[k]].DataAtom == atom.H1 {
			return true
		}
	}
	return false
}

// isTarget reports whether an a is no link, but a place in the page that links lead to: it
// has a name and nothing else, or not even that.
func isTarget(nd *Node) bool {
	for k := range nd.Attr {
		if key := nd.Attr[k].Key; key != "name" && key != "id" {
			return false
		}
	}
	return true
}

const longWords = 18 // of a block that reads like a paragraph

func IsLong(b *Block) bool {
	return b.Words >= longWords && b.LinkWords*3 < b.Words && b.Where&(InNav|InFooter|InButton|InForm|InDialog) == 0
}

func HeadingLevel(a atom.Atom) float32 {
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

// WordOverlap returns the share of a short block's words that are in the set.
func WordOverlap(b *Block, set *text.HashSet[struct{}]) float32 {
	if set.N == 0 || len(b.Text) > 400 {
		return 0
	}
	var hit int32
	for _, h := range b.Toks {
		if set.Has(h) {
			hit++
		}
	}
	return text.Share(hit, int32(len(b.Toks)))
}

// BlocksIn returns where the blocks that begin in element i stand among those of the page,
// the last one past them.
func (t *Tree) BlocksIn(bs []Block, i int32) (first, last int) {
	at := func(node int32) int { // without a copy of a block for each comparison
		return sort.Search(len(bs), func(k int) bool { return bs[k].From >= node })
	}
	return at(i), at(t.Nodes[i].End)
}
