package render

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
)

const (
	// maxNoteBlocks is how many blocks a footnote has at most: what has more is
	// a part of the page.
	maxNoteBlocks = 4
)

// footnotes are the marks of a body's footnotes and the notes that they lead
// to. Every map is nil where there are none.
type footnotes struct {
	marks map[int32]string // a element to label
	notes map[int32]string // the note's li, or the element of its block, to label
	backs map[int32]bool   // a elements that lead from a note to its mark

	tex texSource
}

// footnotesOf finds the links whose words are a number or a sign, and that lead
// to a kept item or paragraph further down.
func footnotesOf(bd *body.Body) footnotes {
	t := bd.Tree
	targets := map[string]int32{} // the ids that candidates lead to
	var candidates []int32
	first, last := bd.Span()
	for _, a := range t.Anchors {
		if a < first || a >= last {
			continue
		}
		if id := body.Fragment(t.Attr(a, "href")); id != "" && body.NoteLabel(t.Text(a)) != "" {
			candidates = append(candidates, a)
			targets[id] = -1
		}
	}
	if len(candidates) == 0 {
		return footnotes{}
	}
	for i := first; i < last; i++ {
		for _, at := range t.Nodes[i].Attr {
			if at.Key == "id" || at.Key == "name" && t.Nodes[i].DataAtom == atom.A {
				if v, ok := targets[at.Val]; ok && v < 0 {
					targets[at.Val] = i
				}
			}
		}
	}
	f := footnotes{marks: map[int32]string{}, notes: map[int32]string{}, backs: map[int32]bool{}}
	taken := map[string]bool{}
	next := 1 // the first number that may be free
	for _, a := range candidates {
		to := targets[body.Fragment(t.Attr(a, "href"))]
		if to <= a {
			continue
		}
		note := noteElement(bd, to)
		if note < 0 || a >= note && a < t.Nodes[note].End {
			continue
		}
		label, has := f.notes[note]
		if !has {
			label = body.NoteLabel(t.Text(a))
			for next = max(next, len(f.notes)+1); taken[label] || strings.Trim(label, "*†‡§") == ""; next++ {
				label = strconv.Itoa(next)
			}
			taken[label] = true
			f.notes[note] = label
		}
		f.marks[a] = label
	}
	for _, a := range t.Anchors {
		if a >= first && a < last && f.marks[a] == "" && strings.HasPrefix(t.Attr(a, "href"), "#") && !strings.ContainsFunc(t.Text(a), unicode.IsSpace) {
			if note := noteElement(bd, a); note >= 0 && f.notes[note] != "" {
				f.backs[a] = true
			}
		}
	}
	return f
}

// noteElement is the item around node i, or the element of the paragraph, that
// holds a kept block and is short enough for a footnote; else -1.
func noteElement(bd *body.Body, i int32) int32 {
	t := bd.Tree
	el := i
	for el > 0 && !t.Nodes[el].Block {
		el = t.Nodes[el].Parent
	}
	for up, e := 0, el; up < 3 && e > 0; up, e = up+1, t.Nodes[e].Parent {
		if t.Nodes[e].DataAtom == atom.Li {
			el = e
			break
		}
	}
	first, last := bd.BlocksIn(el)
	if page.IsHeading(t.Nodes[el].DataAtom) || el <= t.Body || last-first > maxNoteBlocks || !bd.KeepsIn(el) {
		return -1
	}
	if last == first+1 && t.Nodes[el].DataAtom != atom.Li {
		return bd.Blocks[first].El // the one paragraph of a box
	}
	label := false
	for k := first; k < last; k++ {
		b := &bd.Blocks[k]
		if label && k == first+1 && b.To == t.Nodes[el].End {
			return b.El // beside its mark, in a box of its own
		}
		label = k == first && b.El == el && body.NoteLabel(b.Text) != ""
		if t.Nodes[el].DataAtom != atom.Li && b.El != el {
			return -1
		}
	}
	return el
}

// isNoteBracket reports whether a text node is a bracket around a footnote's
// mark, in one sup with it.
func (f *footnotes) isNoteBracket(t *page.Tree, i int32) bool {
	if strings.Trim(t.Nodes[i].Data, "[]() ") != "" {
		return false
	}
	sup := t.Nodes[i].Parent
	if t.Nodes[sup].DataAtom != atom.Sup {
		return false
	}
	for j := sup + 1; j < min(t.Nodes[sup].End, sup+maxEdgeNodes); j++ {
		if f.marks[j] != "" {
			return true
		}
	}
	return false
}

// unbracketed takes the brackets off that stand around marks of footnotes, in runs
// of their own or at the ends of others.
func unbracketed(runs []phrasing) []phrasing {
	for k := 1; k+1 < len(runs); k++ {
		a, b := &runs[k-1], &runs[k+1]
		if runs[k].marks&markNote == 0 || a.marks&markNote != 0 || b.marks&markNote != 0 {
			continue
		}
		for _, pair := range [...][2]string{{"[", "]"}, {"(", ")"}} {
			if strings.HasSuffix(a.text, pair[0]) && strings.HasPrefix(b.text, pair[1]) {
				a.text, b.text = strings.TrimSuffix(a.text, pair[0]), strings.TrimPrefix(b.text, pair[1])
			}
		}
	}
	return runs
}

// unlabelled takes the footnote's own mark off the beginning of its Markdown.
func unlabelled(note, label string) string {
	for _, mark := range [...]string{`\[` + label + `\]`, "(" + label + ")", label + ".", label + `\.`, label + ")", label + `\)`, "<sup>" + label + "</sup>", label + " ", "^" + label} {
		if rest, ok := strings.CutPrefix(note, mark); ok && strings.TrimSpace(rest) != "" {
			return strings.TrimLeft(rest, " .:")
		}
	}
	return note
}

// noteList writes a list of footnotes, and "" where no item is one. An item
// that no mark leads to has a label of its own.
func (w *markdownWriter) noteList(p int32) string {
	var out []string
	any := false
	for k := w.o.parts[p].first; k != 0; k = w.o.parts[k].next {
		label := w.notes.notes[w.o.parts[k].el]
		any = any || label != ""
		if label == "" {
			label = "note" + strconv.Itoa(len(out)+1)
		}
		out = append(out, "[^"+label+"]: "+unlabelled(strings.TrimSpace(indentLines(w.kids(k), 4)), label))
	}
	if !any {
		return ""
	}
	return strings.Join(out, "\n")
}
