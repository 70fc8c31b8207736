package scrape

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch/fetchtest"
	"newsclip/scrape/internal/read"
)

// A madeSite serves answers by path and remembers who asked what and when.
type madeSite struct {
	*httptest.Server
	pages map[string]string // HTML by path and query
	other map[string]http.HandlerFunc
	// before, where set, is called first with every request.
	before func(r *http.Request)

	mu    sync.Mutex
	asked []string
	at    []time.Time
}

func newSite(t *testing.T, pages map[string]string) *madeSite {
	t.Helper()
	s := &madeSite{pages: pages, other: make(map[string]http.HandlerFunc)}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *madeSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	uri := r.URL.RequestURI()
	if s.before != nil {
		s.before(r)
	}
	s.mu.Lock()
	s.asked = append(s.asked, uri)
	s.at = append(s.at, time.Now())
	answer, body := s.other[uri], s.pages[uri]
	s.mu.Unlock()
	switch {
	case answer != nil:
		answer(w, r)
	case body != "":
		page(w, strings.ReplaceAll(body, "ORIGIN", s.URL))
	default:
		http.NotFound(w, r)
	}
}

// count says how often a path was asked for.
func (s *madeSite) count(uri string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, a := range s.asked {
		if a == uri {
			n++
		}
	}
	return n
}

// text answers with a body of some type.
func (s *madeSite) text(uri, contentType, body string) {
	s.other[uri] = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		fmt.Fprint(w, strings.ReplaceAll(body, "ORIGIN", s.URL))
	}
}

// crawlSite crawls with o, whose Seeds and Sink are filled in, and returns the
// paths that were written.
func crawlSite(t *testing.T, s *madeSite, o Options) (*Summary, []string) {
	t.Helper()
	sink := &memorySink{}
	o.Sink = sink
	if o.Seeds == nil {
		o.Seeds = []string{s.URL}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	defer cancel()
	sum, err := Crawl(ctx, o, articleByMeta)
	if err != nil {
		t.Fatal(err)
	}
	if ctx.Err() != nil {
		t.Fatalf("did not end: %+v", sum)
	}
	return sum, sink.paths(t)
}

func expectPaths(t *testing.T, got []string, want ...string) {
	t.Helper()
	want = slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		t.Errorf("written: %q, want %q", got, want)
	}
}

// head puts elements into the head of a page.
func head(html, elements string) string {
	return strings.Replace(html, "</head>", elements+"</head>", 1)
}

func TestTwinsAreWrittenOnce(t *testing.T) {
	canonical := `<link rel="canonical" href="ORIGIN/story">`
	s := newSite(t, map[string]string{
		"/": indexHTML("/story?amp=1", "/print/story", "/story?ref=box", "/story", "/lonely/amp", "/front-as-canonical", "/new-slug", "/old-slug", "/circle-a", "/circle-b"),
		// The twins say it in other words, so that only the canonical URL tells.
		"/story?amp=1":        head(articleHTML("amp"), canonical),
		"/print/story":        head(articleHTML("print"), canonical),
		"/story?ref=box":      head(articleHTML("box"), canonical),
		"/story":              head(articleHTML("story"), canonical),
		"/lonely/amp":         head(articleHTML("lonely"), `<link rel="canonical" href="ORIGIN/never-there">`),
		"/front-as-canonical": head(articleHTML("broken"), `<link rel="canonical" href="ORIGIN/">`),
	})
	// A canonical URL that only redirects back, as after a new headline.
	s.pages["/new-slug"] = head(articleHTML("slug"), `<link rel="canonical" href="ORIGIN/old-slug">`)
	s.other["/old-slug"] = func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/new-slug", http.StatusMovedPermanently)
	}
	// Two pages that name each other.
	s.pages["/circle-a"] = head(articleHTML("circle"), `<link rel="canonical" href="ORIGIN/circle-b">`)
	s.pages["/circle-b"] = head(articleHTML("circle"), `<link rel="canonical" href="ORIGIN/circle-a">`)
	sum, got := crawlSite(t, s, Options{NoDiscovery: true, Workers: 1})
	expectPaths(t, got, "/front-as-canonical", "/lonely/amp", "/story", "/new-slug", "/circle-b")
	if sum.Seconds > 20 {
		t.Errorf("took %v s", sum.Seconds)
	}
}

