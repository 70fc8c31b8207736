package scrape

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsclip/scrape/internal/fetch/fetchtest"
)

// hosts serves several made-up hosts, as a proxy: bodies by host and path. One that
// begins with "-> " is a redirect.
type hosts struct {
	*httptest.Server
	pages map[string]string
	types map[string]string // other than text/html; charset=utf-8

	mu    sync.Mutex
	asked []string
}

func newHosts(t *testing.T, pages map[string]string) *hosts {
	t.Helper()
	h := &hosts{pages: pages, types: make(map[string]string)}
	h.Server = httptest.NewServer(h)
	t.Cleanup(h.Close)
	return h
}

func (h *hosts) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	at := r.Host + r.URL.RequestURI()
	h.mu.Lock()
	h.asked = append(h.asked, at)
	h.mu.Unlock()
	body, ok := h.pages[at]
	to, redirect := strings.CutPrefix(body, "-> ")
	switch {
	case !ok:
		http.NotFound(w, r)
	case redirect:
		http.Redirect(w, r, to, http.StatusFound)
	default:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if typ, ok := h.types[at]; ok {
			w.Header()["Content-Type"] = []string{typ}
		}
		io.WriteString(w, body)
	}
}

func (h *hosts) count(at string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := 0
	for _, a := range h.asked {
		if a == at || strings.HasSuffix(at, "*") && strings.HasPrefix(a, strings.TrimSuffix(at, "*")) {
			n++
		}
	}
	return n
}

// crawl crawls from seeds, and returns the URLs that were written, in order.
func (h *hosts) crawl(t *testing.T, o Options, seeds ...string) (*Summary, []string) {
	t.Helper()
	proxy, err := url.Parse(h.URL)
	if err != nil {
		t.Fatal(err)
	}
	sink := &memorySink{}
	o.Seeds, o.Sink, o.Proxies = seeds, sink, []*url.URL{proxy}
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	sum, err := Crawl(ctx, o, articleByMeta)
	if err != nil || ctx.Err() != nil {
		t.Fatalf("%v: %+v", err, sum)
	}
	return sum, sink.paths(t)
}

// news adds articles to a host, which nothing links.
func (h *hosts) news(host string, n int) (locs []string) {
	for i := range n {
		path := fmt.Sprintf("/a%d", i)
		h.pages[host+path] = articleHTML(fmt.Sprintf("%s %d", host, i))
		locs = append(locs, "http://"+host+path)
	}
	return locs
}

func urlset(locs ...string) string {
	return "<urlset><url><loc>" + strings.Join(locs, "</loc></url><url><loc>") + "</loc></url></urlset>"
}

func rss(head string, locs ...string) string {
	return "<rss><channel>" + head + "<item><link>" + strings.Join(locs, "</link></item><item><link>") + "</link></item></channel></rss>"
}

// A seed is read as what it is, whatever it is called.
func TestSeedsByContent(t *testing.T) {
	const host = "news.example"
	for name, typ := range map[string]string{
		"text/html; charset=utf-8": "", "text/plain": "", "application/octet-stream": "", "application/x-rss+xml": "", "application/gzip": "", "binary": "", "none": "",
	} {
		typ = name
		for form, made := range map[string]func(...string) string{
			"sitemap": urlset,
			"feed":    func(locs ...string) string { return rss("", locs...) },
			"gzip":    func(locs ...string) string { return string(fetchtest.Encode("gzip", urlset(locs...))) },
			"list":    func(locs ...string) string { return strings.Join(locs, "\n") },
			"json": func(locs ...string) string {
				return `{"version":"https://jsonfeed.org/version/1","items":[{"url":"` + strings.Join(locs, `"},{"url":"`) + `"}]}`
			},
		} {
			h := newHosts(t, map[string]string{})
			h.pages[host+"/x"] = made(h.news(host, 2)...)
			if h.types[host+"/x"] = typ; typ == "none" {
				h.types[host+"/x"] = ""
			}
			if _, got := h.crawl(t, Options{NoDiscovery: true}, "http://"+host+"/x"); !slices.Equal(got, []string{"/a0", "/a1"}) {
				t.Errorf("a %s as %s gives %q", form, typ, got)
			}
		}
	}
}

