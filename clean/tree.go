package clean

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// A tree is a page's nodes in document order, in one slice, so that every
// stage after parse reads arrays instead of walking pointers. A subtree is the
// range [i, nodes[i].end).
type tree struct {
	page  *Page
	nodes []node

	// Where the things that metadata and images ask for stand.
	metas    []int32 // meta
	links    []int32 // link
	jsonLD   []int32 // script type=application/ld+json, and meta script:ld+json, as Remix writes it
	headings []int32 // h1 to h6
	times    []int32 // time
	anchors  []int32 // a
	imgs     []int32 // img, amp-img, picture>source is read from its picture
	figures  []int32 // figure, amp-story and the like
	itemprop []int32 // any element with itemprop
	itemtype []int32 // any element with itemtype
	titleTag int32   // head's title, or -1
	body     int32   // body, or 0
	lang     string  // html's lang

	listed *blockList // what blocks returned last
}

type node struct {
	*html.Node
	parent int32 // -1 for the root
	end    int32 // one past the last node of the subtree
	depth  int32
	// prose is how many bytes of running text stand in the subtree: texts of
	// proseBytes or more, outside links.
	prose int32
	// where is what kind of element it is by itself, sig a hash of its tag and
	// class: alike for boxes of one kind.
	where where
	sig   uint32
	// roles are what class and id say of the element itself.
	roles selectors.Roles
	// hidden is set for an element that a browser would not show, and not
	// for what stands inside it.
	hidden bool
	// block and opaque are what isBlock and isOpaque say of an element.
	block, opaque bool
}

// proseBytes is the length from which a text node is taken for a part of a
// sentence and not for a label.
const proseBytes = 60

// newTree lists the nodes of a page. Comments, doctypes and what stands inside
// of scripts and the like are left out.
func newTree(p *Page) *tree {
	t := &tree{page: p, titleTag: -1}
	t.nodes = *nodeSlices.Get().(*[]node)
	roles := rolesCaches.Get().(*rolesCache)
	t.fill(p.Doc.Nodes[0], roles)
	rolesCaches.Put(roles)
	return t
}

type rolesCache = attrCache[attrWords]

// attrWords are what a class or id attribute says: roles, and for class the
// part of a sig.
type attrWords struct {
	roles selectors.Roles
	sig   uint32
}

// wordsOf hashes the attribute with FNV-1a. Digits do not count: post-1234 and
// post-1235 are one kind of box.
func wordsOf(attr string) attrWords {
	h := uint32(hashStart32)
	for k := 0; k < len(attr); k++ {
		if c := attr[k]; c < '0' || c > '9' {
			h = (h ^ uint32(c)) * hashPrime32
		}
	}
	return attrWords{selectors.RolesOf(attr), h}
}

var (
	rolesCaches = sync.Pool{New: func() any { return new(rolesCache) }}
	// nodeSlices are cleared and empty.
	nodeSlices = sync.Pool{New: func() any { s := make([]node, 0, 4096); return &s }}
)

// maxPooledNodes is how many nodes a slice may have room for to be used again;
// larger ones would stay for the sake of one page.
const maxPooledNodes = 1 << 16

// release gives the tree's nodes and blocks back for another page's. Neither
// can be used after.
func (t *tree) release() {
	if t.listed != nil {
		t.listed.release()
		t.listed = nil
	}
	nodes := t.nodes
	t.nodes = nil
	if nodes != nil && cap(nodes) <= maxPooledNodes {
		clear(nodes)
		nodes = nodes[:0]
		nodeSlices.Put(&nodes)
	}
}

