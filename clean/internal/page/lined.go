package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// showsLines reports whether a style shows the line feeds of an element's text, and wraps
// its lines: what is written so is paragraphs or verse, and no code.
func showsLines(style string) bool {
	for {
		k := strings.Index(style, "white-space")
		if k < 0 {
			return false
		}
		style = style[k+len("white-space"):]
		v, ok := strings.CutPrefix(strings.TrimSpace(style), ":")
		v = strings.TrimSpace(v)
		if ok && (strings.HasPrefix(v, "pre-line") || strings.HasPrefix(v, "pre-wrap") || strings.HasPrefix(v, "break-spaces")) {
			return true
		}
	}
}

// noteLined files the classes that rules of a style sheet show with the line feeds of their
// text: those of selectors that name one class and nothing around it.
func (t *Tree) noteLined(style *html.Node) {
	for c := style.FirstChild; c != nil; c = c.NextSibling {
		for css := c.Data; ; {
			k := strings.Index(css, "white-space")
			if k < 0 {
				break
			}
			before, after := css[:k], css[k:]
			css = after[len("white-space"):]
			open := strings.LastIndexByte(before, '{')
			end := strings.IndexAny(after, ";}")
			if open < 0 || end < 0 || !showsLines(after[:end]) {
				continue
			}
			head := before[:open]
			for sel := range strings.SplitSeq(head[strings.LastIndexAny(head, "{}/")+1:], ",") {
				class := strings.TrimSpace(sel)
				class = class[strings.IndexByte(class, '.')+1:]
				if class == "" || len(class) == len(strings.TrimSpace(sel)) || strings.ContainsAny(strings.TrimSpace(sel), " :[>+~#*\\") || strings.Contains(class, ".") {
					continue
				}
				if t.lined == nil {
					t.lined = make(map[string]bool)
				}
				t.lined[class] = true
			}
		}
	}
}

// isLined reports whether a class attribute names one of the classes of t.lined.
func (t *Tree) isLined(class string) bool {
	for token, rest := selectors.CutToken(class); token != ""; token, rest = selectors.CutToken(rest) {
		if t.lined[token] {
			return true
		}
	}
	return false
}

// maxFeeds is how many line feeds in a row count: they part paragraphs.
const maxFeeds = 2

// breakLines lists a br for each line feed between the lines of text node i, which is the
// last one listed and stands in an element that shows them, and returns the last node.
func (t *Tree) breakLines(i int32, said *attrCache) int32 {
	n := t.Nodes[i]
	s := n.Data
	if strings.IndexByte(s, '\n') < 0 || text.IsSpace(s) {
		return i
	}
	if before := n.PrevSibling; before == nil || IsBlock(before) || before.DataAtom == atom.Br {
		s = strings.TrimLeft(s, " \t\r\n")
	}
	if after := n.NextSibling; after == nil || IsBlock(after) || after.DataAtom == atom.Br {
		s = strings.TrimRight(s, " \t\r\n")
	}
	t.Nodes = t.Nodes[:i]
	feeds := 0
	list := func(node *html.Node) {
		i = int32(len(t.Nodes))
		t.Nodes = append(t.Nodes, Node{Node: node, Type: node.Type, DataAtom: node.DataAtom, Parent: n.Parent, Depth: n.Depth})
		if node.Type == html.TextNode && len(node.Data) >= proseBytes {
			t.Nodes[i].prose = int32(len(node.Data))
		}
	}
	for first := true; ; first = false {
		line, rest, more := strings.Cut(s, "\n")
		if s = rest; !first && feeds < maxFeeds {
			t.closeLast(i)
			list(&html.Node{Type: html.ElementNode, DataAtom: atom.Br, Data: "br", Parent: n.Node.Parent})
			t.note(i, said)
			feeds++
		}
		if !text.IsSpace(line) {
			t.closeLast(i)
			list(&html.Node{Type: html.TextNode, Data: line, Parent: n.Node.Parent})
			feeds = 0
		}
		if !more {
			return i
		}
	}
}

// closeLast closes node i where it is listed.
func (t *Tree) closeLast(i int32) {
	if int(i) < len(t.Nodes) {
		t.close(i)
	}
}
