package clean

import (
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"newsclip/clean/article"
	"newsclip/clean/internal/page"
)

func TestReport(t *testing.T) {
	var b strings.Builder
	a, err := reportOf(t, &b, page.Input{HTML: []byte(explainedPage), URL: "https://quay.example/tides?x=1"})
	if err != nil {
		t.Fatal(err)
	}
	if a.Title != "Tide tables for the year are out" || a.Removed != nil {
		t.Errorf("the record is %+v", a)
	}
	page := b.String()
	for _, want := range []string{
		`title="prune: nav"><span class="unseen">Removed, </span><span class="words">Home Sport</span><span class="rule">prune: nav</span>`,
		`title="sweep: standfirst"`,
		`<li dir="auto">For forty years they had been green`,
		`<p>For forty years they had been green`,
		`<td dir="auto">https://quay.example/tides <span class="from">from rel=canonical</span>`,
		`<td dir="auto">The Quay Post, quay.example <span class="from">from og:site_name</span>`,
		`<span class="note" dir="auto">credit: Ann Example</span>`,
		`prefers-color-scheme: dark`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the report lacks %s", want)
		}
	}
	checkLoadsNothing(t, page)
}

func reportOf(t *testing.T, w io.Writer, in page.Input) (*article.Article, error) {
	t.Helper()
	d, err := New(Options{}).Draft(in)
	if err != nil {
		t.Fatal(err)
	}
	return d.Report(w)
}

func TestReportOfNoArticle(t *testing.T) {
	var b strings.Builder
	a, err := reportOf(t, &b, page.Input{HTML: []byte(`<html><body><nav>Home</nav><script>1</script></body></html>`)})
	var ce *article.Error
	if a != nil || !errors.As(err, &ce) || ce.Code != "no_article" {
		t.Fatalf("%v, %v", a, err)
	}
	if !strings.Contains(b.String(), `<p class="error">no article found`) || !strings.Contains(b.String(), `title="prune: nav"`) {
		t.Errorf("the report is\n%s", &b)
	}
}

// TestReportIsSafe has a page say markup wherever the report shows its words.
func TestReportIsSafe(t *testing.T) {
	const evil = `&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;alert(1)&lt;/script&gt;`
	src := strings.NewReplacer("yellow", "yellow "+evil, "/staff/mara", "javascript:alert(1)", "Mara Lindqvist", "Mara "+evil,
		"https://quay.example/tides", "javascript:alert(1)", "yellow-tables.jpg", "x.jpg&quot; onload=&quot;alert(1)").Replace(explainedPage)
	var b strings.Builder
	if _, err := reportOf(t, &b, page.Input{HTML: []byte(src), URL: `https://quay.example/"><script>alert(1)</script>`}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "onerror") {
		t.Fatal("the page's words are not in the report, and this test tests nothing")
	}
	checkLoadsNothing(t, b.String())
}

// checkLoadsNothing fails where a page would run or fetch something.
func checkLoadsNothing(t *testing.T, page string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	if regexp.MustCompile(`(?i)url\(|@import`).MatchString(page) {
		t.Error("a style fetches something")
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script", "img", "link", "iframe", "object", "embed", "video", "audio", "source", "svg", "form", "base":
			t.Errorf("the report has <%s>", n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" || a.Key == "srcset" ||
				a.Key == "href" && !strings.HasPrefix(a.Val, "http") && !strings.HasPrefix(a.Val, "mailto:") && !strings.HasPrefix(a.Val, "#") {
				t.Errorf("the report has %s=%q", a.Key, a.Val)
			}
		}
	}
}
