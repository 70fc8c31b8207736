package overview

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"newsclip/clean"
	"newsclip/output"
	"newsclip/scrape"
)

// record is a record of a made-up article; n makes it another one.
func record(n int) *output.Record {
	host := fmt.Sprintf("paper%d.example", n%3)
	return &output.Record{Article: clean.Article{
		URL: fmt.Sprintf("https://%s/%d", host, n), Kind: "article", Title: fmt.Sprintf("Story %d", n), Language: []string{"en", "ar"}[n%2],
		Authors: []clean.Author{{Name: "Mara Lindqvist"}}, Section: "Harbour", Published: fmt.Sprintf("2026-03-%02dT09:30:00+02:00", 1+n%28),
		Text: fmt.Sprintf("Text %d.", n), WordCount: 100 * n, Confidence: 0.5 + float64(n%5)/10,
	}}
}

func pageOf(t *testing.T, o *Overview, opts Options) string {
	t.Helper()
	var b strings.Builder
	if err := o.Write(&b, opts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// tables reads the tables of a page by the ids of their sections: rows of cells,
// with "|" between them.
func tables(t *testing.T, page string) map[string][]string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[string][]string)
	for n := range root.Descendants() {
		if n.Data != "tr" || n.Parent.Data != "tbody" {
			continue
		}
		id := ""
		for s := n.Parent; s != nil; s = s.Parent {
			for _, a := range s.Attr {
				if s.Data == "section" && a.Key == "aria-labelledby" {
					id = a.Val
				}
			}
		}
		var cells []string
		for c := range n.ChildNodes() {
			var b strings.Builder
			for x := range c.Descendants() {
				if x.Type == html.TextNode {
					b.WriteString(x.Data)
				}
			}
			cells = append(cells, b.String())
		}
		out[id] = append(out[id], strings.Join(cells, "|"))
	}
	return out
}

func has(t *testing.T, rows []string, want string) {
	t.Helper()
	for _, r := range rows {
		if r == want {
			return
		}
	}
	t.Errorf("no row %q in %q", want, rows)
}

func TestOverview(t *testing.T) {
	var o Overview
	for n := range 60 {
		r := record(n)
		if n%2 == 0 {
			r.Removed = []clean.Removed{
				{Stage: "prune", Rule: "nav", Text: "Home Sport"}, {Stage: "pick", Rule: "headline", Text: r.Title},
				{Stage: "learn", Rule: fmt.Sprintf("stands on %d of 60 pages", 3+n), Text: "About us"},
			}
		}
		o.Add(r)
	}
	o.Add(&output.Record{Article: clean.Article{URL: "https://paper0.example/x", Error: &clean.Error{Code: "no_article"}}})
	o.Add(&output.Record{Article: clean.Article{URL: "https://paper9.example/x", Error: &clean.Error{Code: "timeout"}}})
	o.Add(&output.Record{Article: clean.Article{URL: "https://paper9.example/y", Error: &clean.Error{Code: "no_article"}}})
	o.Unreadable()
	page := pageOf(t, &o, Options{Sources: "articles.jsonl"})
	got := tables(t, page)
	for _, x := range []struct{ section, row string }{
		{"days", "1 Mar 2026|3"}, {"days", "28 Mar 2026|2"}, {"hosts", "paper1.example|20|33.3%"}, {"languages", "ar|30|50.0%"},
		{"sections", "Harbour|60|100%"}, {"authors", "Mara Lindqvist|60|100%"}, {"kinds", "article|60|100%"},
		{"lengths", "0–49|1|1.7%"}, {"lengths", "1,000–1,499|5|8.3%"}, {"lengths", "5,000+|10|16.7%"},
		{"confidence", "0.90–0.95|12|20.0%"}, {"fields", "language|60|100%"}, {"fields", "pictures|0|0%"},
		{"causes", "no article found|no_article|2|66.7%"}, {"failing", "paper9.example|2|no article found (1), took too long (1)"},
		{"stripped", "navigation|30|33.3%"}, {"stripped", "headlines, moved to title|30|33.3%"},
		{"rules", "learn: stands on N of N pages|30|it stands on other pages of the site too|About us"}, {"rules", "prune: nav|30|it is in the navigation|Home Sport"},
	} {
		has(t, got[x.section], x.row)
	}
	for _, want := range []string{
		"<h1 dir=\"auto\">60 articles</h1>", "1 record could not be read", "half of the articles have 3,000 or more",
		"<strong>3</strong> failures", "90 blocks of 30 articles that tell it", "paper0.example has most, 20 of 60 articles.",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	checkPlots(t, page)
}

// checkPlots looks that each plot has a title, a description and a table, and that
// the page loads nothing, runs nothing, and has no id twice.
func checkPlots(t *testing.T, page string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	if regexp.MustCompile(`(?i)url\(|@import`).MatchString(page) {
		t.Error("a style fetches something")
	}
	plots, ids := 0, make(map[string]bool)
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" || a.Key == "href" {
				t.Errorf("the page has %s=%q", a.Key, a.Val)
			}
			if a.Key == "id" {
				if ids[a.Val] {
					t.Errorf("the id %s is there twice", a.Val)
				}
				ids[a.Val] = true
			}
		}
		switch n.Data {
		case "script", "img", "link", "iframe", "form", "base":
			t.Errorf("the page has <%s>", n.Data)
		case "svg":
			if slices.Contains(n.Attr, html.Attribute{Key: "aria-hidden", Val: "true"}) {
				continue // the scale of a plot
			}
			plots++
			var title, desc, table bool
			for x := range n.Descendants() {
				title = title || x.Data == "title" && x.Parent == n && x.FirstChild != nil
				desc = desc || x.Data == "desc" && x.FirstChild != nil
			}
			section := n.Parent
			for section.Data != "section" {
				section = section.Parent
			}
			for x := range section.Descendants() {
				table = table || x.Data == "table"
			}
			if !title || !desc || !table {
				t.Errorf("a plot has a title: %v, a description: %v, a table: %v", title, desc, table)
			}
		}
	}
	if plots == 0 {
		t.Error("there is no plot")
	}
}

