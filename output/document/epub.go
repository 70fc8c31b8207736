package document

import (
	"archive/zip"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"time"

	"newsclip/output"
)

// EPUB is an EPUB 3 book with an article a chapter and a table of contents,
// which readers of EPUB 2 find too. A picture is a link to its address, since a
// book must not load pictures from elsewhere.
var EPUB = output.Format{Name: "epub", Endings: []string{".epub"}, HTML: true, New: NewEPUB}

// NewEPUB returns a writer of a book. It writes a chapter at a time, and the
// book cannot be read before Close.
func NewEPUB(w io.Writer) output.Writer {
	return &epubWriter{zip: zip.NewWriter(w)}
}

type epubWriter struct {
	zip      *zip.Writer
	chapters []chapter
	ids      strings.Builder // of the records
	language string          // of the first article
	latest   time.Time
}

type chapter struct{ file, title, language string }

const (
	xhtmlHead = xmlHead + `<!DOCTYPE html>` + "\n" + `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"`
	container = xmlHead + `<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>` +
		`<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>` + "\n"
)

func (e *epubWriter) Write(r *output.Record) error {
	if r.Error != nil {
		return nil
	}
	if err := e.begin(); err != nil {
		return err
	}
	if len(e.chapters) == 0 {
		e.language = r.Language
	}
	c := chapter{fmt.Sprintf("chapter-%04d.xhtml", len(e.chapters)+1), titleOf(r), r.Language}
	e.chapters = append(e.chapters, c)
	fmt.Fprintf(&e.ids, "%s %s\n", r.ID, r.ContentHash)
	for _, date := range []string{r.Published, r.Modified} {
		if t, _, ok := output.ParseDate(date); ok && t.After(e.latest) {
			e.latest = t
		}
	}
	var b strings.Builder
	b.WriteString(xhtmlHead + language(r, "xml:lang") + language(r, "lang") + ">\n<head><title>" + escape(c.title) + "</title></head>\n<body>\n")
	article(&b, r, true)
	b.WriteString("</body>\n</html>\n")
	return e.file(c.file, b.String())
}

// begin writes what has to stand first: the type, not compressed (EPUB 3.3,
// section 4.2.6.1).
func (e *epubWriter) begin() error {
	if len(e.chapters) > 0 {
		return nil
	}
	w, err := e.zip.CreateHeader(&zip.FileHeader{Name: "mimetype", Method: zip.Store})
	if err == nil {
		_, err = io.WriteString(w, "application/epub+zip")
	}
	if err == nil {
		err = e.file("META-INF/container.xml", container)
	}
	return err
}

// file adds a file without a time, so that equal records make equal books.
func (e *epubWriter) file(name, content string) error {
	w, err := e.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err == nil {
		_, err = io.WriteString(w, content)
	}
	return err
}

func (e *epubWriter) Close() error {
	if err := e.begin(); err != nil {
		return err
	}
	if len(e.chapters) == 0 { // a book has a chapter at least
		e.chapters = []chapter{{"chapter-0001.xhtml", "No articles", ""}}
		if err := e.file("chapter-0001.xhtml", xhtmlHead+">\n<head><title>No articles</title></head>\n<body><p>No articles</p></body>\n</html>\n"); err != nil {
			return err
		}
	}
	for _, f := range []struct{ name, content string }{{"nav.xhtml", e.contents()}, {"toc.ncx", e.ncx()}, {"book.opf", e.opf()}} {
		if err := e.file(f.name, f.content); err != nil {
			return err
		}
	}
	return e.zip.Close()
}

func (e *epubWriter) title() string {
	if len(e.chapters) == 1 {
		return e.chapters[0].title
	}
	return fmt.Sprintf("%s and %d more", e.chapters[0].title, len(e.chapters)-1)
}

// identifier is equal for books of equal articles.
func (e *epubWriter) identifier() string {
	return fmt.Sprintf("urn:newsclip:%x", sha256.Sum256([]byte(e.ids.String())))
}

func (e *epubWriter) contents() string {
	var b strings.Builder
	b.WriteString(xhtmlHead + ">\n<head><title>" + escape(e.title()) + "</title></head>\n<body>\n<nav epub:type=\"toc\"><h1>Contents</h1>\n<ol>\n")
	for _, c := range e.chapters {
		b.WriteString(`<li><a href="` + c.file + `">` + escape(c.title) + "</a></li>\n")
	}
	b.WriteString("</ol>\n</nav>\n</body>\n</html>\n")
	return b.String()
}

func (e *epubWriter) ncx() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">` + "\n<head><meta name=\"dtb:uid\" content=\"" +
		e.identifier() + "\"/></head>\n<docTitle><text>" + escape(e.title()) + "</text></docTitle>\n<navMap>\n")
	for i, c := range e.chapters {
		fmt.Fprintf(&b, "<navPoint id=\"n%d\" playOrder=\"%d\"><navLabel><text>%s</text></navLabel><content src=\"%s\"/></navPoint>\n", i+1, i+1, escape(c.title), c.file)
	}
	b.WriteString("</navMap>\n</ncx>\n")
	return b.String()
}

func (e *epubWriter) opf() string {
	var b, spine strings.Builder
	lang := e.language
	if lang == "" {
		lang = "und" // undetermined, by BCP 47
	}
	// A book has to tell when it was changed; the clock would make equal
	// records different books.
	modified := e.latest
	if modified.IsZero() {
		modified = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	b.WriteString(xmlHead + `<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">` + "\n" +
		`<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">` + "\n<dc:identifier id=\"id\">" + e.identifier() + "</dc:identifier>\n<dc:title>" + escape(e.title()) +
		"</dc:title>\n<dc:language>" + escape(lang) + "</dc:language>\n<meta property=\"dcterms:modified\">" + modified.Format("2006-01-02T15:04:05Z") + "</meta>\n</metadata>\n<manifest>\n" +
		`<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>` + "\n" +
		`<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>` + "\n")
	for i, c := range e.chapters {
		fmt.Fprintf(&b, "<item id=\"c%d\" href=\"%s\" media-type=\"application/xhtml+xml\"/>\n", i+1, c.file)
		fmt.Fprintf(&spine, "<itemref idref=\"c%d\"/>\n", i+1)
	}
	b.WriteString("</manifest>\n<spine toc=\"ncx\">\n" + spine.String() + "</spine>\n</package>\n")
	return b.String()
}
