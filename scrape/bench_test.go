package scrape

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
)

// realPages are pages of real publishers, where NEWSCLIP_CORPORA names a folder
// of them, or the made-up article many times.
func realPages(b *testing.B, n int) []string {
	b.Helper()
	dir := os.Getenv("NEWSCLIP_CORPORA")
	if dir == "" {
		b.Log("NEWSCLIP_CORPORA is not set: the pages are small ones made up")
		pages := make([]string, n)
		for i := range pages {
			pages[i] = articleHTML(fmt.Sprintf("tale%d", i))
		}
		return pages
	}
	f, err := os.Open(filepath.Join(dir, "dev-fundus", "pages.jsonl"))
	if err != nil {
		b.Skip(err)
	}
	defer f.Close()
	var pages []string
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() && len(pages) < n {
		var p struct{ File string }
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			b.Fatal(err)
		}
		pages = append(pages, readGzip(b, filepath.Join(dir, "dev-fundus", p.File)))
	}
	if err := lines.Err(); err != nil {
		b.Fatal(err)
	}
	return pages
}

func readGzip(b *testing.B, path string) string {
	b.Helper()
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	zr, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	html, err := io.ReadAll(zr)
	if err != nil {
		b.Fatal(err)
	}
	return string(html)
}

// BenchmarkCrawl crawls a local site without delay; an operation is a page that
// is fetched, parsed, and read for links.
func BenchmarkCrawl(b *testing.B) {
	pages := realPages(b, 500)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var k int
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if n, _ := fmt.Sscanf(r.URL.Path, "/page-%d", &k); n == 1 {
			fmt.Fprint(w, pages[k%len(pages)])
			return
		}
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, "<!doctype html><title>All</title><p>Everything that there is.</p>")
		for i := range b.N {
			fmt.Fprintf(w, `<a href="/page-%d">x</a>`, i)
		}
	}))
	defer srv.Close()
	b.ReportAllocs()
	b.ResetTimer()
	s, err := Crawl(b.Context(), Options{Seeds: []string{srv.URL}, Sink: &memorySink{}, NoDiscovery: true, MaxDepth: 1, PerHost: 16, MaxBody: 1 << 30},
		func(_ context.Context, p *Page) (*Outcome, error) {
			if p.Depth == 0 {
				return &Outcome{Kind: "index"}, nil
			}
			return &Outcome{Article: true, CanonicalURL: p.URL, Record: func(Mark) ([]byte, error) { return []byte(p.URL), nil }}, nil
		})
	if err != nil {
		b.Fatal(err)
	}
	if s.Articles != b.N {
		b.Fatalf("%d articles of %d pages; %v %v", s.Articles, b.N, s.Skipped, s.Errors)
	}
}
