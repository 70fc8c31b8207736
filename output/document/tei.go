package document

import (
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"

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
	b.WriteString("<TEI" + teiNamespace)
	if languageTag().MatchString(r.Language) {
		b.WriteString(language(r, "xml:lang"))
	}
	b.WriteString(">\n")
	teiHead(b, r)
	b.WriteString("<text>\n<body>\n<div type=\"entry\">\n")
	before := b.Len()
	teiContent(b, bodyOf(r), onlyBlocks)
	if b.Len() == before {
		b.WriteString("<p/>") // a div is not empty
	}
	b.WriteString("</div>\n</body>\n</text>\n</TEI>\n")
}

// languageTag matches what TEI takes for a language, a tag by BCP 47.
var languageTag = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$`) })

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
	if _, _, ok := output.ParseDate(r.Published); ok {
		b.WriteString(`<date when="` + escape(r.Published) + `">` + escape(shownDate(r.Published)) + "</date>\n")
	}
	b.WriteString("</publicationStmt>\n</biblFull>\n</sourceDesc>\n</fileDesc>\n<profileDesc>\n")
	// creation comes first, as early editions of P5 ask.
	if r.FetchedAt != nil {
		b.WriteString(`<creation><date type="download" when="` + r.FetchedAt.Format("2006-01-02T15:04:05Z07:00") + `"/></creation>` + "\n")
	}
	field("<abstract><p>", r.Description, "</p></abstract>")
	if r.Section != "" || len(r.Tags) > 0 {
		b.WriteString("<textClass>\n<keywords>\n")
		field(`<term type="categories">`, r.Section, "</term>")
		field(`<term type="tags">`, strings.Join(r.Tags, ", "), "</term>")
		b.WriteString("</keywords>\n</textClass>\n")
	}
	if languageTag().MatchString(r.Language) {
		b.WriteString(`<langUsage><language ident="` + r.Language + `">` + r.Language + "</language></langUsage>\n")
	}
	b.WriteString("</profileDesc>\n</teiHeader>\n")
}