// A canonical URL that --exclude names is not fetched; one of its twins is
// written.
func TestExcludedCanonical(t *testing.T) {
	s := newSite(t, map[string]string{"/": indexHTML("/amp/a", "/amp/b"), "/story": articleHTML("tale")})
	for _, p := range []string{"/amp/a", "/amp/b"} {
		s.pages[p] = head(articleHTML("tale"), `<link rel="canonical" href="ORIGIN/story">`)
	}
	_, got := crawlSite(t, s, Options{NoDiscovery: true, Workers: 1, Exclude: []*regexp.Regexp{regexp.MustCompile("/story")}})
	expectPaths(t, got, "/amp/a")
	if s.count("/story") != 0 {
		t.Error("what is excluded was fetched")
	}
}

// A section's older articles are found by each way in which lists lead on.
func TestSectionsLeadOn(t *testing.T) {
	list := func(article, more string) string { return indexHTML(article) + more }
	s := newSite(t, map[string]string{
		"/":                 head(indexHTML("/numbered", "/button"), `<link rel="next" href="/?start=20">`),
		"/?start=20":        head(indexHTML("/by-link"), `<link rel="next" href="?start=40">`),
		"/?start=40":        indexHTML("/by-link-2"),
		"/numbered":         list("/first", `<ol><li><a href="/numbered/2">2</a><li><a href="?p=3">3</a></ol>`),
		"/numbered/2":       list("/second", ""),
		"/numbered?p=3":     list("/third", `<a rel="next" href="/numbered?p=4">Older</a>`),
		"/numbered?p=4":     list("/fourth", ""),
		"/button":           list("/fifth", `<button class="load-more" data-url="/ajax/list?offset=10">Load more</button>`),
		"/list-fragment/20": `<div><a href="/seventh">7</a></div>`,
	})
	// What a button loads is a piece of a page, often.
	s.text("/ajax/list?offset=10", "text/html", `<li><a href="/sixth">6</a></li><button data-next-page-url="/list-fragment/20">More</button>`)
	want := []string{"/by-link", "/by-link-2", "/first", "/second", "/third", "/fourth", "/fifth", "/sixth", "/seventh"}
	for _, p := range want {
		s.pages[p] = articleHTML(strings.Trim(p, "/"))
	}
	_, got := crawlSite(t, s, Options{NoDiscovery: true})
	expectPaths(t, got, want...)
}

func TestForeignCanonicalIsWritten(t *testing.T) {
	foreign := `<link rel="canonical" href="https://agency.example/wire/1">`
	s := newSite(t, map[string]string{"/": indexHTML("/a", "/b"), "/a": head(articleHTML("a"), foreign), "/b": head(articleHTML("b"), foreign)})
	_, got := crawlSite(t, s, Options{NoDiscovery: true})
	expectPaths(t, got, "/a", "/b")
}

