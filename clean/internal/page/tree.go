package page

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// A Tree is a page's nodes in document order, in one slice, so that every
// stage after parse reads arrays instead of walking pointers. A subtree is the
// range [i, nodes[i].end).
type Tree struct {
	Page  *Page
	Nodes []Node

	// Where the things that metadata and images ask for stand.
	Metas    []int32 // meta
	Links    []int32 // link
	JSONLD   []int32 // script type=application/ld+json, and meta script:ld+json, as Remix writes it
	Headings []int32 // h1 to h6
	Times    []int32 // time
	Anchors  []int32 // a
	Imgs     []int32 // img, amp-img, picture>source is read from its picture
	Figures  []int32 // figure, amp-story and the like
	Itemprop []int32 // any element with itemprop
	Itemtype []int32 // any element with itemtype
	Styles   []int32 // style
	TitleTag int32   // head's title, or -1
	Body     int32   // body, or 0
	Lang     string  // html's lang

	unseen    []int32 // see noteUnseen
	sidenotes bool    // a node has sidenote

	lined map[string]bool // classes that the page's style shows with the line feeds of their text

	listed *blockList // what blocks returned last
}

type Node struct {
	*html.Node
	// Type and DataAtom are the Node's, at hand for those who go through all nodes: see set.
	Type     html.NodeType
	DataAtom atom.Atom
	Parent   int32 // -1 for the root
	End      int32 // one past the last node of the subtree
	Depth    int32
	// prose is how many bytes of running text stand in the subtree: texts of
	// proseBytes or more, outside links.
	prose int32
	// where is what kind of element it is by itself, sig a hash of its tag and
	// class: alike for boxes of one kind.
	where Where
	Sig   uint32
	// classes has the bits of the element's classes: see classBit.
	classes uint64
	// roles are what class and id say of the element itself.
	Roles selectors.Roles
	// hidden is set for an element that a browser would not show, and not
	// for what stands inside it.
	Hidden bool
	// ariaHidden is set for an element that is kept from screen readers, which
	// tells nothing of whether it is shown.
	ariaHidden bool
	// narrow is set for an element whose class or style hides it or leaves it to narrow
	// screens, and for a tooltip.
	narrow bool
	// sidenote is set for an inline element that is shown in the margin.
	sidenote bool
	// lined is set for an element whose style shows the line feeds of its text.
	lined bool
	// shown is set for an element that is not pruned, whatever it is: see
	// [Tree.Show].
	shown bool
	// sections is set for an element in which something stands that no list of points
	// holds: see [Tree.IsList].
	sections bool
	// block and opaque are what IsBlock and IsOpaque say of an element.
	Block, Opaque bool
	// unseen is why an inline element is no part of its line, or "".
	unseen string
}

// set sets what the tree shows in the place of nd.
func (nd *Node) set(n *html.Node) { nd.Node, nd.Type, nd.DataAtom = n, n.Type, n.DataAtom }

// proseBytes is the length from which a text node is taken for a part of a
// sentence and not for a label.
const proseBytes = 60

// NewTree lists the nodes of a page. Comments, doctypes and what stands inside
// of scripts and the like are left out.
func NewTree(p *Page) *Tree {
	t := &Tree{Page: p, TitleTag: -1}
	t.Nodes = *nodeSlices.Get().(*[]Node)
	said := attrCaches.Get().(*attrCache)
	t.fill(p.Doc.Nodes[0], said)
	attrCaches.Put(said)
	t.markUnseen()
	return t
}

// An attrCache remembers what the attributes of earlier elements say.
type attrCache struct {
	words  AttrCache[attrWords]
	tokens AttrCache[tokenWords]
	styles AttrCache[styleWords]
}

// attrWords are what a class or id attribute says: roles, and for class the
// part of a sig and whether it marks line numbers.
type attrWords struct {
	roles   selectors.Roles
	sig     uint32
	numbers bool // it has a word for line numbers
	hides   bool // it has a word by which an inline element is not shown on a wide screen
	marks   selectors.ClassMarks
	classes uint64 // see classBit
}

// tokenWords are what a token of such an attribute says: pages of other sites have many of
// them, too.
type tokenWords struct {
	roles selectors.Roles
	marks selectors.ClassMarks
}

