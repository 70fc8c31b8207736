package scrape

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Of a sitemap or a feed with a million addresses a part is taken, and how many are left
// out is told.
func TestLargeDocuments(t *testing.T) {
	const over = 1000
	for name, form := range map[string][3]string{
		"sitemap": {"<urlset>", "<url><loc>ORIGIN/%d</loc><lastmod>2020-01-01</lastmod></url>", "</urlset>"},
		"feed":    {"<rss><channel>", "<item><link>ORIGIN/%d</link><pubDate>Wed, 01 Jan 2020 00:00:00 GMT</pubDate></item>", "</channel></rss>"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, map[string]string{"/": plainStory("front")})
			var b strings.Builder
			b.WriteString(form[0])
			for i := range maxTaken + over {
				fmt.Fprintf(&b, form[1], i)
			}
			b.WriteString(form[2])
			s.text("/s", "application/xml", b.String())
			s.text("/robots.txt", "text/plain", "Sitemap: ORIGIN/s\n")
			// What is taken is too old to be fetched.
			sum, _ := crawlSite(t, s, Options{Since: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
			if full, old := sum.Skipped[SkipHostFull], sum.Skipped[SkipDate]; full != over || old < maxTaken || old > maxTaken+10 {
				t.Errorf("%d are left out, %d are old", full, old)
			}
		})
	}
}
