package htmlparse

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// top returns the current node. There is one from the html element on.
func (p *parser) top() openElement { return p.open[len(p.open)-1] }

func (p *parser) push(n *html.Node, is class) {
	if len(p.open) >= MaxDepth {
		p.err = ErrTooDeep
	}
	p.open = append(p.open, openElement{n, is})
}

func (p *parser) pop() openElement {
	last := len(p.open) - 1
	e := p.open[last]
	p.open = p.open[:last]
	return e
}

// openIndex returns the place of a node on the stack, or -1.
func (p *parser) openIndex(n *html.Node) int {
	for k := len(p.open) - 1; k >= 0; k-- {
		if p.open[k].Node == n {
			return k
		}
	}
	return -1
}

// removeOpen takes a node off the stack, wherever it stands on it.
func (p *parser) removeOpen(n *html.Node) {
	if k := p.openIndex(n); k >= 0 {
		p.open = append(p.open[:k], p.open[k+1:]...)
	}
}

// hasOpen reports whether an element of HTML is on the stack.
func (p *parser) hasOpen(a atom.Atom) bool {
	for _, e := range p.open {
		if e.DataAtom == a && e.is&inHTML != 0 {
			return true
		}
	}
	return false
}

// The scopes of 13.2.4.2: the classes at which the search for an element ends.
const (
	defaultScope = scopeStop
	listScope    = scopeStop | listStop
	buttonScope  = scopeStop | buttonStop
	tableScope   = tableStop
)

// inScope returns the place of the element a on the stack, or -1 where it is not
// in a scope.
func (p *parser) inScope(scope class, a atom.Atom) int {
	for k := len(p.open) - 1; k >= 0; k-- {
		e := &p.open[k]
		if e.DataAtom == a && e.is&inHTML != 0 {
			return k
		}
		if e.is&scope != 0 {
			return -1
		}
	}
	return -1
}

// anyInScope is inScope for whichever of several elements is nearest.
func (p *parser) anyInScope(scope class, atoms ...atom.Atom) int {
	for k := len(p.open) - 1; k >= 0; k-- {
		e := &p.open[k]
		if e.is&inHTML != 0 {
			for _, a := range atoms {
				if e.DataAtom == a {
					return k
				}
			}
		}
		if e.is&scope != 0 {
			return -1
		}
	}
	return -1
}

// popTo pops the stack up to the element a, and reports whether a was in a scope.
func (p *parser) popTo(scope class, a atom.Atom) bool {
	k := p.inScope(scope, a)
	if k < 0 {
		return false
	}
	p.open = p.open[:k]
	return true
}

// popToAny is popTo for whichever of several elements is nearest.
func (p *parser) popToAny(scope class, atoms ...atom.Atom) bool {
	k := p.anyInScope(scope, atoms...)
	if k < 0 {
		return false
	}
	p.open = p.open[:k]
	return true
}

// clearTo clears the stack back to a table, table body or table row context
// (13.2.6.4.9, 13 and 14).
func (p *parser) clearTo(context class) {
	for k := len(p.open) - 1; k >= 0; k-- {
		if p.open[k].is&context != 0 {
			p.open = p.open[:k+1]
			return
		}
	}
}

// closeImplied generates implied end tags (13.2.6.3), but for except.
func (p *parser) closeImplied(except atom.Atom) {
	k := len(p.open)
	for k > 0 && p.open[k-1].is&impliedEnd != 0 && (except == 0 || p.open[k-1].DataAtom != except) {
		k--
	}
	p.open = p.open[:k]
}

// resetMode resets the insertion mode appropriately (13.2.4.1).
func (p *parser) resetMode() {
	for k := len(p.open) - 1; k >= 0; k-- {
		switch n := p.open[k]; n.DataAtom {
		case atom.Td, atom.Th:
			p.mode = inCell
		case atom.Tr:
			p.mode = inRow
		case atom.Tbody, atom.Thead, atom.Tfoot:
			p.mode = inTableBody
		case atom.Caption:
			p.mode = inCaption
		case atom.Colgroup:
			p.mode = inColumnGroup
		case atom.Table:
			p.mode = inTable
		case atom.Template:
			if n.is&inHTML == 0 || len(p.templates) == 0 {
				continue
			}
			p.mode = p.templates[len(p.templates)-1]
		case atom.Head:
			p.mode = inHeadMode
		case atom.Body:
			p.mode = inBody
		case atom.Frameset:
			p.mode = inFrameset
		case atom.Html:
			p.mode = afterHead
			if p.head == nil {
				p.mode = beforeHead
			}
		default:
			continue
		}
		return
	}
	p.mode = inBody
}
