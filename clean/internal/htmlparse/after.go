package htmlparse

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// afterBody is 13.2.6.4.19.
func (p *parser) afterBody() bool {
	switch p.token.kind {
	case endOfFile:
		return true
	case commentToken:
		p.comment(p.open[0].Node)
		return true
	case textToken:
		if strings.TrimLeft(p.token.data, whitespace) == "" {
			return p.inBody()
		}
	case startTag:
		if p.token.atom == atom.Html {
			return p.inBody()
		}
	case endTag:
		if p.token.atom == atom.Html {
			p.mode = afterAfterBody
			return true
		}
	}
	p.mode = inBody
	return false
}

// afterAfterBody is 13.2.6.4.22.
func (p *parser) afterAfterBody() bool {
	switch p.token.kind {
	case endOfFile:
		return true
	case commentToken:
		p.comment(p.doc)
		return true
	case doctypeToken:
		return p.inBody()
	case textToken:
		if strings.TrimLeft(p.token.data, whitespace) == "" {
			return p.inBody()
		}
	case startTag:
		if p.token.atom == atom.Html {
			return p.inBody()
		}
	}
	p.mode = inBody
	return false
}

// spaceOnly returns the white space of a text.
func spaceOnly(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(whitespace, r) {
			return r
		}
		return -1
	}, text)
}

// inFrameset is 13.2.6.4.20.
func (p *parser) inFrameset() bool {
	switch p.token.kind {
	case commentToken:
		p.addComment()
	case textToken:
		p.addText(spaceOnly(p.token.data))
	case startTag:
		switch p.token.atom {
		case atom.Html:
			return p.inBody()
		case atom.Frameset:
			p.addElement()
		case atom.Frame:
			p.addVoid()
		case atom.Noframes:
			return p.inHead()
		}
	case endTag:
		if p.token.atom == atom.Frameset && p.top().DataAtom != atom.Html {
			p.pop()
			if p.top().DataAtom != atom.Frameset {
				p.mode = afterFrameset
			}
		}
	}
	return true
}

// afterFrameset is 13.2.6.4.21.
func (p *parser) afterFrameset() bool {
	switch p.token.kind {
	case commentToken:
		p.addComment()
	case textToken:
		p.addText(spaceOnly(p.token.data))
	case startTag:
		switch p.token.atom {
		case atom.Html:
			return p.inBody()
		case atom.Noframes:
			return p.inHead()
		}
	case endTag:
		if p.token.atom == atom.Html {
			p.mode = afterAfterFrameset
		}
	}
	return true
}

// afterAfterFrameset is 13.2.6.4.23.
func (p *parser) afterAfterFrameset() bool {
	switch p.token.kind {
	case commentToken:
		p.comment(p.doc)
	case textToken:
		if p.token.data = spaceOnly(p.token.data); p.token.data != "" {
			return p.inBody()
		}
	case startTag:
		switch p.token.atom {
		case atom.Html:
			return p.inBody()
		case atom.Noframes:
			return p.inHead()
		}
	case doctypeToken:
		return p.inBody()
	}
	return true
}
