package clean

import "testing"

// BenchmarkKind measures what a page's kind and confidence cost together,
// beside BenchmarkClean.
func BenchmarkKind(b *testing.B) {
	stageDraft(b, func(d *draft) {
		k := d.kindPage()
		seen := k.read()
		k.kind(&Article{}, seen)
		k.confidence(seen.article)
	})
}
