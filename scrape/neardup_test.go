package scrape

import (
	"fmt"
	"strings"
	"testing"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/neardup"
)

// wordy is a text of 60 words that depends on n.
func wordy(n int) string {
	var b strings.Builder
	for k := range 60 {
		fmt.Fprintf(&b, "word%d ", k*(n+1))
	}
	return b.String()
}

// Two workers of a job, and a later run, know each other's articles.
func TestNearestOverWorkers(t *testing.T) {
	dir := t.TempDir()
	f := openFrontier(t, frontier.Options{Dir: dir})
	worker := func() *crawler { return &crawler{f: f, durable: true} }
	a, b := worker(), worker()
	expect := func(c *crawler, text, url, want string) {
		t.Helper()
		got, err := c.nearest(t.Context(), &Outcome{Text: text}, url)
		if err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", url, got, err, want)
		}
	}
	expect(a, wordy(1), "https://a.example/1", "")
	expect(b, wordy(1), "https://b.example/1", "https://a.example/1")
	expect(b, wordy(1), "https://a.example/1", "") // fetched again by another worker
	expect(b, wordy(2), "https://b.example/2", "")
	expect(a, wordy(2)+"more", "https://a.example/2", "https://b.example/2")
	expect(a, "short", "https://a.example/3", "")
	expect(b, "short", "https://b.example/3", "")
	f.Close()
	f = openFrontier(t, frontier.Options{Dir: dir})
	expect(worker(), wordy(2), "https://c.example/2", "https://b.example/2")
	expect(worker(), wordy(3), "https://c.example/3", "")
}

// A value stays small: its oldest entries go.
func TestNearIsBounded(t *testing.T) {
	f := openFrontier(t, frontier.Options{})
	c := &crawler{f: f, durable: true}
	print := uint64(0x1234)
	var value []byte
	for n := range maxNear {
		// Far from the text's, but for the part that makes them share a value.
		value = appendNear(value, ^print, fmt.Sprintf("https://a.example/%d", n))
	}
	text := wordy(1)
	own, _ := neardup.Print(text)
	key := nearKey(0, own)
	if err := f.Change(t.Context(), key, func([]byte) ([]byte, error) { return value, nil }); err != nil {
		t.Fatal(err)
	}
	if near, err := c.nearest(t.Context(), &Outcome{Text: text}, "https://b.example/"); err != nil || near != "" {
		t.Fatalf("%q, %v", near, err)
	}
	b, err := f.Get(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	var urls []string
	for len(b) > 0 {
		var url string
		if _, url, b, err = cutNear(b); err != nil {
			t.Fatal(err)
		}
		urls = append(urls, url)
	}
	if len(urls) != maxNear || urls[0] != "https://a.example/1" || urls[maxNear-1] != "https://b.example/" {
		t.Errorf("%d entries: %q", len(urls), urls)
	}
	if _, _, _, err := cutNear([]byte("too short")); err == nil {
		t.Error("a damaged value is read")
	}
}
