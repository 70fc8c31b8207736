package htmlparse

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// addFormatting inserts an element for the token and adds it to the active ones
// (13.2.4.3, "push onto the list").
func (p *parser) addFormatting() {
	n := p.addElement()
	// As x/net: in this order, so that lists of attributes compare in one pass. No two of
	// a tag have the same key.
	if len(n.Attr) > 1 {
		slices.SortFunc(n.Attr, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
	}
	// The Noah's Ark clause: of equal elements, the last three.
	equal := 0
	for k := len(p.active) - 1; k >= 0 && p.active[k] != nil; k-- {
		if a := p.active[k]; a.DataAtom == n.DataAtom && slices.Equal(a.Attr, n.Attr) {
			if equal++; equal == 3 {
				p.active = slices.Delete(p.active, k, k+1)
				break
			}
		}
	}
	p.activate(n)
}

// activate adds to the active formatting elements; nil is a marker.
func (p *parser) activate(n *html.Node) {
	if len(p.active) >= maxFormatting {
		p.err = ErrTooDeep
		return
	}
	p.active = append(p.active, n)
}

// clearToMarker clears the list of active formatting elements up to the last marker.
func (p *parser) clearToMarker() {
	for k := len(p.active) - 1; k >= 0; k-- {
		if p.active[k] == nil {
			p.active = p.active[:k]
			return
		}
	}
	p.active = p.active[:0]
}

// activeIndex returns the place of a node among the active ones, or -1.
func (p *parser) activeIndex(n *html.Node) int {
	for k := len(p.active) - 1; k >= 0; k-- {
		if p.active[k] == n {
			return k
		}
	}
	return -1
}

// lastActive returns the place of the last active element a after the last
// marker, or -1.
func (p *parser) lastActive(a atom.Atom) int {
	for k := len(p.active) - 1; k >= 0 && p.active[k] != nil; k-- {
		if p.active[k].DataAtom == a {
			return k
		}
	}
	return -1
}

func (p *parser) removeActive(n *html.Node) {
	if k := p.activeIndex(n); k >= 0 {
		p.active = slices.Delete(p.active, k, k+1)
	}
}

// reopen reconstructs the active formatting elements (13.2.4.3).
func (p *parser) reopen() {
	k := len(p.active)
	for k > 0 && p.active[k-1] != nil && p.openIndex(p.active[k-1]) < 0 {
		k--
	}
	for ; k < len(p.active) && p.err == nil; k++ {
		n := p.clone(p.active[k])
		p.append(n)
		p.push(n, elementOf(n.Data).is|inHTML)
		p.active[k] = n
	}
}

// clone returns a copy of a formatting element, without its children.
func (p *parser) clone(n *html.Node) *html.Node {
	c := p.node()
	c.Type = html.ElementNode
	c.DataAtom = n.DataAtom
	c.Data = n.Data
	if p.reopened += 1 + len(n.Attr); p.reopened > maxReopened {
		p.err = ErrReopened
		return c
	}
	c.Attr = p.copyAttr(n.Attr)
	return c
}

// closeFormatting is the adoption agency algorithm (13.2.6.4.7), for the end tag
// of a formatting element.
func (p *parser) closeFormatting(a atom.Atom, name string) {
	if current := p.top(); current.Data == name && p.activeIndex(current.Node) < 0 {
		p.pop()
		return
	}
	for range 8 {
		k := p.lastActive(a)
		if k < 0 {
			p.closeOther(a, name)
			return
		}
		formatting := p.active[k]
		at := p.openIndex(formatting)
		if at < 0 {
			p.removeActive(formatting)
			return
		}
		if p.inScope(defaultScope, a) < 0 {
			return
		}
		block := at + 1
		for block < len(p.open) && p.open[block].is&special == 0 {
			block++
		}
		if block == len(p.open) {
			p.open = p.open[:at]
			p.removeActive(formatting)
			return
		}
		p.adopt(formatting, at, block)
		if p.err != nil {
			return
		}
	}
}

// adopt moves the furthest block, at block on the stack, out of the formatting
// element at at, and what the block contains into a copy of that element: steps 12
// to 20 of the algorithm.
func (p *parser) adopt(formatting *html.Node, at, block int) {
	ancestor := p.open[at-1]
	furthest := p.open[block]
	bookmark := p.activeIndex(formatting)
	last := furthest.Node
	for k, count := block-1, 1; k > at; k, count = k-1, count+1 {
		node := p.open[k].Node
		active := p.activeIndex(node)
		if active < 0 {
			p.open = slices.Delete(p.open, k, k+1)
			continue
		}
		if count > 3 {
			// As x/net: the standard takes it off the stack too.
			p.active = slices.Delete(p.active, active, active+1)
			if active <= bookmark {
				bookmark--
			}
			continue
		}
		c := p.clone(node)
		p.active[active] = c
		p.open[k].Node = c
		if last == furthest.Node {
			bookmark = active + 1
		}
		detach(last)
		c.AppendChild(last)
		last = c
	}
	detach(last)
	if ancestor.is&fosters != 0 {
		p.foster(last)
	} else {
		ancestor.AppendChild(last)
	}

	c := p.clone(formatting)
	for child := furthest.FirstChild; child != nil; child = furthest.FirstChild {
		furthest.RemoveChild(child)
		c.AppendChild(child)
	}
	furthest.AppendChild(c)

	if old := p.activeIndex(formatting); old >= 0 {
		if old < bookmark {
			bookmark--
		}
		p.active = slices.Delete(p.active, old, old+1)
	}
	p.active = slices.Insert(p.active, bookmark, c)
	is := p.open[at].is
	p.open = slices.Delete(p.open, at, at+1)
	p.open = slices.Insert(p.open, p.openIndex(furthest.Node)+1, openElement{c, is})
}

func detach(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// closeOther is the row "any other end tag" of "in body".
func (p *parser) closeOther(a atom.Atom, name string) {
	for k := len(p.open) - 1; k >= 0; k-- {
		e := &p.open[k]
		if e.DataAtom == a && e.is&inHTML != 0 && (a != 0 || e.Data == name) {
			p.open = p.open[:k]
			return
		}
		if e.is&special != 0 {
			return
		}
	}
}
