package htmlparse

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// addElement inserts an element for the token (13.2.6.1), and opens it.
func (p *parser) addElement() *html.Node {
	return p.addForeign("", p.token.element.is|inHTML)
}

// addVoid inserts an element that holds nothing.
func (p *parser) addVoid() {
	p.addElement()
	p.pop()
}

// addForeign inserts an element of a namespace; is is what the rules know of it.
func (p *parser) addForeign(namespace string, is class) *html.Node {
	n := p.node()
	n.Type = html.ElementNode
	n.DataAtom = p.token.atom
	n.Data = p.token.data
	n.Attr = p.token.attr
	n.Namespace = namespace
	p.append(n)
	p.push(n, is)
	return n
}

// append adds a node without a parent at the appropriate place (13.2.6.1): to the
// current node, or before its table.
func (p *parser) append(n *html.Node) {
	switch {
	case len(p.open) == 0:
		p.doc.AppendChild(n)
	case p.fostering && p.top().is&fosters != 0:
		p.foster(n)
	default:
		p.top().AppendChild(n)
	}
}

// foster adds a node to its foster parent (13.2.6.1).
func (p *parser) foster(n *html.Node) {
	table, template := -1, -1
	for k := len(p.open) - 1; k >= 0 && table < 0; k-- {
		switch p.open[k].DataAtom {
		case atom.Table:
			table = k
		case atom.Template:
			if template < 0 {
				template = k
			}
		}
	}
	if template >= 0 {
		p.open[template].AppendChild(n)
		return
	}
	parent, prev := p.open[0].Node, p.open[0].LastChild
	var before *html.Node
	if table >= 0 {
		before = p.open[table].Node
		prev = before.PrevSibling
		if parent = before.Parent; parent == nil {
			parent, before = p.open[table-1].Node, nil
			prev = parent.LastChild
		}
	}
	if n.Type == html.TextNode && prev != nil && prev.Type == html.TextNode {
		p.join(prev, n.Data)
		return
	}
	parent.InsertBefore(n, before)
}

// addText inserts characters (13.2.6.1).
func (p *parser) addText(text string) {
	if text == "" {
		return
	}
	fostered := p.fostering && p.top().is&fosters != 0
	if !fostered {
		if last := p.top().LastChild; last != nil && last.Type == html.TextNode {
			p.join(last, text)
			return
		}
	}
	n := p.node()
	n.Type = html.TextNode
	n.Data = text
	p.append(n)
}

// join appends to a text node. Its bytes are kept apart until the page ends: a
// string that grew piece by piece would take quadratic time.
func (p *parser) join(n *html.Node, text string) {
	b, ok := p.joined[n]
	if !ok {
		if p.joined == nil {
			p.joined = make(map[*html.Node][]byte)
		}
		b = []byte(n.Data)
	}
	p.joined[n] = append(b, text...)
}

func (p *parser) comment(parent *html.Node) {
	n := p.node()
	n.Type = html.CommentNode
	n.Data = p.token.data
	parent.AppendChild(n)
}

// addComment inserts a comment at the appropriate place.
func (p *parser) addComment() {
	n := p.node()
	n.Type = html.CommentNode
	n.Data = p.token.data
	p.append(n)
}

// addAttributes gives an element the attributes of the token that it has not.
func (p *parser) addAttributes(n *html.Node) {
	if len(p.token.attr) == 0 {
		return
	}
	names := p.given[n]
	if names == nil {
		names = make(map[string]bool)
		for _, a := range n.Attr {
			names[a.Key] = true
		}
		if p.given == nil {
			p.given = make(map[*html.Node]map[string]bool)
		}
		p.given[n] = names
	}
	for _, a := range p.token.attr {
		if !names[a.Key] {
			names[a.Key] = true
			n.Attr = append(n.Attr, a)
		}
	}
}
