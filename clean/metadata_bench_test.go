package clean

import (
	"testing"
)

// BenchmarkMetadata reads the metadata of the corpora's pages, one page an
// operation.
func BenchmarkMetadata(b *testing.B) {
	pages := corpusPages(b, "dev-fundus", "dev-wcxb")
	trees := make([]*tree, 0, len(pages))
	for _, p := range pages {
		pg, err := Parse(Input{URL: p.URL, HTML: p.html(b)})
		if err != nil {
			continue
		}
		trees = append(trees, newTree(pg))
		if len(trees) == 300 {
			break
		}
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		readMetadata(trees[i%len(trees)])
	}
}
