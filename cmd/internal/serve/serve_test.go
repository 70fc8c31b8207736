package serve

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/scrape"
	"newsclip/testdata"
)

// page is a page with an article whose title is given.
func page(title string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!doctype html><html lang=en><head><title>%s</title></head><body><nav><a href=/>Home</a></nav><article><h1>%[1]s</h1>", title)
	for k := range 6 {
		fmt.Fprintf(&b, "<p>The ferry on the northern line left the harbour at %d in the morning, and the crew said that the crossing was calm until the islands.</p>", k+5)
	}
	b.WriteString("</article><footer>Contact us</footer></body></html>")
	return b.String()
}

// start serves with the given options, and returns the server's address.
func start(t *testing.T, o Options) string {
	t.Helper()
	return startBehind(t, o, func(s http.Handler) http.Handler { return s })
}

// startBehind starts a server whose requests go through another handler first.
func startBehind(t *testing.T, o Options, front func(http.Handler) http.Handler) string {
	t.Helper()
	if o.Folder == "" {
		o.Folder = t.TempDir()
	}
	if o.Fetch == nil {
		o.Fetch = func(ctx context.Context, u string) (clean.Input, error) { return scrape.FetchPage(ctx, u, o.Crawl) }
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(front(s))
	t.Cleanup(func() {
		srv.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return srv.URL
}

// ask makes a request and returns the answer with its body read.
func ask(t *testing.T, method, url, body string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for k := 0; k < len(header); k += 2 {
		req.Header.Set(header[k], header[k+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(b)
}

func decode[T any](t *testing.T, raw string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(raw), &v); err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	return v
}

func TestCleanTakesEachForm(t *testing.T) {
	base := start(t, Options{})
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, _ := w.CreateFormFile("page", "saved.html")
	_, _ = io.WriteString(part, page("By form"))
	_ = w.WriteField("url", "https://news.example/form")
	_ = w.Close()
	object, _ := json.Marshal(map[string]any{"id": 7, "url": "https://news.example/json", "html": page("By JSON")})
	// The encoding that a page declares is not that of JSON.
	declares, _ := json.Marshal(map[string]any{"url": "https://news.example/json", "html": `<meta charset="iso-8859-1">` + page("Café by JSON")})
	mhtml := "From: saved\r\nSnapshot-Content-Location: https://news.example/mhtml\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: https://news.example/mhtml\r\n\r\n" + page("By MHTML") + "\r\n--b--\r\n"
	for _, c := range []struct{ name, body, contentType, title, url string }{
		{"html", page("By body"), "text/html", "By body", "https://news.example/q"},
		{"no type", page("By body"), "", "By body", "https://news.example/q"},
		{"json", string(object), "application/json", "By JSON", "https://news.example/json"},
		{"json of a page that declares an encoding", string(declares), "application/json", "Café by JSON", "https://news.example/json"},
		{"form", form.String(), w.FormDataContentType(), "By form", "https://news.example/form"},
		{"mhtml", mhtml, "multipart/related", "By MHTML", "https://news.example/mhtml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			url := base + "/v1/clean"
			if strings.HasSuffix(c.url, "/q") {
				url += "?url=" + c.url
			}
			resp, body := ask(t, "POST", url, c.body, "Content-Type", c.contentType)
			if resp.StatusCode != 200 {
				t.Fatalf("%s\n%s", resp.Status, body)
			}
			a := decode[article.Article](t, body)
			if a.Title != c.title || a.URL != c.url || !strings.HasPrefix(a.Text, "The ferry") || strings.Contains(a.Text, "Contact") {
				t.Errorf("record: %s", body)
			}
		})
	}
}

func TestCleanAnswersInTheFormAskedFor(t *testing.T) {
	base := start(t, Options{})
	for _, c := range []struct{ query, accept, contentType, start string }{
		{"", "", "application/json", "{"},
		{"", "*/*", "application/json", "{"},
		{"", "text/markdown", "text/markdown; charset=utf-8", "---\n"},
		{"", "text/html;q=0.5, text/plain", "text/plain; charset=utf-8", "Calm sea\n"},
		{"", "text/html", "text/html; charset=utf-8", "<!doctype html>"},
		{"?format=markdown", "application/json", "text/markdown; charset=utf-8", "---\n"},
	} {
		resp, body := ask(t, "POST", base+"/v1/clean"+c.query, page("Calm sea"), "Accept", c.accept)
		if got := resp.Header.Get("Content-Type"); got != c.contentType || !strings.HasPrefix(strings.ToLower(body), strings.ToLower(c.start)) {
			t.Errorf("%q %q: %s %s\n%.200s", c.query, c.accept, resp.Status, got, body)
		}
	}
	_, body := ask(t, "POST", base+"/v1/clean?with=markdown,html&explain=true", page("Calm sea"))
	if a := decode[article.Article](t, body); a.Markdown == "" || a.HTML == "" || len(a.Removed) == 0 {
		t.Errorf("fields are missing: %s", body)
	}
}

func TestErrorsSayWhatIsWrong(t *testing.T) {
	base := start(t, Options{MaxBody: 1 << 20})
	deep := "<p>" + strings.Repeat("a", 2<<20)
	for _, c := range []struct {
		method, path, body, contentType string
		status                          int
		code                            string
	}{
		{"POST", "/v1/clean", "", "text/html", 422, "empty"},
		{"POST", "/v1/clean", "<html><body><nav>a</nav></body></html>", "text/html", 422, "no_article"},
		{"POST", "/v1/clean", "%PDF-1.7 …", "application/pdf", 415, "not_html"},
		{"POST", "/v1/clean", deep, "text/html", 413, "too_large"},
		{"POST", "/v1/clean", "{", "application/json", 400, ""},
		{"POST", "/v1/clean", `{"url":"https://news.example/"}`, "application/json", 400, ""},
		{"POST", "/v1/clean", "x", "multipart/form-data; boundary=b", 400, ""},
		{"POST", "/v1/clean?format=pdf", page("a"), "text/html", 422, ""},
		{"GET", "/v1/clean", "", "", 400, ""},
		{"GET", "/v1/clean?url=ftp://a.example/", "", "", 502, "fetch"},
		{"GET", "/v1/crawls/nothing", "", "", 404, ""},
		{"POST", "/v1/crawls", `{"seeds":[]}`, "application/json", 422, ""},
		{"POST", "/v1/crawls", `{"seeds":null}`, "application/json", 422, ""},
		{"POST", "/v1/crawls", `{"seeds":["https://a.example/"],"include":["("]}`, "application/json", 422, ""},
	} {
		resp, body := ask(t, c.method, base+c.path, c.body, "Content-Type", c.contentType)
		p := decode[Problem](t, body)
		if resp.StatusCode != c.status || p.Status != c.status || p.Code != c.code || p.Detail == "" || resp.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s %.40q: want %d %q\n%s %s", c.method, c.path, c.body, c.status, c.code, resp.Status, body)
		}
	}
	// A body without a length is bounded while it is read.
	req, _ := http.NewRequest("POST", base+"/v1/clean", io.MultiReader(strings.NewReader(deep)))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("a long stream: %s", resp.Status)
	}
}

func TestPrivateAddressesAreRefused(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, page("Secret")) }))
	defer site.Close()
	port := site.URL[strings.LastIndexByte(site.URL, ':'):]
	base := start(t, Options{Crawl: scrape.Options{PublicOnly: true}})
	for _, u := range []string{site.URL, "http://localhost" + port, "http://2130706433" + port, "http://0x7f.1" + port, "http://[::ffff:127.0.0.1]" + port} {
		resp, body := ask(t, "GET", base+"/v1/clean?url="+u, "")
		if resp.StatusCode != http.StatusForbidden && resp.StatusCode != http.StatusBadGateway || strings.Contains(body, "ferry") {
			t.Errorf("%s: %s\n%s", u, resp.Status, body)
		}
		resp, body = ask(t, "POST", base+"/v1/crawls", fmt.Sprintf(`{"seeds":[%q]}`, u), "Content-Type", "application/json")
		if resp.StatusCode != http.StatusCreated {
			t.Fatalf("%s: %s\n%s", u, resp.Status, body)
		}
		if info := follow(t, base, decode[crawlInfo](t, body).ID); info.State != stateFailed || info.Summary.Articles != 0 {
			t.Errorf("%s: %+v", u, info)
		}
	}
}

