package clean

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"
)

// text joins the kept blocks: a blank line between them, a new line between
// the items of a list, the lines of a verse and the rows of a table.
func (d *draft) text() string {
	w := textWriter{d: d, o: d.outline(nil)}
	n := 0
	for k := range d.bs {
		if d.verdicts[k].keep {
			n += len(d.bs[k].text) + 4
		}
	}
	w.b.Grow(n)
	w.write(0, "")
	return w.b.String()
}

// textWriter writes an outline as plain text.
type textWriter struct {
	d *draft
	o *outline
	b strings.Builder
	// verbatim keeps the line breaks and spaces of a pre. Text has such a
	// block on one line, as it has any other; Markdown and HTML keep it.
	verbatim bool
	// cell is set inside a table's cell, which is one line whatever it holds.
	cell bool
}

// write writes part p. What begins a line further down in it, begins with
// indent.
func (w *textWriter) write(p int32, indent string) {
	x := &w.o.parts[p]
	switch x.kind {
	case partLine:
		if w.verbatim {
			w.b.WriteString(w.d.lineText(x.block))
		} else {
			w.b.WriteString(w.d.bs[x.block].text)
		}
		return
	case partItem:
		if !w.cell {
			w.b.WriteString(w.d.bullet(x.el))
			indent += "  "
		}
	case partCell:
		defer func(v bool) { w.cell = v }(w.cell)
		w.cell = true
	}
	for k := x.first; k != 0; k = w.o.parts[k].next {
		if k != x.first {
			w.gap(x.kind, k, indent)
		}
		w.write(k, indent)
	}
}

// gap writes what stands between part k and its elder sibling.
func (w *textWriter) gap(in partKind, k int32, indent string) {
	n := 2
	switch in {
	case partRow:
		w.b.WriteString(" | ")
		return
	case partPara, partHeading, partList, partItem, partPre:
		n = 1
	case partTable:
		if w.o.parts[k].kind == partRow && w.o.parts[w.o.parts[k].prev].kind == partRow {
			n = 1
		}
	case partTerms:
		if w.o.parts[k].kind == partMeaning || w.o.parts[w.o.parts[k].prev].kind == partTerm {
			n = 1
		}
	}
	switch {
	case w.cell:
		w.b.WriteByte(' ')
		return
	case in == partPre:
		n = max(1, int(w.d.bs[w.o.parts[k].block].brs))
	case n == 2 && indent != "":
		n = 1 // an item of a list has no blank line in it
	}
	for range n {
		w.b.WriteByte('\n')
	}
	w.b.WriteString(indent)
}

// lines calls f with the kept blocks of each line that stands for itself: one
// block, or the cells of a table's row.
func (d *draft) lines(f func(line []int)) {
	var line []int
	data := elementMemo{t: d.t, is: (*tree).holdsData}
	row := int32(-1) // of line
	for k := range d.bs {
		if !d.verdicts[k].keep {
			continue
		}
		r := int32(-1)
		if d.bs[k].where&inTable != 0 {
			if tr := d.t.within(d.bs[k].el, atom.Tr); tr >= 0 {
				if table := d.t.within(tr, atom.Table); table >= 0 && data.of(table) {
					r = tr
				}
			}
		}
		if len(line) > 0 && (r < 0 || r != row) {
			f(line)
			line = line[:0]
		}
		line, row = append(line, k), r
	}
	if len(line) > 0 {
		f(line)
	}
}

// within returns the nearest element of the kind around el, or el; -1 where
// there is none.
func (t *tree) within(el int32, tag atom.Atom) int32 {
	for el >= 0 && t.nodes[el].DataAtom != tag {
		el = t.nodes[el].parent
	}
	return el
}

// lineText is the text of a block as it is shown: in a pre with the line
// breaks and spaces of the source.
func (d *draft) lineText(k int) string {
	b := &d.bs[k]
	if b.where&inPre == 0 || d.t.within(b.el, atom.Pre) < 0 {
		return b.text
	}
	var s strings.Builder
	d.t.eachInline(b, func(i int32) {
		for _, r := range d.t.nodes[i].Data {
			if r != '\n' && r != '\t' {
				r = shown(r)
			}
			if r >= 0 {
				s.WriteRune(r)
			}
		}
	})
	return strings.TrimRight(strings.Trim(s.String(), "\n"), " \t")
}

// eachInline calls f for the text nodes that make up a block.
func (t *tree) eachInline(b *block, f func(i int32)) {
	for i := b.from; i < b.to; {
		nd := &t.nodes[i]
		switch {
		case nd.Data == "":
			i++
		case nd.Type == textNode:
			f(i)
			i++
		case isOpaque(nd.DataAtom) || t.pruned(i) != "":
			i = nd.end
		default:
			i++
		}
	}
}

// bullet is the mark before a list's item: "- ", or its number.
func (d *draft) bullet(li int32) string {
	list := d.t.nodes[li].parent
	if d.t.nodes[list].DataAtom != atom.Ol {
		return "- "
	}
	return strconv.Itoa(d.t.number(list, li)) + ". "
}

// number is the number that a browser shows before an item of an ordered
// list.
func (t *tree) number(list, li int32) int {
	start, has := intAttr(t, list, "start")
	if !has {
		start = 1
	}
	step := 1
	if _, reversed := t.lookup(list, "reversed"); reversed {
		step = -1
		if !has {
			start = 0
			for j := list + 1; j < t.nodes[list].end; j = t.nodes[j].end {
				if t.nodes[j].DataAtom == atom.Li {
					start++
				}
			}
		}
	}
	n := start - step
	for j := list + 1; j <= li; j = t.nodes[j].end {
		if t.nodes[j].DataAtom != atom.Li {
			continue
		}
		n += step
		if v, ok := intAttr(t, j, "value"); ok {
			n = v
		}
	}
	return n
}

func intAttr(t *tree, i int32, key string) (int, bool) {
	s, _ := t.lookup(i, key)
	n, err := strconv.Atoi(strings.TrimSpace(s))
	return n, err == nil
}

// lookup returns the value of an attribute, and whether the element has it.
func (t *tree) lookup(i int32, key string) (string, bool) {
	for _, a := range t.nodes[i].Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}
