package scrape

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"newsclip/scrape/frontier"
)

func matching(expr string) []*regexp.Regexp { return []*regexp.Regexp{regexp.MustCompile(expr)} }

// Include is of what is written, Follow of where links are taken from.
func TestIncludeAndFollow(t *testing.T) {
	s := newSite(t, map[string]string{
		"/":             indexHTML("/news/", "/sport/", "/about"),
		"/news/":        indexHTML("/story/a", "/sport/x", "/news/2/"),
		"/news/2/":      indexHTML("/story/b"),
		"/story/a":      articleHTML("ferry", "/story/hidden"),
		"/story/b":      articleHTML("library"),
		"/story/hidden": articleHTML("orchard"),
		"/sport/":       indexHTML("/sport/x", "/story/c"),
		"/sport/x":      articleHTML("canal"),
		"/story/c":      articleHTML("theatre"),
		"/about":        indexHTML("/"),
		// An article under another address names one that is included.
		"/amp/d":   canonicalTo("barges", "ORIGIN/story/d"),
		"/story/d": articleHTML("barges"),
	})
	s.pages["/about"] = indexHTML("/amp/d")
	sum, got := crawlSite(t, s, Options{NoDiscovery: true, Include: matching("/story/")})
	expectPaths(t, got, "/story/a", "/story/b", "/story/c", "/story/d", "/story/hidden")
	if sum.Skipped[SkipExcluded] != 2 { // the canal and the amp page
		t.Errorf("skipped %v", sum.Skipped)
	}
	before := s.count("/sport/")
	_, got = crawlSite(t, s, Options{NoDiscovery: true, Include: matching("/story/"), Follow: matching("/news/")})
	expectPaths(t, got, "/story/a", "/story/b")
	if s.count("/sport/") != before {
		t.Error("a page that is neither followed nor included was fetched")
	}
	_, got = crawlSite(t, s, Options{NoDiscovery: true, Follow: matching("/sport/")})
	expectPaths(t, got, "/sport/x")
}

// Each host has its own limit, exactly.
func TestLimitsOfAHost(t *testing.T) {
	a, b := newSite(t, manyArticles(20)), newSite(t, manyArticles(3))
	sum, got := crawlSite(t, nil, Options{Seeds: []string{a.URL, b.URL}, NoDiscovery: true, MaxPerHost: 6, Workers: 8, PerHost: 4})
	if pages := len(a.asked) - a.count("/robots.txt"); pages != 6 || len(got) != 5+3 || sum.Pages != 6+4 {
		t.Errorf("%d pages, %d in all, and %d articles", pages, sum.Pages, len(got))
	}
	if sum.Stopped != "done" || sum.Skipped[SkipBudget] != 15 {
		t.Errorf("stopped by %q, skipped %v", sum.Stopped, sum.Skipped)
	}
	a, b = newSite(t, manyArticles(20)), newSite(t, manyArticles(3))
	_, got = crawlSite(t, nil, Options{Seeds: []string{a.URL, b.URL}, NoDiscovery: true, MaxArticlesPerHost: 4})
	if len(got) != 4+3 || len(a.asked) > 8 {
		t.Errorf("%d articles, asked %q", len(got), a.asked)
	}
	// Beside a limit of all.
	a, b = newSite(t, manyArticles(20)), newSite(t, manyArticles(20))
	sum, got = crawlSite(t, nil, Options{Seeds: []string{a.URL, b.URL}, NoDiscovery: true, MaxArticlesPerHost: 4, MaxArticles: 6, Workers: 4})
	if len(got) != 6 || sum.Stopped != "budget" {
		t.Errorf("%d articles, stopped by %q", len(got), sum.Stopped)
	}
}

// A crawl that goes on obeys an --exclude that is new, for what waits as well.
func TestExcludedLater(t *testing.T) {
	pages := manyArticles(12)
	s := newSite(t, pages)
	o := Options{Seeds: []string{s.URL}, NoDiscovery: true, MaxPages: 3, Frontier: frontier.Options{Dir: t.TempDir()}, Sink: &memorySink{}}
	if _, err := Crawl(t.Context(), o, articleByMeta); err != nil {
		t.Fatal(err)
	}
	before := len(s.asked)
	o.MaxPages, o.Exclude = 0, matching("/story-0")
	sum, err := Crawl(t.Context(), o, articleByMeta)
	if err != nil || len(s.asked) > before+1 || sum.Skipped[SkipExcluded] != 10 {
		t.Errorf("asked for %q; %+v, %v", s.asked[before:], sum.Skipped, err)
	}
}