func TestPartsAreJoined(t *testing.T) {
	numbered := func(body string, links map[string]string) string {
		for _, n := range []string{"1", "2", "3"} {
			if l := links[n]; l != "" {
				body = strings.Replace(body, "</body>", `<a href="`+l+`">`+n+`</a></body>`, 1)
			}
		}
		return body
	}
	s := newSite(t, map[string]string{
		// The later parts are linked first, from the front page.
		"/":              indexHTML("/walk/3/", "/walk/2/", "/walk/", "/list?page=2", "/list"),
		"/walk/":         numbered(articleHTML("one"), map[string]string{"2": "/walk/2/", "3": "/walk/3/"}),
		"/walk/2/":       numbered(articleHTML("two"), map[string]string{"1": "/walk/", "3": "/walk/3/"}),
		"/walk/3/":       numbered(articleHTML("three"), map[string]string{"1": "/walk/", "2": "/walk/2/"}),
		"/list":          numbered(indexHTML("/a"), map[string]string{"2": "/list?page=2"}),
		"/list?page=2":   numbered(indexHTML("/b"), map[string]string{"1": "/list"}),
		"/a":             articleHTML("a"),
		"/b":             articleHTML("b"),
		"/section/7":     articleHTML("seven"),
		"/section/short": articleHTML("short"),
	})
	sink := &memorySink{}
	// One worker, so that the first is written before the second is read.
	if _, err := Crawl(t.Context(), Options{Seeds: []string{s.URL}, Sink: sink, NoDiscovery: true, Workers: 1}, articleByMeta); err != nil {
		t.Fatal(err)
	}
	expectPaths(t, sink.paths(t), "/a", "/b", "/walk/")
	for _, r := range sink.records {
		var rec testRec
		if err := json.Unmarshal([]byte(r), &rec); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(rec.URL, "/walk/") {
			one, two, three := strings.Index(rec.Text, "The one"), strings.Index(rec.Text, "The two"), strings.Index(rec.Text, "The three")
			if one < 0 || two < one || three < two {
				t.Errorf("parts at %d, %d and %d", one, two, three)
			}
		}
	}
	// --exclude holds for parts, too; --include is of the article.
	before := s.count("/walk/3/")
	_, got := crawlSite(t, s, Options{NoDiscovery: true, Exclude: []*regexp.Regexp{regexp.MustCompile("/3/$")}, Include: []*regexp.Regexp{regexp.MustCompile("/walk/$")}, Follow: []*regexp.Regexp{regexp.MustCompile("^$")}})
	expectPaths(t, got, "/walk/")
	if s.count("/walk/3/") != before || s.count("/walk/2/") != 3 {
		t.Errorf("asked for %q", s.asked)
	}
}

func TestPartNumber(t *testing.T) {
	tests := []struct {
		first, url string
		want       int
	}{
		{"/story/", "/story/2/", 2}, {"/story", "/story/2", 2}, {"/story/", "/story/page/3/", 3}, {"/story", "/story?page=2", 2},
		{"/story?id=7", "/story?id=7&seite=2", 2}, {"/story.html", "/story-2.html", 2}, {"/story.html", "/story,3.html", 3},
		{"/story", "/story/1", 0}, {"/story", "/story/99", 0}, {"/story", "/story/12345", 0}, {"/story", "/story/two", 0},
		{"/story", "/story-of-2", 0}, {"/story", "/other/2", 0}, {"/", "/2/", 0}, {"/story?id=7", "/story?id=8&page=2", 0},
		{"/story", "/story", 0},
	}
	for _, tt := range tests {
		us := parseAll([]string{"https://a.example" + tt.first, "https://a.example" + tt.url})
		if got := address.PartNumber(us[0], us[1]); got != tt.want {
			t.Errorf("partNumber(%s, %s) = %d, want %d", tt.first, tt.url, got, tt.want)
		}
	}
}

// manyArticles is a front page and n articles.
func manyArticles(n int) map[string]string {
	pages := make(map[string]string, n+1)
	var links []string
	for i := range n {
		path := fmt.Sprintf("/story-%03d", i)
		links = append(links, path)
		pages[path] = articleHTML(fmt.Sprintf("tale%03d", i), "/")
	}
	pages["/"] = indexHTML(links...)
	return pages
}

func TestBudgetsAreExact(t *testing.T) {
	for _, tt := range []struct{ maxPages, maxArticles, pages, articles int }{
		{5, 0, 5, 4}, {1, 0, 1, 0}, {0, 7, 8, 7}, {0, 30, 31, 30}, {12, 3, 4, 3},
	} {
		s := newSite(t, manyArticles(30))
		sum, got := crawlSite(t, s, Options{NoDiscovery: true, MaxPages: tt.maxPages, MaxArticles: tt.maxArticles, Workers: 8, PerHost: 8})
		if len(got) != tt.articles {
			t.Errorf("%+v: %d written", tt, len(got))
		}
		if tt.maxPages > 0 && tt.maxArticles == 0 {
			pages := len(s.asked) - s.count("/robots.txt")
			if pages != tt.pages || sum.Pages != tt.pages {
				t.Errorf("%+v: asked for %d pages, and counted %d", tt, pages, sum.Pages)
			}
		}
		if tt.articles < 30 && sum.Stopped != "budget" {
			t.Errorf("%+v: stopped by %q", tt, sum.Stopped)
		}
	}
}

