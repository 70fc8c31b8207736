package scrape

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsclip/clean"
)

// A fakeRenderer renders by a function.
type fakeRenderer func(ctx context.Context, p *Unrendered, load LoadFunc) (*Rendered, error)

func (f fakeRenderer) Render(ctx context.Context, p *Unrendered, load LoadFunc) (*Rendered, error) {
	return f(ctx, p, load)
}

// emptyHTML is a page that needs its scripts, by what needsScripts looks for.
const emptyHTML = `<!doctype html><title>App</title><div id="root"></div>`

// byScripts is articleByMeta, and takes pages with an empty root for ones that need
// scripts.
func byScripts(ctx context.Context, p *Page) (*Outcome, error) {
	out, err := articleByMeta(ctx, p)
	if err == nil && !out.Article {
		out.NeedsScripts = p.Doc.Find("#root").Length() > 0
	}
	return out, err
}

func renderSite(t *testing.T, pages map[string]string) (*httptest.Server, *atomic.Int64) {
	var n atomic.Int64
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		n.Add(1)
		w.Header().Set("Etag", `"1"`)
		page(w, body)
	}))
	t.Cleanup(srv.Close)
	return srv, &n
}

func renderedStory(_ context.Context, p *Unrendered, _ LoadFunc) (*Rendered, error) {
	name := strings.Trim(p.URL.Path, "/")
	return &Rendered{HTML: []byte(articleHTML(name) + `<a href="/from-script">more</a>`)}, nil
}

func TestRenderModes(t *testing.T) {
	srv, _ := renderSite(t, map[string]string{"/": indexHTML("/app", "/plain"), "/app": emptyHTML, "/plain": articleHTML("plain"), "/from-script": articleHTML("from-script")})
	for _, tt := range []struct {
		mode     RenderMode
		rendered int
		paths    string
		failed   int
	}{
		{RenderNever, 0, "/plain", 1},
		{"", 0, "/plain", 1},
		{RenderAuto, 1, "/app /from-script /plain", 0},
		{RenderAlways, 4, "/app /from-script /plain", 0},
	} {
		var sink memorySink
		r := fakeRenderer(func(ctx context.Context, p *Unrendered, load LoadFunc) (*Rendered, error) {
			if p.URL.Path == "/" {
				return &Rendered{HTML: p.HTML}, nil
			}
			return renderedStory(ctx, p, load)
		})
		s, err := Crawl(t.Context(), Options{Seeds: []string{srv.URL}, Sink: &sink, NoDiscovery: true, Render: tt.mode, Renderer: r}, byScripts)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(sink.paths(t), " "); got != tt.paths || s.Rendered != tt.rendered || s.Errors["needs_javascript"] != tt.failed {
			t.Errorf("%s: %s, %d rendered, %v", tt.mode, got, s.Rendered, s.Errors)
		}
	}
}

// TestRenderFails: an error of the renderer is the page's, and its panic too.
func TestRenderFails(t *testing.T) {
	srv, _ := renderSite(t, map[string]string{"/": indexHTML("/a", "/b", "/c"), "/a": emptyHTML, "/b": emptyHTML, "/c": emptyHTML})
	r := fakeRenderer(func(ctx context.Context, p *Unrendered, load LoadFunc) (*Rendered, error) {
		switch p.URL.Path {
		case "/a":
			return nil, errors.New("the browser has died")
		case "/b":
			panic("a fault")
		}
		return renderedStory(ctx, p, load)
	})
	var sink memorySink
	s, err := Crawl(t.Context(), Options{Seeds: []string{srv.URL}, Sink: &sink, NoDiscovery: true, Render: RenderAuto, Renderer: r}, byScripts)
	if err != nil || s.Errors["render"] != 1 || s.Errors["panic"] != 1 || s.Articles != 1 {
		t.Errorf("%v, %+v", err, s)
	}
}

// TestRenderInRecrawl: a page that is rendered has no validators, because its server
// would say that it is as it was, whatever its scripts show.
func TestRenderInRecrawl(t *testing.T) {
	srv, n := renderSite(t, map[string]string{"/2026/01/02/app": emptyHTML})
	text := "first"
	r := fakeRenderer(func(context.Context, *Unrendered, LoadFunc) (*Rendered, error) {
		return &Rendered{HTML: []byte(articleHTML(text))}, nil
	})
	dir := t.TempDir()
	for run, want := range []string{"first", "second"} {
		var sink memorySink
		o := Options{Seeds: []string{srv.URL + "/2026/01/02/app"}, Sink: &sink, NoDiscovery: true, Render: RenderAuto, Renderer: r, Recrawl: run > 0, everythingDue: true}
		o.Frontier.Dir = dir
		text = want
		if _, err := Crawl(t.Context(), o, byScripts); err != nil {
			t.Fatal(err)
		}
		if len(sink.records) != 1 || !strings.Contains(sink.records[0], want) || n.Load() != int64(run+1) {
			t.Errorf("run %d: %q, %d requests", run, sink.records, n.Load())
		}
	}
}

