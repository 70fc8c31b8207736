package htmlparse

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// inTable is 13.2.6.4.9, and 10 for its text.
func (p *parser) inTable() bool {
	switch p.token.kind {
	case doctypeToken:
		return true
	case commentToken:
		p.addComment()
		return true
	case endOfFile:
		return p.inBody()
	case textToken:
		// As x/net: characters are one text with those of the next token only where
		// they stand in the same node.
		if p.hasNUL {
			p.token.data = strings.ReplaceAll(p.token.data, "\x00", "")
		}
		if p.top().is&fosters != 0 && strings.Trim(p.token.data, whitespace) == "" {
			p.addText(p.token.data)
			return true
		}
	case startTag:
		if used, done := p.tableStart(); used {
			return done
		}
	case endTag:
		switch p.token.atom {
		case atom.Table:
			if p.popTo(tableScope, atom.Table) {
				p.resetMode()
			}
			return true
		case atom.Template:
			return p.inHead()
		}
		if isTablePart(p.token.atom) || p.token.atom == atom.Body || p.token.atom == atom.Html {
			return true
		}
	}
	p.fostering = true
	done := p.inBody()
	p.fostering = false
	return done
}

// isTablePart reports whether an element stands only in tables.
func isTablePart(a atom.Atom) bool {
	switch a {
	case atom.Caption, atom.Col, atom.Colgroup, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr:
		return true
	}
	return false
}

// tableStart treats a start tag in a table. It reports whether there is a rule for
// it, and whether the token is used.
func (p *parser) tableStart() (used, done bool) {
	switch a := p.token.atom; a {
	case atom.Caption:
		p.clearTo(tableContext)
		p.activate(nil)
		p.addElement()
		p.mode = inCaption
	case atom.Colgroup:
		p.clearTo(tableContext)
		p.addElement()
		p.mode = inColumnGroup
	case atom.Col:
		p.imply(startTag, atom.Colgroup)
		return true, false
	case atom.Tbody, atom.Tfoot, atom.Thead:
		p.clearTo(tableContext)
		p.addElement()
		p.mode = inTableBody
	case atom.Td, atom.Th, atom.Tr:
		p.imply(startTag, atom.Tbody)
		return true, false
	case atom.Table:
		if p.popTo(tableScope, atom.Table) {
			p.resetMode()
			return true, false
		}
	case atom.Style, atom.Script, atom.Template:
		return true, p.inHead()
	case atom.Input:
		if !p.isHidden() {
			return false, false
		}
		p.addVoid()
	case atom.Form:
		if p.form == nil && !p.hasOpen(atom.Template) {
			p.form = p.addElement()
			p.pop()
		}
	default:
		return false, false
	}
	return true, true
}

// inCaption is 13.2.6.4.11.
func (p *parser) inCaption() bool {
	closes := false
	switch a := p.token.atom; p.token.kind {
	case startTag:
		// As x/net: but for th.
		closes = isTablePart(a) && a != atom.Th
	case endTag:
		switch {
		case a == atom.Caption:
			p.closeCaption()
			return true
		case a == atom.Table:
			closes = true
		case isTablePart(a), a == atom.Body, a == atom.Html:
			return true
		}
	}
	if closes {
		return !p.closeCaption()
	}
	return p.inBody()
}

func (p *parser) closeCaption() bool {
	if !p.popTo(tableScope, atom.Caption) {
		return false
	}
	p.clearToMarker()
	p.mode = inTable
	return true
}

// inColumnGroup is 13.2.6.4.12.
func (p *parser) inColumnGroup() bool {
	switch p.token.kind {
	case doctypeToken:
		return true
	case commentToken:
		p.addComment()
		return true
	case endOfFile:
		return p.inBody()
	case textToken:
		if p.addSpace() {
			return true
		}
	case startTag:
		switch p.token.atom {
		case atom.Html:
			return p.inBody()
		case atom.Col:
			p.addVoid()
			return true
		case atom.Template:
			return p.inHead()
		}
	case endTag:
		switch p.token.atom {
		case atom.Colgroup:
			if p.top().DataAtom == atom.Colgroup {
				p.pop()
				p.mode = inTable
			}
			return true
		case atom.Col:
			return true
		case atom.Template:
			return p.inHead()
		}
	}
	if p.top().DataAtom != atom.Colgroup {
		return true
	}
	p.pop()
	p.mode = inTable
	return false
}

// inTableBody is 13.2.6.4.13.
func (p *parser) inTableBody() bool {
	switch a := p.token.atom; p.token.kind {
	case commentToken:
		p.addComment()
		return true
	case startTag:
		switch {
		case a == atom.Tr:
			p.clearTo(bodyContext)
			p.addElement()
			p.mode = inRow
			return true
		case a == atom.Td, a == atom.Th:
			p.imply(startTag, atom.Tr)
			return false
		case isTablePart(a):
			return !p.closeTableBody()
		}
	case endTag:
		switch {
		case a == atom.Tbody, a == atom.Tfoot, a == atom.Thead:
			if p.inScope(tableScope, a) >= 0 {
				p.clearTo(bodyContext)
				p.pop()
				p.mode = inTable
			}
			return true
		case a == atom.Table:
			return !p.closeTableBody()
		case isTablePart(a), a == atom.Body, a == atom.Html:
			return true
		}
	}
	return p.inTable()
}

func (p *parser) closeTableBody() bool {
	if !p.popToAny(tableScope, atom.Tbody, atom.Thead, atom.Tfoot) {
		return false
	}
	p.mode = inTable
	return true
}

// inRow is 13.2.6.4.14.
func (p *parser) inRow() bool {
	switch a := p.token.atom; p.token.kind {
	case startTag:
		switch {
		case a == atom.Td, a == atom.Th:
			p.clearTo(rowContext)
			p.addElement()
			p.activate(nil)
			p.mode = inCell
			return true
		case isTablePart(a):
			return !p.closeRow()
		}
	case endTag:
		switch {
		case a == atom.Tr:
			p.closeRow()
			return true
		case a == atom.Table:
			return !p.closeRow()
		case a == atom.Tbody, a == atom.Tfoot, a == atom.Thead:
			return p.inScope(tableScope, a) < 0 || !p.closeRow()
		case isTablePart(a), a == atom.Body, a == atom.Html:
			return true
		}
	}
	return p.inTable()
}

func (p *parser) closeRow() bool {
	if p.inScope(tableScope, atom.Tr) < 0 {
		return false
	}
	p.clearTo(rowContext)
	p.pop()
	p.mode = inTableBody
	return true
}

// inCell is 13.2.6.4.15.
func (p *parser) inCell() bool {
	switch a := p.token.atom; p.token.kind {
	case startTag:
		if isTablePart(a) {
			if !p.popToAny(tableScope, atom.Td, atom.Th) {
				return true
			}
			p.clearToMarker()
			p.mode = inRow
			return false
		}
	case endTag:
		switch a {
		case atom.Td, atom.Th:
			if p.popTo(tableScope, a) {
				p.clearToMarker()
				p.mode = inRow
			}
			return true
		case atom.Body, atom.Caption, atom.Col, atom.Colgroup, atom.Html:
			return true
		case atom.Table, atom.Tbody, atom.Tfoot, atom.Thead, atom.Tr:
			if p.inScope(tableScope, a) < 0 {
				return true
			}
			if p.popToAny(tableScope, atom.Td, atom.Th) {
				p.clearToMarker()
			}
			p.mode = inRow
			return false
		}
	}
	return p.inBody()
}
