package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// partPage returns a page of a made-up article, with a sentence that no other has.
func partPage(title, own, links string) string {
	return fmt.Sprintf(`<!doctype html><html lang="en"><head><title>%s</title></head><body><article><h1>%[1]s</h1><time datetime="2026-03-04">4 March 2026</time>
<p>%[2]s The harbour board has published its yearly report, which tells how many boats came in and what they brought to the quay.</p>
<p>%[2]s Most of its pages are tables; the harbour master said that nobody reads them and that he counts the boats all the same.</p>
</article>%[3]s</body></html>`, title, own, links)
}

// A site's rules lead a crawl to the following pages of an article, and to the
// page that has the whole of it; neither is a record of its own, and what the
// rules replace in a page's source holds in a crawl too.
func TestCrawlFollowsRules(t *testing.T) {
	pages := map[string]string{
		"/":              `<title>News</title><a href="/walk">Walk</a> <a href="/report">Report</a>`,
		"/walk":          partPage("A long walk", "First leg of it. NOISE", `<a class="onwards" href="/walk-at-noon">On</a>`),
		"/walk-at-noon":  partPage("A long walk", "Second leg of it.", `<a class="onwards" href="/walk-at-night">On</a>`),
		"/walk-at-night": partPage("A long walk", "Third leg of it.", `<a class="onwards" href="/walk">Back to the start</a>`),
		"/report":        partPage("The yearly report", "Only a teaser.", `<div id="more"><a class="all" href="/report/print">All</a></div>`),
		"/report/print": strings.Replace(partPage("The yearly report", "All of it.", ""), "<head>",
			`<head><link rel="canonical" href="/report/print">`, 1),
	}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, page)
	}))
	defer site.Close()
	rules := t.TempDir()
	text := "next_page_link: a.onwards\nsingle_page_link: //a[@class='all']\nif_page_contains: #more\nfind_string: NOISE\nreplace_string:\n"
	if err := os.WriteFile(filepath.Join(rules, "127.0.0.1.txt"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, learning := range []string{"--no-learn", "--no-learn=false"} {
		var out, errs bytes.Buffer
		if code := run([]string{"crawl", "--delay", "0", learning, "--rules", rules, site.URL}, strings.NewReader(""), &out, &errs); code != exitOK {
			t.Fatalf("exit code %d\n%s", code, &errs)
		}
		got := make(map[string]string)
		for line := range bytes.Lines(out.Bytes()) {
			var r struct{ URL, Text string }
			if err := json.Unmarshal(line, &r); err != nil {
				t.Fatal(err)
			}
			got[strings.TrimPrefix(r.URL, site.URL)] = r.Text
		}
		walk, report := got["/walk"], got["/report"]
		if len(got) != 2 || !strings.Contains(walk, "First leg") || !strings.Contains(walk, "Second leg") || !strings.Contains(walk, "Third leg") || strings.Contains(walk, "NOISE") {
			t.Errorf("%s: %q", learning, got)
		}
		if !strings.Contains(report, "All of it.") || strings.Contains(report, "teaser") {
			t.Errorf("%s: %q", learning, report)
		}
	}
}
