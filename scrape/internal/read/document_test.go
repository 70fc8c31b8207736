package read

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"newsclip/scrape/internal/fetch/fetchtest"
)

// locsOf reads a document and returns its addresses.
func locsOf(d *Document, body string) ([]string, error) {
	var locs []string
	err := d.Read(strings.NewReader(body), func(e Entry) error {
		locs = append(locs, e.Loc)
		return nil
	})
	return locs, err
}

func utf16Of8(s string, little, mark bool) string {
	units := utf16.Encode([]rune(s))
	if mark {
		units = append([]uint16{0xfeff}, units...)
	}
	var b strings.Builder
	for _, u := range units {
		if little {
			b.Write([]byte{byte(u), byte(u >> 8)})
		} else {
			b.Write([]byte{byte(u >> 8), byte(u)})
		}
	}
	return b.String()
}

func utf32Of8(s string, little bool) string {
	var order binary.AppendByteOrder = binary.BigEndian
	if little {
		order = binary.LittleEndian
	}
	var b []byte
	for _, r := range s {
		b = order.AppendUint32(b, uint32(r))
	}
	return string(b)
}

func nestedGzip(s string, n int) string {
	for range n {
		s = string(fetchtest.Encode("gzip", s))
	}
	return s
}

func latin1(t *testing.T, s string) string {
	t.Helper()
	s, err := charmap.ISO8859_1.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Documents in every dress give their two entries.
func TestDocumentForms(t *testing.T) {
	const a, b = "https://a.example/1", "https://a.example/2"
	urlset := "<urlset><url><loc>" + a + "</loc></url><url><loc>" + b + "</loc></url></urlset>"
	rss := "<rss><channel><title>x</title><item><link>" + a + "</link></item><item><link>" + b + "</link></item></channel></rss>"
	jsonFeed := `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"` + a + `"},{"url":"` + b + `"}]}`
	decl := func(encoding string) string { return `<?xml version="1.0" encoding="` + encoding + `"?>` }
	tests := map[string]string{
		"plain":                          urlset,
		"three byte order marks":         "\ufeff\ufeff\ufeff" + urlset,
		"UTF-16, little":                 utf16Of8(decl("UTF-16")+urlset, true, true),
		"UTF-16, big":                    utf16Of8(decl("UTF-16")+urlset, false, true),
		"UTF-16 without a mark":          utf16Of8(urlset, true, false),
		"UTF-16, big, without":           utf16Of8(urlset, false, false),
		"a list in UTF-16":               utf16Of8(a+"\r\n"+b+"\r\n", true, true),
		"UTF-16 that is declared only":   decl("utf-16") + urlset,
		"an unknown charset":             decl("x-made-up") + urlset,
		"text before the declaration":    "Notice: undefined index in line 3\n" + decl("UTF-8") + urlset,
		"a warning in HTML before it":    "<br />\n<b>Warning</b>: x in <b>/srv/feed.php</b> on line <b>3</b><br />\n" + decl("UTF-8") + rss,
		"blank lines before":             "\r\n\n  " + decl("UTF-8") + rss,
		"a long comment":                 "<?xml version='1.0'?><!-- " + strings.Repeat("licence ", 1000) + "-->" + urlset,
		"a style sheet and a doctype":    `<?xml version="1.0"?><?xml-stylesheet href="/x.xsl"?><!DOCTYPE rss [<!ENTITY nbsp "&#160;">]>` + rss,
		"a page around it":               "<html><head><title>Feed</title><meta charset=utf-8><link rel=stylesheet href=/x.css><style>a{}</style><script>var a = 1</script></head><body><main><pre>" + rss + "</pre></main></body></html>",
		"no root element":                "<?xml version='1.0'?>\n<url><loc>" + a + "</loc></url>\n<url><loc>" + b + "</loc></url></urlset>",
		"items without a feed":           "<item><link>" + a + "</link></item><item><link>" + b + "</link></item></rss>",
		"addresses in quotes":            strings.NewReplacer(a, `"`+a+`"`, b, "&lt;"+b+"&gt;").Replace(urlset),
		"upper case":                     strings.NewReplacer("rss", "RSS", "channel", "CHANNEL", "item", "ITEM", "link", "LINK").Replace(rss),
		"prefixes":                       strings.NewReplacer("</", "</s:", "<", "<s:").Replace(urlset),
		"gzip in gzip":                   string(fetchtest.Encode("gzip", string(fetchtest.Encode("gzip", urlset)))),
		"zstd":                           string(fetchtest.Encode("zstd", rss)),
		"gzip with a tail":               string(fetchtest.Encode("gzip", rss)) + "\n\n",
		"JSON":                           jsonFeed,
		"JSON, the version last":         `{"items":[{"url":"` + a + `"},{"url":"` + b + `"}],"version":"https://jsonfeed.org/version/1"}`,
		"JSON, items that are none":      strings.Replace(jsonFeed, "},{", `},null,7,"x",[],{"url":{}},{`, 1),
		"JSON with control characters":   strings.Replace(jsonFeed, `"1"`, "\"a\x08b\x00\"", 1),
		"JSON with a broken item":        strings.Replace(jsonFeed, "},{", `},{"url":"https://a.example/no","n":01x},{`, 1),
		"a list":                         a + "\n" + b,
		"a list with old line ends":      a + "\r" + b + "\r",
		"a list with comments and dates": "# made today\n" + a + "\t2026-01-02\n\n" + b + " x\n",
		"a list with a line too long":    a + "\nhttps://a.example/" + strings.Repeat("x", 2*maxLocLength) + "\n" + b,
		"no end of url":                  "<urlset><url><loc>" + a + "</loc><url><loc>" + b + "</loc></urlset>",
		"no end of loc":                  "<urlset><url><loc>" + a + "<lastmod>2026-01-02</lastmod></url><url><loc>" + b + "</url></urlset>",
		"no end of link":                 "<rss><channel><item><link>" + a + "<guid>x</guid></item><item><link>" + b + "</item></channel></rss>",
		"an empty link before its text":  "<rss><channel><item><link/>" + a + "<guid>x</guid></item><item><link/>" + b + "</item></channel></rss>",
		"a bare &":                       strings.Replace(rss, "<title>x", "<title>salt & pepper &ecirc; &unknown; <3", 1),
		"HTML that is not escaped":       strings.Replace(rss, "<item>", "<item><description><p>a<br>b<img src=x><link>no</link></description>", 1),
		"an empty title":                 strings.Replace(rss, "<item>", "<item><title/>", 1),
		"a script in a title":            strings.Replace(rss, "<item>", "<item><title><script></title>", 1),
		"a control character":            strings.Replace(rss, "<item>", "<item><title>a\x08\x1c\x00b</title>", 1),
		"a bad byte":                     strings.Replace(rss, "<item>", "<item><title>caf\xe9 \xe2\x80</title>", 1),
		"RDF":                            `<rdf:RDF xmlns:rdf="x"><channel rdf:about="https://a.example/"><items><rdf:Seq><rdf:li resource="x"/></rdf:Seq></items></channel><item rdf:about="` + a + `"><title>x</title></item><item rdf:about="x"><link>` + b + "</link></item></rdf:RDF>",
		"two documents in one":           strings.Replace(rss, "</item><item>", "</item></channel></rss><?xml version='1.0'?><rss><channel><item>", 1),
		"a picture of the channel":       strings.Replace(rss, "<item>", "<image><url>x</url><link>https://a.example/</link></image><item>", 1),
		"guids alone":                    `<rss><channel><item><guid isPermaLink="true">` + a + "</guid></item><item><guid>" + b + "</guid></item></channel></rss>",
		"Atom ids alone":                 "<feed><entry><id>" + a + "</id></entry><entry><id>urn:x</id><link rel='http://www.iana.org/assignments/relation/alternate' href='" + b + "'/></entry></feed>",
		"Atom links of all kinds": "<feed><link href='https://a.example/'/><entry><link rel=self href=https://a.example/x /><link rel=enclosure href=x.jpg /><link type=application/json href=x.json /><link type=text/html href=" + a + " /></entry>" +
			"<entry><link rel=edit href=/e /><link href=" + b + " /><content type=xhtml><div><link href=/no /><a href=/no>x</a></div></content></entry></feed>",
		"a CDATA section that is cut":   "<rss><channel><item><link>" + a + "</link><description><![CDATA[cut</description></item><item><link>" + b + "</link><description><![CDATA[x]]></description></item></channel></rss>",
		"a section in a section":        strings.Replace(rss, "<item>", "<item><description><![CDATA[a <![CDATA[ b ]]> c ]]></description>", 1),
		"a comment that is cut":         strings.Replace(rss, "</item>", "<!-- cut</item>", 1),
		"a quote that is cut":           strings.Replace(rss, "</item>", "<enclosure url=\"x></item>", 1),
		"markup in a section":           strings.Replace(rss, "<item>", "<item><description><![CDATA[<b>5 < 6</b> <br> </p> <img src='x>]]></description>", 1),
		"an element of raw text":        strings.Replace(rss, "<item>", "<item><description><textarea><plaintext><xmp></description>", 1),
		"in a page":                     "<html><head></head><body>" + rss + "</body></html>",
		"gzip in gzip in gzip":          nestedGzip(urlset, 3),
		"UTF-32, big":                   utf32Of8("\ufeff"+urlset, false),
		"UTF-32, little":                utf32Of8(decl("UTF-32")+urlset, true),
		"the list of RDF alone":         `<rdf:RDF xmlns:rdf="x"><channel><items><rdf:Seq><rdf:li rdf:resource="` + a + `"/><rdf:li rdf:resource="` + b + `"/></rdf:Seq></items></channel></rdf:RDF>`,
		"Atom contents elsewhere":       "<feed><entry><id>urn:1</id><content type='text/html' src='" + a + "'/></entry><entry><content src='" + b + "'/><content type='video/mp4' src='/no'/></entry></feed>",
		"an entry that names a source":  "<feed><entry><source><id>https://b.example/</id><link href='https://b.example/'/></source><link href='" + a + "'/></entry><entry><link href='" + b + "'/></entry></feed>",
		"items after the channel's end": "<rss><channel><link>https://a.example/</link></channel><item><link>" + a + "</link></item><item><link>" + b + "</link></item></rss>",
		"origLink":                      "<rss xmlns:feedburner='x'><channel><item><feedburner:origLink>" + a + "</feedburner:origLink><link>https://go.example/1</link></item><item><link>https://go.example/2</link><pheedo:origLink>" + b + "</pheedo:origLink></item></channel></rss>",
	}
	for name, body := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := locsOf(new(Document), body)
			if err != nil || !slices.Equal(got, []string{a, b}) {
				t.Errorf("%q, %v", got, err)
			}
			if kind := KindOf("text/html", []byte(body)); kind != KindFeed && kind != KindSitemap {
				t.Errorf("as text/html it is taken for %q", kind)
			}
		})
	}
}

