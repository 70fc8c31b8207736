package render

import (
	"strconv"
	"strings"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
)

// PlainBody joins the kept blocks: a blank line between them, a new line between
// the items of a list, the lines of a verse and the rows of a table. A pre keeps
// its lines and spaces. The items of an ordered list have no numbers: a browser
// makes them, and they are no words of the writer's. Markdown and HTML have them.
func PlainBody(bd *body.Body) string {
	w := textWriter{bd: bd, o: outlineOf(bd, nil)}
	n := 0
	for k := range bd.Blocks {
		if bd.Verdicts[k].Keep {
			n += len(bd.Blocks[k].Text) + 4
		}
	}
	w.b.Grow(n)
	w.write(0, "")
	return w.b.String()
}

// textWriter writes an outline as plain text.
type textWriter struct {
	bd *body.Body
	o  *outline
	b  strings.Builder
	// cell is set inside a table's cell, which is one line whatever it holds.
	cell bool
}

// write writes part p. What begins a line further down in it, begins with
// indent.
func (w *textWriter) write(p int32, indent string) {
	x := &w.o.parts[p]
	switch x.kind {
	case partLine:
		w.b.WriteString(w.bd.Blocks[x.block].Text)
		return
	case partPre:
		if !w.cell {
			w.b.WriteString(strings.ReplaceAll(preText(w.bd, x.el), "\n", "\n"+indent))
			return
		}
	case partItem:
		if !w.cell {
			w.b.WriteString("- ")
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
	case partPara, partHeading, partList, partItem:
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
	case n == 2 && indent != "":
		n = 1 // an item of a list has no blank line in it
	}
	for range n {
		w.b.WriteByte('\n')
	}
	w.b.WriteString(indent)
}

func intAttr(t *page.Tree, i int32, key string) (int, bool) {
	s, _ := lookup(t, i, key)
	n, err := strconv.Atoi(strings.TrimSpace(s))
	return n, err == nil
}

// lookup returns the value of an attribute, and whether the element has it.
func lookup(t *page.Tree, i int32, key string) (string, bool) {
	for _, a := range t.Nodes[i].Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}