// follow reads the events of a crawl to the end and returns the last state.
func follow(t *testing.T, base, id string) crawlInfo {
	t.Helper()
	_, body := ask(t, "GET", base+"/v1/crawls/"+id+"/events", "")
	var last crawlInfo
	for line := range strings.Lines(body) {
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			last = decode[crawlInfo](t, data)
		}
	}
	if last.ID != id || last.State == stateRunning {
		t.Fatalf("the events end in the middle of a run:\n%s", body)
	}
	return last
}

func TestTokenAndOrigins(t *testing.T) {
	base := start(t, Options{Token: "open sesame", Origins: []string{"https://reader.example"}})
	for _, c := range []struct {
		path, token, origin string
		status              int
	}{
		{"/v1/clean", "", "", 401},
		{"/v1/clean", "wrong", "", 401},
		{"/v1/clean", "open sesame", "", 200},
		{"/metrics", "", "", 401},
		{"/v1/clean", "open sesame", "https://reader.example", 200},
		{"/v1/clean", "open sesame", "https://evil.example", 403},
		{"/v1/clean", "open sesame", "null", 403},
	} {
		header := []string{}
		if c.token != "" {
			header = append(header, "Authorization", "Bearer "+c.token)
		}
		if c.origin != "" {
			header = append(header, "Origin", c.origin)
		}
		method, body := "POST", page("a")
		if c.path == "/metrics" {
			method, body = "GET", ""
		}
		resp, answer := ask(t, method, base+c.path, body, header...)
		allowed := resp.Header.Get("Access-Control-Allow-Origin")
		if resp.StatusCode != c.status || (allowed != "") != (c.status == 200 && c.origin != "") {
			t.Errorf("%+v: %s, allowed origin %q\n%s", c, resp.Status, allowed, answer)
		}
	}
	resp, _ := ask(t, "OPTIONS", base+"/v1/clean", "", "Origin", "https://reader.example", "Access-Control-Request-Method", "POST")
	if resp.StatusCode != http.StatusNoContent || resp.Header.Get("Access-Control-Allow-Methods") == "" {
		t.Errorf("preflight: %s %v", resp.Status, resp.Header)
	}
	if resp, _ := ask(t, "GET", base+"/healthz", ""); resp.StatusCode != 200 {
		t.Errorf("healthz: %s", resp.Status)
	}
}

