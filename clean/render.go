package clean

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"
)

// text joins the kept blocks: a blank line between them, a new line between
// the items of a list, the lines of a verse and the rows of a table.
func (d *draft) text() string {
	var b strings.Builder
	prev := -1
	for k := range d.bs {
		if !d.verdicts[k].keep {
			continue
		}
		x := &d.bs[k]
		if prev >= 0 {
			b.WriteString(d.gap(prev, k))
		}
		if x.tag == atom.Li && (prev < 0 || d.bs[prev].el != x.el) {
			b.WriteString(d.bullet(x.el))
		}
		b.WriteString(x.text)
		prev = k
	}
	return b.String()
}

// lines calls f with the kept blocks of each line of the text: one block, or
// the cells of a table's row.
func (d *draft) lines(f func(line []int)) {
	var line []int
	for k := range d.bs {
		if !d.verdicts[k].keep {
			continue
		}
		if n := len(line); n > 0 && strings.Contains(d.gap(line[n-1], k), "\n") {
			f(line)
			line = line[:0]
		}
		line = append(line, k)
	}
	if len(line) > 0 {
		f(line)
	}
}

// gap is what stands between two blocks that follow each other.
func (d *draft) gap(j, k int) string {
	a, b := &d.bs[j], &d.bs[k]
	if a.el == b.el {
		if b.brs == 1 && k == j+1 {
			return "\n"
		}
		return "\n\n"
	}
	if a.where&b.where&inTable != 0 {
		ra, rb := d.within(a.el, atom.Tr), d.within(b.el, atom.Tr)
		switch {
		case ra < 0 || rb < 0:
		case ra == rb:
			if d.within(a.el, atom.Td) == d.within(b.el, atom.Td) && d.within(a.el, atom.Th) == d.within(b.el, atom.Th) {
				return " "
			}
			return " | "
		case d.t.nodes[ra].parent == d.t.nodes[rb].parent, d.within(ra, atom.Table) == d.within(rb, atom.Table):
			return "\n"
		}
	}
	if a.tag == atom.Li && b.tag == atom.Li && d.topList(a.el) == d.topList(b.el) {
		return "\n"
	}
	return "\n\n"
}

// within returns the nearest element of the kind around el, or el; -1 where
// there is none.
func (d *draft) within(el int32, tag atom.Atom) int32 {
	for el >= 0 && d.t.nodes[el].DataAtom != tag {
		el = d.t.nodes[el].parent
	}
	return el
}

func (d *draft) topList(el int32) int32 {
	top := int32(-1)
	for e := el; e >= 0; e = d.t.nodes[e].parent {
		if a := d.t.nodes[e].DataAtom; a == atom.Ul || a == atom.Ol {
			top = e
		}
	}
	return top
}

// bullet is the mark before a list's item: "- ", or its number.
func (d *draft) bullet(li int32) string {
	list := d.t.nodes[li].parent
	if list < 0 || d.t.nodes[list].DataAtom != atom.Ol {
		return "- "
	}
	n := 1
	if v, err := strconv.Atoi(d.t.attr(list, "start")); err == nil {
		n = v
	}
	for j := list + 1; j < li; j = d.t.nodes[j].end {
		if d.t.nodes[j].DataAtom == atom.Li {
			n++
		}
	}
	return strconv.Itoa(n) + ". "
}