// A seed of another host's service gives the site that it is of.
func TestSeedOfAnotherHost(t *testing.T) {
	const host, front = "www.news.example", "<link>http://www.news.example/</link>"
	for name, made := range map[string]func(h *hosts, locs []string){
		"a feed": func(h *hosts, locs []string) { h.pages["feeds.burn.example/x"] = rss(front, locs...) },
		"a feed that does not name its site": func(h *hosts, locs []string) {
			h.pages["feeds.burn.example/x"] = rss("", locs...)
		},
		"a feed that names itself as its site": func(h *hosts, locs []string) {
			h.pages["feeds.news.example/x"] = rss("<link>http://feeds.news.example/</link>", locs...)
		},
		"an index in a bucket": func(h *hosts, locs []string) {
			h.pages["feeds.burn.example/x"] = "<sitemapindex><sitemap><loc>/1.xml.gz</loc></sitemap><sitemap><loc>/2.xml</loc></sitemap></sitemapindex>"
			h.pages["feeds.burn.example/1.xml.gz"] = string(fetchtest.Encode("gzip", urlset(locs[:2]...)))
			h.pages["feeds.burn.example/2.xml"] = urlset(locs[2:]...)
		},
		"a feed of a redirector's links": func(h *hosts, locs []string) {
			h.pages["feeds.burn.example/x"] = rss(front, "http://go.burn.example/0", "http://go.burn.example/1", "http://go.burn.example/2")
			for i, loc := range locs {
				h.pages[fmt.Sprintf("go.burn.example/%d", i)] = "-> " + loc
			}
		},
		"a feed with relative links": func(h *hosts, locs []string) { h.pages["feeds.burn.example/x"] = rss(front, "/a0", "a1", locs[2]) },
	} {
		h := newHosts(t, map[string]string{})
		made(h, h.news(host, 3))
		seed := "http://feeds.burn.example/x"
		if h.pages["feeds.news.example/x"] != "" {
			seed = "http://feeds.news.example/x"
		}
		if sum, got := h.crawl(t, Options{}, seed); !slices.Equal(got, []string{"/a0", "/a1", "/a2"}) {
			t.Errorf("%s gives %q, skipped %v, errors %v, asked %q", name, got, sum.Skipped, sum.Errors, h.asked)
		}
	}
	// A digest of many sites is none of them.
	h := newHosts(t, map[string]string{})
	var locs []string
	for i := range 6 {
		locs = append(locs, h.news(fmt.Sprintf("site%d.example", i), 1)...)
	}
	h.pages["digest.example/feed"] = rss("", locs...)
	if _, got := h.crawl(t, Options{}, "http://digest.example/feed"); len(got) != 0 || h.count("site*") != 0 {
		t.Errorf("a digest gives %q, asked %q", got, h.asked)
	}
}

// A site's feeds and sitemaps lie on other hosts, and their links lead back by way
// of others.
func TestDocumentsOfOtherHosts(t *testing.T) {
	const host = "www.news.example"
	front := head(indexHTML("/about"), `<link rel="alternate" type="application/rss+xml" href="http://api.news.example/feed"><a href="http://feeds.burn.example/y" type="application/rss+xml">RSS</a>`)
	h := newHosts(t, map[string]string{host + "/": front})
	locs := h.news(host, 12)
	h.pages["api.news.example/feed"] = rss("", locs[0], "http://go.example/1", "http://go.example/2", "http://go.example/stray", "http://elsewhere.example/once",
		"http://count.example/?to="+url.QueryEscape(locs[3])+"&x=1", "http://count.example/*"+locs[4], "http://page.example/5", "http://page.example/6")
	h.pages["feeds.burn.example/y"] = "-> http://other.burn.example/y"
	h.pages["other.burn.example/y"] = rss("", locs[7])
	h.pages["go.example/1"] = "-> http://go2.example/x"
	h.pages["go2.example/x"] = "-> " + locs[1]
	h.pages["go.example/2"] = "-> /2b"
	h.pages["go.example/2b"] = "-> " + locs[2]
	h.pages["go.example/stray"] = "-> http://elsewhere.example/stray"
	h.pages["elsewhere.example/once"] = articleHTML("elsewhere")
	h.pages["elsewhere.example/stray"] = articleHTML("stray")
	h.pages["page.example/5"] = `<html><head><meta http-equiv="refresh" content="0;` + locs[5] + `"></head></html>`
	h.pages["page.example/6"] = `<html><head><link rel="canonical" href="` + locs[6] + `"></head></html>`
	h.pages[host+"/robots.txt"] = "Sitemap: http://bucket.example/map.xml\nSitemap: /moved.xml\n"
	h.types[host+"/robots.txt"] = "text/plain"
	h.pages["bucket.example/map.xml"] = urlset(locs[8])
	h.pages[host+"/moved.xml"] = "-> http://bucket.example/moved.xml"
	h.pages["bucket.example/moved.xml"] = urlset(locs[9])
	sum, got := h.crawl(t, Options{}, "http://"+host+"/")
	want := []string{"/a0", "/a1", "/a2", "/a3", "/a4", "/a5", "/a6", "/a7", "/a8", "/a9"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q; skipped %v, errors %v", got, want, sum.Skipped, sum.Errors)
	}
	if h.count("elsewhere.example/once") != 0 {
		t.Error("a page of another site was fetched, which one entry names")
	}
}

