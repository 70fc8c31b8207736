// Package document writes articles as documents for reading and exchange: HTML,
// TEI, EPUB, and feeds. [Formats] are its entries among the formats of package
// output.
//
// The body is that of [clean.Article.HTML], or, where that is empty, the
// paragraphs of its text. No element, attribute or address is copied: only
// those that this package lists are written, so that the result is well-formed
// and safe to show even where the record is another program's.
package document

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/output"
)

// Formats are the formats of this package. Each leaves out records that hold an
// error.
var Formats = []output.Format{HTML, TEI, EPUB, RSS, JSONFeed}

// bodyOf returns the body of an article as the children of one node.
func bodyOf(r *output.Record) *html.Node {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	if r.HTML != "" {
		nodes, err := html.ParseFragment(strings.NewReader(r.HTML), body)
		if err == nil {
			for _, n := range nodes {
				body.AppendChild(n)
			}
			return body
		}
		// Nested deeper than the parser allows: the text is shown instead.
	}
	for block := range strings.SplitSeq(r.Text, "\n\n") {
		if block = strings.TrimSpace(block); block == "" {
			continue
		}
		p := element("p")
		for i, line := range strings.Split(block, "\n") {
			if i > 0 {
				p.AppendChild(element("br"))
			}
			p.AppendChild(&html.Node{Type: html.TextNode, Data: line})
		}
		body.AppendChild(p)
	}
	for _, image := range r.Images {
		figure, img := element("figure"), element("img")
		img.Attr = []html.Attribute{{Key: "src", Val: image.URL}, {Key: "alt", Val: image.Alt}}
		if image.Width > 0 && image.Height > 0 {
			img.Attr = append(img.Attr, html.Attribute{Key: "width", Val: strconv.Itoa(image.Width)}, html.Attribute{Key: "height", Val: strconv.Itoa(image.Height)})
		}
		figure.AppendChild(img)
		if caption := strings.TrimSpace(image.Caption + " " + image.Credit); caption != "" {
			c := element("figcaption")
			c.AppendChild(&html.Node{Type: html.TextNode, Data: caption})
			figure.AppendChild(c)
		}
		body.AppendChild(figure)
	}
	return body
}

func element(tag string) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: tag, DataAtom: atom.Lookup([]byte(tag))}
}

// attr returns an attribute's value, or the empty string.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// escape escapes text for an element or a quoted attribute of HTML or XML.
// Characters that XML 1.0 forbids (section 2.2) become U+FFFD.
func escape(s string) string {
	return escaper.Replace(strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return '\ufffd'
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd")))
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "\r", "&#13;")

// address returns a link's address where it is one that may be followed, else
// the empty string.
func address(s string) string {
	s = strings.TrimSpace(s)
	for _, scheme := range []string{"http://", "https://", "mailto:"} {
		if len(s) > len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' }) {
			return s
		}
	}
	return ""
}

// plain are the elements that are written as they are, without attributes.
var plain = []atom.Atom{
	atom.Blockquote, atom.Code, atom.Dd, atom.Del, atom.Dl, atom.Dt, atom.Em, atom.Figcaption, atom.Figure, atom.H1, atom.H2, atom.H3, atom.H4,
	atom.H5, atom.H6, atom.Li, atom.Ol, atom.P, atom.Pre, atom.Strong, atom.Sub, atom.Sup, atom.Table, atom.Tbody, atom.Td, atom.Th, atom.Tr, atom.Ul,
}

// dropped are the elements whose content is no text of the article.
var dropped = []atom.Atom{atom.Iframe, atom.Noscript, atom.Object, atom.Script, atom.Style, atom.Template, atom.Textarea, atom.Title}

// xhtml writes the children of n as HTML that is well-formed XML too. With
// links, a picture is a link to its address, since an EPUB must not load
// pictures from elsewhere.
func xhtml(b *strings.Builder, n *html.Node, links bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(escape(c.Data))
		case c.Type != html.ElementNode || slices.Contains(dropped, c.DataAtom):
		case c.DataAtom == atom.Br:
			b.WriteString("<br/>")
		case c.DataAtom == atom.Img:
			picture(b, c, links)
		case c.DataAtom == atom.A && address(attr(c, "href")) != "":
			b.WriteString(`<a href="` + escape(address(attr(c, "href"))) + `">`)
			xhtml(b, c, links)
			b.WriteString("</a>")
		case slices.Contains(plain, c.DataAtom):
			b.WriteString("<" + c.Data)
			for _, key := range []string{"colspan", "rowspan", "start"} {
				if v, err := strconv.Atoi(attr(c, key)); err == nil {
					b.WriteString(" " + key + `="` + strconv.Itoa(v) + `"`)
				}
			}
			b.WriteString(">")
			xhtml(b, c, links)
			b.WriteString("</" + c.Data + ">")
		default:
			xhtml(b, c, links)
		}
	}
}

func picture(b *strings.Builder, n *html.Node, links bool) {
	src := address(attr(n, "src"))
	if src == "" {
		return
	}
	if links {
		label := attr(n, "alt")
		if label == "" {
			label = src
		}
		b.WriteString(`<a href="` + escape(src) + `">` + escape(label) + "</a>")
		return
	}
	b.WriteString(`<img src="` + escape(src) + `" alt="` + escape(attr(n, "alt")) + `"`)
	for _, key := range []string{"width", "height"} {
		if v, err := strconv.Atoi(attr(n, key)); err == nil && v > 0 {
			b.WriteString(" " + key + `="` + strconv.Itoa(v) + `"`)
		}
	}
	b.WriteString("/>")
}

// article writes title, standfirst, byline and body.
func article(b *strings.Builder, r *output.Record, links bool) {
	if r.Title != "" {
		b.WriteString("<h1>" + escape(r.Title) + "</h1>\n")
	}
	if r.Subtitle != "" {
		b.WriteString(`<p class="standfirst">` + escape(r.Subtitle) + "</p>\n")
	}
	var parts []string
	if names := authorNames(r); len(names) > 0 {
		parts = append(parts, escape(strings.Join(names, ", ")))
	}
	if r.Published != "" {
		parts = append(parts, `<time datetime="`+escape(r.Published)+`">`+escape(shownDate(r.Published))+"</time>")
	}
	if link := address(linkOf(r)); link != "" {
		name := siteName(r)
		if name == "" {
			name = link
		}
		parts = append(parts, `<a href="`+escape(link)+`">`+escape(name)+"</a>")
	}
	if len(parts) > 0 {
		b.WriteString(`<p class="byline">` + strings.Join(parts, " · ") + "</p>\n")
	}
	xhtml(b, bodyOf(r), links)
}

func authorNames(r *output.Record) []string {
	names := make([]string, len(r.Authors))
	for i, a := range r.Authors {
		names[i] = a.Name
	}
	return names
}

// shownDate is a date as it is shown: without seconds and offset.
func shownDate(s string) string {
	if len(s) >= len("2006-01-02T15:04") {
		return s[:10] + " " + s[11:16]
	}
	return s
}

// linkOf returns the article's address.
func linkOf(r *output.Record) string {
	if r.CanonicalURL != "" {
		return r.CanonicalURL
	}
	return r.URL
}

func siteName(r *output.Record) string {
	switch {
	case r.Site == nil:
		return ""
	case r.Site.Name != "":
		return r.Site.Name
	}
	return r.Site.Domain
}

// titleOf returns what an article is called in a list.
func titleOf(r *output.Record) string {
	switch {
	case r.Title != "":
		return r.Title
	case linkOf(r) != "":
		return linkOf(r)
	}
	return "Untitled"
}