func TestPace(t *testing.T) {
	slow := newSite(t, manyArticles(4))
	slow.text("/robots.txt", "text/plain", "user-agent: *\ncrawl-delay: 0.4\n")
	other := newSite(t, manyArticles(4))
	const delay = 150 * time.Millisecond
	start := time.Now()
	_, got := crawlSite(t, nil, Options{Seeds: []string{slow.URL, other.URL}, NoDiscovery: true, Delay: delay, Workers: 8})
	took := time.Since(start)
	if len(got) != 8 {
		t.Errorf("written: %q", got)
	}
	for _, s := range []struct {
		*madeSite
		least time.Duration
	}{{slow, 400 * time.Millisecond}, {other, delay}} {
		for i := 1; i < len(s.at); i++ {
			if gap := s.at[i].Sub(s.at[i-1]); gap < s.least {
				t.Errorf("%s %v after %s, want %v", s.asked[i], gap, s.asked[i-1], s.least)
			}
		}
	}
	// robots.txt, the front page and four articles: five pauses for the slow
	// host, and the other one's pass meanwhile.
	if most := 5*400*time.Millisecond + 900*time.Millisecond; took > most {
		t.Errorf("took %v, want less than %v: hosts hold each other up", took, most)
	}
}

func TestDiscovery(t *testing.T) {
	s := newSite(t, map[string]string{
		"/":      head(indexHTML("/linked"), `<link rel="alternate" type="application/atom+xml" href="/atom.xml"><link rel="alternate" type="application/feed+json" href="/feed.json">`),
		"/older": articleHTML("older"),
	})
	for _, p := range []string{"linked", "news", "in-gz", "by-text", "by-atom", "by-json", "deep", "by-rss"} {
		s.pages["/"+p] = articleHTML(p)
	}
	s.text("/robots.txt", "text/plain", "user-agent: *\ndisallow:\nSitemap: ORIGIN/index.xml\nSitemap: /list.txt\n")
	s.text("/sitemap.xml", "application/xml", `<urlset><url><loc>ORIGIN/deep</loc></url></urlset>`)
	s.text("/index.xml", "application/xml", `<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
		<sitemap><loc>ORIGIN/second.xml</loc></sitemap><sitemap><loc>ORIGIN/old.xml</loc><lastmod>2001-01-01</lastmod></sitemap></sitemapindex>`)
	s.text("/old.xml", "application/xml", `<urlset><url><loc>ORIGIN/older</loc><lastmod>2001-01-01</lastmod></url></urlset>`)
	s.text("/second.xml", "text/xml", `<sitemapindex><sitemap><loc>ORIGIN/news.xml</loc></sitemap><sitemap><loc>/gz.xml.gz</loc></sitemap><sitemap><loc>ORIGIN/rss-map</loc></sitemap></sitemapindex>`)
	s.text("/news.xml", "application/xml", `<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
		<url><loc>ORIGIN/news</loc><news:news><news:publication_date>2026-01-02T03:04:05Z</news:publication_date></news:news><image:image><image:loc>ORIGIN/picture.jpg</image:loc></image:image></url>
		<url><loc>ORIGIN/older</loc><lastmod>2001-01-01</lastmod></url></urlset>`)
	gz := fetchtest.Encode("gzip", "<urlset><url><loc>"+s.URL+"/in-gz</loc></url></urlset>")
	s.text("/gz.xml.gz", "application/x-gzip", string(gz))
	s.text("/list.txt", "text/plain", "\ufeffORIGIN/by-text\n\n# no URL\n")
	s.text("/rss-map", "application/rss+xml", `<rss version="2.0"><channel><item><title>x</title><link>ORIGIN/by-rss</link><pubDate>Fri, 02 Jan 2026 03:04:05 GMT</pubDate></item></channel></rss>`)
	s.text("/atom.xml", "application/atom+xml", `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><id>x</id><updated>2026-01-02T03:04:05Z</updated><entry><title>x</title><id>y</id><updated>2026-01-02T03:04:05Z</updated><link rel="alternate" href="ORIGIN/by-atom"/></entry></feed>`)
	s.text("/feed.json", "application/feed+json", `{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":"1","url":"ORIGIN/by-json","content_text":"x"}]}`)

	sum, got := crawlSite(t, s, Options{Since: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)})
	expectPaths(t, got, "/linked", "/news", "/in-gz", "/by-text", "/by-atom", "/by-json", "/deep", "/by-rss")
	// The date of a sitemap in an index is not believed: it may never be renewed.
	if s.count("/old.xml") != 1 || s.count("/older") != 0 || sum.Skipped[SkipDate] != 2 {
		t.Errorf("what is too old was asked for, or not counted: %v", sum.Skipped)
	}
	if sum.Sitemaps != 7 || sum.Feeds != 3 {
		t.Errorf("%d sitemaps and %d feeds", sum.Sitemaps, sum.Feeds)
	}
}