// Where the links of a host lead elsewhere, no more of them are fetched.
func TestLeadsAstray(t *testing.T) {
	const host = "www.news.example"
	h := newHosts(t, map[string]string{host + "/": head(indexHTML(), `<link rel="alternate" type="application/rss+xml" href="/feed">`)})
	var locs []string
	for i := range 20 {
		locs = append(locs, fmt.Sprintf("http://partner.example/%d", i))
		h.pages[fmt.Sprintf("partner.example/%d", i)] = articleHTML("partner")
	}
	h.pages[host+"/feed"] = rss("", locs...)
	sum, got := h.crawl(t, Options{}, "http://"+host+"/")
	if n := h.count("partner.example/*") - h.count("partner.example/robots.txt"); len(got) != 0 || n != maxAstray || sum.Skipped[SkipScope] != 20 {
		t.Errorf("%q; %d requests, skipped %v", got, n, sum.Skipped)
	}
}

// The other parts of a feed are read, and one that leads on for ever ends.
func TestPagedFeeds(t *testing.T) {
	const host = "news.example"
	h := newHosts(t, map[string]string{host + "/": head(indexHTML(), `<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" type="application/rss+xml" href="/endless?p=1">`)})
	locs := h.news(host, 4)
	h.pages[host+"/feed"] = rss(`<atom:link rel="prev-archive" href="/feed/2"/>`, locs[0])
	h.pages[host+"/feed/2"] = rss(`<atom:link rel="next" href="?p=3"/>`, locs[1])
	h.pages[host+"/feed/2?p=3"] = `{"version":"https://jsonfeed.org/version/1","items":[{"url":"/a2"}]}`
	for i := 1; i < 50; i++ {
		h.pages[fmt.Sprintf("%s/endless?p=%d", host, i)] = rss(fmt.Sprintf(`<atom:link rel="next" href="/endless?p=%d"/>`, i+1), locs[3])
	}
	_, got := h.crawl(t, Options{}, "http://"+host+"/")
	if !slices.Equal(got, []string{"/a0", "/a1", "/a2", "/a3"}) || h.count(host+"/endless*") != 2 {
		t.Errorf("%q; %d parts of the endless one", got, h.count(host+"/endless*"))
	}
}

// The header of an answer leads on too: to the other parts of a feed, and from a
// shortener to the page.
func TestHeadersLeadOn(t *testing.T) {
	w := newWeb(t)
	feed := func(rw http.ResponseWriter, loc, next string) {
		if next != "" {
			rw.Header().Add("Link", "</about>; rel=author, <"+next+">; rel=\"next\"")
		}
		rw.Header().Set("Content-Type", "application/rss+xml")
		io.WriteString(rw, rss("<link>http://n.example/</link>", loc))
	}
	w.at["http://n.example"] = func(rw http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			page(rw, head(indexHTML(), `<link rel="alternate" type="application/rss+xml" href="/feed">`))
		case "/feed":
			feed(rw, "/a", "/feed/2")
		case "/feed/2":
			feed(rw, "http://go.example/b", "")
		case "/a", "/b":
			page(rw, articleHTML(r.URL.Path[1:]))
		default:
			http.NotFound(rw, r)
		}
	}
	w.at["http://go.example"] = func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Refresh", "0; url=http://n.example"+r.URL.Path)
	}
	if _, got, _ := w.crawl(t, Options{}, "http://n.example/"); !slices.Equal(got, []string{"http://n.example/a", "http://n.example/b"}) {
		t.Errorf("%q, asked %q", got, w.asked)
	}
}

