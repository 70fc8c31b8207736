package page

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"newsclip/clean/article"
	"newsclip/clean/internal/htmlparse"
)

// nodesOf parses a page and counts its nodes.
func nodesOf(t *testing.T, src string) (n int, text string) {
	t.Helper()
	p, err := Parse(Input{HTML: []byte("<!doctype html><title>x</title><body>" + src)})
	if err != nil {
		t.Fatal(err)
	}
	var walk func(*html.Node)
	walk = func(x *html.Node) {
		n++
		for c := x.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(p.Doc.Nodes[0])
	return n, p.Doc.Text()
}

func numbered(n int, format string) string {
	var b strings.Builder
	for k := range n {
		fmt.Fprintf(&b, format, k)
	}
	return b.String()
}

// maxNodes is what the pages below may have at most.
const maxNodes = 1_000_000

// Formatting elements that stay open are opened again in every block: however
// they are written or hidden, a page has no more nodes than maxNodes.
func TestFormattingMultipliesNoFurther(t *testing.T) {
	words := strings.Repeat("<p>x", 5000)
	for name, src := range map[string]string{
		"open":                numbered(400, "<b id=%d>") + words,
		"open in a paragraph": "<p>" + numbered(400, "<b id=%d>") + words,
		"upper case":          numbered(400, "<FONT\nSIZE=%d>") + words,
		"quoted":              numbered(400, `<i id=">%d">`) + words,
		"hidden in svg":       "<svg><title>" + numbered(400, "<b id=%d>") + strings.Repeat("<p>x", 5000),
		"ended in a comment":  numbered(400, "<b id=%d><!--</b>-->") + words,
		"in table cells":      numbered(400, "<b id=%d>") + "<table>" + strings.Repeat("<td>x", 5000),
		"slash in the tag":    numbered(400, "<b/id=%d>") + words,
		"plain, many of them": "<b><b><b><i><i><i><u><u><u><s><s><s><tt><tt><tt><em><em><em><big><big><big>" + strings.Repeat("<p>x", 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			n, text := nodesOf(t, src)
			if n > maxNodes {
				t.Errorf("%d bytes become %d nodes", len(src), n)
			}
			if got, want := strings.Count(text, "x"), strings.Count(src, ">x"); got < want {
				t.Errorf("%d of %d words are left", got, want)
			}
		})
	}
}

// A page that is merely full of formatting keeps its elements.
func TestFormattingStays(t *testing.T) {
	p, err := Parse(Input{HTML: []byte("<p>" + strings.Repeat("<b>x</b> <i class=icon></i> <a href=/>y</a>", 10_000))})
	if err != nil {
		t.Fatal(err)
	}
	if b, i := p.Doc.Find("b").Length(), p.Doc.Find("i.icon").Length(); b != 10_000 || i != 10_000 {
		t.Errorf("%d and %d elements are left", b, i)
	}
}

// Attributes go before elements do.
func TestFormattingLosesAttributesFirst(t *testing.T) {
	open := numbered(400, `<i id="%d>" class='c'>y`)
	for _, c := range []struct {
		name, src string
		elements  bool
	}{
		{"different", "<p>" + open + strings.Repeat("<p>x", 2000), true},
		{"of many names", "<p>" + open + "<b><em><tt><u><s><big><small><strong><code>" + strings.Repeat("<p>x", 60_000), false},
	} {
		p, err := Parse(Input{HTML: []byte(c.src)})
		if err != nil {
			t.Fatal(err)
		}
		if n := p.Doc.Find("i[id], i[class]").Length(); n > 0 {
			t.Errorf("%s: %d elements have attributes", c.name, n)
		}
		if n := p.Doc.Find("i, tt").Length(); n > 0 != c.elements {
			t.Errorf("%s: %d elements are left", c.name, n)
		}
		if n := strings.Count(p.Doc.Text(), "x"); n != strings.Count(c.src, ">x") {
			t.Errorf("%s: %d words are left", c.name, n)
		}
	}
}

