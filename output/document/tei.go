package document

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/output"
)

// TEI is XML by the Text Encoding Initiative, P5, with the elements that
// trafilatura writes: a TEI element for one article, a teiCorpus for more.
var TEI = output.Format{Name: "xml", Endings: []string{".xml", ".tei"}, HTML: true, Compressible: true, New: NewTEI}

// NewTEI returns a writer of TEI. The first article is written when the second
// comes, or at Close.
func NewTEI(w io.Writer) output.Writer { return &teiWriter{w: w} }

type teiWriter struct {
	w     io.Writer
	first string
	count int
}

const (
	teiNamespace = ` xmlns="http://www.tei-c.org/ns/1.0"`
	xmlHead      = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	corpusHead   = "<teiHeader><fileDesc><titleStmt><title>Articles</title></titleStmt><publicationStmt><p/></publicationStmt>" +
		"<sourceDesc><p/></sourceDesc></fileDesc></teiHeader>\n"
)

func (t *teiWriter) Write(r *output.Record) error {
	if r.Error != nil {
		return nil
	}
	var b strings.Builder
	t.count++
	tei(&b, r)
	switch t.count {
	case 1:
		t.first = b.String()
		return nil
	case 2:
		head := xmlHead + "<teiCorpus" + teiNamespace + ">\n" + corpusHead + t.first
		t.first = ""
		if _, err := io.WriteString(t.w, head); err != nil {
			return err
		}
	}
	_, err := io.WriteString(t.w, b.String())
	return err
}

func (t *teiWriter) Close() error {
	end := "</teiCorpus>\n"
	switch t.count {
	case 0:
		end = xmlHead + "<teiCorpus" + teiNamespace + ">\n" + corpusHead + end
	case 1:
		end = xmlHead + t.first
	}
	_, err := io.WriteString(t.w, end)
	return err
}

// tei writes one article.
func tei(b *strings.Builder, r *output.Record) {
	b.WriteString("<TEI" + teiNamespace + language(r, "xml:lang") + ">\n")
	teiHead(b, r)
	b.WriteString("<text>\n<body>\n<div type=\"entry\">\n")
	teiBlocks(b, bodyOf(r))
	b.WriteString("</div>\n</body>\n</text>\n</TEI>\n")
}

func teiHead(b *strings.Builder, r *output.Record) {
	field := func(before, value, after string) {
		if value != "" {
			b.WriteString(before + escape(value) + after + "\n")
		}
	}
	title := func() {
		b.WriteString("<titleStmt>\n<title type=\"main\">" + escape(titleOf(r)) + "</title>\n")
		field(`<title type="sub">`, r.Subtitle, "</title>")
		for _, name := range authorNames(r) {
			field("<author>", name, "</author>")
		}
		b.WriteString("</titleStmt>\n")
	}
	b.WriteString("<teiHeader>\n<fileDesc>\n")
	title()
	b.WriteString("<publicationStmt>\n<publisher>" + escape(siteName(r)) + "</publisher>\n")
	if r.Rights != nil {
		field("<availability><p>", r.Rights.License, "</p></availability>")
	}
	b.WriteString("</publicationStmt>\n")
	if r.ID != "" || r.ContentHash != "" {
		b.WriteString("<notesStmt>\n")
		field(`<note type="id">`, r.ID, "</note>")
		field(`<note type="fingerprint">`, r.ContentHash, "</note>")
		b.WriteString("</notesStmt>\n")
	}
	source := slices.DeleteFunc([]string{titleOf(r), siteName(r), r.Published}, func(s string) bool { return s == "" })
	b.WriteString("<sourceDesc>\n<bibl>" + escape(strings.Join(source, ", ")) + "</bibl>\n<biblFull>\n")
	title()
	b.WriteString("<publicationStmt>\n<publisher>" + escape(siteName(r)) + "</publisher>\n")
	if link := address(linkOf(r)); link != "" {
		b.WriteString(`<ptr type="URL" target="` + escape(link) + `"/>` + "\n")
	}
	if r.Published != "" {
		b.WriteString(`<date when="` + escape(r.Published) + `">` + escape(shownDate(r.Published)) + "</date>\n")
	}
	b.WriteString("</publicationStmt>\n</biblFull>\n</sourceDesc>\n</fileDesc>\n<profileDesc>\n")
	field("<abstract><p>", r.Description, "</p></abstract>")
	if r.Section != "" || len(r.Tags) > 0 {
		b.WriteString("<textClass>\n<keywords>\n")
		field(`<term type="categories">`, r.Section, "</term>")
		field(`<term type="tags">`, strings.Join(r.Tags, ", "), "</term>")
		b.WriteString("</keywords>\n</textClass>\n")
	}
	if r.FetchedAt != nil {
		b.WriteString(`<creation><date type="download" when="` + r.FetchedAt.Format("2006-01-02T15:04:05Z07:00") + `"/></creation>` + "\n")
	}
	field("<langUsage><language ident=\""+escape(r.Language)+"\">", r.Language, "</language></langUsage>")
	b.WriteString("</profileDesc>\n</teiHeader>\n")
}