// A site that announces no feed has one in a common place, or none.
func TestFeedsInCommonPlaces(t *testing.T) {
	for _, at := range append(slices.Clone(read.FeedPaths()), "") {
		s := newSite(t, map[string]string{"/": indexHTML("/linked"), "/linked": articleHTML("linked"), "/fed": articleHTML("fed")})
		want := []string{"/linked"}
		if at != "" {
			s.text(at, "text/xml", `<rss version="2.0"><channel><title>t</title><item><link>/fed</link></item></channel></rss>`)
			want = append(want, "/fed")
		}
		sum, got := crawlSite(t, s, Options{})
		expectPaths(t, got, want...)
		if len(sum.Errors) > 0 || sum.Feeds != len(want)-1 {
			t.Errorf("feed at %q: %d feeds, errors %v", at, sum.Feeds, sum.Errors)
		}
	}
}

// No more connections than PerHost are open to a host at once, and that many are.
func TestConnectionsOfAHost(t *testing.T) {
	for _, n := range []int32{1, 3} {
		s := newSite(t, manyArticles(30))
		var open, most atomic.Int32
		handler := s.Config.Handler
		s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			at := open.Add(1)
			defer open.Add(-1)
			for was := most.Load(); at > was && !most.CompareAndSwap(was, at); was = most.Load() {
			}
			time.Sleep(20 * time.Millisecond)
			handler.ServeHTTP(w, r)
		})
		_, got := crawlSite(t, s, Options{NoDiscovery: true, PerHost: int(n), Workers: 8})
		if most.Load() != n || len(got) != 30 {
			t.Errorf("%d connections at once, want %d; %d articles", most.Load(), n, len(got))
		}
	}
}

// What looks like a new article goes first: news sitemap, feed, dated URL, each
// the newest first, and then the rest as it was found.
func TestNewestFirst(t *testing.T) {
	s := newSite(t, map[string]string{"/": head(indexHTML("/other", "/2026/01/01/a", "/2026/01/03/b", "/2026/01/02/c"), `<link rel="alternate" type="application/rss+xml" href="/rss">`)})
	s.text("/sitemap.xml", "application/xml", `<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
		<url><loc>ORIGIN/listed</loc><lastmod>2026-02-01</lastmod></url>
		<url><loc>ORIGIN/news-old</loc><n:news><n:publication_date>2026-01-01</n:publication_date></n:news></url>
		<url><loc>ORIGIN/news-new</loc><n:news><n:publication_date>2026-01-02</n:publication_date></n:news></url></urlset>`)
	s.text("/rss", "application/rss+xml", `<rss version="2.0"><channel>
		<item><link>ORIGIN/feed-old</link><pubDate>Fri, 02 Jan 2026 03:04:05 GMT</pubDate></item>
		<item><link>ORIGIN/feed-new</link><pubDate>Sat, 03 Jan 2026 03:04:05 GMT</pubDate></item></channel></rss>`)
	want := []string{"/news-new", "/news-old", "/feed-new", "/feed-old", "/2026/01/03/b", "/2026/01/02/c", "/2026/01/01/a", "/listed", "/other"}
	for _, p := range want {
		s.pages[p] = articleHTML(strings.ReplaceAll(strings.Trim(p, "/"), "/", " "))
	}
	// The first run reads what lists the articles, and is interrupted before it has
	// any of them: so the order of the second depends on nothing but the frontier.
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s.before = func(r *http.Request) {
		if slices.Contains(want, r.URL.Path) && ctx.Err() == nil {
			<-r.Context().Done()
			panic(http.ErrAbortHandler)
		}
	}
	// A quarter of the slots is left to a host whose answers have been slow, as they are
	// on a busy machine: more than the articles hold, so that the rest is read beside them.
	o := Options{
		Seeds: []string{s.URL}, Sink: &memorySink{}, Frontier: frontier.Options{Dir: t.TempDir()}, Workers: 64, PerHost: 64, Timeout: time.Hour,
		OnProgress: func(p Progress) {
			if p.Queue == len(want) && p.Summary.Sitemaps == 1 && p.Summary.Feeds == 1 {
				cancel()
			}
		},
	}
	if sum, err := Crawl(ctx, o, articleByMeta); err != nil || sum.Stopped != "interrupted" {
		t.Fatal(err, sum)
	}
	s.mu.Lock()
	s.asked = nil
	s.mu.Unlock()
	o.Workers, o.PerHost, o.OnProgress = 1, 1, nil
	if _, err := Crawl(t.Context(), o, articleByMeta); err != nil {
		t.Fatal(err)
	}
	got := slices.DeleteFunc(s.asked, func(path string) bool { return path == "/robots.txt" })
	if !slices.Equal(got, want) {
		t.Errorf("fetched %q, want %q", got, want)
	}
}