// TestRenderedIsInRecord: also where the article was held back.
func TestRenderedIsInRecord(t *testing.T) {
	srv, _ := renderSite(t, map[string]string{"/": indexHTML("/a"), "/a": emptyHTML})
	var early, last atomic.Bool
	_, err := Crawl(t.Context(), Options{Seeds: []string{srv.URL}, Sink: &memorySink{}, NoDiscovery: true, Render: RenderAuto, Renderer: fakeRenderer(renderedStory)},
		func(ctx context.Context, p *Page) (*Outcome, error) {
			out, err := byScripts(ctx, p)
			if out.Article && p.URL == srv.URL+"/a" {
				if out.Early = !p.Last; p.Last {
					last.Store(p.Rendered)
				} else {
					early.Store(p.Rendered)
				}
			}
			return out, err
		})
	if err != nil || !early.Load() || !last.Load() {
		t.Errorf("%v, rendered %v, after it was held back %v", err, early.Load(), last.Load())
	}
}

// TestLoads: bounds of what a page loads, and what is kept.
func TestLoads(t *testing.T) {
	var asked atomic.Int64
	large := strings.Repeat("x", 5<<20)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" && r.URL.Path != "/" {
			asked.Add(1)
		}
		switch r.URL.Path {
		case "/robots.txt":
			http.NotFound(w, r)
		case "/large":
			fmt.Fprint(w, large)
		case "/moved":
			w.Header().Set("Location", "/data")
			w.WriteHeader(http.StatusFound)
			fmt.Fprint(w, large)
		case "/fresh":
			w.Header().Set("Cache-Control", "public, max-age=60")
		case "/no-store.js":
			w.Header().Set("Cache-Control", "no-store")
		default:
			page(w, emptyHTML)
		}
	}))
	t.Cleanup(srv.Close)
	count := func(kind ResourceKind, paths ...string) (ok int, requests int64) {
		before := asked.Load()
		r := fakeRenderer(func(ctx context.Context, p *Unrendered, load LoadFunc) (*Rendered, error) {
			for _, path := range paths {
				u, err := url.Parse(srv.URL + path)
				if err != nil {
					return nil, err
				}
				if got, err := load(ctx, &Resource{URL: u, Kind: kind}); err == nil && (got.Status == http.StatusOK || got.Status == http.StatusFound) {
					ok++
				}
			}
			return &Rendered{HTML: p.HTML}, nil
		})
		f, err := NewFetcher(Options{Seeds: []string{srv.URL}, Renderer: r})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := f.RenderedPage(t.Context(), srv.URL, func(clean.Input) bool { return true }); err != nil {
			t.Fatal(err)
		}
		return ok, asked.Load() - before
	}
	var many []string
	for n := range 150 {
		many = append(many, fmt.Sprintf("/data?%d", n))
	}
	for name, tt := range map[string]struct {
		kind     ResourceKind
		paths    []string
		ok       int
		requests int64
	}{
		"number":             {ResourceData, many, maxLoads, maxLoads},
		"size":               {ResourceData, []string{"/large?1", "/large?2", "/large?3", "/large?4", "/large?5", "/large?6", "/large?7", "/large?8"}, 6, 7},
		"one address":        {ResourceData, []string{"/data", "/data", "/data"}, maxSame, maxSame},
		"a redirect":         {ResourceData, []string{"/moved"}, 1, 1}, // whatever its body is
		"fresh data":         {ResourceData, []string{"/fresh", "/fresh"}, 2, 1},
		"a script":           {ResourceScript, []string{"/a.js", "/a.js"}, 2, 1},
		"a script to forget": {ResourceScript, []string{"/no-store.js", "/no-store.js"}, 2, 2},
	} {
		if ok, requests := count(tt.kind, tt.paths...); ok != tt.ok || requests != tt.requests {
			t.Errorf("%s: %d answers, %d requests, want %d and %d", name, ok, requests, tt.ok, tt.requests)
		}
	}
}

func TestLoadCacheIsBounded(t *testing.T) {
	var c loadCache
	body := make([]byte, maxCached/4)
	at := func(n int) *Resource {
		u, _ := url.Parse(fmt.Sprintf("https://news.example/%d.js", n))
		return &Resource{URL: u, Kind: ResourceScript}
	}
	asked := 0
	ask := func() (*Loaded, error) { asked++; return &Loaded{Status: http.StatusOK, Body: body}, nil }
	for n := range 6 {
		if _, err := c.get(t.Context(), at(n), ask); err != nil {
			t.Fatal(err)
		}
		if _, err := c.get(t.Context(), at(0), ask); err != nil { // stays, because it is used
			t.Fatal(err)
		}
		time.Sleep(time.Millisecond)
	}
	if asked != 6 || c.bytes > maxCached || len(c.items) != 4 {
		t.Errorf("%d requests, %d bytes in %d items", asked, c.bytes, len(c.items))
	}
}

// TestScriptFields: what a page's scripts set is sent, and what the crawl sets or the
// browser says of itself is not.
func TestScriptFields(t *testing.T) {
	got := scriptFields(http.Header{
		"X-Api-Version": {"2"}, "Accept": {"application/json"}, "Referer": {"https://news.example/"}, "User-Agent": {"Mozilla"},
		"Sec-Ch-Ua": {"x"}, "Cookie": {"a=1"}, "Accept-Encoding": {"br"}, "Proxy-Authorization": {"x"}, "Range": {"bytes=0-1"},
	})
	if len(got) != 3 || got.Get("X-Api-Version") != "2" || got.Get("Accept") == "" || got.Get("Referer") == "" {
		t.Errorf("%v", got)
	}
}
