package serve

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/scrape"
)

// TestRenderParameter: a request chooses whether its page is rendered, where the server
// has a browser.
func TestRenderParameter(t *testing.T) {
	html := page("Rendered or not")
	fetch := func(context.Context, string) (clean.Input, error) { return clean.Input{HTML: []byte(html)}, nil }
	render := func(_ context.Context, u string, mode scrape.RenderMode) (clean.Input, error) {
		if strings.HasSuffix(u, "/dies") {
			return clean.Input{}, &clean.Error{Code: article.CodeRender, Message: "rendering it: the browser has died"}
		}
		return clean.Input{HTML: []byte(html), Rendered: mode != scrape.RenderNever}, nil
	}
	with, without := start(t, Options{Fetch: fetch, Render: render}), start(t, Options{Fetch: fetch})
	for _, tt := range []struct {
		base, query string
		status      int
		has         string
	}{
		{with, "", 200, `"title": "Rendered or not"`},
		{with, "&render=always", 200, `"rendered": true`},
		{with, "&render=auto", 200, `"rendered": true`},
		{with, "&render=sometimes", 422, "render"},
		{with, "/dies&render=auto", 502, `"code":"render"`},
		{without, "&render=never", 200, `"title": "Rendered or not"`},
		{without, "&render=auto", 400, "this server has no browser"},
	} {
		resp, body := ask(t, http.MethodGet, tt.base+"/v1/clean?url=https://news.example/a"+tt.query, "")
		if resp.StatusCode != tt.status || !strings.Contains(body, tt.has) {
			t.Errorf("%s: %d, %s", tt.query, resp.StatusCode, body)
		}
	}
	if resp, body := ask(t, http.MethodPost, without+"/v1/crawls", `{"seeds": ["https://news.example/"], "render": "always"}`, "Content-Type", "application/json"); resp.StatusCode != 422 && resp.StatusCode != 400 {
		t.Errorf("%d, %s", resp.StatusCode, body)
	}
}

// rendererOf writes the page that a fake browser would show.
type rendererOf func() string

func (f rendererOf) Render(context.Context, *scrape.Unrendered, scrape.LoadFunc) (*scrape.Rendered, error) {
	return &scrape.Rendered{HTML: []byte(f())}, nil
}

// TestCrawlRenders: a crawl chooses its mode.
func TestCrawlRenders(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/2026/01/02/story" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<!doctype html><title>App</title><div id="root"></div><script src="/app.js"></script>`)
	}))
	defer site.Close()
	base := start(t, Options{Crawl: scrape.Options{NoDiscovery: true, Renderer: rendererOf(func() string { return page("Shown by scripts") })}})
	for mode, want := range map[string]string{"auto": `"rendered":true`, "never": ""} {
		resp, body := ask(t, http.MethodPost, base+"/v1/crawls", fmt.Sprintf(`{"seeds": [%q], "render": %q, "max_depth": 0}`, site.URL+"/2026/01/02/story", mode), "Content-Type", "application/json")
		if resp.StatusCode != http.StatusCreated {
			t.Fatalf("%d %s", resp.StatusCode, body)
		}
		id := strings.Split(strings.SplitN(body, `"id":"`, 2)[1], `"`)[0]
		waitFor(t, base, id)
		_, records := ask(t, http.MethodGet, base+"/v1/crawls/"+id+"/records", "")
		if want == "" && records != "" || !strings.Contains(records, want) {
			t.Errorf("%s: %q", mode, records)
		}
	}
}

// waitFor waits until a crawl has ended.
func waitFor(t *testing.T, base, id string) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if _, body := ask(t, http.MethodGet, base+"/v1/crawls/"+id, ""); !strings.Contains(body, `"state":"running"`) {
			return
		}
	}
	t.Fatal("the crawl does not end")
}