func TestTooComplex(t *testing.T) {
	_, err := Parse(Input{HTML: []byte(strings.Repeat("<p>", htmlparse.MaxTags+1))})
	var e *article.Error
	if !errors.As(err, &e) || e.Code != article.CodeTooComplex {
		t.Errorf("the error is %v", err)
	}
	if _, err := Parse(Input{HTML: []byte(strings.Repeat("a < b ", htmlparse.MaxTags+1))}); err != nil {
		t.Errorf("signs that are no tags: %v", err)
	}
}

func TestImageURLIsOfTheWeb(t *testing.T) {
	for _, c := range []struct{ page, ref, want string }{
		{"https://news.example/a/b", "c.jpg?w=1:2", "https://news.example/a/c.jpg?w=1:2"},
		{"https://news.example/a/b", "//img.example/c.jpg", "https://img.example/c.jpg"},
		{"https://news.example/a/b", "HTTPS://img.example/c.jpg", "https://img.example/c.jpg"},
		{"https://news.example/a/b", "file:///etc/passwd", ""},
		{"https://news.example/a/b", "ftp://img.example/c.jpg", ""},
		{"https://news.example/a/b", " \x01javascript:alert(1)", ""},
		{"file:///home/a/page.html", "//img.example/c.jpg", ""},
		{"", "img/c.jpg", "img/c.jpg"},
		{"", "img/c:1.jpg", "img/c:1.jpg"},
		{"", "JavaScript:alert(1)", ""},
		{"", "file:/etc/passwd", ""},
	} {
		p, err := Parse(Input{URL: c.page, HTML: []byte("<p>x")})
		if err != nil {
			t.Fatal(err)
		}
		if got := p.ImageURL(c.ref); got != c.want {
			t.Errorf("%s on %s is %q, want %q", c.ref, c.page, got, c.want)
		}
	}
}

// What a terminal obeys shows nothing, nor does what turns the text around.
func TestTextHasNoControls(t *testing.T) {
	for in, want := range map[string]string{
		"we\u0092re":                    "we’re",
		"\u0093so\u0094 \u0096 a\u0085": "“so” – a…",
		"don\u00e2\u0080\u0099t":        "don’t",
		"56\u00e2\u0084\u0083":          "56℃",
		"caf\u00c3\u00a9 \u00c2\u00a9":  "caf\u00c3\u00a9 \u00c2\u00a9", // no control: it may be meant
		"\u00e2\u0080":                  "\u00e2€",
		"\u0081\u008d\u0090x":           "x",
	} {
		if got := string(AppendCollapsed([]byte("y "), in)); got != "y "+want {
			t.Errorf("%+q: got %+q", in, got)
		}
		if got := NoControls(in); got != want {
			t.Errorf("%+q: got %+q", in, got)
		}
	}
	if got := string(AppendCollapsed(nil, "a\u009b31mb\x7fc\u202ed \u0085e\u0600é\u00ad")); got != "a›31mbcd …e\u0600é" {
		t.Errorf("got %q", got)
	}
}

// TestLinksStayInProportion writes the links of a page with a very long base address: each of
// a few takes it over, and of many none.
func TestLinksStayInProportion(t *testing.T) {
	base := "https://quay.example/" + strings.Repeat("a", 3000) + "/"
	for _, c := range []struct {
		links int
		ref   string
		whole bool
	}{
		{10, "b", true}, {10, "#b", true},
		{99_000, "b", false}, {99_000, "#b", false}, {99_000, "/b", true}, {99_000, "https://quay.example/b", true},
	} {
		p, err := Parse(Input{HTML: []byte(`<base href="` + base + `">` + strings.Repeat("<a href="+c.ref+">b</a>", c.links))})
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Link(c.ref); (got != "") != c.whole {
			t.Errorf("%d links to %s: %.40q", c.links, c.ref, got)
		}
	}
}

// Each run of white space is one space, whatever stands around it.
func TestCollapsed(t *testing.T) {
	for in, want := range map[string]string{
		"  a b  c\n\td ":     "a b c d ",
		"Ġ  x Ā y":           "Ġ x Ā y",
		"海  边 a  b":          "海 边 a b",
		"one \u00a0two \x7f": "one two ",
		"a ":                 "a ",
	} {
		if got := string(AppendCollapsed(nil, in)); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
