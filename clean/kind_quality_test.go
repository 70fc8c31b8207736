package clean

import "testing"

// TestKindQuality measures on real pages how many are called an article. The
// models have read these pages; what they do on others is what
// TestTrainKind prints.
func TestKindQuality(t *testing.T) {
	for _, c := range []struct {
		corpus      string
		least, most float64
	}{
		{"dev-fundus", 0.97, 1},
		{"dev-wcxb", 0.97, 1},
		{"dev-kinds", 0, 0.10},
	} {
		pages := corpusPages(t, c.corpus)
		var called hits
		for _, p := range pages {
			a, err := New(Options{}).Clean(Input{ID: p.ID, URL: p.URL, HTML: p.html(t)})
			called.mark(err == nil && isArticleKind(a.Kind))
		}
		t.Logf("%s: called an article %.3f of %d pages", c.corpus, called.value(), called.of)
		if v := called.value(); v < c.least || v > c.most {
			t.Errorf("%s: %.3f of pages are called an article, want %.2f to %.2f", c.corpus, v, c.least, c.most)
		}
	}
}
