package main

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"newsclip/output"
	"newsclip/scrape"
	"newsclip/scrape/articles"
	"newsclip/testdata"
)

// fetchTime is the one field in which two crawls of the same site differ.
var fetchTime = regexp.MustCompile(`"fetched_at":"[^"]*",`)

// sortedRecords are the lines of a crawl's output, without the time of the fetch.
func sortedRecords(text string) []string {
	lines := slices.Collect(strings.Lines(fetchTime.ReplaceAllString(text, "")))
	slices.Sort(lines)
	return lines
}

// The library writes the same bytes as the command does.
func TestLibraryWritesTheSameRecords(t *testing.T) {
	var site atomic.Value
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		site.Load().(http.Handler).ServeHTTP(w, r)
	}))
	defer srv.Close()
	// Some of the site's answers count its requests: each crawl needs a new one.
	renew := func() {
		s, err := testdata.Newsroom()
		if err != nil {
			t.Fatal(err)
		}
		site.Store(s)
	}
	renew()

	var byCommand, stderr strings.Builder
	if code := run([]string{"crawl", "--delay", "0", "--per-host", "8", srv.URL}, strings.NewReader(""), &byCommand, &stderr); code != exitOK {
		t.Fatalf("exit code %d\n%s", code, &stderr)
	}

	renew()
	var byLibrary strings.Builder
	sink, err := articles.NewSink("", &byLibrary, output.JSONL)
	if err != nil {
		t.Fatal(err)
	}
	h := articles.New(articles.Options{})
	if _, err := scrape.Crawl(t.Context(), scrape.Options{Seeds: []string{srv.URL}, PerHost: 8, Sink: sink}, h.Handle); err != nil {
		t.Fatal(err)
	}

	want, got := sortedRecords(byCommand.String()), sortedRecords(byLibrary.String())
	if len(want) < 30 || !slices.Equal(got, want) {
		t.Errorf("the library wrote %d records, the command %d", len(got), len(want))
		for i := range min(len(got), len(want)) {
			if got[i] != want[i] {
				t.Fatalf("the first that differ:\n%s%s", got[i], want[i])
			}
		}
	}
}