// A document that ends too early gives what stood before, and is told.
func TestCutDocuments(t *testing.T) {
	whole := "<rss><channel><item><link>https://a.example/1</link><title>x</title></item><item><link>https://a.example/2</link><title>cut h"
	zipped := string(fetchtest.Encode("gzip", strings.Repeat(" ", 3)+"<urlset>"+strings.Repeat("<url><loc>https://a.example/1</loc></url>", 2000)))
	for name, tt := range map[string]struct {
		body string
		n    int
	}{
		"RSS": {whole, 2}, "a tag": {whole[:len(whole)-9], 2}, "a loc": {"<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.ex", 1},
		"JSON":           {`{"version":"https://jsonfeed.org/version/1","items":[{"url":"https://a.example/1"},{"url":"https://a.ex`, 1},
		"gzip":           {zipped[:len(zipped)-12], -1},
		"only the root":  {"<urlset>", 0},
		"an open CDATA":  {"<urlset><url><loc>https://a.example/1</loc></url><url><loc><![CDATA[https://a.example/2</loc></url>", 2},
		"an open quote":  {"<feed><entry><link href='https://a.example/1'/></entry><entry><link href='https://a.example/2", 1},
		"the last > cut": {"<urlset><url><loc>https://a.example/1</loc></url></urlset", 1},
	} {
		got, err := locsOf(new(Document), tt.body)
		if err == nil || errors.Is(err, ErrNoSitemap) || tt.n >= 0 && len(got) != tt.n || tt.n < 0 && len(got) == 0 {
			t.Errorf("%s: %d entries, error %v", name, len(got), err)
		}
	}
}