// teiBlock are the elements of HTML that stand for a block, with TEI's.
var teiBlock = map[atom.Atom][2]string{
	atom.P: {"<p>", "</p>"}, atom.Blockquote: {"<quote>", "</quote>"}, atom.Ul: {`<list rend="ul">`, "</list>"}, atom.Ol: {`<list rend="ol">`, "</list>"},
	atom.Dl: {`<list type="gloss">`, "</list>"}, atom.Li: {"<item>", "</item>"}, atom.Dt: {"<label>", "</label>"}, atom.Dd: {"<item>", "</item>"},
	atom.Table: {"<table>", "</table>"}, atom.Tr: {"<row>", "</row>"}, atom.Pre: {"<ab>", "</ab>"}, atom.Figcaption: {"<head>", "</head>"},
}

// teiInline are those that stand for phrases.
var teiInline = map[atom.Atom][2]string{
	atom.Strong: {`<hi rend="#b">`, "</hi>"}, atom.Em: {`<hi rend="#i">`, "</hi>"}, atom.Sub: {`<hi rend="#sub">`, "</hi>"},
	atom.Sup: {`<hi rend="#sup">`, "</hi>"}, atom.Code: {"<code>", "</code>"},
}

// teiBlocks writes the children of n. Text that stands in no block, where TEI
// allows none, is a paragraph.
func teiBlocks(b *strings.Builder, n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && (inText(n) || strings.TrimSpace(c.Data) == ""):
			b.WriteString(escape(c.Data))
		case c.Type == html.TextNode:
			b.WriteString("<p>" + escape(c.Data) + "</p>")
		case c.Type != html.ElementNode || slices.Contains(dropped, c.DataAtom):
		default:
			teiElement(b, c)
		}
	}
}

// inText reports whether an element of HTML becomes one of TEI that holds text.
func inText(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Body, atom.Blockquote, atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Tbody, atom.Tr, atom.Figure:
		return false
	}
	return true
}

func teiElement(b *strings.Builder, c *html.Node) {
	around := func(before, after string) {
		b.WriteString(before)
		teiBlocks(b, c)
		b.WriteString(after)
	}
	if tags, ok := teiBlock[c.DataAtom]; ok {
		around(tags[0], tags[1])
		return
	}
	if tags, ok := teiInline[c.DataAtom]; ok {
		around(tags[0], tags[1])
		return
	}
	switch c.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		around(`<ab rend="`+c.Data+`" type="header">`, "</ab>")
	case atom.A:
		if href := address(attr(c, "href")); href != "" {
			around(`<ref target="`+escape(href)+`">`, "</ref>")
			return
		}
		around("", "")
	case atom.Br:
		b.WriteString("<lb/>")
	case atom.Td, atom.Th:
		cell := "<cell"
		if c.DataAtom == atom.Th {
			cell += ` role="head"`
		}
		for _, span := range [][2]string{{"colspan", "cols"}, {"rowspan", "rows"}} {
			if v, err := strconv.Atoi(attr(c, span[0])); err == nil && v > 1 {
				cell += " " + span[1] + `="` + strconv.Itoa(v) + `"`
			}
		}
		around(cell+">", "</cell>")
	case atom.Figure:
		around("<figure>", "</figure>")
	case atom.Img:
		if src := address(attr(c, "src")); src != "" {
			b.WriteString(`<graphic url="` + escape(src) + `">`)
			if alt := attr(c, "alt"); alt != "" {
				b.WriteString("<desc>" + escape(alt) + "</desc>")
			}
			b.WriteString("</graphic>")
		}
	default:
		around("", "")
	}
}