func TestWhatIsFollowed(t *testing.T) {
	s := newSite(t, map[string]string{
		"/":             indexHTML("/a/1", "/b/1", "/a/quiet", "/a/1?utm_source=front", "/a/1#top", "/doc.pdf") + `<a rel="nofollow" href="/a/hidden">x</a>`,
		"/a/1":          articleHTML("a1", "/a/2"),
		"/a/2":          articleHTML("a2", "/a/3"),
		"/a/3":          articleHTML("a3"),
		"/b/1":          articleHTML("b1"),
		"/a/quiet":      head(articleHTML("quiet", "/a/by-quiet"), `<meta name="robots" content="noindex, nofollow">`),
		"/a/by-quiet":   articleHTML("byquiet"),
		"/a/hidden":     articleHTML("hidden"),
		"/a/by-header":  articleHTML("byheader"),
		"/a/with-heads": articleHTML("withheads"),
	})
	sum, got := crawlSite(t, s, Options{NoDiscovery: true, MaxDepth: 2, Exclude: []*regexp.Regexp{regexp.MustCompile("/b/")}})
	expectPaths(t, got, "/a/1", "/a/2", "/a/quiet")
	if s.count("/a/1") != 1 {
		t.Errorf("/a/1 was asked for %d times", s.count("/a/1"))
	}
	for cause, n := range map[SkipCause]int{SkipDepth: 1, SkipExcluded: 1, SkipNofollow: 2, SkipNotPage: 1} {
		if sum.Skipped[cause] != n {
			t.Errorf("skipped %s: %d, want %d", cause, sum.Skipped[cause], n)
		}
	}
	sum, got = crawlSite(t, s, Options{NoDiscovery: true, MaxDepth: -1})
	if len(got) != 0 || sum.Pages != 1 {
		t.Errorf("only the seeds: %d pages, %q", sum.Pages, got)
	}
	_, got = crawlSite(t, s, Options{NoDiscovery: true, Include: []*regexp.Regexp{regexp.MustCompile("/b/")}})
	expectPaths(t, got, "/b/1")
}