// The answer to a line comes before the next line is sent, and what is wrong with
// one line costs no other.
func TestBatchStreams(t *testing.T) {
	base := start(t, Options{MaxBody: 1 << 20})
	r, w := io.Pipe()
	req, _ := http.NewRequestWithContext(t.Context(), "POST", base+"/v1/batch?with=markdown", r)
	// The server answers with the header when it has the first record.
	first := make(chan *http.Response, 1)
	go func() {
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Error(err)
		}
		first <- resp
	}()
	send := func(line string) {
		if _, err := io.WriteString(w, line+"\n"); err != nil {
			t.Error(err)
		}
	}
	object, _ := json.Marshal(map[string]string{"id": "a", "html": page("First")})
	send(string(object))
	resp := <-first
	if resp == nil {
		return
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 1<<20)
	next := func() article.Article {
		t.Helper()
		if !lines.Scan() {
			t.Fatalf("no line: %v", lines.Err())
		}
		return decode[article.Article](t, lines.Text())
	}
	if a := next(); a.ID != "a" || a.Title != "First" || a.Markdown == "" {
		t.Errorf("first: %+v", a)
	}
	send(`{"id": "b", "html": `)
	if a := next(); a.Error == nil || a.Error.Code != "read" {
		t.Errorf("broken line: %+v", a)
	}
	send("")
	send(`{"id": "c", "url": "https://news.example/c", "html": "` + strings.Repeat("x", 1<<20) + `"}`)
	if a := next(); a.Error == nil || a.Error.Code != "too_large" {
		t.Errorf("long line: %+v", a)
	}
	send(`{"id": 5, "file": "/etc/passwd"}`)
	if a := next(); a.ID != "5" || a.Error == nil || a.Text != "" {
		t.Errorf("a file of the server's: %+v", a)
	}
	object, _ = json.Marshal(map[string]string{"id": "d", "html": page("Last")})
	_, _ = w.Write(object) // without a line break
	_ = w.Close()
	if a := next(); a.ID != "d" || a.Title != "Last" {
		t.Errorf("last: %+v", a)
	}
	if lines.Scan() {
		t.Errorf("one line too many: %s", lines.Text())
	}
}

