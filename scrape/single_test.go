package scrape

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// A Fetcher keeps the pace of a crawl, robots.txt included, whoever asks it, and
// obeys a longer Crawl-delay.
func TestFetcherKeepsPace(t *testing.T) {
	for _, tt := range []struct {
		robots string
		least  time.Duration
	}{
		{"User-agent: *\nDisallow: /private/\n", 100 * time.Millisecond},
		{"User-agent: *\nDisallow: /private/\nCrawl-delay: 0.3\n", 300 * time.Millisecond},
	} {
		var mu sync.Mutex
		var at []time.Time
		var paths []string
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			at, paths = append(at, time.Now()), append(paths, r.URL.Path)
			mu.Unlock()
			if r.URL.Path == "/robots.txt" {
				fmt.Fprint(w, tt.robots)
				return
			}
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<title>A page</title>")
		}))
		defer s.Close()
		f, err := NewFetcher(Options{Seeds: []string{s.URL}, Delay: 100 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		var wg sync.WaitGroup
		for i := range 3 {
			wg.Go(func() {
				if in, err := f.Page(t.Context(), fmt.Sprintf("%s/%d", s.URL, i)); err != nil || in.Status != 200 {
					t.Errorf("%d: %v", in.Status, err)
				}
			})
		}
		wg.Go(func() {
			if _, err := f.Page(t.Context(), s.URL+"/private/a"); err != ErrRobots {
				t.Error(err)
			}
		})
		wg.Wait()
		if len(at) != 4 || paths[0] != "/robots.txt" || strings.Contains(strings.Join(paths, " "), "private") {
			t.Fatalf("%v", paths)
		}
		for i := 1; i < len(at); i++ {
			// Times are taken in the server, where they may be a little closer.
			if d := at[i].Sub(at[i-1]); d < tt.least*9/10 {
				t.Errorf("%s %v after %s, want %v", paths[i], d, paths[i-1], tt.least)
			}
		}
	}
}
