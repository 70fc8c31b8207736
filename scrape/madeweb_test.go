package scrape

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

// A madeWeb serves any hosts, over http and https, as a proxy. What is not there
// answers as a proxy does for a host that is down.
type madeWeb struct {
	// at are the handlers by origin, as in https://www.news.example.
	at    map[string]http.HandlerFunc
	proxy *url.URL
	// ownRobots leaves robots.txt to the handlers.
	ownRobots bool

	mu    sync.Mutex
	asked []string // URLs
	seen  []*http.Request
}

func newWeb(t *testing.T) *madeWeb {
	t.Helper()
	w := &madeWeb{at: make(map[string]http.HandlerFunc)}
	secure := httptest.NewTLSServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { w.serve(rw, r, "https") }))
	t.Cleanup(secure.Close)
	proxy := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect {
			w.serve(rw, r, "http")
			return
		}
		host, _, _ := net.SplitHostPort(r.Host)
		if w.at["https://"+host] == nil {
			rw.WriteHeader(http.StatusBadGateway)
			return
		}
		conn, buf, err := rw.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		to, err := net.Dial("tcp", secure.Listener.Addr().String())
		if err != nil {
			return
		}
		defer to.Close()
		io.WriteString(conn, "HTTP/1.1 200 OK\r\n\r\n")
		go io.Copy(to, buf)
		io.Copy(conn, to)
	}))
	t.Cleanup(proxy.Close)
	w.proxy, _ = url.Parse(proxy.URL)
	return w
}

func (w *madeWeb) serve(rw http.ResponseWriter, r *http.Request, scheme string) {
	w.mu.Lock()
	w.asked = append(w.asked, scheme+"://"+r.Host+r.URL.RequestURI())
	w.seen = append(w.seen, r)
	w.mu.Unlock()
	h := w.at[scheme+"://"+r.Host]
	switch {
	case h == nil:
		rw.WriteHeader(http.StatusBadGateway)
	case r.URL.Path == "/robots.txt" && !w.ownRobots:
		http.NotFound(rw, r)
	default:
		h(rw, r)
	}
}

// count returns how often URLs that contain part were requested.
func (w *madeWeb) count(part string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, u := range w.asked {
		if strings.Contains(u, part) {
			n++
		}
	}
	return n
}

// paper returns a site whose front page links to the articles.
func paper(paths ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/":
			page(w, indexHTML(paths...))
		case slices.Contains(paths, r.URL.Path):
			page(w, articleHTML(strings.Trim(r.URL.Path, "/")))
		default:
			http.NotFound(w, r)
		}
	}
}

// to redirects every path to the same one of another origin.
func to(origin string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, origin+r.URL.RequestURI(), http.StatusMovedPermanently)
	}
}

// crawl crawls the web from the seeds, and returns the URLs that were written and the
// log.
func (w *madeWeb) crawl(t *testing.T, o Options, seeds ...string) (*Summary, []string, string) {
	t.Helper()
	sink := &memorySink{}
	var log strings.Builder
	o.Seeds, o.Sink, o.Proxies, o.Insecure = seeds, sink, []*url.URL{w.proxy}, true
	o.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	s, err := Crawl(t.Context(), o, articleByMeta)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range sink.records {
		var r testRec
		if err := json.Unmarshal([]byte(b), &r); err != nil {
			t.Fatal(err)
		}
		got = append(got, r.URL)
	}
	slices.Sort(got)
	return s, got, log.String()
}

// crawlWith crawls from a seed without links, and calls look with each page.
func (w *madeWeb) crawlWith(t *testing.T, look func(*Page), seed string) (*Summary, []string) {
	t.Helper()
	sink := &memorySink{}
	o := Options{Seeds: []string{seed}, Sink: sink, Proxies: []*url.URL{w.proxy}, NoDiscovery: true}
	s, err := Crawl(t.Context(), o, func(ctx context.Context, p *Page) (*Outcome, error) {
		look(p)
		return articleByMeta(ctx, p)
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, sink.records
}

// raw answers with bytes as they are, and closes the connection.
func raw(w http.ResponseWriter, answer string) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	b := bufio.NewWriter(conn)
	fmt.Fprint(b, answer)
	b.Flush()
}
