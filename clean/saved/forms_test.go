package saved

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"howett.net/plist"

	"newsclip/clean"
)

// singleFile is a page as SingleFile puts it into a ZIP, in a folder.
func singleFile(t testing.TB, dir string) []byte {
	manifest := `{"originalUrl": "https://quay.example/a", "title": "A", "archiveTime": "2026-03-05T08:00:00.123Z", "indexFilename": "index.html", "resources": {}}`
	return makeZip(t,
		member{dir + "index.html", page("A")},
		member{dir + "manifest.json", manifest},
		member{dir + "images/0.png", "\x89PNG\r\n\x1a\n"},
		member{dir + "frames/0/index.html", page("frame")},
		member{dir + "frames/0/manifest.json", strings.Replace(manifest, "/a", "/frame", 1)})
}

// selfExtracting puts a page around an archive, which unpacks it.
func selfExtracting(zip []byte) []byte {
	return slices.Concat([]byte("<!doctype html><html data-sfz><meta charset=utf-8><title>A</title><body hidden><div id=sfz-wait-message>Please wait...</div><script>unpack()</script><!--"),
		zip, []byte("--></body></html>"))
}

func TestSingleFileZ(t *testing.T) {
	want := "page.html | A | https://quay.example/a"
	for name, data := range map[string][]byte{
		"self-extracting":           selfExtracting(singleFile(t, "")),
		"with a folder at its root": selfExtracting(singleFile(t, "1772697600000_7/")),
		"as a plain archive":        singleFile(t, ""),
		"compressed":                gz(t, selfExtracting(singleFile(t, ""))),
		"begins as a picture":       slices.Concat([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"), singleFile(t, ""), []byte("\x00\x00\x00\x00IEND\xae\x42\x60\x82")),
	} {
		t.Run(name, func(t *testing.T) {
			check(t, results(t, new(Reader), nil, write(t, "page.html", data)), want)
			for it := range Paths(bytes.NewReader(data), Stdin) {
				in, err := it.Load()
				if name != "begins as a picture" && (err != nil || in.URL != "https://quay.example/a" || in.FetchedAt.Format("15:04:05") != "08:00:00") {
					t.Errorf("standard input: %+v, %v", in, err)
				}
			}
		})
	}
	inZip := makeZip(t, member{"x/page.html", string(selfExtracting(singleFile(t, "")))})
	check(t, results(t, new(Reader), nil, write(t, "x.zip", inZip)), "x.zip!/x/page.html | A | https://quay.example/a")

	// A page that merely speaks of ZIP, or holds another archive, is itself.
	for _, data := range []string{page("A") + "PK\x05\x06", page("A") + string(makeZip(t, member{"index.html", page("B")}))} {
		check(t, results(t, new(Reader), nil, write(t, "page.html", []byte(data))), "page.html | A")
	}

	locked := selfExtracting(singleFile(t, ""))
	for _, name := range []string{"index.html", "manifest.json"} {
		for at := 0; ; {
			k := bytes.Index(locked[at:], []byte(name))
			if k < 0 {
				break
			}
			at += k
			if bytes.HasPrefix(locked[max(at-46, 0):], []byte("PK\x01\x02")) {
				locked[at-46+8] |= 1
			}
			at++
		}
	}
	check(t, results(t, new(Reader), nil, write(t, "page.html", locked)),
		"page.html | read | page.html: encrypted; unpack it with its password first")
}

func TestWebArchive(t *testing.T) {
	resource := func(kind, encoding, url, data string) map[string]any {
		return map[string]any{"WebResourceData": []byte(data), "WebResourceMIMEType": kind, "WebResourceTextEncodingName": encoding, "WebResourceURL": url, "WebResourceFrameName": ""}
	}
	archive := map[string]any{
		"WebMainResource": resource("text/html", "iso-8859-1", "https://quay.example/a", page("A")+"\xe9"),
		"WebSubresources": []any{resource("image/png", "", "https://quay.example/a.png", "\x89PNG")},
		"WebSubframeArchives": []any{map[string]any{
			"WebMainResource": resource("text/html", "utf-8", "https://quay.example/frame", page("frame")),
		}},
	}
	encode := func(format int, v any) []byte {
		b, err := plist.Marshal(v, format)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, format := range map[string]int{"binary": plist.BinaryFormat, "XML": plist.XMLFormat} {
		t.Run(name, func(t *testing.T) {
			data := encode(format, archive)
			path := write(t, "a.webarchive", data)
			check(t, results(t, new(Reader), nil, path), "a.webarchive | A | https://quay.example/a")
			in, err := LoadFile(path)
			if err != nil || in.ContentType != "text/html; charset=iso-8859-1" || !bytes.HasSuffix(in.HTML, []byte{0xe9}) {
				t.Errorf("%q %v", in.ContentType, err)
			}
			// In an archive, without its ending.
			check(t, results(t, new(Reader), nil, write(t, "x.zip", makeZip(t, member{"a", string(data)}))),
				"x.zip!/a | A | https://quay.example/a")
			check(t, results(t, new(Reader), nil, write(t, "a.webarchive", data[:len(data)-20])),
				"a.webarchive | read | a.webarchive: the web archive is broken, or cut short")
			check(t, results(t, new(Reader), nil, write(t, "a.webarchive", encode(format, map[string]any{"CFBundleName": "x"}))),
				"a.webarchive | not_html | a.webarchive: the input is property list, not HTML")
			check(t, results(t, new(Reader), nil, write(t, "a.webarchive", encode(format, map[string]any{"WebMainResource": resource("image/png", "", "https://quay.example/a.png", "x")}))),
				"a.webarchive | not_html | a.webarchive: the input is image/png, not HTML")
			// A page of frames has its words in one of them.
			frames := map[string]any{
				"WebMainResource": resource("text/html", "utf-8", "https://quay.example/", `<title>F</title><frameset><frame src="a">`),
				"WebSubframeArchives": []any{
					map[string]any{"WebMainResource": resource("text/html", "utf-8", "https://quay.example/nav", "<a>x</a>")},
					map[string]any{"WebMainResource": resource("text/html", "utf-8", "https://quay.example/inner", "<frameset>"+strings.Repeat(" ", 100)),
						"WebSubframeArchives": []any{archive}},
				},
			}
			check(t, results(t, new(Reader), nil, write(t, "a.webarchive", encode(format, frames))), "a.webarchive | A | https://quay.example/a")
		})
	}
}

func TestEPUB(t *testing.T) {
	chapter := func(name string) string {
		return `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><script src="x.js"/><title>` + name + `</title></head><body><a id="x"/><p>Words.</p></body></html>`
	}
	container := `<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`
	opf := `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>
	<item id="nav" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/>
	<item id="c2" href="text/two%20b.xhtml" media-type="application/xhtml+xml"/>
	<item id="c1" href="text/one.xhtml" media-type="application/xhtml+xml"/>
	<item id="cv" href="cover.xhtml" media-type="application/xhtml+xml"/>
	<item id="front" href="front.xhtml" media-type="application/xhtml+xml"/>
	<item id="list" href="list.xhtml" media-type="application/xhtml+xml"/>
	<item id="svg" href="x.svg" media-type="image/svg+xml"/>
	<item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/>
	<item id="drm" href="drm.xhtml" media-type="application/xhtml+xml"/>
	</manifest><spine><itemref idref="cv"/><itemref idref="front"/><itemref idref="nav"/><itemref idref="list"/><itemref idref="c1"/><itemref idref="svg"/><itemref idref="c2"/><itemref idref="c1"/><itemref idref="nowhere"/><itemref idref="gone"/><itemref idref="drm"/></spine>
	<guide><reference type="toc" href="list.xhtml"/><reference type="cover" href="text/one.xhtml#part"/></guide></package>`
	nav := `<html xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="landmarks"><a epub:type="cover" href="front.xhtml">Cover</a><a epub:type="bodymatter" href="text/one.xhtml">Start</a></nav></body></html>`
	encryption := `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><CipherData><CipherReference URI="OEBPS/drm.xhtml"/></CipherData></EncryptedData></encryption>`
	members := []member{
		{"mimetype", "application/epub+zip"}, {"META-INF/container.xml", container}, {"META-INF/encryption.xml", encryption},
		{"OEBPS/book.opf", opf}, {"OEBPS/n.xhtml", nav}, {"OEBPS/text/two b.xhtml", chapter("Two")}, {"OEBPS/text/one.xhtml", chapter("One")},
		{"OEBPS/cover.xhtml", chapter("Cover")}, {"OEBPS/front.xhtml", chapter("Front")}, {"OEBPS/list.xhtml", chapter("Contents")},
		{"OEBPS/x.svg", "<svg/>"}, {"OEBPS/drm.xhtml", "\x00\x01\x02"},
	}
	book := makeZip(t, members...)
	tally := &Tally{}
	check(t, results(t, &Reader{Tally: tally}, nil, write(t, "b.epub", book)),
		"b.epub!/OEBPS/text/one.xhtml | One",
		"b.epub!/OEBPS/text/two b.xhtml | Two",
		"b.epub!/OEBPS/gone.xhtml | read | b.epub!/OEBPS/gone.xhtml: in the order of the book's chapters, and not in the archive",
		"b.epub!/OEBPS/drm.xhtml | read | b.epub!/OEBPS/drm.xhtml: encrypted, by the digital rights management of the book")
	if got, want := tally.Counts().Skipped, map[string]int{"cover of a book": 2, "contents of a book": 2, "image/svg+xml": 1}; !maps.Equal(got, want) {
		t.Errorf("skipped %v", got)
	}
	check(t, results(t, new(Reader), nil, write(t, "b.epub", makeZip(t, members[0], members[1]))),
		"b.epub | read | b.epub: EPUB: there is no OEBPS/book.opf")

	// A book whose spine names none of its chapters has those of the manifest.
	spine := opf[strings.Index(opf, "<spine>"):strings.Index(opf, "<guide>")]
	members[3].data = strings.Replace(opf, spine, `<spine><itemref idref="nowhere"/></spine>`, 1)
	if got := results(t, new(Reader), nil, write(t, "b.epub", makeZip(t, members...))); len(got) != 4 || got[0] != "b.epub!/OEBPS/text/two b.xhtml | Two" {
		t.Errorf("%q", got)
	}

	// A book whose guide calls all of it something else is not empty.
	members[3].data = strings.Replace(opf, opf[strings.Index(opf, "<spine>"):strings.Index(opf, "<guide>")], `<spine><itemref idref="list"/></spine>`, 1)
	check(t, results(t, new(Reader), nil, write(t, "b.epub", makeZip(t, members...))), "b.epub!/OEBPS/list.xhtml | Contents")
}

func TestCloseEmpty(t *testing.T) {
	for in, want := range map[string]string{
		`<title/><p>a<br/>b</p>`:                   `<title></title><p>a<br/>b</p>`,
		`<script src="a"/><p/>`:                    `<script src="a"></script><p></p>`,
		`<a id="x"/>words<svg><path d="m"/></svg>`: `<a id="x"></a>words<svg><path d="m"></path></svg>`,
		`<p><![CDATA[a < b]]></p>`:                 `<p>a &lt; b</p>`,
		`<!-- <title/> --><p>plain</p>`:            `<!-- <title/> --><p>plain</p>`,
		`<p>nothing to do</p>`:                     `<p>nothing to do</p>`,
	} {
		if got := string(closeEmpty([]byte(in))); got != want {
			t.Errorf("%s\ngives %s\nwant  %s", in, got, want)
		}
	}
}

// What is no page is refused by its content, whatever its name.
func TestRefused(t *testing.T) {
	for name, tt := range map[string]struct{ data, want string }{
		"PDF":            {"%PDF-1.7\n%\xe2\xe3", "PDF"},
		"a picture":      {"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "image/jpeg"},
		"a sound":        {"ID3\x03\x00\x00", "audio/mpeg"},
		"a film":         {"\x1aE\xdf\xa3\x00\x00", "video/webm"},
		"a font":         {"wOF2\x00\x01", "font/woff2"},
		"old Office":     {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "Office"},
		"RTF":            {"{\\rtf1\\ansi words}", "RTF"},
		"Word":           {string(makeZip(t, member{"[Content_Types].xml", "<Types/>"}, member{"word/document.xml", "<w/>"})), "Office (Word)"},
		"Excel":          {string(makeZip(t, member{"[Content_Types].xml", "<Types/>"}, member{"xl/workbook.xml", "<w/>"})), "Office (Excel)"},
		"OpenDocument":   {string(makeZip(t, member{"mimetype", "application/vnd.oasis.opendocument.text"}, member{"content.xml", "<x/>"})), "OpenDocument"},
		"text":           {"Night ferry returns.\n\nIt leaves at nine, if 3 < 4 and a<b.\nMail <mara@quay.example>.", "plain text"},
		"Markdown":       {"# Night ferry\n\nSee <https://quay.example/>.", "plain text"},
		"text in UTF-16": {"\xff\xfef\x00e\x00r\x00r\x00y\x00", "plain text"},
		"JSON":           {` {"html": "<p>words</p>"}`, "JSON"},
		"JSON Lines":     {"{\"html\": \"<p>words</p>\"}\n{\"html\": \"\"}\n", "JSON"},
		"a list":         {"[1, 2]", "JSON"},
		"a feed":         {`<?xml version="1.0"?><!-- x --><rss version="2.0"><channel><description>&lt;p&gt; <p>x</p></description></channel></rss>`, "XML (rss)"},
		"a bare feed":    {`<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>`, "XML (feed)"},
		"a sitemap":      {"\ufeff<?xml version='1.0'?>\n<urlset></urlset>", "XML (urlset)"},
		"xz":             {"\xfd7zXZ\x00\x00", "xz"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, file := range []string{"a.html", "a.txt"} {
				got := results(t, new(Reader), nil, write(t, file, []byte(tt.data)))
				if len(got) != 1 || !strings.HasPrefix(got[0], fmt.Sprintf("%s | not_html | %[1]s: the input is %s, not HTML", file, tt.want)) {
					t.Errorf("%q", got)
				}
			}
		})
	}
}

// Pages are read, with and without what a whole page has.
func TestNotRefused(t *testing.T) {
	for name, data := range map[string]string{
		"a page":            page("A"),
		"a fragment":        "Words first, and then <b>a tag</b>.",
		"XHTML":             `<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html><body>x</body></html>`,
		"XHTML undeclared":  "<?xml version='1.0'?>\n<!-- x -->\n<html><body>x</body></html>",
		"a template's rest": "{{ title }} <p>Words.</p>",
		"a list and a page": "[1] <p>Words.</p>",
		"upper case":        "<HTML><BODY>x</BODY></HTML>",
		"an own element":    "<quay-post><p>Words.</p></quay-post>",
		"UTF-16":            "\xff\xfe<\x00p\x00>\x00x\x00",
		"a late tag":        strings.Repeat("words ", 1<<16) + "<p>",
		"empty":             "",
		"white space":       " \n",
	} {
		if what := textKind([]byte(data)); what != "" {
			t.Errorf("%s: %s", name, what)
		}
	}
}

func TestMarks(t *testing.T) {
	for i, m := range marks {
		for _, before := range marks[:i] {
			if before.offset == m.offset && strings.HasPrefix(m.mark, before.mark) {
				t.Errorf("%q is never reached after %q", m.mark, before.mark)
			}
		}
		head := strings.Repeat("\x01", m.offset) + m.mark
		if k, what := sniff([]byte(head)); k != m.kind || what != m.name {
			t.Errorf("%q: %v %q", m.mark, k, what)
		}
	}
	if !slices.IsSorted(xmlRoots) || !slices.IsSorted(partsSuffixes) || !slices.IsSorted(pageNames) {
		t.Error("a table is not sorted")
	}
}

func TestTally(t *testing.T) {
	var none *Tally
	none.skip("a", "b")
	none.Done(nil)
	if c := none.Counts(); c.Read != 0 {
		t.Error(c)
	}
	tally := &Tally{}
	for range 1139 {
		tally.Done(nil)
	}
	for range 8 {
		tally.Done(fmt.Errorf("a.html: %w", &clean.Error{Code: "no_article"}))
	}
	tally.Done(fmt.Errorf("the disk is gone"))
	tally.skip("a", "image/png")
	tally.skip("b", "hidden")
	tally.skip("c", "image/png")
	want := "1,148 read, 1,139 written, 9 failed (8 no_article, 1 read), 3 skipped (2 image/png, 1 hidden)"
	if got := tally.Counts().String(); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	for n := range 2 * maxCauses {
		tally.skip("d", fmt.Sprintf("x/%d", n))
	}
	if c := tally.Counts(); len(c.Skipped) != maxCauses+1 || c.Skipped[otherCauses] != maxCauses+2 {
		t.Errorf("%d causes, %d others", len(c.Skipped), c.Skipped[otherCauses])
	}
	for want, c := range map[string]Counts{
		"1 read, 1 written":                       {Read: 1, Written: 1},
		"1,500 read, 250 written, 1,250 left out": {Read: 1500, Written: 1500, LeftOut: 1250},
	} {
		if got := c.String(); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}

// A book whose chapters are one file has one chapter.
func TestChaptersOfOneFile(t *testing.T) {
	items, spine := "", ""
	for i := range 5000 {
		items += fmt.Sprintf(`<item id="a%d" href="a.xhtml#%d" media-type="application/xhtml+xml"/>`, i, i)
		spine += fmt.Sprintf(`<itemref idref="a%d"/>`, i)
	}
	b := makeZip(t, member{"mimetype", "application/epub+zip"},
		member{"META-INF/container.xml", `<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>`},
		member{"b.opf", "<package><manifest>" + items + "</manifest><spine>" + spine + "</spine></package>"}, member{"a.xhtml", page("A")})
	n := 0
	for range Paths(bytes.NewReader(b), Stdin) {
		n++
	}
	if n != 1 {
		t.Errorf("%d chapters", n)
	}
}
