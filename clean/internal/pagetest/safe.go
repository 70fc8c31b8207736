package pagetest

import (
	"regexp"
	"strings"
	"testing"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	goldhtml "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// allowed is the allow-list that the html field keeps, spelled out a second
// time for a sanitizer that others maintain.
var allowed = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "table", "tr", "th", "td",
		"pre", "code", "em", "strong", "del", "sub", "sup", "br", "figure", "figcaption", "dl", "dt", "dd")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src", "alt").OnElements("img")
	number := regexp.MustCompile(`^-?[0-9]+$`)
	p.AllowAttrs("width", "height").Matching(number).OnElements("img")
	p.AllowAttrs("colspan", "rowspan").Matching(number).OnElements("td", "th")
	p.AllowAttrs("start").Matching(number).OnElements("ol")
	p.AllowAttrs("reversed").Matching(regexp.MustCompile(`^$`)).OnElements("ol")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^wp-block-embed$`)).OnElements("figure")
	p.AllowURLSchemes("http", "https", "mailto")
	p.RequireParseableURLs(true)
	return p
}()

// Parsed is s as a browser would write it after reading it.
func Parsed(t testing.TB, s string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := html.Render(&b, root); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// CheckSafe fails where a sanitizer finds something to take out of s, or where
// reading s twice gives another tree than reading it once, which is what
// mutation attacks live on.
func CheckSafe(t testing.TB, s string) {
	t.Helper()
	once := Parsed(t, s)
	if got := Parsed(t, allowed.Sanitize(s)); got != once {
		t.Errorf("a sanitizer makes\n%s\nof\n%s", got, once)
	}
	if twice := Parsed(t, once); twice != once {
		t.Errorf("read twice it is\n%s\nread once\n%s", twice, once)
	}
}

var ReadMarkdown = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough), goldmark.WithRendererOptions(goldhtml.WithUnsafe()))

// Says lists the words, links and pictures of a piece of HTML.
func Says(t testing.TB, s string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(strings.Join(strings.Fields(n.Data), ""))
		}
		for _, a := range n.Attr {
			if n.DataAtom == atom.A && a.Key == "href" || n.DataAtom == atom.Img && a.Key == "src" {
				b.WriteString("<" + a.Val + ">")
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return b.String()
}
