package clean

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/page"
)

// TestSaidOnce cleans the pages of testdata/once, each named for its hazard.
// The record beside a page has what its body must become.
func TestSaidOnce(t *testing.T) {
	names, err := filepath.Glob("testdata/once/*.html")
	if err != nil || len(names) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	c := New(Options{Explain: true})
	for _, name := range names {
		base := strings.TrimSuffix(name, ".html")
		t.Run(filepath.Base(base), func(t *testing.T) {
			b, err := os.ReadFile(base + ".json")
			if err != nil {
				t.Fatal(err)
			}
			var want article.Article
			dec := json.NewDecoder(bytes.NewReader(b))
			dec.DisallowUnknownFields()
			if err := dec.Decode(&want); err != nil {
				t.Fatal(err)
			}
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got, err := c.Clean(page.Input{URL: "https://quay.example/night-ferry", HTML: src})
			if err != nil {
				t.Fatal(err)
			}
			if got.Title != want.Title {
				t.Errorf("title %q, want %q", got.Title, want.Title)
			}
			for _, d := range diffBodies(&want, got) {
				t.Error(d)
			}
		})
	}
}
