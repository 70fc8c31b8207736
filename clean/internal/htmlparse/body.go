package htmlparse

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// inBody is 13.2.6.4.7.
func (p *parser) inBody() bool {
	switch p.token.kind {
	case textToken:
		p.bodyText()
	case startTag:
		return p.bodyStart()
	case endTag:
		return p.bodyEnd()
	case commentToken:
		p.addComment()
	case endOfFile:
		if len(p.templates) > 0 {
			p.mode = inTemplate
			return false
		}
	}
	return true
}

func (p *parser) bodyText() {
	text := p.token.data
	if n := p.top(); n.FirstChild == nil && (n.DataAtom == atom.Pre || n.DataAtom == atom.Listing) {
		text = afterNewline(text)
	}
	if p.hasNUL {
		text = strings.ReplaceAll(text, "\x00", "")
	}
	if text == "" {
		return
	}
	p.reopen()
	p.addText(text)
	if p.framesetOK && strings.TrimLeft(text, whitespace) != "" {
		p.framesetOK = false
	}
}

// afterNewline returns what comes after a line end at the beginning of text.
func afterNewline(text string) string {
	// A carriage return is one that a character reference stands for.
	text = strings.TrimPrefix(text, "\r")
	return strings.TrimPrefix(text, "\n")
}

// bodyStart is the part of 13.2.6.4.7 on start tags.
func (p *parser) bodyStart() bool {
	switch p.token.element.start {
	case startOther:
		p.reopen()
		p.addElement()
	case startHTML:
		if !p.hasOpen(atom.Template) {
			p.addAttributes(p.open[0].Node)
		}
	case startInHead:
		return p.inHead()
	case startBody, startFrameset:
		p.bodyAgain()
	case startBlock, startPlaintext:
		p.popTo(buttonScope, atom.P)
		p.addElement()
	case startHeading:
		p.popTo(buttonScope, atom.P)
		if p.top().is&isHeading != 0 {
			p.pop()
		}
		p.addElement()
	case startPre:
		p.popTo(buttonScope, atom.P)
		p.addElement()
		p.framesetOK = false
	case startForm:
		p.startForm()
	case startLi:
		p.startItem(atom.Li, atom.Li)
	case startDd:
		p.startItem(atom.Dd, atom.Dt)
	case startA:
		if k := p.lastActive(atom.A); k >= 0 {
			n := p.active[k]
			p.closeFormatting(atom.A, "a")
			p.removeOpen(n)
			p.removeActive(n)
		}
		p.reopen()
		p.addFormatting()
	case startFormatting:
		p.reopen()
		p.addFormatting()
	case startNobr:
		p.reopen()
		if p.inScope(defaultScope, atom.Nobr) >= 0 {
			p.closeFormatting(atom.Nobr, "nobr")
			p.reopen()
		}
		p.addFormatting()
	case startVoid:
		p.reopen()
		p.addVoid()
		p.framesetOK = false
	case startParam:
		p.addVoid()
	case startTable:
		if !p.quirks {
			p.popTo(buttonScope, atom.P)
		}
		p.addElement()
		p.framesetOK = false
		p.mode = inTable
	case startImage:
		p.token.atom, p.token.data, p.token.element = atom.Img, "img", elementOf("img")
		return false
	case startMath:
		p.startForeign("math")
	case startSVG:
		p.startForeign("svg")
	case startIgnored:
	default:
		p.bodyStartRare()
	}
	return true
}

// bodyStartRare has the rest of the rows on start tags.
func (p *parser) bodyStartRare() {
	switch p.token.element.start {
	case startButton:
		if p.inScope(defaultScope, atom.Button) >= 0 {
			p.popTo(defaultScope, atom.Button)
		}
		p.reopen()
		p.addElement()
		p.framesetOK = false
	case startApplet:
		p.reopen()
		p.addElement()
		p.activate(nil)
		p.framesetOK = false
	case startInput:
		p.popTo(defaultScope, atom.Select)
		p.reopen()
		p.addVoid()
		p.framesetOK = p.framesetOK && p.isHidden()
	case startHr:
		if p.inScope(buttonScope, atom.P) >= 0 {
			p.closeImplied(atom.P)
			p.popTo(defaultScope, atom.P)
		}
		if p.inScope(defaultScope, atom.Select) >= 0 {
			p.closeImplied(0)
		}
		p.addVoid()
		p.framesetOK = false
	case startTextarea, startIframe:
		p.framesetOK = false
		p.addRawText()
	case startNoembed:
		p.addRawText()
	case startXmp:
		p.popTo(buttonScope, atom.P)
		p.reopen()
		p.framesetOK = false
		p.addRawText()
	case startNoscript:
		if p.scripting {
			p.addRawText()
			return
		}
		p.reopen()
		p.addElement()
		p.raw = nil
	case startSelect:
		if p.popTo(defaultScope, atom.Select) {
			return
		}
		p.reopen()
		p.addElement()
		p.framesetOK = false
	case startOption, startOptgroup:
		if p.inScope(defaultScope, atom.Select) >= 0 {
			if p.token.element.start == startOption {
				p.closeImplied(atom.Optgroup)
			} else {
				p.closeImplied(0)
			}
		} else if p.top().DataAtom == atom.Option {
			p.pop()
		}
		p.reopen()
		p.addElement()
	case startRb, startRt:
		if p.inScope(defaultScope, atom.Ruby) >= 0 {
			if p.token.element.start == startRt {
				p.closeImplied(atom.Rtc)
			} else {
				p.closeImplied(0)
			}
		}
		p.addElement()
	}
}

