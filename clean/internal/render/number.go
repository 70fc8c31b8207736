package render

import (
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
)

// numbers counts the items of ordered lists, each list once, whatever lists
// stand in it.
type numbers struct {
	t    *page.Tree
	list map[int32]*listCount
}

type listCount struct {
	next    int32 // the node after those counted
	n, step int
}

// of is the number that a browser shows before an item of an ordered list.
// The items of a list are asked for in their order.
func (c *numbers) of(list, li int32) int {
	t := c.t
	l := c.list[list]
	if l == nil || l.next > li {
		n, step := firstNumber(t, list)
		l = &listCount{next: list + 1, n: n - step, step: step}
		if c.list == nil {
			c.list = make(map[int32]*listCount)
		}
		c.list[list] = l
	}
	for ; l.next <= li; l.next = t.Nodes[l.next].End {
		if t.Nodes[l.next].DataAtom != atom.Li {
			continue
		}
		l.n += l.step
		if v, ok := intAttr(t, l.next, "value"); ok {
			l.n = v
		}
	}
	return l.n
}

// firstNumber is the number of a list's first item, and what is added for each
// after it.
func firstNumber(t *page.Tree, list int32) (n, step int) {
	start, has := intAttr(t, list, "start")
	if !has {
		start = 1
	}
	if _, reversed := lookup(t, list, "reversed"); !reversed {
		return start, 1
	}
	if !has {
		start = 0
		for j := list + 1; j < t.Nodes[list].End; j = t.Nodes[j].End {
			if t.Nodes[j].DataAtom == atom.Li {
				start++
			}
		}
	}
	return start, -1
}

// goesOn reports whether ordered list p counts on from the last item of the list right
// before it: some editors write each item as a list of its own.
func (w *markdownWriter) goesOn(before, p int32) bool {
	a, b := &w.o.parts[before], &w.o.parts[p]
	if t := w.bd.Tree; t.Nodes[a.el].DataAtom != atom.Ol || t.Nodes[b.el].DataAtom != atom.Ol || a.first == 0 || b.first == 0 || len(w.notes.notes) > 0 {
		return false
	}
	end := a.first
	for w.o.parts[end].next != 0 {
		end = w.o.parts[end].next
	}
	n := numbers{t: w.bd.Tree}
	return n.of(b.el, w.o.parts[b.first].el) == n.of(a.el, w.o.parts[end].el)+1
}
