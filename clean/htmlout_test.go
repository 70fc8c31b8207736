package clean

import (
	"testing"

	"newsclip/clean/internal/corpus/corpustest"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/pagetest"
)

// TestHTMLIsSafeOnRealPages holds the html of real pages against a sanitizer.
func TestHTMLIsSafeOnRealPages(t *testing.T) {
	c := New(Options{HTML: true})
	for _, p := range corpustest.Pages(t, "dev-fundus", "dev-wcxb") {
		a, err := c.Clean(page.Input{URL: p.URL, HTML: corpustest.HTML(t, p)})
		if err != nil {
			continue
		}
		t.Run(p.ID, func(t *testing.T) { pagetest.CheckSafe(t, a.HTML) })
	}
}
