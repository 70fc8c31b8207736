package document

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"newsclip/output"
)

const object = `{"id":"a1","url":"https://quay.example/a?x=1&y=2","kind":"article","title":"Cats & <dogs>","subtitle":"A short story","description":"Told elsewhere.",
	"authors":[{"name":"Mara Lindqvist"},{"name":"QNA"}],"published":"2026-03-04T09:30:00+02:00","site":{"name":"The Quay Post","domain":"quay.example"},
	"language":"en-GB","section":"Harbour","tags":["cats","dogs"],"rights":{"license":"CC BY"},"content_hash":"0a","fetched_at":"2026-03-04T08:00:00Z",
	"images":[{"url":"https://quay.example/a.jpg","alt":"A cat","caption":"A cat.","lead":true}],
	"html":"<h2>On <em>deck</em></h2>\n<p>One <strong>two</strong><br>\nthree <a href=\"https://quay.example/b?x=1&amp;y=2\">four</a> H<sub>2</sub>O <del>5</del></p>\n<ul>\n<li>Item</li>\n</ul>\n<blockquote>\n<p>Said.</p>\n</blockquote>\n<table>\n<tr><th colspan=\"2\">Head</th></tr>\n<tr><td>a</td><td>b</td></tr>\n</table>\n<dl>\n<dt>Term</dt>\n<dd>Meaning</dd>\n</dl>\n<pre><code>x &lt; y</code></pre>\n<figure><img src=\"https://quay.example/a.jpg\" alt=\"A cat\" width=\"640\" height=\"480\"><figcaption>A cat.</figcaption></figure>",
	"text":"Not used."}`

const second = `{"id":"b","url":"https://quay.example/c","kind":"article","title":"Two","published":"2026-03-05","text":"First line\nsecond line.\n\nLast < block.","images":[{"url":"https://quay.example/c.jpg","caption":"C","credit":"D"}]}`

// hostile is of another program: its html is not what newsclip writes.
const hostile = `{"id":"c","kind":"article","title":"\"><script>alert(1)</script>\u0001","language":"\"><x","site":{"name":"<b>"},"canonical_url":"javascript:alert(1)",
	"authors":[{"name":"</author><x>","url":"javascript:x"}],"published":"\"><x","images":[{"url":"javascript:x","lead":true}],
	"html":"<p onclick=x>a<script>alert(1)</script><a href=\"javascript:alert(1)\">b</a><img src=\"data:x\"><b>c</b></p></div><iframe src=x></iframe><svg><p>d</p></svg><td>e<p>f\u0002"}`

const failed = `{"id":"d","error":{"code":"gone","message":"MISSING"}}`

func write(t *testing.T, f output.Format, objects ...string) string {
	t.Helper()
	var buf bytes.Buffer
	w := f.New(&buf)
	for _, o := range objects {
		r, err := output.Decode([]byte(o))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// parts returns what a format wrote: the files of a book, the bodies of a JSON
// Feed, and HTML without the elements that XML would have closed.
func parts(t *testing.T, f output.Format, written string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	switch f.Name {
	case "epub":
		z, err := zip.NewReader(strings.NewReader(written), int64(len(written)))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range z.File {
			r, err := file.Open()
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			files[file.Name] = string(b)
		}
		delete(files, "mimetype")
	case "jsonfeed":
		var feed struct {
			Items []struct {
				Content string `json:"content_html"`
				URL     string `json:"url"`
				Image   string `json:"image"`
			} `json:"items"`
		}
		if err := json.Unmarshal([]byte(written), &feed); err != nil {
			t.Fatal(err)
		}
		for i, item := range feed.Items {
			files[strconv.Itoa(i)] = `<div id="` + escape(item.URL+item.Image) + `">` + item.Content + "</div>"
		}
	default:
		files["it"] = regexp.MustCompile(`<meta [^>]*>`).ReplaceAllString(written, "")
	}
	return files
}

func wellFormed(t *testing.T, name, document string) {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(document))
	for {
		if _, err := dec.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, document)
		}
	}
}

// Whatever comes in, what goes out is well-formed and runs nothing; records that
// hold an error are left out, and no record makes a whole document too.
func TestWellFormedAndSafe(t *testing.T) {
	for _, f := range Formats {
		for name, objects := range map[string][]string{
			"none": nil, "one": {object}, "more": {failed, object, second, failed}, "hostile": {hostile, hostile}, "failed": {failed},
		} {
			t.Run(f.Name+" "+name, func(t *testing.T) {
				written := write(t, f, objects...)
				if written != write(t, f, objects...) {
					t.Error("equal records make different files")
				}
				for part, document := range parts(t, f, written) {
					wellFormed(t, part, document)
					for _, bad := range []string{"<script", "onclick", "javascript:", "<iframe", "data:x", "\x01", "\x02", "<x", "alert(1)</a", "MISSING"} {
						if strings.Contains(document, bad) {
							t.Errorf("%s has %q:\n%s", part, bad, document)
						}
					}
				}
			})
		}
	}
}