// Sitemaps are tried in turn until one is there, and not where robots.txt names one.
func TestSitemapsInCommonPlaces(t *testing.T) {
	const host = "news.example"
	h := newHosts(t, map[string]string{host + "/": indexHTML()})
	h.pages[host+"/sitemap-index.xml"] = urlset(h.news(host, 1)...)
	// No failure: a page in place of a 404, and a redirect to it.
	h.pages[host+"/sitemap.xml"] = indexHTML()
	h.pages[host+"/sitemap_index.xml"] = "-> /sitemap.xml"
	h.pages[host+"/wp-sitemap.xml"] = "-> /sitemap.xml"
	sum, got := h.crawl(t, Options{}, "http://"+host+"/")
	if !slices.Equal(got, []string{"/a0"}) || len(sum.Errors) != 0 || h.count(host+"/sitemap.txt") != 0 {
		t.Errorf("%q, errors %v, asked %q", got, sum.Errors, h.asked)
	}
	h = newHosts(t, map[string]string{host + "/": indexHTML(), host + "/robots.txt": "Sitemap: " + host + "/maps/x", host + "/maps/x": urlset("/a0")})
	h.types[host+"/robots.txt"] = "text/plain"
	h.news(host, 1)
	if _, got := h.crawl(t, Options{}, "http://"+host+"/"); !slices.Equal(got, []string{"/a0"}) {
		t.Errorf("robots.txt names one without a scheme: %q, asked %q", got, h.asked)
	}
	h = newHosts(t, map[string]string{host + "/": indexHTML(), host + "/robots.txt": "Sitemap: /none.xml", host + "/wp-sitemap.xml": urlset("/x")})
	h.types[host+"/robots.txt"] = "text/plain"
	if sum, _ := h.crawl(t, Options{}, "http://"+host+"/"); h.count(host+"/wp-sitemap.xml") != 0 || sum.Errors["404"] != 1 {
		t.Errorf("robots.txt names one: asked %q, errors %v", h.asked, sum.Errors)
	}
}

// A document that was only tried, and is there and broken, is told; its entries are
// not lost.
func TestBrokenGuessIsTold(t *testing.T) {
	const host = "news.example"
	h := newHosts(t, map[string]string{host + "/": indexHTML()})
	locs := h.news(host, 3)
	h.pages[host+"/sitemap.xml"] = "<urlset><url><loc>" + locs[0] + "</loc></url><url><loc>" + locs[1]
	h.pages[host+"/feed/"] = "<rss><channel><item><link>" + locs[2] + "</link></item><item>"
	sum, got := h.crawl(t, Options{}, "http://"+host+"/")
	if !slices.Equal(got, []string{"/a0", "/a2"}) || len(sum.Failures) != 2 || h.count(host+"/sitemap.xml") != 1 {
		t.Errorf("%q, failures %+v, asked %q", got, sum.Failures, h.asked)
	}
}

// Dates that cannot be, and those of an index, hide nothing.
func TestSinceBelievesNoIndex(t *testing.T) {
	const host = "news.example"
	h := newHosts(t, map[string]string{host + "/": indexHTML()})
	h.news(host, 3)
	var index strings.Builder
	index.WriteString("<sitemapindex>")
	for i := range 300 {
		fmt.Fprintf(&index, "<sitemap><loc>/map%d.xml</loc><lastmod>2015-06-01</lastmod></sitemap>", i)
		h.pages[fmt.Sprintf("%s/map%d.xml", host, i)] = fmt.Sprintf("<urlset><url><loc>/old%d</loc><lastmod>2015-01-01</lastmod></url></urlset>", i)
	}
	h.pages[host+"/sitemap.xml"] = index.String() + "</sitemapindex>"
	since := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	// The index is right: some of its sitemaps show that.
	if sum, _ := h.crawl(t, Options{Since: since}, "http://"+host+"/"); h.count(host+"/map*") != maxStale || sum.Skipped[SkipDate] != 300 {
		t.Errorf("%d sitemaps of an old archive were read, skipped %v", h.count(host+"/map*"), sum.Skipped)
	}
	// It is wrong: the last one is new, and so is one in the middle.
	h.pages[host+"/map299.xml"] = `<urlset><url><loc>/a0</loc><lastmod>2026-01-02</lastmod></url></urlset>`
	h.pages[host+"/map120.xml"] = `<urlset><url><loc>/a1</loc><lastmod>2026-01-02</lastmod></url><url><loc>/a2</loc><lastmod>1970-01-01</lastmod></url></urlset>`
	if _, got := h.crawl(t, Options{Since: since}, "http://"+host+"/"); !slices.Equal(got, []string{"/a0", "/a1", "/a2"}) {
		t.Errorf("%q", got)
	}
}

