package scrape

import (
	"fmt"
	"strings"
	"testing"
)

// Of a sitemap with a million addresses a part is taken, and how many
// are left out is told.
func TestLargeDocuments(t *testing.T) {
	const over = 1000
	for name, form := range map[string][3]string{
		"sitemap":    {"<urlset>", "<url><loc>ORIGIN/%d</loc></url>", "</urlset>"},
		"text":       {"", "ORIGIN/%d\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, map[string]string{"/": plainStory("front")})
			n := maxTaken + over
			var b strings.Builder
			b.WriteString(form[0])
			for i := range n {
				fmt.Fprintf(&b, form[1], i)
			}
			b.WriteString(form[2])
			contentType := "application/xml"
			if name == "text" {
				contentType = "text/plain"
			}
			s.text("/s", contentType, b.String())
			s.text("/robots.txt", "text/plain", "Sitemap: ORIGIN/s\n")
			sum, _ := crawlSite(t, s, Options{SitemapsOnly: true, List: true})
			if got := sum.Skipped[SkipHostFull]; got != over {
				t.Errorf("%d are left out", got)
			}
			if sum.Found > maxTaken+10 {
				t.Errorf("%d were found", sum.Found)
			}
		})
	}
}
