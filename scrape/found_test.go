package scrape

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestFoundPerHost crawls a site whose sitemap lists more URLs than are taken.
func TestFoundPerHost(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/sitemap.xml":
			fmt.Fprint(w, "<urlset>")
			for k := range 500 {
				fmt.Fprintf(w, "<url><loc>http://%s/2026/01/02/story-%d</loc></url>", r.Host, k)
			}
			fmt.Fprint(w, "</urlset>")
		case r.URL.Path == "/" || strings.HasPrefix(r.URL.Path, "/2026/"):
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<title>A story</title><p>Words.</p>")
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer srv.Close()
	for limit, want := range map[int]int{60: 60, -1: 500} {
		s, err := Crawl(t.Context(), Options{Seeds: []string{srv.URL + "/"}, Delay: time.Microsecond, MaxFoundPerHost: limit}, func(context.Context, *Page) (*Outcome, error) {
			return &Outcome{}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if s.Pages != want+1 || s.Skipped[SkipHostFull] != 500-want {
			t.Errorf("limit %d: %d pages, skipped %v", limit, s.Pages, s.Skipped)
		}
	}
}
