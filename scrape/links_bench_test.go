package scrape

import (
	"testing"

	"newsclip/clean"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/read"
)

// BenchmarkReadLinks reads a page's links from its tree and makes them whole.
func BenchmarkReadLinks(b *testing.B) {
	var pages []*clean.Page
	for _, html := range realPages(b, 100) {
		p, err := clean.Parse(clean.Input{URL: "https://news.example/2026/01/02/a", HTML: []byte(html)})
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, p)
	}
	b.ReportAllocs()
	k := 0
	for b.Loop() {
		p := pages[k%len(pages)]
		for _, ln := range read.Links(p).Links {
			address.Resolve(p.Base, ln.Href)
		}
		k++
	}
}
