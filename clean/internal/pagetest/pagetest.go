package pagetest

import (
	"testing"

	"newsclip/clean/internal/page"
)

// MustParse returns the tree of a page at an address of news.
func MustParse(t testing.TB, src string) *page.Tree {
	t.Helper()
	return MustParseAt(t, "https://news.example/2024/story.html", src)
}

// MustParseAt returns the tree of a page at an address.
func MustParseAt(t testing.TB, address, src string) *page.Tree {
	t.Helper()
	p, err := page.Parse(page.Input{URL: address, HTML: []byte(src)})
	if err != nil {
		t.Fatal(err)
	}
	return page.NewTree(p)
}
