package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"newsclip/testdata"
)

// crawlLines runs a crawl in this process and returns its records, sorted,
// without the time of the fetch.
func crawlLines(t *testing.T, args ...string) []string {
	t.Helper()
	var stdout, stderr strings.Builder
	if code := run(append([]string{"crawl", "--delay", "0"}, args...), strings.NewReader(""), &stdout, &stderr); code != exitOK {
		t.Fatalf("exit code %d\n%s", code, &stderr)
	}
	var lines []string
	for line := range strings.Lines(stdout.String()) {
		var record map[string]any
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		delete(record, "fetched_at")
		b, err := json.Marshal(record)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(b))
	}
	slices.Sort(lines)
	return lines
}

// The made-up site gives the same records whatever order its pages come in.
func TestNewsroomIsTheSameEachTime(t *testing.T) {
	var site atomic.Value
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		site.Load().(http.Handler).ServeHTTP(w, r)
	}))
	defer srv.Close()
	var first []string
	for n := range 3 {
		s, err := testdata.Newsroom()
		if err != nil {
			t.Fatal(err)
		}
		site.Store(s)
		lines := crawlLines(t, "--workers", "8", "--per-host", "8", srv.URL)
		if n == 0 {
			first = lines
			if len(first) < 30 {
				t.Fatalf("%d records", len(first))
			}
			continue
		}
		for _, l := range lines {
			if !slices.Contains(first, l) {
				t.Errorf("crawl %d has a record that crawl 0 has not: %s", n, l)
			}
		}
		if len(lines) != len(first) {
			t.Errorf("crawl %d wrote %d records, crawl 0 %d", n, len(lines), len(first))
		}
	}
}

// furnitureSite has n articles, each with a paragraph about the site that
// stands among the article's own and looks like them.
type furnitureSite struct{ n int }

const furniture = "The harbour papers are read by nine thousand people who would like you to bring them a cup of tea."

func (s furnitureSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	var k int
	switch {
	case r.URL.Path == "/":
		fmt.Fprint(w, `<!doctype html><title>All</title><ul>`)
		for i := range s.n {
			fmt.Fprintf(w, `<li><a href="/2026/01/02/story-%d">More</a>`, i)
		}
	case scan(r.URL.Path, "/2026/01/02/story-%d", &k):
		fmt.Fprint(w, strings.Replace(storyHTML(k), "</p><p>", "</p><p>"+furniture+"</p><p>", 1))
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// What all articles of a site repeat is in none of their records, those that
// were read first included; --no-learn leaves it in.
func TestCrawlLearns(t *testing.T) {
	srv := httptest.NewServer(furnitureSite{12})
	defer srv.Close()
	count := func(lines []string) (n int) {
		for _, l := range lines {
			n += strings.Count(l, furniture)
		}
		return n
	}
	plain := crawlLines(t, "--no-learn", srv.URL)
	if len(plain) != 12 || count(plain) != 12 {
		t.Fatalf("without learning %d records, %d with the repeated paragraph", len(plain), count(plain))
	}
	for _, args := range [][]string{
		nil, {"--state", t.TempDir()}, {"--max-articles", "7"}, {"--max-pages", "8"}, {"--workers", "1"},
	} {
		lines := crawlLines(t, append(args, srv.URL)...)
		want := 12
		if len(args) > 0 && strings.HasPrefix(args[0], "--max") {
			want = 7
		}
		if len(lines) != want || count(lines) != 0 {
			t.Errorf("%q: %d records, %d with the repeated paragraph", args, len(lines), count(lines))
		}
	}
}
