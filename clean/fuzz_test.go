package clean

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/pagetest"
	"newsclip/selectors"
)

// What must hold of the record of any page is in checkRecord. The targets below
// differ in what they vary. "go test" runs their seeds.

var fuzzCleaner = New(Options{Markdown: true, HTML: true, Explain: true})

// slowest is how long a page of a fuzz target may take on a busy machine. It has
// kilobytes.
const slowest = 10 * time.Second

// checkClean cleans a page and checks its record.
func checkClean(t *testing.T, c *Cleaner, src []byte, contentType string) {
	t.Helper()
	in := Input{URL: "https://news.example/a/b", HTML: src, ContentType: contentType}
	kept := bytes.Clone(src)
	begun := time.Now()
	a, err := c.Clean(in)
	if took := time.Since(begun); took > slowest {
		t.Errorf("%d bytes took %v", len(src), took)
	}
	if !bytes.Equal(src, kept) {
		t.Error("the input was changed")
	}
	if err != nil {
		if e := (*Error)(nil); !errors.As(err, &e) || e.Code == "" || e.Message == "" {
			t.Errorf("%T without a code: %v", err, err)
		}
		return
	}
	checkRecord(t, a)
	checkWords(t, in, a)
	first, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	again, err := c.Clean(in)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := json.Marshal(again); err != nil || !bytes.Equal(first, second) {
		t.Errorf("cleaned again (%v)\n%s\nat first\n%s", err, second, first)
	}
}

// checkRecord checks that a record holds valid UTF-8 without control characters,
// addresses of the web alone, and HTML and Markdown that run nothing.
func checkRecord(t *testing.T, a *Article) {
	t.Helper()
	eachField(a, func(name, s string) {
		if !utf8.ValidString(s) {
			t.Errorf("%s is no UTF-8: %q", name, s)
		}
		lines := name == ".Text" || name == ".Markdown" || name == ".HTML" || strings.HasSuffix(name, ".Text") || name == ".Images.Caption"
		for _, r := range s {
			if unicode.IsControl(r) && !(lines && (r == '\n' || r == '\t')) || r == '\u202d' || r == '\u202e' {
				t.Errorf("%s holds %U: %q", name, r, s)
				return
			}
		}
	})
	web := func(name, s string) {
		if u, err := url.Parse(s); s != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https") {
			t.Errorf("%s is %q", name, s)
		}
	}
	web("canonical_url", a.CanonicalURL)
	for _, au := range a.Authors {
		web("authors[].url", au.URL)
	}
	for _, im := range a.Images {
		if scheme, _, ok := strings.Cut(im.URL, ":"); ok && !strings.ContainsAny(scheme, "/?#") && !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
			t.Errorf("images[].url is %q", im.URL)
		}
	}
	if a.Rights != nil {
		web("rights.license", a.Rights.License)
	}
	pagetest.CheckSafe(t, a.HTML)
	checkRuns(t, a.Markdown)
}

// checkRuns fails where Markdown that was rendered would run a script.
func checkRuns(t *testing.T, markdown string) {
	t.Helper()
	for program, rendered := range pagetest.Rendered(t, markdown) {
		root, err := html.Parse(strings.NewReader(rendered))
		if err != nil {
			t.Fatal(err)
		}
		if bad := runs(root); bad != "" {
			t.Errorf("%s in what %s makes of\n%s", bad, program, markdown)
		}
	}
}

// runs returns the first element of a tree that runs a script or loads a document.
func runs(n *html.Node) string {
	if n.Type == html.ElementNode {
		switch n.Data {
		case "script", "iframe", "object", "embed", "style", "link", "meta", "base", "form", "svg", "math":
			return "element " + n.Data
		}
		for _, at := range n.Attr {
			scheme, _, _ := strings.Cut(strings.ToLower(strings.TrimLeft(at.Val, " \t\n\x00")), ":")
			switch {
			case strings.HasPrefix(at.Key, "on"), at.Key == "srcdoc", at.Key == "formaction":
				return "attribute " + at.Key
			case (at.Key == "href" || at.Key == "src") && (scheme == "javascript" || scheme == "vbscript" || scheme == "data" || scheme == "file"):
				return at.Key + " " + at.Val
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if bad := runs(c); bad != "" {
			return bad
		}
	}
	return ""
}

// listMark is what the text has in front of the items of a list.
var listMark = regexp.MustCompile(`^(-|\||-?\d+\.)$`)

// checkWords checks that every word of the text stands in the page.
func checkWords(t *testing.T, in Input, a *Article) {
	t.Helper()
	p, err := page.Parse(in)
	if err != nil {
		t.Fatal(err)
	}
	whole := squash(p.Doc.Text())
	for w := range strings.FieldsSeq(a.Text) {
		if !listMark.MatchString(w) && !strings.Contains(whole, squash(w)) {
			t.Errorf("the word %.80q of the text is not in the page", w)
			return
		}
	}
}

// squash leaves white space out, and what shows nothing.
func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r < ' ' || page.Shown(r) != r {
			return -1
		}
		return r
	}, page.NoControls(s))
}

const fuzzSentence = "The council voted on Tuesday to rebuild the old bridge over the river before winter comes, and all of them were glad to hear of it at last."

// inArticle puts a part of a page between paragraphs, so that most inputs give a
// record.
func inArticle(s string) []byte {
	return []byte("<!doctype html><title>The bridge</title><article><h1>The bridge</h1><p>" + fuzzSentence + "</p><p>1 " + fuzzSentence + "</p>" + s +
		"<p>2 " + fuzzSentence + "</p><p>3 " + fuzzSentence + "</p></article>")
}

