package scrape

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"slices"
	"sync"
	"testing"

	"newsclip/clean"
	"newsclip/testdata"
)

// memorySink keeps records.
type memorySink struct {
	mu      sync.Mutex
	records []string
}

func (s *memorySink) Resume([]byte) error { return nil }
func (s *memorySink) Write(b []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.records = append(s.records, string(b))
	return nil
}
func (s *memorySink) Commit() ([]byte, error) { return nil, nil }

// articleByMeta takes for an article what says so in og:type or JSON-LD, and
// hands its URL on: these tests are of the crawl, and not of cleaning.
func articleByMeta(_ context.Context, p *Page) (*Outcome, error) {
	if p.Gone {
		return &Outcome{Article: true, Record: func(m Mark) ([]byte, error) { return testRecord(p, "", m) }}, nil
	}
	typ, _ := p.Doc.Find(`meta[property="og:type"]`).Attr("content")
	if typ != "article" {
		return &Outcome{Kind: clean.KindIndex}, nil
	}
	text := p.Doc.Find("p").Text()
	for _, part := range p.Parts {
		text += "\n" + part.Doc.Find("p").Text()
	}
	return &Outcome{
		Article: true, Text: text, ContentHash: text,
		Record: func(m Mark) ([]byte, error) { return testRecord(p, text, m) },
	}, nil
}

type testRec struct {
	URL, Text string
	Mark      Mark
	Gone      bool
}

func testRecord(p *Page, text string, m Mark) ([]byte, error) {
	return json.Marshal(testRec{p.URL, text, m, p.Gone})
}

func (s *memorySink) paths(t *testing.T) []string {
	t.Helper()
	var paths []string
	for _, r := range s.records {
		var rec testRec
		if err := json.Unmarshal([]byte(r), &rec); err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(rec.URL)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, u.RequestURI())
	}
	slices.Sort(paths)
	return paths
}

func TestNewsroom(t *testing.T) {
	site, err := testdata.Newsroom()
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(site)
	defer srv.Close()
	sink := &memorySink{}
	s, err := Crawl(t.Context(), Options{Seeds: []string{srv.URL}, Sink: sink}, articleByMeta)
	if err != nil {
		t.Fatal(err)
	}
	paths := sink.paths(t)
	if len(paths) != s.Articles || len(slices.Compact(slices.Clone(paths))) != len(paths) {
		t.Errorf("%d records, %d in the summary: %q", len(paths), s.Articles, paths)
	}
	want, err := testdata.Expected(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range want {
		// Older pages of the site do not say in og:type what they are.
		if !slices.Contains(paths, w.Path) {
			t.Logf("not by its metadata an article: %s (%s)", w.Path, w.File)
		}
	}
	if len(paths) < len(want)/2 {
		t.Errorf("%d of %d articles", len(paths), len(want))
	}
}