// robots.txt is asked again for each hop of a redirect, on another host, too.
func TestRobotsAtEachHop(t *testing.T) {
	s := newSite(t, map[string]string{"/": indexHTML("/hop", "/away", "/fine"), "/open": articleHTML("open"), "/shut": articleHTML("shut")})
	other := newSite(t, map[string]string{"/": indexHTML(), "/shut": articleHTML("shut there")})
	for _, site := range []*madeSite{s, other} {
		site.text("/robots.txt", "text/plain", "user-agent: otherbot\ndisallow: /\n\nuser-agent: newsclip\ndisallow: /shut\n")
	}
	for from, to := range map[string]string{"/hop": "/hop2", "/hop2": "/shut", "/away": other.URL + "/shut", "/fine": "/open"} {
		s.other[from] = func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) }
	}
	o := Options{Seeds: []string{s.URL, other.URL}, NoDiscovery: true}
	sum, got := crawlSite(t, nil, o)
	expectPaths(t, got, "/open")
	if s.count("/shut")+other.count("/shut") != 0 || sum.Skipped[SkipRobots] != 2 {
		t.Errorf("asked for %q and %q, skipped %v", s.asked, other.asked, sum.Skipped)
	}
	o.IgnoreRobots = true
	_, got = crawlSite(t, nil, o)
	expectPaths(t, got, "/open", "/shut", "/shut")
}

func TestRights(t *testing.T) {
	s := newSite(t, map[string]string{
		"/": indexHTML("/open", "/noai", "/tdm", "/header"), "/open": articleHTML("open"),
		"/noai": head(articleHTML("noai"), `<meta name="robots" content="noai">`),
		"/tdm":  head(articleHTML("tdm"), `<meta name="tdm-reservation" content="1">`),
	})
	s.other["/header"] = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("X-Robots-Tag", "otherbot: noindex")
		w.Header().Add("X-Robots-Tag", "noai, nofollow")
		page(w, articleHTML("header", "/by-header"))
	}
	_, got := crawlSite(t, s, Options{NoDiscovery: true})
	expectPaths(t, got, "/open", "/noai", "/tdm", "/header")
	if s.count("/by-header") != 0 {
		t.Error("X-Robots-Tag: nofollow was not respected")
	}
	sum, got := crawlSite(t, s, Options{NoDiscovery: true, RespectTDM: true})
	expectPaths(t, got, "/open")
	if sum.Skipped[SkipRights] != 3 {
		t.Errorf("skipped: %v", sum.Skipped)
	}
	// A site that closes itself to the training of models is not read at all.
	s.text("/robots.txt", "text/plain", "user-agent: GPTBot\ndisallow: /\n")
	before := len(s.asked)
	sum, got = crawlSite(t, s, Options{NoDiscovery: true, RespectTDM: true})
	if len(got) != 0 || sum.Skipped[SkipRights] != 1 || len(s.asked) != before+1 {
		t.Errorf("skipped %v, asked for %q", sum.Skipped, s.asked[before:])
	}
}

func TestNearDuplicates(t *testing.T) {
	s := newSite(t, map[string]string{
		"/": indexHTML("/first"), "/first": articleHTML("tale", "/again"),
		"/again": strings.Replace(articleHTML("tale", "/unlike"), "number 3", "number three", 1), "/unlike": articleHTML("fable"),
	})
	sink := &memorySink{}
	// One worker, so that the first is written before the second is read.
	if _, err := Crawl(t.Context(), Options{Seeds: []string{s.URL}, Sink: sink, NoDiscovery: true, Workers: 1}, articleByMeta); err != nil {
		t.Fatal(err)
	}
	marks := make(map[string]string)
	for _, r := range sink.records {
		var rec testRec
		if err := json.Unmarshal([]byte(r), &rec); err != nil {
			t.Fatal(err)
		}
		marks[strings.TrimPrefix(rec.URL, s.URL)] = strings.TrimPrefix(rec.Mark.DuplicateOf, s.URL)
	}
	if len(marks) != 3 || marks["/again"] != "/first" || marks["/first"] != "" || marks["/unlike"] != "" {
		t.Errorf("duplicates: %v", marks)
	}
}

func TestSeedThatMoved(t *testing.T) {
	s := newSite(t, nil)
	inside := newSite(t, map[string]string{"/": indexHTML("/a"), "/a": articleHTML("a")})
	s.other["/"] = func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, inside.URL+"/", http.StatusMovedPermanently)
	}
	// Both are seeds, so that the private address may be asked.
	_, got := crawlSite(t, nil, Options{Seeds: []string{s.URL, inside.URL + "/none"}, NoDiscovery: true})
	expectPaths(t, got, "/a")
}
