package selectors

import (
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"github.com/antchfx/htmlquery"
	"golang.org/x/net/html"
)

// The page of TestCSSIsTheLibrarys and of the fuzz target.
const searchPage = `<!doctype html><html><head><title>Ferry</title><style>p{}</style></head><body class="home page" id=b lang=de>
<!-- a comment --><nav><ul class=menu><li class="a first">Home<li>News<li class=last><a href=/x>Sport</a></ul></nav>
<main><article><h1 title="a, b > c">The ferry</h1><p class=intro>Ad: it left.<p>At <b>nine</b> <i>it</i> <b>was</b> late.<div><div class=x><p>Deep <a href="/y" rel=next>link</a></p><!-- c --><p></p></div></div>
<ul><li>1<li class="first">2<li>3<li>4</ul></article><aside class="a:b"><p>Other</p><form><input disabled><input checked></form></aside></main></body></html>`

var searchSelectors = []string{
	"p", "*", "div p", "main article div p", "ul > li", "li + li", "li ~ li", "h1 ~ p", "h1 + p b", "article > div div > p a",
	"body *", "* > * > li", "html > body", "* + *", "* ~ *", "li.first ~ li", "nav li, aside p , h1", "div:has(a)", "ul:haschild(.first)", ":has(:has(b))",
	"p:not(.intro)", ":not(div p)", ":not(ul > li, p ~ p)", "li:nth-child(2)", "li:nth-child(2n + 1)", "li:nth-last-child(-n+2)", "b:first-of-type", "p:only-child", "i:only-of-type",
	`p:contains("ad:")`, ":contains('ferry')", ":containsOwn(Sport)", "p:matches(^Ad[:;])", `p:matches(don't|\(|nine)`, "li:matchesOwn(^[2-3]$)", `a[href#=(^/[x(]|\])]`, `a[href#=^/x] , b`,
	`h1[title="a, b > c"]`, `.a\:b p`, `\70 p`, `\70  p`, `\000070 b`, "p:empty", ":root", "a:link", ":input", "input:checked", "input:disabled ~ input:enabled", "p:lang(de)", "li/* , */+/**/li", "ul\n>\tli", "LI:NOT(.first)",
	"p:has(> a)", ":matches($)", "*:matches(^F)", ":matches($) > html", "div > p:not(:contains(Deep))", `[class~=first]`, `[class|=a]`, `li:not([class])`, `*|*`, `[lang="de" i] p`,
}

// sameAsLibrary compares what a selector finds on a page with what the library finds.
func sameAsLibrary(t *testing.T, source, page string) {
	t.Helper()
	group, err := cascadia.ParseGroup(source)
	if err != nil {
		return
	}
	s, err := compileCSS(source)
	if err != nil {
		if strings.Contains(err.Error(), "combined") {
			return
		}
		t.Fatalf("%q: %v", source, err)
	}
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Skip()
	}
	found, err := NewSearch(doc).selectCSS(s)
	if err != nil {
		return
	}
	var got []*html.Node
	for _, m := range found {
		got = append(got, m.Node)
	}
	if want := cascadia.QueryAll(doc, group); !slices.Equal(got, want) {
		t.Errorf("%q finds %d nodes, the library %d", source, len(got), len(want))
	}
}

func TestCSSIsTheLibrarys(t *testing.T) {
	for _, source := range searchSelectors {
		sameAsLibrary(t, source, searchPage)
	}
	if s, err := compileCSS("nav li ~ li > a:not(.x)"); err != nil || len(s) != 1 || len(s[0]) != 4 {
		t.Errorf("%v, %v: want four compounds", s, err)
	}
	if _, err := compileCSS(strings.Repeat("p ", 65)); err == nil {
		t.Error("65 elements are no error")
	}
}

func FuzzCSS(f *testing.F) {
	for _, source := range searchSelectors {
		f.Add(source, searchPage)
	}
	f.Fuzz(func(t *testing.T, source, page string) {
		if len(source) < 100 && len(page) < 2000 {
			sameAsLibrary(t, source, page)
		}
	})
}

func TestXPathIsTheLibrarys(t *testing.T) {
	doc, err := html.Parse(strings.NewReader(searchPage))
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range []string{
		"//p", "//p[last()]", "//li[position()=2]", "//li[2]/preceding-sibling::li", "//b/ancestor::*", "//*[contains(., 'ferry')]", "//p[matches(., '^Ad')]", "//@href", "//a/@href | //li",
		"//div/following::p", "//h1/following-sibling::*[1]", "(//li)[last()]", "//p/..", "//text()", "//comment()", "//*[count(p) > 1]", "//li[not(@class)]", "//p[normalize-space(.) = 'Other']", "//*[string-length(@class) > 3]", "//ul/li[last()-1]",
	} {
		s, err := compileSelector(source)
		if err != nil {
			t.Fatal(err)
		}
		want, err := htmlquery.QueryAll(doc, source)
		if err != nil {
			t.Fatal(err)
		}
		got := s.Select(NewSearch(doc))
		if len(got) != len(want) {
			t.Errorf("%s finds %d, the library %d", source, len(got), len(want))
			continue
		}
		for i, m := range got {
			if m.Node != nil && m.Node != want[i] || m.Node == nil && m.Value != htmlquery.InnerText(want[i]) {
				t.Errorf("%s: another node at %d", source, i)
			}
		}
	}
}

// Edits that wrap all elements again and again do not double a page each time.
func TestWrapsAreBounded(t *testing.T) {
	doc, err := html.Parse(strings.NewReader(strings.Repeat("<div>x</div>", 1000)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := ParseRules("news.example.txt", []byte(strings.Repeat("wrap_in(div): //div\n", 30)))
	if err != nil || len(r.Edits) != 30 {
		t.Fatalf("%d edits, %v", len(r.Edits), err)
	}
	r.EditTree(doc)
	n := 0
	for range preorder(doc) {
		n++
	}
	if n < 2*maxWraps/10 || n > maxWraps+3000 {
		t.Errorf("the page has %d nodes", n)
	}
}