// A finished crawl takes new seeds, and reads nothing else again.
func TestNewSeedsOfAFinishedCrawl(t *testing.T) {
	a, b := newSite(t, manyArticles(3)), newSite(t, manyArticles(2))
	sink := &memorySink{}
	o := Options{Seeds: []string{a.URL}, NoDiscovery: true, Frontier: frontier.Options{Dir: t.TempDir()}, Sink: sink}
	for _, seeds := range [][]string{{a.URL}, {a.URL, b.URL}} {
		o.Seeds = seeds
		if _, err := Crawl(t.Context(), o, articleByMeta); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(sink.records); n != 5 || a.count("/story-001") != 1 {
		t.Errorf("%d records", n)
	}
	if _, err := Crawl(t.Context(), o, articleByMeta); err != ErrFinished {
		t.Errorf("then: %v", err)
	}
}

// A recrawl asks for sitemaps and feeds that have not changed in vain, and reads
// them again where other options make other pages of them.
func TestRecrawlAsksIfChanged(t *testing.T) {
	s := newSite(t, map[string]string{
		"/":  head(indexHTML(), `<link rel="alternate" type="application/rss+xml" href="/feed.xml">`),
		"/a": articleHTML("ferry"), "/b": articleHTML("library"), "/c": articleHTML("orchard"),
	})
	var full, conditional atomic.Int32
	serve := func(body *atomic.Value) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			tag := fmt.Sprintf("%q", fmt.Sprint(len(body.Load().(string))))
			w.Header().Set("Etag", tag)
			if r.Header.Get("If-None-Match") == tag {
				conditional.Add(1)
				w.WriteHeader(http.StatusNotModified)
				return
			}
			full.Add(1)
			w.Header().Set("Content-Type", "application/xml")
			fmt.Fprint(w, strings.ReplaceAll(body.Load().(string), "ORIGIN", s.URL))
		}
	}
	var sitemap, feed atomic.Value
	sitemap.Store(`<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>ORIGIN/a</loc></url></urlset>`)
	feed.Store(`<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><title>b</title><link>ORIGIN/b</link></item></channel></rss>`)
	s.other["/sitemap.xml"], s.other["/feed.xml"] = serve(&sitemap), serve(&feed)
	o := Options{Seeds: []string{s.URL}, Frontier: frontier.Options{Dir: t.TempDir()}, Sink: &memorySink{}}
	run := func(what string, wantFull, wantConditional int32, want ...string) {
		t.Helper()
		full.Store(0)
		conditional.Store(0)
		sink := &memorySink{}
		o.Sink = sink
		if _, err := Crawl(t.Context(), o, articleByMeta); err != nil {
			t.Fatal(err)
		}
		if full.Load() != wantFull || conditional.Load() != wantConditional {
			t.Errorf("%s: %d full answers, %d conditional", what, full.Load(), conditional.Load())
		}
		got := sink.paths(t)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: wrote %q, want %q", what, got, want)
		}
	}
	run("at first", 2, 0, "/a", "/b")
	o.Recrawl = true
	run("unchanged", 0, 2)
	feed.Store(strings.Replace(feed.Load().(string), "<item>", "<item><title>new</title><link>ORIGIN/c</link></item><item>", 1))
	run("a new entry", 1, 1, "/c")
	o.Exclude = matching("/nothing")
	run("other options", 2, 0)
}

// The group of another product token is obeyed.
func TestRobotsToken(t *testing.T) {
	s := newSite(t, map[string]string{"/": indexHTML("/a", "/b"), "/a": articleHTML("ferry"), "/b": articleHTML("library")})
	s.text("/robots.txt", "text/plain", "user-agent: newsclip\ndisallow: /a\n\nuser-agent: harbourbot\ndisallow: /b\n")
	_, got := crawlSite(t, s, Options{NoDiscovery: true})
	expectPaths(t, got, "/b")
	_, got = crawlSite(t, s, Options{NoDiscovery: true, RobotsToken: "HarbourBot"})
	expectPaths(t, got, "/a")
	if _, err := FetchPage(context.Background(), s.URL+"/b", Options{RobotsToken: "HarbourBot"}); err != ErrRobots {
		t.Errorf("a single page: %v", err)
	}
}