// What is no document is a page, or nothing.
func TestKindOf(t *testing.T) {
	for _, tt := range []struct {
		contentType, body string
		want              Kind
	}{
		{"text/html", "<!doctype html><html><body>https://a.example/</body></html>", KindPage},
		{"text/html", "", KindPage},
		{"text/html", "<div>https://a.example/</div><rss></rss>", KindFeed}, // a wrapper
		{"text/html", "<p>Words</p><a href=x>x</a><rss></rss>", KindPage},
		{"text/xml", "<?xml version='1.0'?><!DOCTYPE html><html><body>x</body></html>", KindPage},
		{"", "<html><head></head></html>", KindPage},
		{"application/json", `{"items":[1,2],"total":2}`, KindNone},
		{"application/feed+json", `{"items":[{"url":"x"}]}`, KindFeed},
		{"application/json", `{"articles":[]}`, KindNone},
		{"application/xml", "<Error><Code>AccessDenied</Code></Error>", KindSitemap}, // fails, and says why
		{"application/octet-stream", "\x00\x01\x02\x03", KindNone},
		{"text/plain", "Words that mention https://a.example/ only.", KindNone},
		{"text/plain", "https://a.example/ is a site\nof which these\nlines speak\nfor long.", KindNone},
		{"application/gzip", string(fetchtest.Encode("gzip", "not a list")), KindNone},
		{"application/gzip", "\x1f\x8bbroken", KindNone},
	} {
		if got := KindOf(tt.contentType, []byte(tt.body)); got != tt.want {
			t.Errorf("%s %.40q: %q, want %q", tt.contentType, tt.body, got, tt.want)
		}
	}
}

