package document

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// content is what an element of TEI may hold, by the content models of the TEI
// guidelines.
type content int

const (
	// onlyBlocks is that of div: text stands in a p or ab.
	onlyBlocks content = iota
	// anything is macro.specialPara, as of item, cell and quote.
	anything
	// onlyPhrases is macro.phraseSeq, as of label; p, ab, hi, ref and head hold
	// more, which is not used.
	onlyPhrases
)

// teiPhrases are the elements of HTML that stand for phrases, with TEI's.
var teiPhrases = map[atom.Atom]string{
	atom.Strong: `<hi rend="#b">`, atom.Em: `<hi rend="#i">`, atom.Del: `<hi rend="#del">`, atom.Sub: `<hi rend="#sub">`, atom.Sup: `<hi rend="#sup">`,
}

// teiContent writes the children of n into an element that holds so much. Elements
// that have none in TEI are their children.
func teiContent(b *strings.Builder, n *html.Node, holds content) {
	children := childrenOf(n)
	for i := 0; i < len(children); {
		c := children[i]
		switch {
		case isBlock(c) && holds == onlyPhrases:
			// A block in a caption, say: its phrases, in a line of their own.
			if i > 0 {
				b.WriteString("<lb/>")
			}
			teiContent(b, c, holds)
			i++
		case isBlock(c):
			teiBlock(b, c, holds)
			i++
		default:
			end := i
			for end < len(children) && !isBlock(children[end]) {
				end++
			}
			teiRun(b, children[i:end], holds)
			i = end
		}
	}
}

// childrenOf returns the text and the elements of n that are written.
func childrenOf(n *html.Node) (children []*html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode || c.Type == html.ElementNode && !slices.Contains(dropped, c.DataAtom) {
			children = append(children, c)
		}
	}
	return children
}

// isBlock reports whether n is a block, or holds one.
func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Pre, atom.Blockquote, atom.Ul, atom.Ol, atom.Dl, atom.Li, atom.Dt, atom.Dd,
		atom.Table, atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Figure, atom.Figcaption, atom.Div,
		atom.Section, atom.Article, atom.Aside, atom.Header, atom.Footer, atom.Main, atom.Nav, atom.Address, atom.Details, atom.Summary, atom.Hr:
		return n.Type == html.ElementNode
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isBlock(c) {
			return true
		}
	}
	return false
}

// teiRun writes text and phrases, in a paragraph where they must not stand alone.
func teiRun(b *strings.Builder, run []*html.Node, holds content) {
	var inner strings.Builder
	for _, c := range run {
		teiPhrase(&inner, c)
	}
	s := inner.String()
	if holds == onlyBlocks && strings.TrimSpace(s) != "" {
		s = "<p>" + s + "</p>"
	}
	b.WriteString(s)
}

func teiPhrase(b *strings.Builder, c *html.Node) {
	if c.Type == html.TextNode {
		b.WriteString(escape(c.Data))
		return
	}
	around := func(before, after string) {
		b.WriteString(before)
		teiContent(b, c, onlyPhrases)
		b.WriteString(after)
	}
	if before, ok := teiPhrases[c.DataAtom]; ok {
		around(before, "</hi>")
		return
	}
	switch c.DataAtom {
	case atom.A:
		if href := address(attr(c, "href")); href != "" {
			around(`<ref target="`+escape(href)+`">`, "</ref>")
			return
		}
		around("", "")
	case atom.Br:
		b.WriteString("<lb/>")
	case atom.Code: // holds text alone
		b.WriteString("<code>" + escape(textOf(c)) + "</code>")
	case atom.Img:
		graphic(b, c)
	default:
		around("", "")
	}
}

func graphic(b *strings.Builder, c *html.Node) {
	src := address(attr(c, "src"))
	if src == "" {
		return
	}
	b.WriteString(`<graphic url="` + escape(src) + `">`)
	if alt := attr(c, "alt"); alt != "" {
		b.WriteString("<desc>" + escape(alt) + "</desc>")
	}
	b.WriteString("</graphic>")
}

func textOf(n *html.Node) string {
	var s strings.Builder
	for c := range n.Descendants() {
		switch {
		case c.Type == html.TextNode:
			s.WriteString(c.Data)
		case c.DataAtom == atom.Br:
			s.WriteString("\n")
		}
	}
	return s.String()
}

func teiBlock(b *strings.Builder, c *html.Node, holds content) {
	around := func(before, after string, inside content) {
		b.WriteString(before)
		teiContent(b, c, inside)
		b.WriteString(after)
	}
	switch c.DataAtom {
	case atom.P:
		around("<p>", "</p>", onlyPhrases)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		around(`<ab rend="`+c.Data+`" type="header">`, "</ab>", onlyPhrases)
	case atom.Pre:
		around("<ab>", "</ab>", onlyPhrases)
	case atom.Blockquote:
		around("<quote>", "</quote>", anything)
	case atom.Ul, atom.Ol:
		teiList(b, c)
	case atom.Dl:
		teiGlosses(b, c)
	case atom.Table:
		teiTable(b, c)
	case atom.Figure:
		teiFigure(b, c)
	default: // one that stands for nothing here, or a part of a table without one
		teiContent(b, c, holds)
	}
}

