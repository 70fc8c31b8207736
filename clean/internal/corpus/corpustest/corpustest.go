// Package corpustest gives tests the pages of corpora, and the measures that
// tests take on them.
package corpustest

import (
	"os"
	"testing"

	"newsclip/clean/internal/corpus"
)

// Pages lists the pages of corpora, and skips the test where there are none.
func Pages(t testing.TB, names ...string) []corpus.Page {
	t.Helper()
	root := os.Getenv(corpus.Variable)
	if root == "" {
		t.Skip(corpus.Variable + " is not set: no real pages to measure on")
	}
	pages, err := corpus.Pages(root, names...)
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// HTML reads a page's bytes.
func HTML(t testing.TB, p corpus.Page) []byte {
	t.Helper()
	b, err := p.HTML()
	if err != nil {
		t.Fatal(err)
	}
	return b
}
