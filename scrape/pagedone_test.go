package scrape

import (
	"context"
	"net/http/httptest"
	"sync"
	"testing"

	"newsclip/clean"
)

// The trees of pages that a handler is done with are used by later pages, and others
// are left alone, as are those that are handled once more.
func TestPageDone(t *testing.T) {
	srv := httptest.NewServer(listedSite(12))
	defer srv.Close()
	for name, done := range map[string]bool{"done": true, "not done": false} {
		t.Run(name, func(t *testing.T) {
			var mu sync.Mutex
			var pages []*clean.Page
			sink := &memorySink{}
			s, err := Crawl(t.Context(), Options{Seeds: []string{srv.URL}, Sink: sink, PerHost: 8}, func(ctx context.Context, p *Page) (*Outcome, error) {
				if p.Doc == nil {
					t.Errorf("%s has no tree when it is handled", p.URL)
				}
				mu.Lock()
				pages = append(pages, p.Page)
				mu.Unlock()
				out, err := articleByMeta(ctx, p)
				if out.Early = !p.Last; out.Early {
					out.Kept = p.Page
				}
				out.PageDone = done
				return out, err
			})
			if err != nil {
				t.Fatal(err)
			}
			wantRecords(t, sink, s, 12)
			left := 0
			for _, p := range pages {
				if p.Doc != nil {
					left++
				}
			}
			// The front page is no article: its outcome has Kept and is not handled again.
			if done && left > 1 || !done && left != len(pages) {
				t.Errorf("%d of %d pages have their tree after the crawl", left, len(pages))
			}
		})
	}
}
