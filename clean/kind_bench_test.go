package clean

import (
	"testing"

	"newsclip/clean/article"
)

// BenchmarkKind measures what a page's kind and confidence cost together,
// beside BenchmarkClean.
func BenchmarkKind(b *testing.B) {
	stageDraft(b, func(d *draft) {
		k := d.kindPage()
		seen := k.Read()
		k.Kind(&article.Article{}, seen)
		k.Confidence(seen.Article)
	})
}