// teiList writes a list, which has items alone: a list in a list is the item's.
func teiList(b *strings.Builder, n *html.Node) {
	before := `<list rend="` + n.Data + `">`
	for _, c := range childrenOf(n) {
		if blank(c) {
			if before == "" { // between the tags
				b.WriteString(escape(c.Data))
			}
			continue
		}
		if before != "" {
			b.WriteString(before + "\n")
			before = ""
		}
		b.WriteString("<item>")
		if c.DataAtom == atom.Li {
			teiContent(b, c, anything)
		} else {
			wrapped := &html.Node{Type: html.ElementNode, FirstChild: &html.Node{}}
			*wrapped.FirstChild = *c
			wrapped.FirstChild.NextSibling = nil
			teiContent(b, wrapped, anything)
		}
		b.WriteString("</item>")
	}
	if before == "" {
		b.WriteString("</list>")
	}
}

func blank(n *html.Node) bool {
	return n.Type == html.TextNode && strings.TrimSpace(n.Data) == ""
}

// teiGlosses writes a list of terms: a label and an item by turns. Several terms of
// one meaning are one label, and several meanings one item.
func teiGlosses(b *strings.Builder, n *html.Node) {
	last := atom.Atom(0)
	var visit func(n *html.Node)
	visit = func(n *html.Node) {
		for _, c := range childrenOf(n) {
			switch c.DataAtom {
			case atom.Dt, atom.Dd:
				gloss(b, c, last)
				last = c.DataAtom
			case atom.Div:
				visit(c)
			}
		}
	}
	visit(n)
	switch last {
	case atom.Dt:
		b.WriteString("</label>\n<item/>\n</list>")
	case atom.Dd:
		b.WriteString("</item>\n</list>")
	}
}

// gloss writes a term or a meaning, which stays open for more.
func gloss(b *strings.Builder, c *html.Node, last atom.Atom) {
	switch {
	case c.DataAtom == last:
		b.WriteString("<lb/>")
	case c.DataAtom == atom.Dt && last == 0:
		b.WriteString(`<list type="gloss">` + "\n<label>")
	case c.DataAtom == atom.Dt:
		b.WriteString("</item>\n<label>")
	case last == 0:
		b.WriteString(`<list type="gloss">` + "\n<label/>\n<item>")
	default:
		b.WriteString("</label>\n<item>")
	}
	if c.DataAtom == atom.Dt {
		teiContent(b, c, onlyPhrases)
	} else {
		teiContent(b, c, anything)
	}
}

// teiTable writes a table's rows that have cells; one without is left out.
func teiTable(b *strings.Builder, n *html.Node) {
	var head, rows strings.Builder
	var visit func(n *html.Node)
	visit = func(n *html.Node) {
		for _, c := range childrenOf(n) {
			switch c.DataAtom {
			case atom.Caption:
				head.WriteString("<head>")
				teiContent(&head, c, onlyPhrases)
				head.WriteString("</head>\n")
			case atom.Tr:
				teiRow(&rows, c)
			case atom.Thead, atom.Tbody, atom.Tfoot:
				visit(c)
			}
		}
	}
	visit(n)
	if rows.Len() > 0 {
		b.WriteString("<table>\n" + head.String() + rows.String() + "</table>")
	}
}

func teiRow(b *strings.Builder, n *html.Node) {
	begun := false
	for _, c := range childrenOf(n) {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		if !begun {
			b.WriteString("<row>")
			begun = true
		}
		b.WriteString("<cell")
		if c.DataAtom == atom.Th {
			b.WriteString(` role="head"`)
		}
		for _, span := range [][2]string{{"colspan", "cols"}, {"rowspan", "rows"}} {
			if v, err := strconv.Atoi(attr(c, span[0])); err == nil && v > 1 {
				b.WriteString(" " + span[1] + `="` + strconv.Itoa(v) + `"`)
			}
		}
		b.WriteString(">")
		teiContent(b, c, anything)
		b.WriteString("</cell>")
	}
	if begun {
		b.WriteString("</row>\n")
	}
}

// teiFigure writes a figure: its pictures, its caption, and what else is in it.
func teiFigure(b *strings.Builder, n *html.Node) {
	b.WriteString("<figure>")
	for _, c := range childrenOf(n) {
		switch {
		case c.DataAtom == atom.Figcaption:
			b.WriteString("<head>")
			teiContent(b, c, onlyPhrases)
			b.WriteString("</head>")
		case c.DataAtom == atom.Img:
			graphic(b, c)
		case isBlock(c):
			teiBlock(b, c, onlyBlocks)
		default:
			teiRun(b, []*html.Node{c}, onlyBlocks)
		}
	}
	b.WriteString("</figure>")
}
