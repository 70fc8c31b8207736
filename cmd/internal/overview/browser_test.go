package overview

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"newsclip/clean"
	"newsclip/cmd/internal/browsertest"
	"newsclip/output"
	"newsclip/scrape"
)

// press is an overview of a made-up press in several scripts.
func press() *Overview {
	o := new(Overview)
	sections := []string{"Harbour", "Sport", "الثقافة", "文化", "Islands and the outer archipelago, with its ferries and bridges", "Politik"}
	authors := []string{"Mara Lindqvist", "佐藤美咲", "ليلى حداد", "Ondrej Falk", "Our Correspondent at the Harbour Board of the Outer Islands"}
	languages := []string{"en", "ja", "ar", "de-DE", "en-GB"}
	rules := []clean.Removed{
		{Stage: "prune", Rule: "nav", Text: "Home Sport Weather"}, {Stage: "pick", Rule: "headline", Text: "Tide tables are out"},
		{Stage: "pick", Rule: "class related", Text: "春からフェリー運賃が再び値上げへ"}, {Stage: "sweep", Rule: "standfirst", Text: "Six hundred copies went on sale."},
		{Stage: "learn", Rule: "stands on 4 of 9 pages", Text: "شارك هذا المقال"}, {Stage: "pick", Rule: "phrase share", Text: "Copy link"},
		{Stage: "prune", Rule: "footer", Text: "© The Quay Post"}, {Stage: "pick", Rule: "links", Text: "Gull takes a whole loaf from the bakery"},
	}
	for n := range 900 {
		day := time.Date(2026, 1, 20, 8, 0, 0, 0, time.UTC).AddDate(0, 0, (n*n/7)%58)
		r := &output.Record{Article: clean.Article{
			URL: fmt.Sprintf("https://www.paper%d.example/%d", n*n%23, n), Kind: []string{"article", "article", "gallery", "liveblog"}[n%4],
			Title: fmt.Sprintf("Tide tables for the year %d are out", n), Section: sections[n*n%len(sections)], Language: languages[n*n%len(languages)],
			Authors: []clean.Author{{Name: authors[n*n%len(authors)]}}, Published: day.Format(time.RFC3339), Confidence: 1 - float64(n*n%97)/140,
			WordCount: 80 + n*n%1900, Text: "Words.", Removed: rules[:1+n%len(rules)],
		}}
		if n%40 == 0 {
			r.DuplicateOf = fmt.Sprintf("https://www.agency.example/a-report-that-many-papers-print-with-a-long-address/%d", n%120)
		}
		o.Add(r)
	}
	for n := range 37 {
		code := []string{"no_article", "timeout", "no_article", "not_html"}[n%4]
		o.Add(&output.Record{Article: clean.Article{URL: fmt.Sprintf("https://www.paper%d.example/x", n%9), Error: &clean.Error{Code: code}}})
	}
	var hosts []scrape.HostHealth
	for n := range 9 {
		hosts = append(hosts, scrape.HostHealth{
			Host: fmt.Sprintf("www.paper%d.example", n), Found: 900 - n*70, Fetched: 700 - n*60, Articles: 500 - n*50,
			Failed: map[string]int{"404": 12 - n, "timeout": 3}, Skipped: map[scrape.SkipCause]int{scrape.SkipRobots: 4, scrape.SkipDate: 40},
		})
	}
	o.AddCrawl("press.state", "finished", time.Date(2026, 1, 20, 6, 0, 0, 0, time.UTC), hosts)
	return o
}

// TestOverviewInBrowser shows the page on narrow and wide screens, light and dark:
// nothing is wider than the screen, and axe-core finds nothing serious.
func TestOverviewInBrowser(t *testing.T) {
	ctx := browsertest.Start(t)
	path := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(path, []byte(pageOf(t, press(), Options{Sources: "press.jsonl, press.state"})), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, width := range []int64{400, 1400} {
		for _, dark := range []bool{false, true} {
			shown := fmt.Sprintf("overview-%d-%s", width, map[bool]string{false: "light", true: "dark"}[dark])
			browsertest.Emulate(t, ctx, width, 800, dark)
			browsertest.Do(t, ctx, chromedp.Navigate("file://"+filepath.ToSlash(path)))
			browsertest.Screenshot(t, ctx, shown)
			browsertest.Eval[bool](t, ctx, `document.querySelectorAll("details").forEach(d => d.open = true), true`)
			if over := browsertest.Eval[int](t, ctx, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
				t.Errorf("%s: the page is %d pixels wider than the screen", shown, over)
			}
			// Names and values of a row of bars stand beside each other.
			if clash := browsertest.Eval[string](t, ctx, `[...document.querySelectorAll(".bars g")].filter(g => {
				const [a, b] = g.querySelectorAll("text"); return a.getBoundingClientRect().right + 4 > b.getBoundingClientRect().left;
			}).map(g => g.querySelector("title").textContent).join("; ")`); clash != "" {
				t.Errorf("%s: names run into their values: %s", shown, clash)
			}
			if clash := browsertest.Eval[int](t, ctx, `[...document.querySelectorAll(".columns")].filter(s => {
				const r = [...s.querySelectorAll(".tick")].map(e => e.getBoundingClientRect());
				return r.some((x, k) => k > 0 && r[k-1].right + 4 > x.left);
			}).length`); clash > 0 {
				t.Errorf("%s: in %d plots the labels below run into each other", shown, clash)
			}
			browsertest.Axe(t, ctx)
			browsertest.Screenshot(t, ctx, shown+"-tables")
		}
	}
}
