package scrape

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
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

// Of the sitemaps that a robots.txt names some are read, the first and the last, and the
// summary tells how many are left out.
func TestSitemapsOfRobots(t *testing.T) {
	const named = maxNamedSitemaps + 300
	var mu sync.Mutex
	asked := map[string]bool{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt":
			for k := range named {
				fmt.Fprintf(w, "Sitemap: /maps/%d.xml\n", k)
			}
		case strings.HasPrefix(r.URL.Path, "/maps/"):
			mu.Lock()
			asked[r.URL.Path] = true
			mu.Unlock()
			fmt.Fprint(w, "<urlset/>")
		case r.URL.Path == "/":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<title>All</title><p>Words.</p>")
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer srv.Close()
	s, err := Crawl(t.Context(), Options{Seeds: []string{srv.URL + "/"}, PerHost: 8}, func(context.Context, *Page) (*Outcome, error) {
		return &Outcome{}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(asked) != maxNamedSitemaps || s.Skipped[SkipHostFull] != named-maxNamedSitemaps {
		t.Errorf("%d sitemaps are read, %d left out", len(asked), s.Skipped[SkipHostFull])
	}
	if !asked["/maps/0.xml"] || !asked[fmt.Sprintf("/maps/%d.xml", named-1)] {
		t.Error("the first or the last is left out")
	}
}
