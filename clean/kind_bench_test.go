package clean

import "testing"

// BenchmarkKind measures what a page's kind and confidence cost together,
// beside BenchmarkClean.
func BenchmarkKind(b *testing.B) {
	c := New(Options{})
	drafts := map[*Page]*draft{}
	stage(b, func(p *Page) {
		d := drafts[p]
		if d == nil {
			d = c.DraftOf(p).d
			drafts[p] = d
		}
		d.signs, d.likely = nil, 0
		d.kind(&Article{})
		d.confidence()
	})
}
