package articles_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"newsclip/output"
	"newsclip/scrape"
	"newsclip/scrape/articles"
	"newsclip/scrape/frontier"
)

// What a site repeats on its articles is known to a later run, for one new article.
func TestRepeatsOverRestarts(t *testing.T) {
	const promo = "Readers of this paper pay for its reporters, and every subscription keeps one more of them on the quay."
	var mu sync.Mutex
	last := 8
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		var k int
		if n, _ := fmt.Sscanf(r.URL.Path, "/2026/03/04/story-%d", &k); n == 1 && k <= last {
			words := func(from int) string {
				var b strings.Builder
				for i := range 25 {
					fmt.Fprintf(&b, "%s%d ", []string{"ferry", "harbour", "captain", "island", "winter"}[i%5], 1000*k+from+i)
				}
				return b.String()
			}
			fmt.Fprintf(w, `<!doctype html><html lang="en"><head><title>Story %d of the quay</title><meta property="og:type" content="article">
<meta property="article:published_time" content="2026-03-04T05:06:07Z"></head><body><article><h1>Story %d of the quay</h1>
<p>%s.</p><p>%s</p><p>%s.</p><p>%s.</p></article></body></html>`, k, k, words(0), promo, words(100), words(200))
			return
		}
		if r.URL.Path != "/" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		fmt.Fprint(w, "<!doctype html><title>Front</title>")
		for k := range last {
			fmt.Fprintf(w, `<a href="/2026/03/04/story-%d">More</a> `, k+1)
		}
	}))
	defer srv.Close()
	state := frontier.Options{Dir: t.TempDir()}
	crawl := func(o scrape.Options) string {
		var records strings.Builder
		sink, err := articles.NewSink("", &records, output.JSONL)
		if err != nil {
			t.Fatal(err)
		}
		o.Seeds, o.Sink, o.PerHost = []string{srv.URL}, sink, 4
		if _, err := scrape.Crawl(t.Context(), o, articles.New(articles.Options{}).Handle); err != nil {
			t.Fatal(err)
		}
		return records.String()
	}
	first := crawl(scrape.Options{Frontier: state})
	if n := strings.Count(first, "\n"); n != 8 || strings.Contains(first, "Readers of this paper") {
		t.Fatalf("%d records, or what they repeat stays: %.3000s", n, first)
	}
	mu.Lock()
	last = 9
	mu.Unlock()
	state2 := scrape.Options{Frontier: state, Recrawl: true}
	if second := crawl(state2); strings.Count(second, "\n") != 1 || !strings.Contains(second, "ferry9000") || strings.Contains(second, "Readers of this paper") {
		t.Errorf("the new article: %s", second)
	}
}
