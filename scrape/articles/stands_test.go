package articles_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"newsclip/output"
	"newsclip/scrape"
	"newsclip/scrape/articles"
)

// numberedSite has n articles, of which each ends with promo.
func numberedSite(n int, promo string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		var k int
		if found, _ := fmt.Sscanf(r.URL.Path, "/2026/03/04/story-%d", &k); found == 1 {
			words := func(from int) (s string) {
				for i := range 25 {
					s += fmt.Sprintf("%s%d ", []string{"ferry", "harbour", "captain", "island", "winter"}[i%5], 1000*k+from+i)
				}
				return s
			}
			fmt.Fprintf(w, `<!doctype html><html lang="en"><head><title>Story %d of the quay</title><meta property="og:type" content="article">
<meta property="article:published_time" content="2026-03-04T05:06:07Z"></head><body><article><h1>Story %d of the quay</h1>
<p>%s.</p>%s<p>%s.</p><p>%s.</p></article></body></html>`, k, k, words(0), promo, words(100), words(200))
			return
		}
		if r.URL.Path != "/" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		for k := range n {
			fmt.Fprintf(w, `<a href="/2026/03/04/story-%d">More</a> `, k+1)
		}
	})
}

// Of articles that are held back without their trees, those are handled again of which
// something goes that the site repeats, and no others.
func TestHeldPagesThatStand(t *testing.T) {
	const said = "Readers of this paper pay for its reporters, and every subscription keeps one more of them on the quay."
	for _, promo := range []string{"", "<p>" + said + "</p>"} {
		srv := httptest.NewServer(numberedSite(8, promo))
		defer srv.Close()
		var records strings.Builder
		sink, err := articles.NewSink("", &records, output.JSONL)
		if err != nil {
			t.Fatal(err)
		}
		h := articles.New(articles.Options{})
		var mu sync.Mutex
		held, again := 0, 0
		o := scrape.Options{Seeds: []string{srv.URL}, Sink: sink, PerHost: 4}
		_, err = scrape.Crawl(t.Context(), o, func(ctx context.Context, p *scrape.Page) (*scrape.Outcome, error) {
			out, err := h.Handle(ctx, p)
			mu.Lock()
			defer mu.Unlock()
			if p.Last {
				again++
			}
			if out != nil && out.Early {
				out.Kept = nil
				held++
			}
			return out, err
		})
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		if promo != "" {
			want = held
		}
		if held == 0 || again != want {
			t.Errorf("with promotion %q: %d of %d that are held back are handled again, want %d", promo, again, held, want)
		}
		if n := strings.Count(records.String(), "\n"); n != 8 || strings.Contains(records.String(), said) || !strings.Contains(records.String(), "ferry1000") {
			t.Errorf("with promotion %q: %d records: %.2000s", promo, n, records.String())
		}
	}
}
