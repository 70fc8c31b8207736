package scrape

import (
	"compress/gzip"
	"crypto/x509"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"newsclip/scrape/internal/fetch"
)

// A certificate that nobody vouches for is told as such, and not retried away
// in silence.
func TestTLSError(t *testing.T) {
	srv := httptest.NewTLSServer(&faultServer{hits: make(map[string]int)})
	defer srv.Close()
	s, err := Crawl(t.Context(), Options{Seeds: []string{srv.URL}, NoDiscovery: true}, articleByMeta)
	if err != nil {
		t.Fatal(err)
	}
	if s.Errors[fetch.CauseTLS] != 1 || len(s.Failures) != 1 {
		t.Errorf("errors %v, %+v", s.Errors, s.Failures)
	}
}

// A server that speaks HTTP/2 is asked in it, over one connection, and its
// compressed bodies are read as any other's.
func TestHTTP2(t *testing.T) {
	var mu sync.Mutex
	protocols, from := map[string]int{}, map[string]bool{}
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		protocols[r.Proto]++
		from[r.RemoteAddr] = true
		mu.Unlock()
		if r.URL.Path == "/robots.txt" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		body := articleHTML(strings.Trim(r.URL.Path, "/"))
		if r.URL.Path == "/" {
			body = indexHTML("/a", "/b", "/c")
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Encoding", "gzip")
		zw := gzip.NewWriter(w)
		io.WriteString(zw, body)
		zw.Close()
	}))
	srv.EnableHTTP2 = true
	srv.StartTLS()
	defer srv.Close()
	roots := x509.NewCertPool()
	roots.AddCert(srv.Certificate())
	sink := &memorySink{}
	s, err := Crawl(t.Context(), Options{Seeds: []string{srv.URL}, Sink: sink, NoDiscovery: true, PerHost: 3, Roots: roots}, articleByMeta)
	if err != nil {
		t.Fatal(err)
	}
	if s.Articles != 3 || len(s.Errors) > 0 {
		t.Errorf("%d articles, errors %v", s.Articles, s.Errors)
	}
	if len(protocols) != 1 || protocols["HTTP/2.0"] != 5 || len(from) != 1 {
		t.Errorf("asked in %v, over %d connections", protocols, len(from))
	}
}
