package read

import (
	"testing"
	"time"

	"newsclip/clean"
	"newsclip/scrape/internal/address"
)

// FuzzLinks: whatever a page and a field of its answer say, its links are read in time,
// and each leads to an address of the web or nowhere.
func FuzzLinks(f *testing.F) {
	f.Add([]byte(`<base href="javascript:1"><a href="x" rel=next>2</a><link rel=canonical href=y><meta http-equiv=refresh content="0;url='z'"><meta name=robots content="none,noai"><div class=load-more data-url="/m">`), "x-robots-tag", "newsclip: noindex\nunavailable_after: x")
	f.Add([]byte(`<script>location.href="/a"</script><script type="application/ld+json">{"url":"//b","@graph":[[[[{"url":"c"}]]]]}</script>`), "link", `</feed>; rel="alternate"; type="application/rss+xml", <`)
	f.Add([]byte(`<a href="http:..">x</a><a href="http://[">y</a><a ping=/p href="mailto:x">z</a><area href="?page=99999999999999999999">`), "tdm-reservation", "1")
	f.Fuzz(func(t *testing.T, b []byte, field, value string) {
		if len(b) > 32<<10 || len(value) > 8<<10 {
			return
		}
		begun := time.Now()
		p, err := clean.Parse(clean.Input{URL: "https://a.example/b", HTML: b, Header: map[string]string{field: value}})
		if err != nil {
			return
		}
		l := Links(p)
		for _, ln := range append(l.Links, l.Nofollow...) {
			if u, err := address.Resolve(p.Base, ln.Href); err == nil && u.Scheme != "http" && u.Scheme != "https" {
				t.Errorf("%q of %q", u, ln.Href)
			}
		}
		if took := time.Since(begun); took > 10*time.Second {
			t.Errorf("%d bytes took %v", len(b), took)
		}
	})
}
