package saved

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"newsclip/clean"
)

const (
	epubContainer  = "META-INF/container.xml"
	epubEncryption = "META-INF/encryption.xml"
	// maxPackage is the largest size in bytes of a book's XML files that is read.
	maxPackage = 16 << 20
)

// isEPUB reports whether an archive is a book (EPUB 3.3, 4.2): by its member
// mimetype, or by its container file where that member is missing.
func (z *zipFile) isEPUB(b *budget) bool {
	if kind, ok, _ := z.read("mimetype", 100, b); ok {
		return strings.TrimSpace(string(kind)) == "application/epub+zip"
	}
	_, ok := z.byName[epubContainer]
	return ok
}

// book is what is read of a package document (EPUB 3.3, 5; OPF 2.0.1).
type book struct {
	dir   string // of the package document, whose references are relative to it
	order []int  // of Items, as they are read, each once
	Items []struct {
		ID         string `xml:"id,attr"`
		Href       string `xml:"href,attr"`
		MediaType  string `xml:"media-type,attr"`
		Properties string `xml:"properties,attr"`
	} `xml:"manifest>item"`
	Spine []struct {
		IDRef string `xml:"idref,attr"`
	} `xml:"spine>itemref"`
	Guide []struct {
		Type string `xml:"type,attr"`
		Href string `xml:"href,attr"`
	} `xml:"guide>reference"`
}

// epub yields the chapters of a book in the order in which they are read.
func (w *walk) epub(b blob, z *zipFile) bool {
	p, err := z.book(b.budget)
	if err != nil {
		return w.fail(b, "read", fmt.Errorf("EPUB: %w", err))
	}
	aside := z.asides(p, b.budget)
	locked := z.encrypted(b.budget)
	done := make(map[string]bool) // an item has a file of its own (EPUB 3.3, 5.6.2)
	for _, i := range p.order {
		name, _ := p.member(p.Items[i].Href)
		if done[name] {
			continue
		}
		done[name] = true
		m := b.member(name)
		m.named = true
		switch kind := p.Items[i].MediaType; {
		case kind != "application/xhtml+xml" && kind != "text/html" && kind != "text/x-oeb1-document":
			w.skip(m, mediaCause(kind))
			continue
		case aside[name] != "":
			w.skip(m, aside[name])
			continue
		case locked[name]:
			err = errors.New("encrypted, by the digital rights management of the book")
		default:
			err = nil
		}
		var in clean.Input
		if err == nil {
			in, err = z.chapter(name, b.budget)
		}
		if !w.page(m, in, err) {
			return false
		}
	}
	return true
}

// chapter reads one chapter.
func (z *zipFile) chapter(name string, b *budget) (clean.Input, error) {
	data, ok, err := z.read(name, MaxPage, b)
	switch {
	case !ok:
		return clean.Input{}, errors.New("in the order of the book's chapters, and not in the archive")
	case err != nil:
		return clean.Input{}, err
	}
	if what := textKind(data); what != "" {
		return clean.Input{}, notHTML(what)
	}
	return clean.Input{HTML: closeEmpty(data)}, nil
}

// book reads the package document, which the container names (EPUB 3.3, 4.2.6.3.1).
func (z *zipFile) book(b *budget) (*book, error) {
	var container struct {
		Roots []struct {
			Path string `xml:"full-path,attr"`
		} `xml:"rootfiles>rootfile"`
	}
	if err := z.readXML(epubContainer, &container, b); err != nil {
		return nil, err
	}
	if len(container.Roots) == 0 {
		return nil, errors.New("the container names no package document")
	}
	p := new(book)
	name := memberName(container.Roots[0].Path)
	if err := z.readXML(name, p, b); err != nil {
		return nil, err
	}
	p.dir = path.Dir(name)
	byID := make(map[string]int, len(p.Items))
	for i, it := range p.Items {
		byID[it.ID] = i
	}
	for _, ref := range p.Spine {
		if i, ok := byID[ref.IDRef]; ok {
			p.order = append(p.order, i)
			delete(byID, ref.IDRef)
		}
	}
	if len(p.order) == 0 {
		// A spine that names nothing is broken; the manifest has the chapters.
		for i, it := range p.Items {
			if isHTMLType(it.MediaType) {
				p.order = append(p.order, i)
			}
		}
	}
	return p, nil
}

// member returns the name of the member that a reference in the package
// document points to. Whole is false where it points to a place inside it.
func (p *book) member(href string) (name string, whole bool) {
	href, fragment, _ := strings.Cut(href, "#")
	if unescaped, err := url.PathUnescape(href); err == nil {
		href = unescaped
	}
	return memberName(path.Join(p.dir, href)), fragment == ""
}