func TestNoRoomIsSaid(t *testing.T) {
	o := Options{MaxBody: 1 << 20, Wait: 50 * time.Millisecond, Timeout: time.Second, Workers: 1}
	s, err := New(Options{MaxBody: o.MaxBody, Wait: o.Wait, Timeout: o.Timeout, Workers: 1, Folder: t.TempDir(), Fetch: func(context.Context, string) (clean.Input, error) { return clean.Input{}, nil }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	srv := httptest.NewServer(s)
	defer srv.Close()
	leave, err := s.place(t.Context(), 10) // someone else's page is being cleaned
	if err != nil {
		t.Fatal(err)
	}
	resp, body := ask(t, "POST", srv.URL+"/v1/clean", page("a"))
	if resp.StatusCode != http.StatusTooManyRequests || resp.Header.Get("Retry-After") == "" {
		t.Errorf("%s %v\n%s", resp.Status, resp.Header, body)
	}
	leave()
	if resp, body = ask(t, "POST", srv.URL+"/v1/clean", page("a")); resp.StatusCode != 200 {
		t.Errorf("%s\n%s", resp.Status, body)
	}
	// Slow bodies hold no place, and no more than their share of the bytes.
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			slowly(t, srv.URL)
		})
	}
	time.Sleep(100 * time.Millisecond)
	if resp, body = ask(t, "POST", srv.URL+"/v1/clean", page("a")); resp.StatusCode != 200 {
		t.Errorf("beside slow clients: %s\n%s", resp.Status, body)
	}
	all.Wait()
}

