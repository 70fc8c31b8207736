package pagetest

import (
	"testing"

	"newsclip/clean/internal/page"
)

func MustParse(t testing.TB, src string) *page.Tree {
	t.Helper()
	p, err := page.Parse(page.Input{URL: "https://news.example/2024/story.html", HTML: []byte(src)})
	if err != nil {
		t.Fatal(err)
	}
	return page.NewTree(p)
}