// A sitemap as seed, with a depth of one, gives its pages and not the site's.
func TestSeedSitemapAlone(t *testing.T) {
	const host = "news.example"
	h := newHosts(t, map[string]string{host + "/": indexHTML("/a4"), host + "/robots.txt": "Sitemap: /all.xml"})
	h.types[host+"/robots.txt"] = "text/plain"
	locs := h.news(host, 5)
	h.pages[host+"/all.xml"], h.pages[host+"/news.xml"] = urlset(locs[:4]...), urlset(locs[:2]...)
	if _, got := h.crawl(t, Options{MaxDepth: 1}, "http://"+host+"/news.xml"); !slices.Equal(got, []string{"/a0", "/a1"}) {
		t.Errorf("a sitemap alone: %q", got)
	}
	if _, got := h.crawl(t, Options{MaxDepth: 1}, "http://"+host+"/"); !slices.Equal(got, []string{"/a0", "/a1", "/a2", "/a3", "/a4"}) {
		t.Errorf("the site: %q", got)
	}
}

// A page announces its sitemap, and feeds in other ways than by their type.
func TestAnnouncedInOtherWays(t *testing.T) {
	const host = "www.news.example"
	h := newHosts(t, map[string]string{host + "/": head(indexHTML(), `<link rel="sitemap" href="/maps/x"><link rel="alternate" type="application/json" href="/feed.json">
		<link rel="alternate" title="RSS" href="/rss.php"><link rel="alternate" type="application/json" href="/wp-json/1">`) + `<a href="http://feeds.burn.example/x">News by mail</a>`})
	locs := h.news(host, 4)
	h.pages[host+"/maps/x"] = urlset(locs[0])
	h.pages[host+"/feed.json"] = `{"version":"https://jsonfeed.org/version/1","items":[{"url":"/a1"}]}`
	h.pages[host+"/rss.php"] = "<rss><channel><item><guid isPermaLink='true'>/a2</guid></item></channel></rss>"
	h.pages["feeds.burn.example/x"] = rss("", locs[3])
	if _, got := h.crawl(t, Options{}, "http://"+host+"/"); !slices.Equal(got, []string{"/a0", "/a1", "/a2", "/a3"}) || h.count(host+"/wp-json/1") != 0 {
		t.Errorf("%q, asked %q", got, h.asked)
	}
}

func TestSources(t *testing.T) {
	const host = "news.example"
	h := newHosts(t, map[string]string{host + "/": head(indexHTML("/a0"), `<link rel="alternate" type="application/rss+xml" href="/feed">`)})
	locs := h.news(host, 4)
	h.pages[host+"/a1"] = articleHTML("links on", "/a3")
	h.pages[host+"/sitemap.xml"], h.pages[host+"/feed"] = urlset(locs[1]), rss("", locs[2])
	for _, tt := range []struct {
		o    Options
		want []string
	}{
		{Options{SitemapsOnly: true}, []string{"/a1"}}, {Options{FeedsOnly: true}, []string{"/a2"}},
		{Options{SitemapsOnly: true, FeedsOnly: true}, []string{"/a1", "/a2"}}, {Options{}, []string{"/a0", "/a1", "/a2", "/a3"}},
	} {
		if _, got := h.crawl(t, tt.o, "http://"+host+"/"); !slices.Equal(got, tt.want) {
			t.Errorf("sitemaps %v, feeds %v: %q", tt.o.SitemapsOnly, tt.o.FeedsOnly, got)
		}
	}
}