// The charset of addresses: as declared, as the header says, and as it is where both
// are wrong.
func TestDocumentCharset(t *testing.T) {
	body := "<urlset><url><loc>https://a.example/café</loc></url></urlset>"
	for _, tt := range []struct{ contentType, body string }{
		{"", latin1(t, `<?xml version="1.0" encoding="ISO-8859-1"?>`+body)},
		{"text/xml; charset=iso-8859-1", latin1(t, body)},
		{"text/xml; charset=iso-8859-1", body},
		{"text/xml; charset=utf-16", body},
		{"", `<?xml version="1.0" encoding="windows-1251"?>` + body},
	} {
		got, err := locsOf(&Document{ContentType: tt.contentType}, tt.body)
		if err != nil || !slices.Equal(got, []string{"https://a.example/café"}) {
			t.Errorf("%q %q: %q, %v", tt.contentType, tt.body[:40], got, err)
		}
	}
}

func TestEntryParts(t *testing.T) {
	day := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name, body string
		want       Entry
	}{
		{"languages", `<urlset><url><loc>/en</loc><xhtml:link rel="alternate" hreflang="de" href="/de"/><xhtml:link rel="alternate" media="x" href="/m"/></url></urlset>`,
			Entry{Loc: "/en", Alternates: []string{"/de"}}},
		{"addresses by likelihood", `<rss><channel><item rdf:about="x"><guid isPermaLink="false">https://a.example/?p=1</guid><atom:link href="https://a.example/b"/><link>https://go.example/c</link></item></channel></rss>`,
			Entry{Loc: "https://a.example/b", Also: []string{"https://go.example/c", "https://a.example/?p=1"}}},
		{"escaped twice", `<urlset><url><loc><![CDATA[/s?a=1&amp;copy=2]]></loc></url></urlset>`, Entry{Loc: "/s?a=1&copy=2"}},
		{"names without ;", `<urlset><url><loc>/s?a=1&copy=2&reg=3</loc></url></urlset>`, Entry{Loc: "/s?a=1&copy=2&reg=3"}},
		{"base", `<feed xml:base="/x/"><entry xml:base="y/"><link href="z"/><published>2026-01-02T00:00:00Z</published></entry></feed>`,
			Entry{Loc: "z", Base: "y/", Published: day}},
		{"white space inside", "<urlset><url><loc>\n\u200bhttps://a.example/1\x07 \n</loc></url></urlset>", Entry{Loc: "https://a.example/1"}},
		{"another space's loc", `<urlset><url><image:loc>/p.jpg</image:loc><loc>/1</loc><video:publication_date>2026-01-02</video:publication_date></url></urlset>`, Entry{Loc: "/1"}},
	} {
		var got []Entry
		err := new(Document).Read(strings.NewReader(tt.body), func(e Entry) error { got = append(got, e); return nil })
		if err != nil || len(got) != 1 || fmt.Sprintf("%+v", got[0]) != fmt.Sprintf("%+v", tt.want) {
			t.Errorf("%s: %+v, %v", tt.name, got, err)
		}
	}
}

