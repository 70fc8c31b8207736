package scrape

import (
	"context"
	"net/http/httptest"
	"sync"
	"testing"
)

// An article whose outcome stands is written without its page being handled again, and
// one whose outcome does not is handled again.
func TestOutcomeStands(t *testing.T) {
	srv := httptest.NewServer(listedSite(20))
	defer srv.Close()
	for _, stands := range []bool{true, false} {
		var mu sync.Mutex
		asked, again := 0, 0
		sink := &memorySink{}
		o := Options{Seeds: []string{srv.URL}, Sink: sink, PerHost: 4}
		s, err := Crawl(t.Context(), o, func(ctx context.Context, p *Page) (*Outcome, error) {
			out, err := alwaysEarly(ctx, p)
			mu.Lock()
			defer mu.Unlock()
			if p.Last {
				again++
			}
			if out != nil && out.Early {
				out.Stands = func(context.Context) bool {
					mu.Lock()
					defer mu.Unlock()
					asked++
					return stands
				}
			}
			return out, err
		})
		if err != nil {
			t.Fatal(err)
		}
		wantRecords(t, sink, s, 20)
		want := 20
		if stands {
			want = 0
		}
		if asked != 20 || again != want {
			t.Errorf("stands is %v: asked %d times, %d pages handled again", stands, asked, again)
		}
	}
}