// bodyAgain is for the start tags body and frameset in a body.
func (p *parser) bodyAgain() {
	inside := len(p.open) >= 2 && p.open[1].DataAtom == atom.Body
	switch {
	case p.token.atom == atom.Frameset:
		if !p.framesetOK || !inside {
			return
		}
		detach(p.open[1].Node)
		p.open = p.open[:1]
		p.addElement()
		p.mode = inFrameset
	case inside && !p.hasOpen(atom.Template):
		p.framesetOK = false
		p.addAttributes(p.open[1].Node)
	}
}

func (p *parser) startForm() {
	template := p.hasOpen(atom.Template)
	if p.form != nil && !template {
		return
	}
	p.popTo(buttonScope, atom.P)
	n := p.addElement()
	if !template {
		p.form = n
	}
}

// startItem is for the start tags li, dd and dt, which end an item a or b.
func (p *parser) startItem(a, b atom.Atom) {
	p.framesetOK = false
loop:
	for k := len(p.open) - 1; k >= 0; k-- {
		switch e := &p.open[k]; e.DataAtom {
		case a, b:
			p.open = p.open[:k]
			break loop
		case atom.Address, atom.Div, atom.P:
		default:
			if e.is&special != 0 {
				break loop
			}
		}
	}
	p.popTo(buttonScope, atom.P)
	p.addElement()
}

// startForeign is for the start tags math and svg.
func (p *parser) startForeign(namespace string) {
	p.reopen()
	p.adjustAttributes(namespace)
	p.addForeign(namespace, 0)
	if p.token.selfClosing {
		p.pop()
	}
}

// isHidden reports whether an input is hidden.
func (p *parser) isHidden() bool {
	for _, a := range p.token.attr {
		if a.Key == "type" {
			return strings.EqualFold(a.Val, "hidden")
		}
	}
	return false
}

// bodyEnd is the part of 13.2.6.4.7 on end tags.
func (p *parser) bodyEnd() bool {
	a := p.token.atom
	switch p.token.element.end {
	case endOther:
		p.closeOther(a, p.token.data)
	case endBlock:
		p.popTo(defaultScope, a)
	case endP:
		if !p.popTo(buttonScope, atom.P) {
			p.imply(startTag, atom.P)
			p.popTo(buttonScope, atom.P)
		}
	case endLi:
		p.popTo(listScope, atom.Li)
	case endDd:
		p.popTo(defaultScope, a)
	case endHeading:
		p.popToAny(defaultScope, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
	case endFormatting:
		p.closeFormatting(a, p.token.data)
	case endApplet:
		if p.popTo(defaultScope, a) {
			p.clearToMarker()
		}
	case endForm:
		p.endForm()
	case endBr:
		p.token.kind = startTag
		return false
	case endTemplate:
		return p.inHead()
	case endBody:
		if p.inScope(defaultScope, atom.Body) >= 0 {
			p.mode = afterBody
		}
	case endHTML:
		if p.inScope(defaultScope, atom.Body) >= 0 {
			p.imply(endTag, atom.Body)
			return false
		}
	}
	return true
}

func (p *parser) endForm() {
	if p.hasOpen(atom.Template) {
		p.popTo(defaultScope, atom.Form)
		return
	}
	n := p.form
	p.form = nil
	if k := p.inScope(defaultScope, atom.Form); n == nil || k < 0 || p.open[k].Node != n {
		return
	}
	p.closeImplied(0)
	p.removeOpen(n)
}

// inText is 13.2.6.4.8.
func (p *parser) inText() bool {
	if p.token.kind == textToken {
		text := p.token.data
		if n := p.top(); n.DataAtom == atom.Textarea && n.FirstChild == nil {
			text = afterNewline(text)
		}
		p.addText(text)
		return true
	}
	p.pop()
	p.mode = p.original
	return p.token.kind == endTag
}

// inTemplate is 13.2.6.4.18.
func (p *parser) inTemplate() bool {
	next := inBody
	switch p.token.kind {
	case startTag:
		switch p.token.atom {
		case atom.Caption, atom.Colgroup, atom.Tbody, atom.Tfoot, atom.Thead:
			next = inTable
		case atom.Col:
			next = inColumnGroup
		case atom.Tr:
			next = inTableBody
		case atom.Td, atom.Th:
			next = inRow
		default:
			if p.token.element.is&inHead != 0 {
				return p.inHead()
			}
		}
	case endTag:
		if p.token.atom == atom.Template {
			return p.inHead()
		}
		return true
	case endOfFile:
		if !p.hasOpen(atom.Template) {
			return true
		}
		p.closeTemplate()
		return false
	default:
		return p.inBody()
	}
	if last := len(p.templates) - 1; last >= 0 {
		p.templates[last] = next
	}
	p.mode = next
	return false
}

// takesHTML reports whether an annotation-xml element contains HTML.
func takesHTML(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "encoding" && (strings.EqualFold(a.Val, "text/html") || strings.EqualFold(a.Val, "application/xhtml+xml")) {
			return true
		}
	}
	return false
}