func (z *zipFile) readXML(name string, v any, b *budget) error {
	data, ok, err := z.read(name, maxPackage, b)
	if !ok {
		return fmt.Errorf("there is no %s", name)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = charset.NewReaderLabel
	if err := dec.Decode(v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// asideTypes are the parts of a book that are no chapters, by their names in
// the guide (OPF 2.0.1, 2.6) and in EPUB's structural vocabulary.
var asideTypes = map[string]string{"cover": "cover of a book", "toc": "contents of a book"}

// asideNames are names of files, without ending, that are no chapters. They
// serve books whose package document does not list these parts.
var asideNames = map[string]string{
	"contents": "contents of a book", "cover": "cover of a book", "coverpage": "cover of a book",
	"nav": "contents of a book", "toc": "contents of a book",
}

// asides returns the members that are no chapters, with the cause for skipping
// each. It returns none where nothing would be left of the book.
func (z *zipFile) asides(p *book, b *budget) map[string]string {
	aside := make(map[string]string)
	nav := ""
	for _, it := range p.Items {
		name, _ := p.member(it.Href)
		base := strings.ToLower(strings.TrimSuffix(path.Base(name), path.Ext(name)))
		if why := asideNames[base]; why != "" {
			aside[name] = why
		}
		if slices.Contains(strings.Fields(it.Properties), "nav") {
			aside[name] = asideTypes["toc"]
			nav = cmp.Or(nav, name)
		}
	}
	if nav != "" {
		z.landmarks(nav, aside, b) // a book has one navigation document
	}
	for _, ref := range p.Guide {
		if name, whole := p.member(ref.Href); whole && asideTypes[ref.Type] != "" {
			aside[name] = asideTypes[ref.Type]
		}
	}
	for _, i := range p.order {
		if name, _ := p.member(p.Items[i].Href); aside[name] == "" {
			return aside
		}
	}
	return nil
}

// landmarks adds the cover and contents that the landmarks of the navigation
// document name (EPUB 3.3, 7.4.6).
func (z *zipFile) landmarks(nav string, aside map[string]string, b *budget) {
	data, _, err := z.read(nav, maxPackage, b)
	if err != nil {
		return
	}
	// A tree would take memory out of proportion.
	for doc := html.NewTokenizer(bytes.NewReader(closeEmpty(data))); doc.Next() != html.ErrorToken; {
		t := doc.Token()
		if t.DataAtom != atom.A {
			continue
		}
		var kind, href string
		for _, a := range t.Attr {
			switch a.Key {
			case "epub:type":
				kind = a.Val
			case "href":
				href = a.Val
			}
		}
		from := book{dir: path.Dir(nav)}
		if name, whole := from.member(href); whole && href != "" && asideTypes[kind] != "" {
			aside[name] = asideTypes[kind]
		}
	}
}

// encrypted returns the members that are listed as encrypted. Fonts that are
// merely obfuscated are listed in the same way.
func (z *zipFile) encrypted(b *budget) map[string]bool {
	var list struct {
		Data []struct {
			Cipher struct {
				URI string `xml:"URI,attr"`
			} `xml:"CipherData>CipherReference"`
		} `xml:"EncryptedData"`
	}
	if z.readXML(epubEncryption, &list, b) != nil {
		return nil
	}
	locked := make(map[string]bool)
	for _, d := range list.Data {
		root := book{dir: "."}
		name, _ := root.member(d.Cipher.URI)
		locked[name] = true
	}
	return locked
}

// closeEmpty rewrites XHTML's empty-element tags, <title/>, as a start and an
// end tag. An HTML parser ignores the slash, and would take the rest of the page
// for the title. It also replaces CDATA sections by escaped text.
func closeEmpty(xhtml []byte) []byte {
	if !bytes.Contains(xhtml, []byte("/>")) && !bytes.Contains(xhtml, []byte("<![CDATA[")) {
		return xhtml
	}
	out := bytes.NewBuffer(make([]byte, 0, len(xhtml)+len(xhtml)/16))
	z := html.NewTokenizer(bytes.NewReader(xhtml))
	z.AllowCDATA(true)
	for {
		t := z.Next()
		raw := z.Raw()
		switch {
		case t == html.ErrorToken:
			return out.Bytes()
		case t == html.TextToken && bytes.HasPrefix(raw, []byte("<![CDATA[")):
			out.WriteString(html.EscapeString(string(z.Text())))
			continue
		case t != html.SelfClosingTagToken:
			out.Write(raw)
			continue
		}
		tag := bytes.TrimSuffix(raw, []byte("/>"))
		name := elementAt(raw)
		if isVoid(name) || len(tag) == len(raw) || name == "" {
			out.Write(raw)
			continue
		}
		z.NextIsNotRawText()
		out.Write(tag)
		out.WriteString("></" + name + ">")
	}
}

// isVoid reports whether an element of HTML has no end tag (HTML standard, 13.1.2).
func isVoid(name string) bool {
	switch atom.Lookup([]byte(strings.ToLower(name))) {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}
