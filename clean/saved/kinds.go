package saved

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/net/html/atom"
)

// kind is how a file is read.
type kind int

const (
	kindPage       kind = iota // one page, if it is HTML at all
	kindMHTML                  // one page and its parts
	kindWebArchive             // one page and its parts
	kindZip
	kindTar
	kindWARC
	kindARC
	kindRefused // not a page, nor an archive that is read
)

// isArchive reports whether a file of this kind may hold several pages.
func (k kind) isArchive() bool {
	return k == kindZip || k == kindTar || k == kindWARC || k == kindARC
}

// marks are the first bytes of files, in the order in which they are tried. An
// offset is where the mark stands. The names are those of messages and causes.
var marks = []struct {
	offset int
	mark   string
	kind   kind
	name   string
}{
	{0, "WARC/", kindWARC, "WARC"},                                 // ISO 28500, 4
	{0, "filedesc://", kindARC, "ARC"},                             // archive.org/web/researcher/ArcFileFormat.php
	{0, "PK\x03\x04", kindZip, "ZIP"},                              // APPNOTE.TXT 4.3.7
	{0, "PK\x05\x06", kindZip, "ZIP"},                              // one without members, 4.3.16
	{0, "PK\x06\x06", kindZip, "ZIP"},                              // the same, 4.3.14
	{0, "PK\x07\x08", kindZip, "ZIP"},                              // split, of one part, 8.5.4
	{0, "PK00PK\x03\x04", kindZip, "ZIP"},                          // the same, 8.5.5
	{0, "bplist00", kindWebArchive, "property list"},               // Apple's CFBinaryPList.c
	{0, "%PDF-", kindRefused, "PDF"},                               // ISO 32000-1, 7.5.2
	{0, "%!PS-Adobe-", kindRefused, "PostScript"},                  // Adobe, DSC 3.0
	{0, "{\\rtf", kindRefused, "RTF"},                              // Microsoft, RTF 1.9.1
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", kindRefused, "Office"}, // MS-CFB, 2.2: Word, Excel and PowerPoint to 2003, Outlook
	{0, "AT&TFORM", kindRefused, "DjVu"},                           // DjVu3, 5
	{60, "BOOKMOBI", kindRefused, "Mobipocket"},                    // wiki.mobileread.com/wiki/MOBI
	{0, "SQLite format 3\x00", kindRefused, "SQLite"},              // sqlite.org/fileformat.html
	{0, "PAR1", kindRefused, "Parquet"},                            // parquet.apache.org/docs/file-format
	{0, "7z\xbc\xaf\x27\x1c", kindRefused, "7-Zip"},                // 7zFormat.txt
	{0, "Rar!\x1a\x07", kindRefused, "RAR"},                        // rarlab.com/technote.htm
	{0, "BZh", kindRefused, "bzip2"},                               // sourceware.org/bzip2
	{0, "\xfd7zXZ\x00", kindRefused, "xz"},                         // xz-file-format.txt, 2.1.1.1
	{0, "\x5d\x2a\x4d\x18", kindRefused, "zstd with a dictionary"}, // the WARC zstd proposal of IIPC
	{0, "\x7fELF", kindRefused, "program"},                         // ELF
	{0, "MZ\x90\x00", kindRefused, "program"},                      // PE
}

// Names of text that is no page.
const (
	kindJSON = "JSON"
	kindText = "plain text"
)

// sniff returns the kind of a file that begins with head, and its name where it
// is no page. Text that is no page is found by textKind, which needs all of it.
func sniff(head []byte) (kind, string) {
	for _, m := range marks {
		if len(head) >= m.offset && bytes.HasPrefix(head[m.offset:], []byte(m.mark)) {
			return m.kind, m.name
		}
	}
	if isMHTML(head) {
		return kindMHTML, "MHTML"
	}
	if root, isXML := xmlRoot(head); isXML && root == "plist" {
		return kindWebArchive, "property list"
	}
	if isTar(head) {
		return kindTar, "tar"
	}
	switch what := http.DetectContentType(head); {
	case strings.HasPrefix(what, "image/"), strings.HasPrefix(what, "audio/"), strings.HasPrefix(what, "video/"),
		strings.HasPrefix(what, "font/"), what == "application/wasm", what == "application/vnd.ms-fontobject", what == "application/ogg":
		return kindRefused, what
	}
	return kindPage, ""
}

// isTar reports whether head begins with the header of a tar member: one whose
// checksum is right, which the library looks at.
func isTar(head []byte) bool {
	const block = 512
	if len(head) < block || len(bytes.Trim(head[:block], "\x00")) == 0 {
		return false
	}
	// An extended header is followed by data, which head may not have all of.
	_, err := tar.NewReader(bytes.NewReader(head)).Next()
	return err == nil || errors.Is(err, io.ErrUnexpectedEOF)
}