func TestFollowNofollow(t *testing.T) {
	const host = "news.example"
	h := newHosts(t, map[string]string{host + "/": head(indexHTML("/a0"), `<meta name="robots" content="nofollow">`) + `<a rel="nofollow" href="/a1">x</a>`})
	h.news(host, 2)
	for _, tt := range []struct {
		o Options
		n int
	}{{Options{}, 0}, {Options{FollowNofollow: true}, 2}, {Options{IgnoreRobots: true}, 2}} {
		tt.o.NoDiscovery = true
		if sum, got := h.crawl(t, tt.o, "http://"+host+"/"); len(got) != tt.n || sum.Skipped[SkipNofollow] != 2-tt.n {
			t.Errorf("%q, skipped %v", got, sum.Skipped)
		}
	}
}

// Addresses are listed, each once, and not fetched.
func TestList(t *testing.T) {
	const host = "news.example"
	h := newHosts(t, map[string]string{host + "/": head(indexHTML("/a0", "/a0", "/p.jpg", "http://other.example/"), `<link rel="alternate" type="application/rss+xml" href="/feed">`)})
	h.pages[host+"/sitemap.xml"] = `<urlset><url><loc>/a1</loc><lastmod>2026-01-02</lastmod></url><url><loc>/a0</loc></url></urlset>`
	h.pages[host+"/feed"] = rss("", "/a2")
	proxy, err := url.Parse(h.URL)
	if err != nil {
		t.Fatal(err)
	}
	sink := &memorySink{}
	sum, err := Crawl(t.Context(), Options{Seeds: []string{"http://" + host + "/"}, Sink: sink, Proxies: []*url.URL{proxy}, List: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	by := make(map[string]string)
	for _, record := range sink.records {
		var l Listed
		if err := json.Unmarshal([]byte(record), &l); err != nil || l.Depth != 1 {
			t.Fatalf("%s: %v", record, err)
		}
		by[l.URL] = l.By + " " + l.FoundIn
		if (l.LastMod != nil) != (l.URL == "http://news.example/a1") {
			t.Errorf("%s", record)
		}
	}
	first := by["http://news.example/a0"]
	if len(sink.records) != 3 || sum.Listed != 3 || sum.Articles != 0 || by["http://news.example/a1"] != "sitemap http://news.example/sitemap.xml" ||
		by["http://news.example/a2"] != "feed http://news.example/feed" || first != "link http://news.example/" && first != "sitemap http://news.example/sitemap.xml" {
		t.Errorf("%v, listed %d", by, sum.Listed)
	}
	if h.count(host+"/a*") != 0 {
		t.Errorf("asked %q", h.asked)
	}
}

// Documents name addresses without a scheme, and pages as sitemaps.
func TestDocumentSlips(t *testing.T) {
	const host = "www.news.example"
	for name, made := range map[string]func(h *hosts, locs []string) string{
		"a sitemap without schemes": func(_ *hosts, locs []string) string {
			return strings.ReplaceAll(urlset(locs...), "http://", "")
		},
		"a feed without schemes": func(_ *hosts, locs []string) string {
			return strings.ReplaceAll(rss("", locs...), "http://www.", "")
		},
		"an index of sitemaps without schemes": func(h *hosts, locs []string) string {
			h.pages[host+"/child"] = urlset(locs...)
			return "<sitemapindex><sitemap><loc>" + host + "/child</loc></sitemap></sitemapindex>"
		},
		"an index of pages": func(_ *hosts, locs []string) string {
			return "<sitemapindex><sitemap><loc>" + strings.Join(locs, "</loc></sitemap><sitemap><loc>") + "</loc></sitemap></sitemapindex>"
		},
		"a page that lists the articles": func(_ *hosts, locs []string) string {
			return "<!doctype html><html><body><a href='" + strings.Join(locs, "'>x</a><a href='") + "'>x</a></body></html>"
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHosts(t, map[string]string{host + "/": indexHTML(), host + "/robots.txt": "Sitemap: " + host + "/map"})
			locs := h.news(host, 3)
			h.pages[host+"/map"] = made(h, locs)
			if _, got := h.crawl(t, Options{}, "http://"+host+"/"); len(got) != len(locs) {
				t.Errorf("written: %q", got)
			}
		})
	}
}
