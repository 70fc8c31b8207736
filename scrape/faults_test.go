package scrape

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/fetch/fetchtest"
	"newsclip/scrape/internal/robots"
)

// articleHTML is a page that articleByMeta takes for an article.
func articleHTML(name string, links ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html><head><title>%s</title><meta property="og:type" content="article"></head><body><h1>%[1]s</h1>`, name)
	for i := range 12 {
		fmt.Fprintf(&b, "<p>The %s of paragraph %d tells what only %[1]s has to tell, number %[2]d.</p>", name, i)
	}
	writeLinks(&b, links)
	return b.String() + "</body></html>"
}

func indexHTML(links ...string) string {
	var b strings.Builder
	b.WriteString("<!doctype html><html><head><title>Front</title></head><body>")
	writeLinks(&b, links)
	return b.String() + "</body></html>"
}

func writeLinks(b *strings.Builder, links []string) {
	for _, l := range links {
		fmt.Fprintf(b, `<a href="%s">%s</a> `, l, l)
	}
}

// A faultServer is a publisher's server on a bad day.
type faultServer struct {
	mu   sync.Mutex
	hits map[string]int
	at   map[string][]time.Time
}

func (s *faultServer) hit(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hits[path]++
	s.at[path] = append(s.at[path], time.Now())
	return s.hits[path]
}

func page(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	io.WriteString(w, body)
}

func (s *faultServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	n := s.hit(path)
	name := strings.TrimPrefix(path, "/")
	drop := func() { panic(http.ErrAbortHandler) }
	switch path {
	case "/":
		page(w, indexHTML("/good", "/drops-once", "/drops", "/stalls", "/stalls-once", "/short", "/half-gzip", "/half-gzip-once", "/gzip", "/br", "/zstd",
			"/flaky", "/broken", "/circle-a", "/circle-b", "/chain-0", "/endless", "/slow-down", "/gone", "/garbage", "/bomb", "/moved", "/image", "/outside", "/unknown-coding", "/private"))
	case "/robots.txt":
		http.NotFound(w, r)
	case "/good", "/moved-here":
		page(w, articleHTML(name))
	case "/drops-once", "/stalls-once", "/half-gzip-once":
		if n > 1 {
			page(w, articleHTML(name))
			return
		}
		s.misbehave(w, strings.TrimSuffix(path, "-once"), name)
	case "/drops", "/stalls", "/half-gzip", "/short":
		s.misbehave(w, path, name)
	case "/gzip", "/br", "/zstd":
		if !strings.Contains(r.Header.Get("Accept-Encoding"), name) {
			w.WriteHeader(http.StatusNotAcceptable)
			return
		}
		w.Header().Set("Content-Encoding", name)
		w.Header().Set("Content-Type", "text/html")
		w.Write(fetchtest.Encode(name, articleHTML(name)))
	case "/flaky":
		if n < 3 {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		page(w, articleHTML(name))
	case "/broken":
		w.WriteHeader(http.StatusInternalServerError)
	case "/circle-a":
		http.Redirect(w, r, "/circle-b", http.StatusFound)
	case "/circle-b":
		http.Redirect(w, r, "/circle-a", http.StatusFound)
	case "/endless":
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, articleHTML(name, "/found-in-endless"))
		for {
			if _, err := w.Write(bytes.Repeat([]byte("<p>and on it goes</p>"), 1000)); err != nil {
				drop()
			}
		}
	case "/found-in-endless":
		page(w, articleHTML(name))
	case "/slow-down":
		if n == 1 {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		page(w, articleHTML(name))
	case "/gone":
		w.WriteHeader(http.StatusGone)
	case "/garbage":
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			io.WriteString(conn, "this is not HTTP\r\n\r\n")
			conn.Close()
		}
	case "/bomb":
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Type", "text/html")
		w.Write(bomb())
	case "/moved":
		http.Redirect(w, r, "/moved-here?utm_source=redirect", http.StatusMovedPermanently)
	case "/image":
		w.Header().Set("Content-Type", "image/png")
		w.Write([]byte("\x89PNG\r\n\x1a\n"))
	case "/outside":
		http.Redirect(w, r, "http://other.example/", http.StatusFound)
	case "/unknown-coding":
		w.Header().Set("Content-Encoding", "rot13")
		page(w, articleHTML(name))
	default:
		if k, ok := strings.CutPrefix(path, "/chain-"); ok {
			n, _ := strconv.Atoi(k)
			http.Redirect(w, r, fmt.Sprintf("/chain-%d", n+1), http.StatusFound)
			return
		}
		http.NotFound(w, r)
	}
}

// misbehave answers as the path says, and never with a whole page.
func (s *faultServer) misbehave(w http.ResponseWriter, path, name string) {
	body := articleHTML(name)
	w.Header().Set("Content-Type", "text/html")
	switch path {
	case "/drops":
		panic(http.ErrAbortHandler)
	case "/stalls":
		io.WriteString(w, body[:100])
		w.(http.Flusher).Flush()
		time.Sleep(1500 * time.Millisecond)
		panic(http.ErrAbortHandler)
	case "/half-gzip":
		z := fetchtest.Encode("gzip", body)
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(z[:len(z)/2])
	case "/short":
		w.Header().Set("Content-Length", strconv.Itoa(len(body)+1000))
		io.WriteString(w, body)
	}
}

// bomb is a page of 8 MiB in a few kilobytes.
var bomb = sync.OnceValue(func() []byte { return fetchtest.Encode("gzip", articleHTML("bomb")+strings.Repeat(" ", 8<<20)) })

func TestFaults(t *testing.T) {
	bomb() // not while a client waits
	fault := &faultServer{hits: make(map[string]int), at: make(map[string][]time.Time)}
	srv := httptest.NewServer(fault)
	defer srv.Close()
	sink := &memorySink{}
	s, err := Crawl(t.Context(), Options{
		Seeds: []string{srv.URL}, Sink: sink, Timeout: time.Second, MaxBody: 1 << 20, PerHost: 4, NoDiscovery: true,
	}, articleByMeta)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"/br", "/drops-once", "/flaky", "/found-in-endless", "/good", "/gzip", "/half-gzip", "/half-gzip-once", "/moved-here",
		"/short", "/slow-down", "/stalls-once", "/unknown-coding", "/zstd"}
	if got := sink.paths(t); !slices.Equal(got, want) {
		t.Errorf("written: %q, want %q", got, want)
	}
	wantErrors := map[string]int{
		fetch.CauseDropped: 2, fetch.CauseTimeout: 1, fetch.CauseTooLarge: 2, "500": 1, "410": 1, "404": 1,
		errCauseLoop: 1, errCauseRedirects: 1,
	}
	for cause, n := range wantErrors {
		if s.Errors[cause] != n {
			t.Errorf("%s: %d errors, want %d", cause, s.Errors[cause], n)
		}
	}
	for cause, n := range s.Errors {
		if wantErrors[cause] == 0 {
			t.Errorf("%s: %d errors, want none", cause, n)
		}
	}
	if s.Skipped[SkipNotPage] != 1 || s.Skipped[SkipScope] != 1 {
		t.Errorf("skipped: %v", s.Skipped)
	}
	if s.Articles != len(want) || s.Stopped != "done" || s.Pending != 0 {
		t.Errorf("summary: %d articles, stopped %q, %d pending", s.Articles, s.Stopped, s.Pending)
	}
	if t.Failed() {
		for _, f := range s.Failures {
			t.Logf("%+v", f)
		}
	}
	fault.mu.Lock()
	defer fault.mu.Unlock()
	for path, n := range map[string]int{"/good": 1, "/flaky": 3, "/broken": maxAttempts, "/gone": 1, "/slow-down": 2, "/short": 1, "/half-gzip": truncatedAttempts} {
		if fault.hits[path] != n {
			t.Errorf("%s was asked for %d times, want %d", path, fault.hits[path], n)
		}
	}
	if at := fault.at["/slow-down"]; len(at) == 2 && at[1].Sub(at[0]) < time.Second {
		t.Errorf("Retry-After: 1, and asked again after %v", at[1].Sub(at[0]))
	}
}

// A robots.txt that turns 503 closes the host for who reads it then.
func TestRobotsTurns503(t *testing.T) {
	var mu sync.Mutex
	broken := false
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case r.URL.Path == "/robots.txt" && broken:
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusServiceUnavailable)
		case r.URL.Path == "/robots.txt":
			io.WriteString(w, "user-agent: *\ndisallow: /shut\n")
		case r.URL.Path == "/":
			page(w, indexHTML("/a", "/shut"))
		default:
			page(w, articleHTML("a"))
		}
	}))
	defer srv.Close()
	crawl := func() (*Summary, *memorySink) {
		sink := &memorySink{}
		s, err := Crawl(t.Context(), Options{Seeds: []string{srv.URL}, Sink: sink, NoDiscovery: true}, articleByMeta)
		if err != nil {
			t.Fatal(err)
		}
		return s, sink
	}
	s, sink := crawl()
	if s.Skipped[SkipRobots] != 1 || !slices.Equal(sink.paths(t), []string{"/a"}) {
		t.Errorf("skipped %v, written %q", s.Skipped, sink.paths(t))
	}
	mu.Lock()
	broken = true
	mu.Unlock()
	s, sink = crawl()
	if s.Errors[errCauseRobots] != 1 || s.Pages != 0 || len(sink.records) != 0 {
		t.Errorf("errors %v, %d pages, written %q", s.Errors, s.Pages, sink.paths(t))
	}
}

// A host that nobody named is not asked where its address is private.
func TestPrivateAddress(t *testing.T) {
	inside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("%s was asked for", r.URL)
	}))
	defer inside.Close()
	_, port, _ := net.SplitHostPort(inside.Listener.Addr().String())
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			// The seed itself moves, which widens the scope but names nothing.
			http.Redirect(w, r, "http://localhost:"+port+"/", http.StatusFound)
		default:
			http.NotFound(w, r)
		}
	}))
	defer srv.Close()
	s, err := Crawl(t.Context(), Options{Seeds: []string{srv.URL}, NoDiscovery: true}, articleByMeta)
	if err != nil {
		t.Fatal(err)
	}
	if s.Errors[fetch.CausePrivate] != 1 {
		t.Errorf("errors: %v", s.Errors)
	}
}

// A robots.txt that answers 503 for a while holds its host up, and costs it
// nothing.
func TestRobotsComesBack(t *testing.T) {
	s := newSite(t, manyArticles(5))
	var asked atomic.Int32
	s.other["/robots.txt"] = func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) <= robots.Patience {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		io.WriteString(w, "user-agent: *\ndisallow: /story-003\n")
	}
	sum, got := crawlSite(t, s, Options{NoDiscovery: true, PerHost: 4})
	expectPaths(t, got, "/story-000", "/story-001", "/story-002", "/story-004")
	if len(sum.Errors) > 0 || s.asked[robots.Patience] != "/robots.txt" {
		t.Errorf("errors %v, asked for %q", sum.Errors, s.asked)
	}
}

// A host that is away for a while, as where it is started anew, loses nothing.
func TestOutage(t *testing.T) {
	const n = 40
	s := newSite(t, manyArticles(n))
	down := make(chan bool)
	var answers atomic.Int32
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if answers.Add(1) == n/2 {
			close(down)
			panic(http.ErrAbortHandler)
		}
		s.ServeHTTP(w, r)
	})
	first := &http.Server{Handler: handler}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	go first.Serve(l)
	second := &http.Server{Handler: s}
	back := make(chan error, 1)
	go func() {
		<-down
		first.Close()
		time.Sleep(time.Second)
		l, err := net.Listen("tcp", addr)
		if back <- err; err == nil {
			second.Serve(l)
		}
	}()
	defer second.Close()
	sum, got := crawlSite(t, s, Options{Seeds: []string{"http://" + addr}, NoDiscovery: true, PerHost: 8})
	if err := <-back; err != nil {
		t.Skipf("the port is taken: %v", err)
	}
	if len(got) != n || len(sum.Errors) > 0 {
		t.Errorf("%d of %d articles, errors %v", len(got), n, sum.Errors)
	}
	if sum.Retries == 0 {
		t.Error("nothing was asked for again")
	}
}

// Hundreds of URLs that lead to nothing neither hold the crawl up nor have the
// host given up.
func TestDeadLinks(t *testing.T) {
	pages := manyArticles(20)
	s := newSite(t, pages)
	var dead []string
	for i := range 300 {
		path := fmt.Sprintf("/2026/01/02/dead-%d", i) // before the stories, by its date
		dead = append(dead, path)
		switch i % 3 {
		case 0:
			s.other[path] = func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusInternalServerError) }
		case 1:
			s.other[path] = func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
		}
	}
	pages["/"] = strings.Replace(pages["/"], "<body>", "<body>"+indexHTML(dead...), 1)
	sum, got := crawlSite(t, s, Options{NoDiscovery: true})
	if len(got) != 20 {
		t.Errorf("%d of 20 articles", len(got))
	}
	if sum.Errors["500"] != 100 || sum.Errors[fetch.CauseDropped] != 100 || sum.Errors["404"] != 100 {
		t.Errorf("errors %v", sum.Errors)
	}
	if sum.Seconds > 30 {
		t.Errorf("took %v s", sum.Seconds)
	}
}

// A record that the servers' messages do not hold fails, and the crawl goes on.
func TestRecordTooLarge(t *testing.T) {
	s := newSite(t, manyArticles(3))
	s.pages["/story-001"] = strings.Replace(articleHTML("long"), "</body>", "<p>"+strings.Repeat("and on it goes, ", 100_000)+"</body>", 1)
	for _, o := range []Options{{}, {MaxArticles: 2}} {
		o.NoDiscovery, o.Workers, o.Frontier = true, 1, frontier.Options{URL: startNATS(t), Job: "press"}
		sum, got := crawlSite(t, s, o)
		expectPaths(t, got, "/story-000", "/story-002")
		if o.MaxArticles == 0 && (sum.Errors[errCauseRecord] != 1 || sum.Stopped != "done") {
			t.Errorf("stopped by %q, errors %v", sum.Stopped, sum.Errors)
		}
	}
}