// textKind returns the name of text that is no page: JSON, XML that is not
// XHTML, or text without any element of HTML. Otherwise it returns "", also for
// binary data, which package clean refuses.
func textKind(b []byte) string {
	text := bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\ufeff")), " \t\r\n\f")
	if bytes.IndexByte(text[:min(len(text), peekSize)], 0) >= 0 {
		// UTF-16 or binary data. Without its zeros, UTF-16's tags are ASCII.
		text = bytes.ReplaceAll(text[:min(len(text), 1<<20)], []byte{0}, nil)
		if hasElement(text) || !isPrintable(text) {
			return ""
		}
		return kindText
	}
	switch {
	case len(text) == 0:
		return ""
	case isJSON(text):
		return kindJSON
	}
	if root, isXML := xmlRoot(text); isXML && root != "" && !strings.EqualFold(root, "html") {
		return "XML (" + root + ")"
	}
	if hasElement(text) || !isPrintable(text) {
		return ""
	}
	return kindText
}

// isPrintable reports whether the head of b has no control characters beside
// those of text.
func isPrintable(b []byte) bool {
	return !slices.ContainsFunc(b[:min(len(b), peekSize)], func(c byte) bool {
		return c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b
	})
}

// isJSON reports whether text is an object or array of JSON, or lines of them.
func isJSON(text []byte) bool {
	if text[0] != '{' && text[0] != '[' {
		return false
	}
	dec := jsontext.NewDecoder(bytes.NewReader(text), lenient)
	if _, err := dec.ReadValue(); err != nil {
		return false
	}
	rest := bytes.TrimLeft(text[dec.InputOffset():], " \t\r\n,")
	return len(rest) == 0 || rest[0] == '{' || rest[0] == '['
}

// xmlRoot returns the name of a document's root element, or "" where text ends
// before it. isXML is true where there is an XML declaration, or where the root
// is one of xmlRoots.
func xmlRoot(text []byte) (root string, isXML bool) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	for {
		text = bytes.TrimLeft(text, " \t\r\n\f")
		var ok bool
		switch {
		case bytes.HasPrefix(text, []byte("<?xml")):
			isXML = true
			_, text, ok = bytes.Cut(text, []byte("?>"))
		case bytes.HasPrefix(text, []byte("<?")):
			_, text, ok = bytes.Cut(text, []byte(">"))
		case bytes.HasPrefix(text, []byte("<!--")):
			_, text, ok = bytes.Cut(text, []byte("-->"))
		case len(text) > 9 && bytes.EqualFold(text[:9], []byte("<!doctype")):
			var doctype []byte
			doctype, text, ok = bytes.Cut(text[9:], []byte(">"))
			if f := bytes.Fields(doctype); len(f) > 0 {
				if bytes.EqualFold(f[0], []byte("html")) {
					return "html", isXML
				}
			}
		default:
			name := elementAt(text)
			return name, isXML || slices.Contains(xmlRoots, name)
		}
		if !ok {
			return "", false
		}
	}
}

// xmlRoots are the roots of documents that often come without a declaration.
var xmlRoots = []string{"feed", "opml", "plist", "rdf:RDF", "rss", "sitemapindex", "svg", "urlset"}

// elementAt returns the name of the element that begins text, or "".
func elementAt(text []byte) string {
	if len(text) == 0 || text[0] != '<' {
		return ""
	}
	text = text[1:min(len(text), 64)]
	end := bytes.IndexAny(text, " \t\r\n\f/>")
	if end <= 0 {
		return ""
	}
	return string(text[:end])
}

// hasElement reports whether an element of HTML begins somewhere in text, or a
// document type.
func hasElement(text []byte) bool {
	for {
		k := bytes.IndexByte(text, '<')
		if k < 0 {
			return false
		}
		text = text[k:]
		name := strings.ToLower(elementAt(text))
		if name == "!doctype" || name != "" && atom.Lookup([]byte(name)) != 0 {
			return true
		}
		text = text[1:]
	}
}

// looksLikePage reports whether a file of kindPage without a page's ending
// begins like a page. Otherwise it returns the name of what it is.
func looksLikePage(head []byte) (bool, string) {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n\f")
	if len(text) == 0 {
		return false, "empty"
	}
	switch root, isXML := xmlRoot(text); {
	case strings.EqualFold(root, "html"):
		return true, ""
	case isXML:
		return false, "XML"
	}
	what := http.DetectContentType(text)
	switch {
	case strings.HasPrefix(what, "text/html"):
		return true, ""
	case text[0] == '{' || text[0] == '[':
		return false, kindJSON
	case strings.HasPrefix(what, "text/"):
		return false, kindText
	case strings.HasPrefix(what, "application/octet-stream"):
		return false, "binary data"
	}
	return false, what
}