// fill lists root and what stands in it.
func (t *tree) fill(n *html.Node, roles *rolesCache) {
	parent, depth := int32(-1), int32(0)
	for {
		i := int32(len(t.nodes))
		t.nodes = append(t.nodes, node{Node: n, parent: parent, depth: depth})
		var child *html.Node
		switch n.Type {
		case html.TextNode:
			if len(n.Data) >= proseBytes {
				t.nodes[i].prose = int32(len(n.Data))
			}
		case html.ElementNode:
			t.note(i, roles)
			if !t.nodes[i].opaque || n.DataAtom == atom.Head {
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
			parent = t.nodes[i].parent
			if next := listed(n.NextSibling); next != nil {
				n = next
				break
			}
			n, i, depth = n.Parent, parent, depth-1
		}
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
func (t *tree) close(i int32) {
	nd := &t.nodes[i]
	nd.end = int32(len(t.nodes))
	if nd.DataAtom == atom.A || nd.DataAtom == atom.Head {
		nd.prose = 0
	} else if nd.parent >= 0 {
		t.nodes[nd.parent].prose += nd.prose
	}
}

// note reads an element's attributes once and files its index.
func (t *tree) note(i int32, roles *rolesCache) {
	nd := &t.nodes[i]
	nd.block, nd.opaque = isBlock(nd.Node), isOpaque(nd.DataAtom)
	for k := range nd.Attr {
		a := &nd.Attr[k]
		switch a.Key {
		case "class", "id":
			if a.Val == "" {
				continue
			}
			w := roles.get(a.Val, wordsOf)
			nd.roles |= w.roles
			if a.Key == "class" {
				nd.sig = nd.sig*31 + w.sig
			}
			if a.Key == "id" && strings.HasPrefix(a.Val, "S:") {
				// React streams finished content in hidden boxes named S:0,
				// S:1, … and moves it in place by script.
				nd.roles |= selectors.Streamed
			}
		case "hidden":
			nd.hidden = true
		case "aria-hidden":
			nd.hidden = nd.hidden || a.Val == "true" && nd.DataAtom != atom.Div && nd.DataAtom != atom.Section
		case "style":
			nd.hidden = nd.hidden || hidesByStyle(a.Val)
		case "itemprop":
			t.itemprop = append(t.itemprop, i)
		case "itemtype":
			t.itemtype = append(t.itemtype, i)
		}
	}
	if nd.roles&selectors.Streamed != 0 {
		nd.hidden = false
	}
	nd.where = whereOf(nd)
	nd.sig = nd.sig*31 + uint32(nd.DataAtom)
	switch nd.DataAtom {
	case atom.Html:
		t.lang = t.attr(i, "lang")
	case atom.Body:
		if t.body == 0 {
			t.body = i
		}
	case atom.Meta:
		t.metas = append(t.metas, i)
		if t.attr(i, "name") == "script:ld+json" {
			t.jsonLD = append(t.jsonLD, i)
		}
	case atom.Link:
		t.links = append(t.links, i)
	case atom.Script:
		if strings.EqualFold(strings.TrimSpace(t.attr(i, "type")), "application/ld+json") {
			t.jsonLD = append(t.jsonLD, i)
		}
	case atom.Title:
		if t.titleTag < 0 && nd.Namespace == "" {
			t.titleTag = i
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		t.headings = append(t.headings, i)
	case atom.Time:
		t.times = append(t.times, i)
	case atom.A:
		t.anchors = append(t.anchors, i)
	case atom.Img:
		t.imgs = append(t.imgs, i)
	case atom.Figure:
		t.figures = append(t.figures, i)
	case 0:
		if nd.Data == "amp-img" {
			t.imgs = append(t.imgs, i)
		}
	}
}

func hidesByStyle(style string) bool {
	if !strings.Contains(style, "none") && !strings.Contains(style, "hidden") {
		return false
	}
	s := strings.ToLower(strings.ReplaceAll(style, " ", ""))
	return strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden")
}

// attr returns the value of an attribute, or "".
func (t *tree) attr(i int32, key string) string {
	for _, a := range t.nodes[i].Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// text returns the text under node i with white space runs made one space,
// scripts and styles left out, and a space wherever a block begins or ends.
func (t *tree) text(i int32) string {
	var arr [512]byte
	return string(bytes.TrimSpace(t.appendText(arr[:0], i)))
}

func (t *tree) appendText(b []byte, i int32) []byte {
	nd := &t.nodes[i]
	if nd.Type == html.TextNode {
		return appendCollapsed(b, nd.Data)
	}
	if nd.opaque {
		return b
	}
	breaks := nd.DataAtom == atom.Br || nd.block
	if breaks {
		b = appendSpace(b)
	}
	for j := i + 1; j < nd.end; j = t.nodes[j].end {
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

// isOpaque reports whether an element's text is never shown as text.
func isOpaque(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Math,
		atom.Iframe, atom.Object, atom.Embed, atom.Canvas, atom.Select, atom.Textarea,
		atom.Audio, atom.Video, atom.Head:
		return true
	}
	return false
}

// isBlock reports whether an element begins a line of its own by default.
func isBlock(n *html.Node) bool {
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
		// Custom elements lay out boxes far more often than words.
		return strings.Contains(n.Data, "-")
	}
	return false
}

// appendCollapsed appends s with each run of white space made one space, and
// without the signs that show nothing.
func appendCollapsed(b []byte, s string) []byte {
	from := -1
	for k, r := range s {
		if r > ' ' && r < '\u00a0' || r > '\u00ad' && r < '\u2000' {
			if from < 0 {
				from = k
			}
			continue
		}
		if r == ' ' && from >= 0 && k+1 < len(s) && s[k+1] > ' ' && s[k+1] < utf8.RuneSelf {
			continue // a space between two words
		}
		v := shown(r)
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

// shown is r, a space where r is white space, or -1 where r shows nothing. The
// ideographic space is a sign of its script, and so are the joiners. A soft
// hyphen stays: where a word may break is the writer's to say, and it can show.
func shown(r rune) rune {
	switch {
	case r == '\u00a0' || r >= '\u2000' && r <= '\u200a' || r == '\u2028' || r == '\u2029' || r == '\u202f' || r == '\u205f':
		return ' '
	case r == '\u200b' || r == '\u200e' || r == '\u200f' || r == '\u2060' || r == '\ufeff':
		return -1
	case r <= ' ':
		return ' '
	}
	return r
}