func tokenWordsOf(token string) tokenWords {
	return tokenWords{selectors.RolesOf(token), selectors.Markup().MarksOf(token)}
}

// wordsOf hashes the attribute with FNV-1a. Digits do not count: post-1234 and
// post-1235 are one kind of box.
func (said *attrCache) wordsOf(attr string) attrWords {
	h := uint32(text.HashStart32)
	for k := 0; k < len(attr); k++ {
		if c := attr[k]; c < '0' || c > '9' {
			h = (h ^ uint32(c)) * text.HashPrime32
		}
	}
	var classes uint64
	var roles selectors.Roles
	var marks selectors.ClassMarks
	for token, rest := selectors.CutToken(attr); token != ""; token, rest = selectors.CutToken(rest) {
		classes |= classBit(token)
		w := said.tokens.Get(token, tokenWordsOf)
		roles |= w.roles
		marks |= w.marks
	}
	return attrWords{roles, h, marks&selectors.LineNumbers != 0, marks&(selectors.Hides|selectors.Shows) == selectors.Hides, marks, classes}
}

var (
	attrCaches = sync.Pool{New: func() any { return new(attrCache) }}
	// nodeSlices are cleared and empty.
	nodeSlices = sync.Pool{New: func() any { s := make([]Node, 0, 4096); return &s }}
)

// MaxPooledNodes is how many nodes a slice may have room for to be used again;
// larger ones would stay for the sake of one page.
const MaxPooledNodes = 1 << 16

// Release gives the tree's nodes and blocks back for another page's. Neither
// can be used after.
func (t *Tree) Release() {
	if t.listed != nil {
		t.listed.release()
		t.listed = nil
	}
	nodes := t.Nodes
	t.Nodes = nil
	if nodes != nil && cap(nodes) <= MaxPooledNodes {
		clear(nodes)
		nodes = nodes[:0]
		nodeSlices.Put(&nodes)
	}
}

// fill lists root and what stands in it.
func (t *Tree) fill(n *html.Node, said *attrCache) {
	parent, depth := int32(-1), int32(0)
	for {
		i := int32(len(t.Nodes))
		if i == largeNodes {
			t.Nodes = slices.Grow(t.Nodes, countNodes(t.Page.Doc.Nodes[0])-largeNodes)
		}
		t.Nodes = append(t.Nodes, Node{Node: n, Type: n.Type, DataAtom: n.DataAtom, Parent: parent, Depth: depth})
		var child *html.Node
		switch n.Type {
		case html.TextNode:
			if len(n.Data) >= proseBytes {
				t.Nodes[i].prose = int32(len(n.Data))
			}
			if n.Parent != nil && n.Parent.DataAtom == atom.Q {
				t.Nodes[i].set(inQuotes(n, t.Lang))
			}
			if t.sidenotes && !text.IsSpace(n.Data) {
				t.Nodes[i].set(t.inMargin(i))
			}
			if parent >= 0 && t.Nodes[parent].lined {
				i = t.breakLines(i, said)
			}
		case html.ElementNode:
			if n.DataAtom == atom.Img || n.DataAtom == atom.Textarea {
				t.Nodes[i].set(shownAs(n))
			}
			if t.Nodes[i].Type == html.ElementNode {
				t.note(i, said)
			}
			if !t.Nodes[i].Opaque || n.DataAtom == atom.Head {
				child = listed(n.FirstChild)
			}
		default:
			child = listed(n.FirstChild)
		}
		if child != nil {
			n, parent, depth = child, i, depth+1
			continue
		}
		for {
			t.close(i)
			if i == 0 {
				return
			}
			parent = t.Nodes[i].Parent
			if next := listed(n.NextSibling); next != nil {
				n = next
				break
			}
			n, i, depth = n.Parent, parent, depth-1
		}
	}
}

// countNodes returns the number of nodes under root that the tree may list.
func countNodes(root *html.Node) (count int) {
	for n := root; ; {
		count++
		if child := listed(n.FirstChild); child != nil {
			n = child
			continue
		}
		for n != root && listed(n.NextSibling) == nil {
			n = n.Parent
		}
		if n == root {
			return count
		}
		n = listed(n.NextSibling)
	}
}