// A feed names its site and its other parts.
func TestFeedHead(t *testing.T) {
	for _, body := range []string{
		`<rss xmlns:atom="x"><channel><atom:link rel="self" href="/f"/><atom:link rel="next" href="/f?p=2"/><image><link>/no</link></image><link>https://a.example/</link><item><link>/1</link></item></channel></rss>`,
		`<feed><link rel="self" href="/f"/><link rel="alternate" type="text/html" href="https://a.example/"/><link rel="next" href="/f?p=2"/><entry><link href="/1"/><link rel="next" href="/no"/></entry></feed>`,
		`{"version":"https://jsonfeed.org/version/1.1","home_page_url":"https://a.example/","items":[{"url":"/1"}],"next_url":"/f?p=2"}`,
	} {
		var d Document
		got, err := locsOf(&d, body)
		if err != nil || d.Site != "https://a.example/" || !slices.Equal(d.Pages, []string{"/f?p=2"}) || !slices.Equal(got, []string{"/1"}) || d.Kind != KindFeed {
			t.Errorf("%.20s: %+v, %q, %v", body, d, got, err)
		}
	}
}

func TestParseTime(t *testing.T) {
	for s, want := range map[string]string{
		"2026-3-9": "2026-03-09", "2026-03-09 10:11:12 AM": "2026-03-09", "09.03.2026": "2026-03-09", "20260309": "2026-03-09",
		"Mon, 9 Mar 2026 10:11 GMT": "2026-03-09", "Monday, 9 March 2026 10:11:12 GMT": "2026-03-09", "Mon,  9 Mar 26 10:11:12 +0000": "2026-03-09",
		"2026-03-09T10:11:12.123+0200": "2026-03-09", "March 9, 2026": "2026-03-09",
		"1970-01-01": "", "1969-12-31T19:00:00-05:00": "", "0000-00-00": "", "-0001-11-30T00:00:00+00:00": "", "0001-01-01T00:00:00Z": "",
		"3026-01-01": "", "2014-05-10T09:38:1399707507Z": "", "yesterday": "", "": "",
	} {
		got := parseTime(s)
		if want == "" && !got.IsZero() || want != "" && got.Format(time.DateOnly) != want {
			t.Errorf("%q: %v", s, got)
		}
	}
	if parseTime(time.Now().AddDate(0, 0, 3).Format(time.RFC3339)) != (time.Time{}) || parseTime(time.Now().Format(time.RFC3339)).IsZero() {
		t.Error("the present is no time, or the future is one")
	}
}

// An error of each and of the source come back.
func TestDocumentErrors(t *testing.T) {
	stop := errors.New("stop")
	body := "<urlset><url><loc>/1</loc></url><url><loc>/2</loc></url></urlset>"
	n := 0
	if err := new(Document).Read(strings.NewReader(body), func(Entry) error { n++; return stop }); err != stop || n != 1 {
		t.Errorf("%v after %d entries", err, n)
	}
	source := io.MultiReader(strings.NewReader(body[:40]), errReader{stop})
	if err := new(Document).Read(source, func(Entry) error { return nil }); !errors.Is(err, stop) {
		t.Errorf("%v", err)
	}
	if err := new(Document).Read(errReader{stop}, func(Entry) error { return nil }); !errors.Is(err, stop) {
		t.Errorf("from the first byte: %v", err)
	}
}

type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }

func FuzzDocument(f *testing.F) {
	for _, s := range []string{"<urlset><url><loc>/1</loc></url></urlset>", `{"items":[{"url":"/1"}],"version":"https://jsonfeed.org/version/1"}`, "http://a.example/\n", "<rss><item><link>/1", "\xff\xfe<\x00r\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		KindOf("text/html", body)
		new(Document).Read(bytes.NewReader(body), func(e Entry) error {
			if e.Loc == "" {
				t.Error("an entry without an address")
			}
			return nil
		})
	})
}
