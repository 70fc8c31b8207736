package clean

import (
	"testing"

	"newsclip/clean/internal/corpus"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/pagetest"
)

// TestHTMLIsSafeOnRealPages holds the html of real pages against a sanitizer.
func TestHTMLIsSafeOnRealPages(t *testing.T) {
	c := New(Options{HTML: true})
	for _, p := range corpus.Pages(t, "dev-fundus", "dev-wcxb") {
		a, err := c.Clean(page.Input{URL: p.URL, HTML: p.HTML(t)})
		if err != nil {
			continue
		}
		t.Run(p.ID, func(t *testing.T) { pagetest.CheckSafe(t, a.HTML) })
	}
}
