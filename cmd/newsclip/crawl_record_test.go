package main

import (
	"encoding/json"
	"testing"
	"time"

	"newsclip/clean"
	"newsclip/scrape"
	"newsclip/scrape/articles"
)

// What only a crawl writes into a record is as the JSON Schema says: a near
// duplicate, a new revision, an article that is gone.
func TestCrawlRecords(t *testing.T) {
	const url = "https://quay.example/2026/01/02/story-7"
	fetched := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	parsed, err := clean.Parse(clean.Input{URL: url, HTML: []byte(storyHTML(7)), Status: 200, FetchedAt: fetched})
	if err != nil {
		t.Fatal(err)
	}
	gone := &clean.Page{Input: clean.Input{URL: url, Status: 410, FetchedAt: fetched}}
	s := recordSchema(t)
	for _, tt := range []struct {
		name string
		page *scrape.Page
		mark scrape.Mark
		want map[string]any
	}{
		{"plain", &scrape.Page{Page: parsed}, scrape.Mark{},
			map[string]any{"kind": "article", "duplicate_of": nil, "revision": nil, "previous_hash": nil}},
		{"near duplicate", &scrape.Page{Page: parsed}, scrape.Mark{DuplicateOf: "https://quay.example/first"},
			map[string]any{"duplicate_of": "https://quay.example/first"}},
		{"revision", &scrape.Page{Page: parsed}, scrape.Mark{Revision: 2, PreviousHash: "abc"},
			map[string]any{"revision": 2.0, "previous_hash": "abc"}},
		{"gone", &scrape.Page{Page: gone, Gone: true}, scrape.Mark{Revision: 1, PreviousHash: "abc"},
			map[string]any{"url": url, "status": 410.0, "revision": 1.0, "previous_hash": "abc", "text": nil}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := articles.New(articles.Options{NoLearning: true})
			out, err := h.Handle(t.Context(), tt.page)
			if err != nil {
				t.Fatal(err)
			}
			if !out.Article {
				t.Fatalf("kind %q", out.Kind)
			}
			line, err := out.Record(tt.mark)
			if err != nil {
				t.Fatal(err)
			}
			checkRecord(t, s, line)
			var record map[string]any
			if err := json.Unmarshal(line, &record); err != nil {
				t.Fatal(err)
			}
			for field, want := range tt.want {
				if record[field] != want {
					t.Errorf("%s is %v, want %v", field, record[field], want)
				}
			}
			if e, ok := record["error"].(map[string]any); (tt.name == "gone") != (ok && e["code"] == "gone") {
				t.Errorf("error is %v", record["error"])
			}
		})
	}
}
