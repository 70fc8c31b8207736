package scrape

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"newsclip/scrape/frontier"
)

// A recrawl asks for sitemaps and feeds only if they have changed, unless it takes
// other entries of them.
func TestConditionalDocuments(t *testing.T) {
	w := newWeb(t)
	conditional, articles := make(map[string]int), []string{"/a"}
	document := func(rw http.ResponseWriter, r *http.Request, format, entry string) {
		tag := fmt.Sprintf(`"%d"`, len(articles))
		rw.Header().Set("Etag", tag)
		if r.Header.Get("If-None-Match") != "" {
			conditional[r.URL.Path]++
		}
		if r.Header.Get("If-None-Match") == tag {
			rw.WriteHeader(http.StatusNotModified)
			return
		}
		var list strings.Builder
		for _, a := range articles {
			fmt.Fprintf(&list, entry, "http://n.example"+a)
		}
		rw.Header().Set("Content-Type", "application/xml")
		fmt.Fprintf(rw, format, list.String())
	}
	w.at["http://n.example"] = func(rw http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/sitemap.xml":
			document(rw, r, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">%s</urlset>`, "<url><loc>%s</loc></url>")
		case "/feed.xml":
			document(rw, r, `<rss version="2.0"><channel><title>N</title>%s</channel></rss>`, "<item><title>A</title><link>%s</link></item>")
		case "/":
			page(rw, head(indexHTML(), `<link rel="alternate" type="application/rss+xml" href="/feed.xml">`))
		case "/a", "/b":
			page(rw, articleHTML(r.URL.Path[1:]))
		default:
			http.NotFound(rw, r)
		}
	}
	o := Options{Frontier: frontier.Options{Dir: t.TempDir()}}
	for n, tt := range []struct {
		change      func()
		conditional int // requests for each document
		written     int
	}{
		{func() {}, 0, 1},
		{func() { o.Recrawl = true }, 1, 0},
		{func() { articles = append(articles, "/b") }, 1, 1},
		{func() { o.Until = time.Now().Add(time.Hour) }, 0, 0},
		{func() {}, 1, 0},
		{func() { o.Follow = []*regexp.Regexp{regexp.MustCompile("/[ab]$")} }, 0, 0},
		{func() {}, 1, 0},
	} {
		tt.change()
		clear(conditional)
		_, got, _ := w.crawl(t, o, "http://n.example/")
		if conditional["/sitemap.xml"] != tt.conditional || conditional["/feed.xml"] != tt.conditional || len(got) != tt.written {
			t.Errorf("run %d: conditional %v, written %q", n, conditional, got)
		}
	}
	// A sitemap that has not changed is there: the next place is not tried.
	if n := w.count("http://n.example/sitemap_index.xml"); n != 0 {
		t.Errorf("another place for the sitemap was tried %d times", n)
	}
}