// listed returns the first of n and the siblings after it that the tree lists.
func listed(n *html.Node) *html.Node {
	for n != nil && n.Type != html.ElementNode && n.Type != html.TextNode {
		n = n.NextSibling
	}
	return n
}

// close settles what is known of node i once all that stands in it is listed.
func (t *Tree) close(i int32) {
	nd := &t.Nodes[i]
	nd.End = int32(len(t.Nodes))
	if nd.DataAtom == atom.A || nd.DataAtom == atom.Head {
		nd.prose = 0
	} else if nd.Parent >= 0 {
		t.Nodes[nd.Parent].prose += nd.prose
	}
	if nd.Parent >= 0 && (nd.sections || nd.DataAtom == atom.Li && nd.prose > itemProse) {
		t.Nodes[nd.Parent].sections = true
	}
}

// note reads an element's attributes once and files its index.
func (t *Tree) note(i int32, said *attrCache) {
	nd := &t.Nodes[i]
	nd.Block, nd.Opaque = IsBlock(nd.Node), IsOpaque(nd.DataAtom)
	if (nd.DataAtom == atom.Code || nd.DataAtom == atom.A) && isByCode(nd.Node) {
		nd.Block, nd.Opaque = true, nd.DataAtom == atom.A
	}
	numbers, unselectable := false, false
	for k := range nd.Attr {
		a := &nd.Attr[k]
		switch a.Key {
		case "class", "id":
			if a.Val == "" {
				continue
			}
			w := said.words.Get(a.Val, said.wordsOf)
			nd.Roles |= w.roles
			if a.Key == "class" {
				nd.Sig = nd.Sig*31 + w.sig
				nd.classes = w.classes
				numbers = numbers || w.numbers
				nd.narrow = nd.narrow || w.hides
				if w.marks&(selectors.Code|selectors.CodeLine|selectors.Controls) != 0 {
					nd.noteCode(w.marks)
				} else if a.Val == "toolbar" && nd.Parent >= 0 && t.Nodes[nd.Parent].DataAtom == atom.Pre {
					nd.Opaque = true // of a highlighter
				}
				nd.sidenote = w.marks&selectors.Sidenote != 0
				nd.Block = nd.Block || w.marks&selectors.Line != 0 && isPhrase(nd.Node)
				nd.lined = nd.lined || w.marks&selectors.KeepsLines != 0 || t.lined != nil && t.isLined(a.Val)
			}
			if a.Key == "id" && !nd.Block && explains(nd.Node, a.Val) {
				nd.narrow = true
			}
			if a.Key == "id" && strings.HasPrefix(a.Val, "S:") {
				// React streams finished content in hidden boxes named S:0,
				// S:1, … and moves it in place by script.
				nd.Roles |= selectors.Streamed
			}
		case "data-testid", "data-component", "data-qa":
			// Scripts that make up their classes tell in these what an element is.
			if a.Val != "" {
				nd.Roles |= said.words.Get(a.Val, said.wordsOf).roles & (selectors.Byline | selectors.Date)
			}
		case "hidden", "popover":
			nd.Hidden = true
		case "aria-hidden":
			nd.ariaHidden = a.Val == "true"
		case "style":
			if a.Val == "" {
				continue
			}
			w := said.styles.Get(a.Val, styleWordsOf)
			nd.Hidden = nd.Hidden || w.hides
			nd.narrow = nd.narrow || w.fades
			nd.lined = nd.lined || w.lined
			nd.Block = nd.Block && !(w.inline && (nd.DataAtom == atom.Div || nd.DataAtom == atom.P) || w.inlineBlock && nd.DataAtom == atom.Div && t.inHeading(nd.Parent)) || w.block
			if nd.DataAtom == atom.Code {
				nd.setAsWritten(a.Val)
			}
			unselectable = w.unselectable
		case "role":
			nd.narrow = nd.narrow || a.Val == "tooltip"
			if a.Val == "heading" && (nd.DataAtom == atom.Div || nd.DataAtom == atom.P) {
				nd.set(headingAs(nd.Node))
			}
		case "placeholder", "fallback":
			// AMP shows these boxes until it has what they stand for, or where it has it not.
			if nd.DataAtom != 0 && nd.Parent >= 0 && strings.HasPrefix(t.Nodes[nd.Parent].Data, "amp-") {
				nd.Opaque = true
			}
		case "subscriptions-section":
			nd.Opaque = nd.Opaque || a.Val == "content-not-granted" // AMP shows it in the place of the text
		case "itemprop":
			t.Itemprop = append(t.Itemprop, i)
		case "itemtype":
			t.Itemtype = append(t.Itemtype, i)
		}
	}
	if nd.DataAtom == 0 && nd.Block && !strings.HasPrefix(nd.Data, "amp-") {
		nd.Roles |= said.words.Get(nd.Data, said.wordsOf).roles // a custom element tells in its name what it is
		nd.Opaque = selectors.IsPlayer(nd.Data)
	}
	if nd.Roles&selectors.Streamed != 0 {
		nd.Hidden = false
	}
	if (numbers || unselectable || nd.DataAtom == atom.Pre) && isLineNumber(nd.Node, numbers, unselectable) {
		nd.Opaque = true
	}
	if up := nd.Node.Parent; nd.Roles&(selectors.Caption|selectors.Standfirst) != 0 && (nd.DataAtom == atom.Em || nd.DataAtom == atom.Strong) && up != nil && up.DataAtom != atom.P {
		nd.Block = true // a caption or a standfirst that text follows in one element
	}
	nd.lined = (nd.lined || !nd.Block && nd.Parent >= 0 && t.Nodes[nd.Parent].lined) && nd.DataAtom != atom.Pre && nd.DataAtom != atom.Code && nd.DataAtom != atom.Body
	nd.sidenote = (nd.sidenote || nd.Data == "d-footnote") && !nd.Block
	t.sidenotes = t.sidenotes || nd.sidenote
	nd.where = whereOf(nd)
	t.noteUnseen(i)
	nd.Sig = nd.Sig*31 + uint32(nd.DataAtom)
	t.list(i)
}