func TestLargePagesAreCounted(t *testing.T) {
	s, err := New(Options{Workers: 2, Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	small, err := s.place(t.Context(), smallPage)
	if err != nil {
		t.Fatal(err)
	}
	defer small()
	large, err := s.place(t.Context(), smallPage+1)
	if err != nil {
		t.Fatal(err)
	}
	if n := s.LargePages(); n != smallPage+1 {
		t.Errorf("%d bytes of large pages while one of %d is cleaned", n, smallPage+1)
	}
	large()
	if n := s.LargePages(); n != 0 {
		t.Errorf("%d bytes of large pages when none is cleaned", n)
	}
}

func TestSlowBodyIsRefused(t *testing.T) {
	base := start(t, Options{Timeout: 200 * time.Millisecond})
	if status := slowly(t, base); status != http.StatusRequestTimeout {
		t.Errorf("status %d", status)
	}
}

// slowly sends the head of a request and three bytes of its body, and returns the
// status of the answer.
func slowly(t *testing.T, base string) int {
	conn, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
	if err != nil {
		t.Error(err)
		return 0
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST /v1/clean HTTP/1.1\r\nHost: %s\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>", conn.RemoteAddr())
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

func TestCrawlsPauseResumeAndSurvive(t *testing.T) {
	newsroom, err := testdata.Newsroom()
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(newsroom)
	defer site.Close()
	folder := t.TempDir()
	options := Options{Folder: folder, Crawl: scrape.Options{Delay: 20 * time.Millisecond}, Fetch: func(context.Context, string) (clean.Input, error) { return clean.Input{}, nil }}
	first, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(first)
	_, body := ask(t, "POST", srv.URL+"/v1/crawls", fmt.Sprintf(`{"seeds":[%q],"max_articles":20}`, site.URL), "Content-Type", "application/json")
	id := decode[crawlInfo](t, body).ID
	time.Sleep(300 * time.Millisecond)
	_, body = ask(t, "POST", srv.URL+"/v1/crawls/"+id+"/pause", "")
	if info := decode[crawlInfo](t, body); info.State != statePaused {
		t.Fatalf("paused: %s", body)
	}
	srv.Close()
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}

	base := start(t, options) // a new server finds the crawl
	_, body = ask(t, "GET", base+"/v1/crawls", "")
	if list := decode[[]crawlInfo](t, body); len(list) != 1 || list[0].ID != id || list[0].State != statePaused {
		t.Fatalf("list: %s", body)
	}
	if resp, body := ask(t, "POST", base+"/v1/crawls/"+id+"/resume", ""); resp.StatusCode != 200 {
		t.Fatalf("%s\n%s", resp.Status, body)
	}
	if info := follow(t, base, id); info.State != stateFinished {
		t.Errorf("at the end: %+v", info)
	}
	_, body = ask(t, "GET", base+"/v1/crawls/"+id+"/records", "")
	ids := make(map[string]bool)
	for line := range strings.Lines(body) {
		ids[decode[article.Article](t, line).ID] = true
	}
	if n := strings.Count(body, "\n"); n != 20 || len(ids) != 20 {
		t.Errorf("%d records of %d articles, want 20", n, len(ids))
	}
	if _, body := ask(t, "GET", base+"/v1/crawls/"+id+"/records?skip=18", ""); strings.Count(body, "\n") != 2 {
		t.Errorf("two records should be left: %.300s", body)
	}
	if resp, body := ask(t, "DELETE", base+"/v1/crawls/"+id, ""); resp.StatusCode != http.StatusNoContent {
		t.Errorf("%s\n%s", resp.Status, body)
	}
	if resp, _ := ask(t, "GET", base+"/v1/crawls/"+id, ""); resp.StatusCode != 404 {
		t.Errorf("after it was removed: %s", resp.Status)
	}
}

func TestOpenAPIDescribesWhatIsServed(t *testing.T) {
	base := start(t, Options{Token: "t"})
	_, body := ask(t, "GET", base+"/openapi.json", "")
	api := decode[struct {
		OpenAPI    string
		Paths      map[string]map[string]any
		Components struct {
			Schemas map[string]struct {
				Properties map[string]any
			}
		}
	}](t, body)
	if !strings.HasPrefix(api.OpenAPI, "3.1") {
		t.Errorf("version %q", api.OpenAPI)
	}
	for path, methods := range map[string]string{
		"/v1/clean": "get post", "/v1/batch": "post", "/v1/crawls": "get post", "/v1/crawls/{id}": "get delete",
		"/v1/crawls/{id}/pause": "post", "/v1/crawls/{id}/resume": "post", "/v1/crawls/{id}/records": "get", "/v1/crawls/{id}/events": "get",
	} {
		for method := range strings.FieldsSeq(methods) {
			if api.Paths[path][method] == nil {
				t.Errorf("%s %s is not described", method, path)
			}
		}
	}
	for _, field := range []string{"title", "subtitle", "text", "images", "published"} {
		if api.Components.Schemas["Article"].Properties[field] == nil {
			t.Errorf("the record's %s is not described", field)
		}
	}
	if resp, body := ask(t, "GET", base+"/v1/schema", "", "Authorization", "Bearer t"); resp.StatusCode != 200 || !json.Valid([]byte(body)) {
		t.Errorf("schema: %s", resp.Status)
	}
}
