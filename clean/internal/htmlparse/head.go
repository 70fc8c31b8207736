package htmlparse

import (
	"strings"

	"golang.org/x/net/html/atom"
)

const whitespace = " \t\r\n\f"

// skipSpace drops white space at the beginning of a text token, and reports
// whether nothing is left.
func (p *parser) skipSpace() bool {
	p.token.data = strings.TrimLeft(p.token.data, whitespace)
	return p.token.data == ""
}

// addSpace inserts white space at the beginning of a text token, and reports
// whether nothing is left.
func (p *parser) addSpace() bool {
	text := p.token.data
	empty := p.skipSpace()
	p.addText(text[:len(text)-len(p.token.data)])
	return empty
}

// initial is 13.2.6.4.1.
func (p *parser) initial() bool {
	switch p.token.kind {
	case textToken:
		if p.skipSpace() {
			return true
		}
	case commentToken:
		p.comment(p.doc)
		return true
	case doctypeToken:
		n, quirks := p.doctype(p.token.data)
		p.doc.AppendChild(n)
		p.quirks = quirks
		p.mode = beforeHTML
		return true
	}
	p.quirks = true
	p.mode = beforeHTML
	return false
}

// beforeHTML is 13.2.6.4.2.
func (p *parser) beforeHTML() bool {
	switch p.token.kind {
	case doctypeToken:
		return true
	case commentToken:
		p.comment(p.doc)
		return true
	case textToken:
		if p.skipSpace() {
			return true
		}
	case startTag:
		if p.token.atom == atom.Html {
			p.addElement()
			p.mode = beforeHead
			return true
		}
	case endTag:
		if !isDocumentEnd(p.token.atom) {
			return true
		}
	}
	p.imply(startTag, atom.Html)
	return false
}

// isDocumentEnd reports whether an end tag begins what stands before it: those of
// head, body, html and br do.
func isDocumentEnd(a atom.Atom) bool {
	return a == atom.Head || isBodyEnd(a)
}

func isBodyEnd(a atom.Atom) bool {
	return a == atom.Body || a == atom.Html || a == atom.Br
}

// beforeHead is 13.2.6.4.3.
func (p *parser) beforeHead() bool {
	switch p.token.kind {
	case doctypeToken:
		return true
	case commentToken:
		p.addComment()
		return true
	case textToken:
		if p.skipSpace() {
			return true
		}
	case startTag:
		switch p.token.atom {
		case atom.Html:
			return p.inBody()
		case atom.Head:
			p.head = p.addElement()
			p.mode = inHeadMode
			return true
		}
	case endTag:
		if !isDocumentEnd(p.token.atom) {
			return true
		}
	}
	p.imply(startTag, atom.Head)
	return false
}

// inHead is 13.2.6.4.4.
func (p *parser) inHead() bool {
	switch p.token.kind {
	case doctypeToken:
		return true
	case commentToken:
		p.addComment()
		return true
	case textToken:
		if p.addSpace() {
			return true
		}
	case startTag:
		switch p.token.atom {
		case atom.Html:
			return p.inBody()
		case atom.Base, atom.Basefont, atom.Bgsound, atom.Link, atom.Meta:
			n := p.addElement()
			p.pop()
			if p.base == nil && n.DataAtom == atom.Base && has(n.Attr, nil, "href") {
				p.base = n
			}
			return true
		case atom.Noscript:
			if p.scripting {
				p.addRawText()
				return true
			}
			p.addElement()
			p.raw = nil
			p.mode = inHeadNoscript
			return true
		case atom.Noframes, atom.Script, atom.Style, atom.Title:
			p.addRawText()
			return true
		case atom.Head:
			return true
		case atom.Template:
			p.openTemplate()
			return true
		}
	case endTag:
		switch p.token.atom {
		case atom.Head:
			p.pop()
			p.mode = afterHead
			return true
		case atom.Template:
			if p.hasOpen(atom.Template) {
				p.closeTemplate()
			}
			return true
		}
		if !isBodyEnd(p.token.atom) {
			return true
		}
	}
	p.imply(endTag, atom.Head)
	return false
}

// addRawText inserts an element whose content is text (13.2.6.2).
func (p *parser) addRawText() {
	p.addElement()
	p.original = p.mode
	p.mode = inText
}

func (p *parser) openTemplate() {
	for _, e := range p.open {
		if e.is&inHTML == 0 {
			p.met |= foreignTemplate
		}
	}
	p.addElement()
	p.activate(nil)
	p.framesetOK = false
	p.mode = inTemplate
	p.templates = append(p.templates, inTemplate)
}

func (p *parser) closeTemplate() {
	for k := len(p.open) - 1; k >= 0; k-- {
		if e := p.open[k]; e.DataAtom == atom.Template && e.is&inHTML != 0 {
			p.open = p.open[:k]
			break
		}
	}
	p.clearToMarker()
	if last := len(p.templates) - 1; last >= 0 {
		p.templates = p.templates[:last]
	}
	p.resetMode()
}

// inHeadNoscript is 13.2.6.4.5: without scripting.
func (p *parser) inHeadNoscript() bool {
	switch p.token.kind {
	case doctypeToken:
		return true
	case commentToken:
		return p.inHead()
	case textToken:
		if strings.TrimLeft(p.token.data, whitespace) == "" {
			return p.inHead()
		}
	case startTag:
		switch p.token.atom {
		case atom.Html:
			return p.inBody()
		case atom.Basefont, atom.Bgsound, atom.Link, atom.Meta, atom.Noframes, atom.Style:
			return p.inHead()
		case atom.Head:
			return true
		case atom.Noscript:
			p.raw = nil
			return true
		}
	case endTag:
		if p.token.atom != atom.Noscript && p.token.atom != atom.Br {
			return true
		}
	}
	p.pop()
	p.mode = inHeadMode
	return p.token.atom == atom.Noscript
}

// afterHead is 13.2.6.4.6.
func (p *parser) afterHead() bool {
	switch p.token.kind {
	case doctypeToken:
		return true
	case commentToken:
		p.addComment()
		return true
	case textToken:
		if p.addSpace() {
			return true
		}
	case startTag:
		switch p.token.atom {
		case atom.Html:
			return p.inBody()
		case atom.Body:
			p.addElement()
			p.framesetOK = false
			p.mode = inBody
			return true
		case atom.Frameset:
			p.addElement()
			p.mode = inFrameset
			return true
		case atom.Head:
			return true
		}
		if p.token.element.is&inHead != 0 {
			p.push(p.head, elementOf("head").is|inHTML)
			done := p.inHead()
			p.removeOpen(p.head)
			return done
		}
	case endTag:
		if p.token.atom == atom.Template {
			return p.inHead()
		}
		if !isBodyEnd(p.token.atom) {
			return true
		}
	}
	p.imply(startTag, atom.Body)
	p.framesetOK = true
	return p.token.kind == endOfFile
}