// list files the index of an element by what it is.
func (t *Tree) list(i int32) {
	nd := &t.Nodes[i]
	switch nd.DataAtom {
	case atom.Html:
		if t.Lang = t.Attr(i, "lang"); t.Lang == "" {
			t.Lang = t.Attr(i, "xml:lang") // of XHTML
		}
	case atom.Body:
		if t.Body == 0 {
			t.Body = i
		}
	case atom.Meta:
		t.Metas = append(t.Metas, i)
		if t.Attr(i, "name") == "script:ld+json" {
			t.JSONLD = append(t.JSONLD, i)
		}
	case atom.Link:
		t.Links = append(t.Links, i)
	case atom.Script:
		if strings.EqualFold(strings.TrimSpace(t.Attr(i, "type")), "application/ld+json") {
			t.JSONLD = append(t.JSONLD, i)
		}
	case atom.Style:
		t.Styles = append(t.Styles, i)
		t.noteLined(nd.Node)
	case atom.Title:
		if t.TitleTag < 0 && nd.Namespace == "" {
			t.TitleTag = i
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		t.Headings = append(t.Headings, i)
		t.Nodes[nd.Parent].sections = true
	case atom.Table:
		t.Nodes[nd.Parent].sections = true
	case atom.Time:
		t.Times = append(t.Times, i)
	case atom.A:
		t.Anchors = append(t.Anchors, i)
	case atom.Img:
		t.Imgs = append(t.Imgs, i)
	case atom.Figure:
		t.Figures = append(t.Figures, i)
	case 0:
		if nd.Data == "amp-img" {
			t.Imgs = append(t.Imgs, i)
		}
	}
}

// Attr returns the value of an attribute, or "".
func (t *Tree) Attr(i int32, key string) string {
	attr := t.Nodes[i].Attr
	for k := range attr { // without a copy of each
		if attr[k].Key == key {
			return attr[k].Val
		}
	}
	return ""
}

// Text returns the text under node i with white space runs made one space,
// scripts and styles left out, and a space wherever a block begins or ends.
func (t *Tree) Text(i int32) string {
	var arr [512]byte
	return string(bytes.TrimSpace(t.appendText(arr[:0], i)))
}

func (t *Tree) appendText(b []byte, i int32) []byte {
	nd := &t.Nodes[i]
	if nd.Type == html.TextNode {
		return AppendCollapsed(b, nd.Data)
	}
	if nd.Opaque {
		return b
	}
	breaks := nd.DataAtom == atom.Br || nd.Block
	if breaks {
		b = appendSpace(b)
	}
	for j := i + 1; j < nd.End; j = t.Nodes[j].End {
		b = t.appendText(b, j)
	}
	if breaks {
		b = appendSpace(b)
	}
	return b
}

// appendSpace appends a space unless b is empty or ends with one.
func appendSpace(b []byte) []byte {
	if len(b) > 0 && b[len(b)-1] != ' ' {
		b = append(b, ' ')
	}
	return b
}

// IsOpaque reports whether an element's text is never shown as text. The
// readings of ruby are shown above the words that they belong to: in line with
// them they would be read as words of their own.
func IsOpaque(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Noframes, atom.Template, atom.Svg, atom.Math,
		atom.Iframe, atom.Object, atom.Embed, atom.Canvas, atom.Select, atom.Textarea,
		atom.Audio, atom.Video, atom.Head, atom.Rt, atom.Rp, atom.Rtc:
		return true
	}
	return false
}

