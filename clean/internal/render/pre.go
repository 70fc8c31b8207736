package render

import (
	"sort"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
)

// preText is the text of a pre with its spaces and line breaks. A line ends
// where the source has a line break or a br, and around an element that stands
// on lines of its own: highlighters write lines in each of these ways, and in
// two at once.
func preText(bd *body.Body, pre int32) string {
	w := preWriter{bd: bd, k: sort.Search(len(bd.Blocks), func(k int) bool { return bd.Blocks[k].To > pre })}
	t := bd.Tree
	for j := pre + 1; j < t.Nodes[pre].End; j = t.Nodes[j].End {
		w.walk(j)
	}
	lines := strings.Split(w.b.String(), "\n")
	for k, l := range lines {
		lines[k] = strings.TrimRight(l, " \t\r")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

type preWriter struct {
	bd *body.Body
	b  strings.Builder
	k  int // the first block that does not end before the node at hand
	// edge is set where a line of its own has just ended: a line break of the
	// source that follows is that line's.
	edge bool
}

func (w *preWriter) walk(i int32) {
	t := w.bd.Tree
	nd := &t.Nodes[i]
	if nd.Type == html.TextNode {
		w.text(i)
		return
	}
	if nd.Opaque || t.Pruned(i) != "" {
		return
	}
	if nd.DataAtom == atom.Br {
		w.b.WriteByte('\n')
		w.edge = false
		return
	}
	if nd.Block {
		w.endLine()
	}
	for j := i + 1; j < nd.End; j = t.Nodes[j].End {
		w.walk(j)
	}
	if nd.Block {
		w.endLine()
	}
}

// endLine ends the line at hand where it has begun.
func (w *preWriter) endLine() {
	if s := w.b.String(); s != "" && s[len(s)-1] != '\n' {
		w.b.WriteByte('\n')
		w.edge = true
	}
}

func (w *preWriter) text(i int32) {
	bd := w.bd
	for w.k < len(bd.Blocks) && bd.Blocks[w.k].To <= i {
		w.k++
	}
	if w.k < len(bd.Blocks) && bd.Blocks[w.k].From <= i && !bd.Verdicts[w.k].Keep {
		return
	}
	s := strings.ReplaceAll(bd.Tree.Nodes[i].Data, "\r\n", "\n")
	if w.edge && s == "\n" && isAlone(bd.Tree, i) {
		w.b.WriteByte('\n') // an empty line
		return
	}
	if w.edge {
		s = strings.TrimPrefix(s, "\n")
	}
	w.edge = w.edge && s == ""
	for _, r := range page.NoControls(s) {
		if r != '\n' && r != '\t' {
			r = page.Shown(r)
		}
		if r >= 0 {
			w.b.WriteRune(r)
		}
	}
}

// isAlone reports whether a node is all that an element holds that stands on lines of its own.
func isAlone(t *page.Tree, i int32) bool {
	p := t.Nodes[i].Parent
	return i == p+1 && t.Nodes[i].End == t.Nodes[p].End && t.Nodes[p].Block
}
