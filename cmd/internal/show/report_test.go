package show

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"newsclip/clean"
)

const tidesPage = `<html lang="en"><head><title>Tide tables for the year are out | The Quay Post</title><meta property="og:type" content="article">
<meta property="og:site_name" content="The Quay Post"><link rel="canonical" href="https://quay.example/tides"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<div class="related"><a href="/1">Ferry fares go up</a><br><a href="/2">Bridge closed again</a></div>
<article><h1>Tide tables for the year are out</h1>
<p class="standfirst">The harbour office has printed them on yellow paper this time.</p>
<div class="byline">By <a rel="author" href="/staff/mara">Mara Lindqvist</a></div>
<figure><img src="/pics/yellow-tables.jpg" alt="A stack of tables" width="900" height="600"><figcaption>The tables, on Monday. Photo: Ann Example</figcaption></figure>
<p>The tide tables for the coming year are on sale at the harbour office from Monday, and they are yellow.</p>
<p>For forty years they had been green, a colour that nobody could tell from grey in the light of a lamp on deck.</p>
<div class="newsletter-box">Get the harbour's news every Friday. <a href="/join">Join</a></div>
<p>The office has printed six hundred of them, a third more than last year, when the last one was sold in February.</p>
<p>“People wrote their shopping lists on the green ones,” said the harbour master, who is said to be glad of the change.</p>
</article>
<footer>© The Quay Post</footer></body></html>`

func draftOf(t *testing.T, source, url string) *clean.Draft {
	t.Helper()
	d, err := clean.New(clean.Options{}).Draft(clean.Input{HTML: []byte(source), URL: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

func reportText(t *testing.T, source string, opts ReportOptions) string {
	t.Helper()
	var b strings.Builder
	if _, err := Report(&b, draftOf(t, source, "https://quay.example/tides?x=1"), opts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReport(t *testing.T) {
	page := reportText(t, tidesPage, ReportOptions{})
	for _, want := range []string{
		`<bdi class="what" dir="ltr" lang="en">related stories and navigation, 3 blocks</bdi>`,
		`<strong>Headline</strong> moved to <code>title</code>: it has the title&#39;s words`,
		`<strong>Standfirst</strong> moved to <code>subtitle</code>`,
		`<strong>Byline</strong> moved to <code>authors</code>`,
		`<strong>Caption</strong> moved to <code>images</code>`,
		`Removed: it is in a box named for a newsletter`,
		`<li class="block kept" id="first-kept" data-block="7"><p class="words" dir="auto">The tide tables for the coming year`,
		`<p>For forty years they had been green`,
		`<span dir="auto">https://quay.example/tides</span> <span class="note"><bdi dir="ltr">from rel=canonical</bdi>`,
		`<div class="box"><p dir="auto">A stack of tables</p></div>`,
		`<bdi dir="ltr">Credit:</bdi> <bdi>Ann Example</bdi>`,
		`<html lang="en" dir="ltr">`,
		`prefers-color-scheme: dark`,
		`@media print`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the report lacks %s", want)
		}
	}
	if record, blocks := strings.Index(page, `id="record"`), strings.Index(page, `id="page"`); record < 0 || blocks < record {
		t.Errorf("the record is at %d, the page at %d: the record goes first", record, blocks)
	}
	checkLoadsNothing(t, page)
}

// TestReportPictures looks that a picture is loaded where that is allowed, from
// the address of the record and no other.
func TestReportPictures(t *testing.T) {
	page := reportText(t, tidesPage, ReportOptions{Pictures: true})
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "img" {
			for _, a := range n.Attr {
				seen = append(seen, a.Key+"="+a.Val)
			}
		}
	}
	if got, want := strings.Join(seen, " "), "src=https://quay.example/pics/yellow-tables.jpg alt=A stack of tables loading=lazy referrerpolicy=no-referrer"; got != want {
		t.Errorf("pictures: %s, want %s", got, want)
	}
	if !strings.Contains(page, "; img-src https: http:") {
		t.Error("the policy does not let the page load pictures")
	}
}

func TestReportOfNoArticle(t *testing.T) {
	var b strings.Builder
	a, err := Report(&b, draftOf(t, `<html><body><nav>Home</nav><script>1</script></body></html>`, ""), ReportOptions{})
	var ce *clean.Error
	if a != nil || !errors.As(err, &ce) || ce.Code != "no_article" {
		t.Fatalf("%v, %v", a, err)
	}
	if !strings.Contains(b.String(), `<p class="error"><bdi dir="ltr">no article found`) || !strings.Contains(b.String(), `Removed: it is in the navigation`) {
		t.Errorf("the report is\n%s", &b)
	}
}

// TestReportRightToLeft looks that the whole page is mirrored.
func TestReportRightToLeft(t *testing.T) {
	hebrew := strings.NewReplacer(
		"The tide tables for the coming year are on sale at the harbour office from Monday, and they are yellow.", "לוחות הגאות לשנה הבאה נמכרים במשרד הנמל מיום שני, והם צהובים. כך מסר אתמול מנהל הנמל בשיחה עם התושבים.",
		"For forty years they had been green, a colour that nobody could tell from grey in the light of a lamp on deck.", "במשך ארבעים שנה הם היו ירוקים, צבע שאיש לא יכול היה להבדיל מאפור לאור הפנס שעל הסיפון בלילות החורף הארוכים.",
		"The office has printed six hundred of them, a third more than last year, when the last one was sold in February.", "המשרד הדפיס שש מאות מהם, שליש יותר מאשר בשנה שעברה, כאשר האחרון שבהם נמכר כבר בחודש פברואר.",
		"“People wrote their shopping lists on the green ones,” said the harbour master, who is said to be glad of the change.", "אנשים כתבו את רשימות הקניות שלהם על הירוקים, אמר מנהל הנמל, שלדברי מכריו שמח מאוד על השינוי הזה.").Replace(tidesPage)
	page := reportText(t, hebrew, ReportOptions{})
	if !strings.Contains(page, `<html lang="en" dir="rtl">`) || !strings.Contains(page, "לוחות הגאות") {
		t.Errorf("the report is not from right to left:\n%s", page)
	}
	// A margin or an edge that names its side would not be mirrored.
	if m := regexp.MustCompile(`(?:margin|padding|border)-(?:left|right)|text-align: *(?:left|right)|[^-](?:left|right):`).FindString(CSS + reportCSS); m != "" {
		t.Errorf("the style sheet has %q, which is not mirrored", m)
	}
}

// TestReportIsSafe has a page say markup wherever the report shows its words.
func TestReportIsSafe(t *testing.T) {
	const evil = `&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;alert(1)&lt;/script&gt;`
	src := strings.NewReplacer("yellow", "yellow "+evil, "/staff/mara", "javascript:alert(1)", "Mara Lindqvist", "Mara "+evil, `lang="en"`, `lang="en&quot; onload=&quot;alert(1)"`,
		"https://quay.example/tides", "javascript:alert(1)", "yellow-tables.jpg", "x.jpg&quot; onload=&quot;alert(1)").Replace(tidesPage)
	var b strings.Builder
	if _, err := Report(&b, draftOf(t, src, `https://quay.example/"><script>alert(1)</script>`), ReportOptions{}); err != nil {
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
	policy := false
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
			policy = policy || a.Key == "content" && strings.HasPrefix(a.Val, "default-src 'none';") && !strings.Contains(a.Val, "img-src")
		}
	}
	if !policy {
		t.Error("the report has no policy that keeps it from loading things")
	}
}