func FuzzClean(f *testing.F) {
	f.Add([]byte("<title>a</title><p>b"), "text/html")
	f.Add([]byte("\xff\xfe<\x00p\x00>\x00"), "text/html; charset=utf-16")
	f.Add(inArticle("<p>we\u0092re \u009b31m"), "")
	f.Add(inArticle("<svg><p>x</svg><math><mi>y</math><template><p>a</template><select><option>a<p>b</select><textarea></p>"), "text/html; charset=windows-1252")
	f.Add([]byte(`<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"x","author":{"@id":"#a"}},{"@id":"#a","name":"A B"}]}</script><p>`+fuzzSentence), "")
	f.Fuzz(func(t *testing.T, src []byte, contentType string) {
		if len(src) <= 64<<10 {
			checkClean(t, fuzzCleaner, src, contentType)
		}
	})
}

func FuzzBody(f *testing.F) {
	for _, s := range []string{
		"<ul><li>a<ul><li>b</ul></ul>", "<table><tr><th>a<td colspan=9 rowspan=9>b<tr><td>c<td>d</table>", "<pre><code class=language-go>`a`</code></pre>",
		"<blockquote><p>a<ol reversed start=99999999999><li value=-9>b</ol></blockquote>", "<p>a <a href='javascript:x'>b</a> <a href=//x.example/(y)>c</a></p>",
		"<figure><img src=/abcdef.jpg srcset='/a 1x, /b 2x' width=700 height=700 alt='[a](b) © ©'><figcaption>c<cite>d</cite> (Photo: e)</figcaption></figure>",
		"<iframe src=//www.youtube.com/embed/a title='a](b'></iframe>", "<h2>a #</h2><p>1. b<p># c<p>> d<p>http://x.example/<img src=x onerror=alert(1)>",
		"<p>a<br>b<sup>d</sup><sub>e</sub><code>f`g</code><b>h<i>j</i></b>!<a href=/x>k</a></p>", "<dl><dt>a<dd>b<dt>c<dd><p>d<p>e</dl>",
		"<noscript><img src=/xyzabc.jpg></noscript><picture><source srcset='data:,'><img></picture>", "a\x00b\u202ec\u200bd\u0085e\u009bf",
		"<p>&lt;script&gt;alert(1)&lt;/script&gt; www.x.example/&lt;img src=x onerror=alert(1)&gt; &#60;svg/onload=alert(1)>", "<p>[a]: javascript:alert(1)</p><p>[a]</p>",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) <= 32<<10 {
			checkClean(t, fuzzCleaner, inArticle(s), "text/html; charset=utf-8")
		}
	})
}

func FuzzJSONLDPage(f *testing.F) {
	f.Add(`{"@context":"https://schema.org","@type":"NewsArticle","headline":"a \"b\" c","author":[{"@type":"Person","name":"Mara Lind","url":"/p"},{"@id":"#x"}],"datePublished":"2026-03-04T05:06:07+02:00","image":{"@type":"ImageObject","url":"javascript:alert(1)","width":"9"},"keywords":"a,b","isAccessibleForFree":"False","articleBody":"x"}`)
	f.Add(`[{"@graph":[{"@type":["A","NewsArticle"],"@id":"#a","mainEntity":{"@id":"#a"}}]}]`)
	f.Add("{\"headline\":\"a\\u0000\\ud800\\u001b[31m\\u009b\",\"author\":\"b\"}")
	f.Fuzz(func(t *testing.T, s string) {
		if strings.Contains(strings.ToLower(s), "</script") || len(s) > 16<<10 {
			return
		}
		src := "<!doctype html><title>The bridge</title><script type=application/ld+json>" + s + "</script>"
		checkClean(t, fuzzCleaner, append([]byte(src), inArticle("")...), "text/html; charset=utf-8")
	})
}

func FuzzRules(f *testing.F) {
	f.Add("body: //div[@class='a']\ntitle: h1\nstrip: .b\nstrip_id_or_class: d\nstrip_image_src: x\nfind_string: e\nreplace_string: <f>\nauthor: a\ndate: //time/@datetime\nsubtitle: //p[1]\n", `<h1>t</h1><div class=a><p>x<a rel=author>b</a><time datetime=2026-01-01>c</time><img src=/x.jpg></div>`)
	f.Add("body: //*[count(preceding::*) mod 2]\n", "<p>a<p>b<p>c")
	f.Add("title: string(//title)\nbody: //div/text()\nauthor: //a/@href\n", "<title>x</title><div>y<a href=z>a</a></div>")
	f.Add("body: :has(a):not(:nth-child(2n+1))\nstrip: //*[position()<3]\nprune: no\nsubtitle: substring-before(//a, 'b')\n", "<div><a>b</a></div>")
	f.Fuzz(func(t *testing.T, rules, src string) {
		if len(rules) > 4<<10 || len(src) > 8<<10 {
			return
		}
		begun := time.Now()
		r, err := selectors.ParseRules("news.example.txt", []byte(rules))
		if err != nil {
			return
		}
		var set selectors.Set
		set.Add("news.example", r)
		a, err := New(Options{Rules: &set, Markdown: true, HTML: true, Explain: true}).Clean(Input{URL: "https://news.example/a", HTML: []byte(src)})
		if took := time.Since(begun); took > slowest {
			t.Errorf("it took %v", took)
		}
		if err == nil {
			checkRecord(t, a)
		} else if e := (*Error)(nil); !errors.As(err, &e) {
			t.Errorf("%T: %v", err, err)
		}
	})
}
