package clean

import "testing"

// BenchmarkKind measures what a page's kind and confidence cost together,
// beside BenchmarkClean.
func BenchmarkKind(b *testing.B) {
	stageDraft(b, func(d *draft) {
		d.signs, d.likely = nil, 0
		d.kind(&Article{})
		d.confidence()
	})
}