// Each format has the parts of an article.
func TestContent(t *testing.T) {
	for format, want := range map[string][]string{
		"html": {
			"<title>Cats &amp; &lt;dogs&gt;</title>", `<article lang="en-GB">`, "<h1>Cats &amp; &lt;dogs&gt;</h1>", `<p class="standfirst">A short story</p>`,
			`Mara Lindqvist, QNA · <time datetime="2026-03-04T09:30:00+02:00">2026-03-04 09:30</time> · <a href="https://quay.example/a?x=1&amp;y=2">The Quay Post</a>`,
			"<h2>On <em>deck</em></h2>", `<th colspan="2">Head</th>`, `<img src="https://quay.example/a.jpg" alt="A cat" width="640" height="480"/><figcaption>A cat.</figcaption>`,
			"<p>First line<br/>second line.</p><p>Last &lt; block.</p><figure>", "<figcaption>C D</figcaption>", "<pre><code>x &lt; y</code></pre>",
		},
		"xml": {
			`<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">`, `<title type="main">Cats &amp; &lt;dogs&gt;</title>`, "<author>Mara Lindqvist</author>\n<author>QNA</author>",
			"<publisher>The Quay Post</publisher>", `<note type="fingerprint">0a</note>`, `<ptr type="URL" target="https://quay.example/a?x=1&amp;y=2"/>`,
			`<date when="2026-03-04T09:30:00+02:00">`, `<term type="tags">cats, dogs</term>`, "<abstract><p>Told elsewhere.</p></abstract>", `<div type="entry">`,
			`<ab rend="h2" type="header">On <hi rend="#i">deck</hi></ab>`, `<p>One <hi rend="#b">two</hi><lb/>`, `<ref target="https://quay.example/b?x=1&amp;y=2">four</ref> H<hi rend="#sub">2</hi>O <hi rend="#del">5</hi>`,
			"<list rend=\"ul\">\n<item>Item</item>", "<quote>\n<p>Said.</p>\n</quote>", `<cell role="head" cols="2">Head</cell>`, `<list type="gloss">`, "<label>Term</label>",
			`<figure><graphic url="https://quay.example/a.jpg"><desc>A cat</desc></graphic><head>A cat.</head></figure>`, "<ab><code>x &lt; y</code></ab>",
		},
		"rss": {"<title>The Quay Post</title>\n<link>https://quay.example/</link>"},
	} {
		t.Run(format, func(t *testing.T) {
			f, ok := output.Find(Formats, format)
			if !ok {
				t.Fatal("there is no such format")
			}
			got := write(t, f, object, second)
			for _, w := range want {
				if !strings.Contains(got, w) {
					t.Errorf("it lacks %s\n%s", w, got)
				}
			}
		})
	}
}

func TestTEIOfOne(t *testing.T) {
	if got := write(t, TEI, object); !strings.HasPrefix(got, xmlHead+`<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en-GB">`) {
		t.Errorf("%.200s", got)
	}
}

func TestEPUB(t *testing.T) {
	book := write(t, EPUB, object, second)
	z, err := zip.NewReader(strings.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	// EPUB 3.3, section 4.2.6.1: readers find the type at a fixed place.
	if z.File[0].Name != "mimetype" || z.File[0].Method != zip.Store || !strings.Contains(book[:100], "mimetypeapplication/epub+zip") {
		t.Errorf("it does not begin with its type: %q", book[:100])
	}
	files := parts(t, EPUB, book)
	for name, want := range map[string][]string{
		"META-INF/container.xml": {`full-path="book.opf"`},
		"book.opf":               {"<dc:title>Cats &amp; &lt;dogs&gt; and 1 more</dc:title>", "<dc:language>en-GB</dc:language>", `<itemref idref="c2"/>`, "2026-03-05T00:00:00Z</meta>", `properties="nav"`},
		"nav.xhtml":              {`<nav epub:type="toc">`, `<li><a href="chapter-0002.xhtml">Two</a></li>`},
		"toc.ncx":                {`<content src="chapter-0001.xhtml"/>`},
		"chapter-0001.xhtml":     {"<h1>Cats &amp; &lt;dogs&gt;</h1>", `<a href="https://quay.example/a.jpg">A cat</a>`},
		"chapter-0002.xhtml":     {"<p>Last &lt; block.</p>"},
	} {
		for _, w := range want {
			if !strings.Contains(files[name], w) {
				t.Errorf("%s lacks %s\n%s", name, w, files[name])
			}
		}
		if strings.Contains(files[name], "<img") {
			t.Errorf("%s loads a picture", name)
		}
	}
}

// A reader of feeds finds in both what the records have.
func TestFeeds(t *testing.T) {
	for _, f := range []output.Format{RSS, JSONFeed} {
		t.Run(f.Name, func(t *testing.T) {
			feed, err := gofeed.NewParser().ParseString(write(t, f, object, failed, second))
			if err != nil {
				t.Fatal(err)
			}
			if feed.Title != "The Quay Post" || feed.Link != "https://quay.example/" || len(feed.Items) != 2 {
				t.Fatalf("%+v", feed)
			}
			i := feed.Items[0]
			if i.Title != "Cats & <dogs>" || i.Link != "https://quay.example/a?x=1&y=2" || i.GUID != "a1" || i.Description != "A short story" ||
				!strings.Contains(i.Content, "<h2>On <em>deck</em></h2>") || i.PublishedParsed == nil || i.PublishedParsed.UTC().Hour() != 7 ||
				len(i.Authors) == 0 || i.Authors[0].Name != "Mara Lindqvist" || len(i.Categories) != 2 {
				t.Errorf("%+v", i)
			}
			if two := feed.Items[1]; two.PublishedParsed == nil || two.PublishedParsed.UTC().Day() != 5 {
				t.Errorf("%+v", two)
			}
		})
	}
}