// TestOverviewIsSafe has markup in every field that the page shows.
func TestOverviewIsSafe(t *testing.T) {
	const evil = `"><img src=x onerror=alert(1)><script>alert(1)</script></svg></style>`
	var o Overview
	for n := range 2 {
		r := record(n)
		r.Title, r.Section, r.Language, r.Kind, r.URL = evil, evil, evil, evil, "https://"+evil
		r.Authors, r.Published, r.DuplicateOf = []clean.Author{{Name: evil}}, "2026-03-01", evil
		r.Site = &clean.Site{Name: evil, Domain: evil}
		r.Removed = []clean.Removed{{Stage: evil, Rule: evil, Text: evil}}
		o.Add(r)
	}
	o.Add(&output.Record{Article: clean.Article{URL: evil, Error: &clean.Error{Code: evil, Message: evil}}})
	o.AddCrawl(evil, evil, time.Time{}, []scrape.HostHealth{{Host: evil, Found: 1, Failed: map[string]int{evil: 1}, LastError: evil}})
	page := pageOf(t, &o, Options{Title: evil, Sources: evil})
	if strings.Count(page, "onerror") < 8 {
		t.Fatal("the words of the records are not in the page, and this test tests nothing")
	}
	checkPlots(t, page)
}

func TestNothing(t *testing.T) {
	page := pageOf(t, new(Overview), Options{})
	if !strings.Contains(page, "There is nothing to show") || strings.Contains(page, "<svg") {
		t.Errorf("the page is\n%s", page)
	}
}

func TestNearDuplicates(t *testing.T) {
	var all strings.Builder
	for n := range 200 {
		fmt.Fprintf(&all, "word%d ", n)
	}
	words := all.String()
	var o Overview
	for n, text := range []string{words + "one", words + "two", "Short.", "Short.", words + "one"} {
		r := record(n)
		r.Text = text
		o.Add(r)
	}
	marked := record(8)
	marked.DuplicateOf = "https://paper0.example/elsewhere"
	o.Add(marked)
	again := record(0) // a later version of the page
	again.Text = words + "one"
	o.Add(again)
	got := tables(t, pageOf(t, &o, Options{}))["copies"]
	if strings.Join(got, "\n") != "Story 1|2|https://paper0.example/0\nStory 8|1|https://paper0.example/elsewhere" {
		t.Errorf("near-duplicates: %q", got)
	}
}

func TestCrawl(t *testing.T) {
	var o Overview
	o.AddCrawl("news.state", "finished", time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC), []scrape.HostHealth{
		{Host: "b.example", Found: 10, Fetched: 4, Failed: map[string]int{"404": 3, "dns": 1}, GivenUp: true, LastSuccess: time.Date(2026, 3, 4, 9, 31, 0, 0, time.UTC)},
		{Host: "a.example", Found: 20, Fetched: 20, Articles: 15, Skipped: map[scrape.SkipCause]int{scrape.SkipRobots: 2}},
	})
	page := pageOf(t, &o, Options{Title: "A crawl"})
	got := tables(t, page)
	has(t, got["crawl-1"], "b.example|10|4|0|0|4|given up, 404 Not Found (3), no such host (1), last success 2026-03-04")
	has(t, got["crawl-1"], "a.example|20|20|15|2|0|left out: robots (2)")
	has(t, got["causes"], "404 Not Found|404|3|75.0%")
	has(t, got["failing"], "b.example|4|404 Not Found (3), no such host (1)")
	if !strings.Contains(page, "Finished; begun 4 Mar 2026 09:30 UTC; 30 URLs found, 24 fetched, 15 articles, on 2 hosts.") {
		t.Error("the crawl is not summed up")
	}
	checkPlots(t, page)
}

// TestTop looks that a plot and its table are bounded, and tell what they leave out.
func TestTop(t *testing.T) {
	var o Overview
	for n := range 40 {
		r := record(n)
		r.URL = fmt.Sprintf("https://p%02d.example/", n)
		o.Add(r)
	}
	page := pageOf(t, &o, Options{Top: 3})
	if got := tables(t, page)["hosts"]; len(got) != 15 {
		t.Errorf("the table has %d rows, want 15", len(got))
	}
	for _, want := range []string{"The 3 most frequent of 40.", "25 more are not listed."} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
