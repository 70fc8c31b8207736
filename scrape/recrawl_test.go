package scrape

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsclip/scrape/frontier"
)

func TestIsDue(t *testing.T) {
	page := func(m memo) frontier.Item {
		return frontier.Item{Kind: kindPage, Class: frontier.ClassDated, Memo: m.bytes()}
	}
	bare := frontier.Item{Kind: kindPage, Class: frontier.ClassOther}
	bareAside := bare
	bareAside.Memo = asideMemo(&bareAside)
	twice := bareAside
	twice.Memo = asideMemo(&twice)
	kept := page(memo{Hash: "h", Steady: 1})
	kept.Memo = asideMemo(&kept)
	seed := page(memo{Hash: "h", Steady: 9})
	seed.Class = frontier.ClassSeed
	tests := []struct {
		name  string
		it    frontier.Item
		after time.Duration
		due   bool
	}{
		{"a sitemap", frontier.Item{Kind: kindSitemap}, 0, true},
		{"a feed", frontier.Item{Kind: kindFeed}, 0, true},
		{"a seed", seed, 0, true},
		{"a page of links", page(memo{}), 0, true},
		{"a page that failed", bare, 0, true},
		{"a memo that does not read", frontier.Item{Kind: kindPage, Memo: []byte("x")}, 0, true},
		{"an article at once", page(memo{Hash: "h", Steady: 1}), 59 * time.Minute, false},
		{"an article after an hour", page(memo{Hash: "h", Steady: 1}), time.Hour, true},
		{"an article found unchanged twice", page(memo{Hash: "h", Steady: 3}), 3 * time.Hour, false},
		{"the same later", page(memo{Hash: "h", Steady: 3}), 4 * time.Hour, true},
		{"an article of years", page(memo{Hash: "h", Steady: 100}), recrawlMax - 1, false},
		{"the same after a month", page(memo{Hash: "h", Steady: 100}), recrawlMax, true},
		{"an article that is gone", page(memo{Hash: "h", Gone: true}), 2 * recrawlMax, false},
		{"a page that is not there", bareAside, 59 * time.Minute, false},
		{"the same after an hour", bareAside, time.Hour, true},
		{"the same, found so twice", twice, time.Hour, false},
		{"an article whose page stood aside once", kept, time.Hour, true},
		{"a question about a page", frontier.Item{Kind: kindTwin}, 2 * recrawlMax, false},
	}
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, tt := range tests {
		if got := isDue(&tt.it, now.Add(-tt.after), now); got != tt.due {
			t.Errorf("%s, after %v: due is %v", tt.name, tt.after, got)
		}
	}
}

// A crawl that is interrupted again and again has each article once, and asks
// for no page again that was finished.
func TestResume(t *testing.T) {
	const n = 60
	s := newSite(t, manyArticles(n))
	dir := t.TempDir()
	sink := &memorySink{}
	finished := errors.New("finished")
	runs := 0
	for ; runs < 100; runs++ {
		ctx, cancel := context.WithCancelCause(t.Context())
		var pages atomic.Int32
		sum, err := Crawl(ctx, Options{Seeds: []string{s.URL}, Sink: sink, Frontier: frontier.Options{Dir: dir}, NoDiscovery: true, Workers: 4, PerHost: 4},
			func(ctx context.Context, p *Page) (*Outcome, error) {
				if pages.Add(1) == 9 {
					cancel(nil)
				}
				return articleByMeta(ctx, p)
			})
		cancel(nil)
		if err != nil {
			t.Fatal(err)
		}
		if sum.Stopped == "done" {
			break
		}
		if sum.Stopped != "interrupted" {
			t.Fatalf("stopped: %s", sum.Stopped)
		}
	}
	if runs < 5 {
		t.Errorf("only %d interruptions", runs)
	}
	got := sink.paths(t)
	if len(got) != n || len(slices.Compact(slices.Clone(got))) != n {
		t.Errorf("%d records: %q", len(got), got)
	}
	// A request under way when the crawl is interrupted is made again.
	if extra := len(s.asked) - s.count("/robots.txt") - (n + 1); extra > 4*runs {
		t.Errorf("%d pages were asked for again in %d runs", extra, runs)
	}
	_, err := Crawl(t.Context(), Options{Seeds: []string{s.URL}, Sink: sink, Frontier: frontier.Options{Dir: dir}}, func(context.Context, *Page) (*Outcome, error) {
		return nil, finished
	})
	if !errors.Is(err, ErrFinished) {
		t.Errorf("a finished crawl: %v", err)
	}
}

func TestRecrawl(t *testing.T) {
	s := newSite(t, map[string]string{"/": indexHTML("/same", "/changes", "/goes", "/etag", "/dated"), "/same": articleHTML("same"), "/changes": articleHTML("before"), "/goes": articleHTML("goes")})
	asked304 := 0
	s.other["/etag"] = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		if r.Header.Get("If-None-Match") == `"v1"` {
			asked304++
			w.WriteHeader(http.StatusNotModified)
			return
		}
		page(w, articleHTML("etag"))
	}
	since := "Fri, 02 Jan 2026 03:04:05 GMT"
	s.other["/dated"] = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Last-Modified", since)
		if r.Header.Get("If-Modified-Since") == since {
			asked304++
			w.WriteHeader(http.StatusNotModified)
			return
		}
		page(w, articleHTML("dated"))
	}
	dir := t.TempDir()
	crawl := func(recrawl bool) (*Summary, map[string]testRec) {
		sink := &memorySink{}
		sum, err := Crawl(t.Context(), Options{Seeds: []string{s.URL}, Sink: sink, Frontier: frontier.Options{Dir: dir}, NoDiscovery: true, Recrawl: recrawl, everythingDue: true}, articleByMeta)
		if err != nil {
			t.Fatal(err)
		}
		recs := make(map[string]testRec)
		for _, r := range sink.records {
			var rec testRec
			if err := json.Unmarshal([]byte(r), &rec); err != nil {
				t.Fatal(err)
			}
			recs[strings.TrimPrefix(rec.URL, s.URL)] = rec
		}
		return sum, recs
	}
	if _, recs := crawl(false); len(recs) != 5 {
		t.Fatalf("first: %v", recs)
	}
	s.mu.Lock()
	s.pages["/changes"] = articleHTML("after")
	s.pages["/"] = indexHTML("/same", "/changes", "/new")
	s.pages["/new"] = articleHTML("new")
	delete(s.pages, "/goes")
	s.mu.Unlock()
	sum, recs := crawl(true)
	if len(recs) != 3 || recs["/new"].URL == "" || recs["/new"].Mark.Revision != 0 {
		t.Errorf("again: %+v", recs)
	}
	if m := recs["/changes"].Mark; m.Revision != 1 || m.PreviousHash == "" {
		t.Errorf("the changed page: %+v", m)
	}
	if r := recs["/goes"]; !r.Gone || r.Mark.Revision != 1 {
		t.Errorf("the page that is gone: %+v", r)
	}
	if asked304 != 2 || sum.Skipped[SkipUnchanged] != 3 {
		t.Errorf("%d answers of 304, %d unchanged", asked304, sum.Skipped[SkipUnchanged])
	}
	if _, recs := crawl(true); len(recs) != 0 {
		t.Errorf("a third time: %+v", recs)
	}
}