// IsBlock reports whether an element begins a line of its own by default.
func IsBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Center,
		atom.Dd, atom.Details, atom.Dialog, atom.Div, atom.Dl, atom.Dt, atom.Fieldset,
		atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3,
		atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Li, atom.Main,
		atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary,
		atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul,
		atom.Caption, atom.Legend, atom.Search, atom.Option, atom.Optgroup:
		return true
	case 0:
		return strings.Contains(n.Data, "-") && isCustomBox(n)
	}
	return false
}

// AppendCollapsed appends s with each run of white space made one space, and
// without the signs that show nothing.
func AppendCollapsed(b []byte, s string) []byte {
	start, from := len(b), -1
	for k, next := 0, 0; k < len(s); k = next {
		r, n := rune(s[k]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[k:])
		}
		next = k + n
		if r > ' ' && r < '\u007f' || r > '\u00ad' && r < '\u2000' {
			if from < 0 {
				from = k
			}
			// Signs of ASCII and single spaces between them. Two of them add up to no less than
			// two spaces do. No branch here depends on where words end, which none can foresee.
			last := s[next-1]
			for next < len(s) && s[next]-' ' < 0x7f-' ' && last+s[next] != 2*' ' {
				last = s[next]
				next++
			}
			if last == ' ' {
				next--
			}
			continue
		}
		for r <= ' ' && next < len(s) && s[next] <= ' ' {
			next++ // the code is indented
		}
		if isC1(r) {
			return AppendCollapsed(b[:start], repairC1(s))
		}
		v := Shown(r)
		if v == r && r != ' ' {
			if from < 0 {
				from = k
			}
			continue
		}
		if from >= 0 {
			b = append(b, s[from:k]...)
			from = -1
		}
		if v >= 0 && len(b) > 0 && b[len(b)-1] != ' ' {
			b = append(b, ' ')
		}
	}
	if from >= 0 {
		b = append(b, s[from:]...)
	}
	return b
}

// Shown is r, a space where r is white space, or -1 where r shows nothing. The
// ideographic space is a sign of its script, and so are the joiners. A soft
// hyphen is a hint to the line breaker of the page's own layout: a search for
// the word would miss it. See also repairC1.
func Shown(r rune) rune {
	switch {
	case r == '\u00a0' || r >= '\u2000' && r <= '\u200a' || r == '\u2028' || r == '\u2029' || r == '\u202f' || r == '\u205f':
		return ' '
	case r >= '\u007f' && r <= '\u009f' || r == '\u202d' || r == '\u202e': // controls of terminals, and of the order of text
		return -1
	case r == '\u00ad' || r == '\u200b' || r == '\u200e' || r == '\u200f' || r == '\u2060' || r == '\ufeff':
		return -1
	case r <= ' ':
		return ' '
	}
	return r
}
