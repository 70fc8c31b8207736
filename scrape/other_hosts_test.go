package scrape

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// TestOtherHosts crawls a site whose sitemaps, robots.txt and pages name sitemaps and feeds
// on many other hosts, which name further ones: a few of them are asked.
func TestOtherHosts(t *testing.T) {
	var mu sync.Mutex
	asked := map[string]bool{}
	index := func(w http.ResponseWriter, prefix string) {
		fmt.Fprint(w, "<sitemapindex>")
		for k := range 200 {
			fmt.Fprintf(w, "<sitemap><loc>http://%s%d.example/map.xml</loc></sitemap>", prefix, k)
		}
		fmt.Fprint(w, "<sitemap><loc>/own.xml</loc></sitemap></sitemapindex>")
	}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.Host] = true
		mu.Unlock()
		switch {
		case r.URL.Path == "/robots.txt" && r.Host == "news.example":
			for k := range 200 {
				fmt.Fprintf(w, "Sitemap: http://robots%d.example/map.xml\n", k)
			}
			fmt.Fprintln(w, "Sitemap: /index.xml")
		case r.Host == "news.example" && r.URL.Path == "/":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<title>All</title>")
			for k := range 200 {
				fmt.Fprintf(w, `<link rel="alternate" type="application/rss+xml" href="http://feed%d.example/feed">`, k)
			}
			fmt.Fprint(w, "<p>Words.")
		case r.Host == "news.example" && r.URL.Path == "/index.xml":
			index(w, "index")
		case r.URL.Path == "/map.xml":
			index(w, "further")
		case r.URL.Path == "/own.xml":
			fmt.Fprintf(w, "<urlset><url><loc>http://news.example/story-%s</loc></url></urlset>", r.Host)
		case strings.HasPrefix(r.URL.Path, "/story"):
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<p>Words.")
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer proxy.Close()
	at, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Crawl(t.Context(), Options{Seeds: []string{"http://news.example/"}, Proxies: []*url.URL{at}, PerHost: 8, Delay: 1}, func(context.Context, *Page) (*Outcome, error) {
		return &Outcome{}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	others := len(asked) - 1
	if others < maxOtherHosts/2 || others > maxOtherHosts {
		t.Errorf("%d other hosts were asked, of which %d may be", others, maxOtherHosts)
	}
	if s.Pages < others || s.Skipped[SkipScope] < 200 {
		t.Errorf("%d pages were read, and %d left out by their scope", s.Pages, s.Skipped[SkipScope])
	}
}
