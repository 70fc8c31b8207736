package articles_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"newsclip/clean"
	"newsclip/scrape"
	"newsclip/scrape/articles"
)

// TestAbandonedPageStaysInHand crawls pages of which each takes more memory than all large
// ones may, and longer than a page may take: none is handled while another is still
// worked on, though that was given up.
func TestAbandonedPageStaysInHand(t *testing.T) {
	if testing.Short() {
		t.Skip("cleans for a second")
	}
	const pages = 3
	body := "<article>" + strings.Repeat("<p>"+strings.Repeat("The council voted on Tuesday to rebuild the old bridge. ", 25), 5000)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch {
		case r.URL.Path == "/":
			for k := range pages {
				fmt.Fprintf(w, `<a href="/2026/01/02/story-%d">Story %d</a>`, k, k)
			}
		case strings.HasPrefix(r.URL.Path, "/2026/"):
			fmt.Fprint(w, body)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer srv.Close()
	h := articles.New(articles.Options{Cleaner: clean.New(clean.Options{Timeout: time.Millisecond})})
	stacks := make([]byte, 1<<20)
	handled := 0
	o := scrape.Options{Seeds: []string{srv.URL + "/"}, NoDiscovery: true, PerHost: pages, Delay: time.Millisecond, IgnoreRobots: true}
	_, err := scrape.Crawl(t.Context(), o, func(ctx context.Context, p *scrape.Page) (*scrape.Outcome, error) {
		if !strings.Contains(p.RequestedURL, "/2026/") {
			return &scrape.Outcome{}, nil
		}
		handled++
		if strings.Contains(string(stacks[:runtime.Stack(stacks, true)]), "(*Handler).handle(") {
			t.Errorf("page %d is handled while one before it is still worked on", handled)
		}
		return h.Handle(ctx, p)
	})
	if err != nil || handled != pages {
		t.Errorf("%d pages were handled: %v", handled, err)
	}
}
