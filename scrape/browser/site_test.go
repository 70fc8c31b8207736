package browser_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/scrape"
	"newsclip/scrape/articles"
	"newsclip/scrape/browser"
)

// start returns a browser. The test is skipped where none is installed.
func start(t *testing.T, o browser.Options) *browser.Browser {
	t.Helper()
	b, err := browser.New(o)
	if errors.Is(err, browser.ErrNotFound) {
		t.Skip("needs a browser: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// A site answers by path, and keeps what it was asked for.
type site struct {
	*httptest.Server
	pages map[string]func(w http.ResponseWriter, r *http.Request)

	mu   sync.Mutex // a page may ask for more while a test looks
	at   []time.Time
	seen []*http.Request
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{pages: make(map[string]func(http.ResponseWriter, *http.Request))}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.at = append(s.at, time.Now())
	s.seen = append(s.seen, r)
	s.mu.Unlock()
	if f := s.pages[r.URL.Path]; f != nil {
		f(w, r)
		return
	}
	http.NotFound(w, r)
}

// requests returns the requests so far, in their order.
func (s *site) requests() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

// asked returns the paths of the requests so far.
func (s *site) asked() (paths []string) {
	for _, r := range s.requests() {
		paths = append(paths, r.URL.RequestURI())
	}
	return paths
}

// count returns how often a path was asked for.
func (s *site) count(path string) (n int) {
	for _, p := range s.asked() {
		if p == path {
			n++
		}
	}
	return n
}

// request returns the last request for a path, or nil.
func (s *site) request(path string) (last *http.Request) {
	for _, r := range s.requests() {
		if r.URL.Path == path {
			last = r
		}
	}
	return last
}

func answer(contentType, body string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		fmt.Fprint(w, body)
	}
}

func html(body string) func(http.ResponseWriter, *http.Request) {
	return answer("text/html; charset=utf-8", body)
}

func script(body string) func(http.ResponseWriter, *http.Request) {
	return answer("text/javascript", body)
}

// shell is a page that is empty without its script.
func shell(script string) string {
	return `<!doctype html><html lang="en"><head><title>The Quay Post</title></head><body>
<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>` + script + `</body></html>`
}

// topics tell the made-up articles apart.
var topics = []string{
	"harbour wall", "night ferry", "lighthouse", "fish market", "tram depot", "river lock", "town library", "salt works",
	"ice rink", "flower show", "stone bridge", "bell tower",
}

// paragraphs are the text of the nth made-up article.
func paragraphs(n int) []string {
	topic := topics[n%len(topics)]
	return []string{
		fmt.Sprintf("The %s will be repaired this spring, the town council decided on Tuesday after a debate of four hours. Work on section %d begins in the second week of April.", topic, n),
		fmt.Sprintf("“We have waited eleven years for this,” said the engineer who first measured the cracks in the %s. She keeps a notebook in which each of them has a number and a date.", topic),
		"Two firms from the coast had offered to do the work, and a third withdrew in January. The cheaper one will need fourteen months, and keeps the road open at night.",
		fmt.Sprintf("Residents can read the plans in the town hall until the end of the month. Those who live beside the %s were sent a letter, and may ask for another room while drills are running.", topic),
	}
}

func headline(n int) string {
	return fmt.Sprintf("Council votes to repair the %s", topics[n%len(topics)])
}

// story is the nth made-up article as an element.
func story(n int) string {
	return fmt.Sprintf(`<article><h1>%s</h1><p class="byline">By Mara Lindqvist</p><time datetime="2026-03-%02dT09:30:00Z">March</time><p>%s</p></article>`,
		headline(n), n+1, strings.Join(paragraphs(n), "</p><p>"))
}

// A sink keeps the records of a crawl.
type sink struct {
	mu      sync.Mutex
	records []clean.Article
}

func (s *sink) Resume([]byte) error     { return nil }
func (s *sink) Commit() ([]byte, error) { return nil, nil }
func (s *sink) Write(b []byte) error {
	var a clean.Article
	if err := json.Unmarshal(b, &a); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.records = append(s.records, a)
	return nil
}

// crawl crawls from the seeds, and returns the articles.
func crawl(t *testing.T, o scrape.Options, seeds ...string) (*scrape.Summary, []clean.Article) {
	t.Helper()
	var out sink
	o.Seeds, o.Sink = seeds, &out
	s, err := scrape.Crawl(t.Context(), o, articles.New(articles.Options{}).Handle)
	if err != nil {
		t.Fatal(err)
	}
	return s, out.records
}

// render renders one page, which is at a path of the site.
func (s *site) render(t *testing.T, b *browser.Browser, o scrape.Options, path string) (clean.Input, error) {
	t.Helper()
	o.Seeds, o.Renderer = append(o.Seeds, s.URL+path), b
	f, err := scrape.NewFetcher(o)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return f.RenderedPage(context.Background(), s.URL+path, wantsAll)
}

// articleOf cleans a page.
func articleOf(t *testing.T, in clean.Input) *article.Article {
	t.Helper()
	a, err := clean.New(clean.Options{}).Clean(in)
	if err != nil {
		t.Fatalf("%v\n%s", err, in.HTML)
	}
	return a
}

func wantsAll(clean.Input) bool { return true }
