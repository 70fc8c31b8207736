package scrape

import (
	"compress/gzip"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"newsclip/clean"
)

func TestReadLinks(t *testing.T) {
	p, err := clean.Parse(clean.Input{URL: "https://news.example/list", HTML: []byte(`<!doctype html><html><head>
		<link rel="canonical" href="/list?x=1"><link rel="canonical" href="/second">
		<link rel="next" href="/list/2"><link rel="prev" href="/list/0"><link rel="stylesheet" href="/a.css">
		<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" hreflang="de" href="/de">
		<meta name="Robots" content="NoAI"><meta name="newsclip" content="nofollow"><meta name="otherbot" content="noindex">
		<meta http-equiv="Refresh" content="5; URL='/refreshed'"></head><body>
		<a href=" /a ">A</a><a href="/a">A again</a><a href="#top">up</a><a href="javascript:go()">go</a><a href="mailto:x@y">mail</a>
		<a rel="ugc nofollow" href="/comment">c</a><a href="/list/3"><span> 3 </span></a><a href="/list/200">200</a>
		<map><area href="/area"></map><button data-next-url="/more?page=2">More</button><div data-href="7">x</div>
		<button class="btn Load_More" data-url="/ajax/list?page=3">More</button><a class="load-more" href="/list?page=4">More</a>
		<div id="load-more" data-endpoint="https://news.example/api/more">x</div><a class="share" href="#" data-url="/share?u=1">Share</a>
		<div class="pagination" data-target="#list" data-path="/list/page/5">x</div>
		<frameset></frameset></body></html>`)})
	if err != nil {
		t.Fatal(err)
	}
	l := readLinks(p)
	var got []string
	for _, ln := range l.links {
		got = append(got, fmt.Sprintf("%s %v %v %d", ln.href, ln.next, ln.prev, ln.number))
	}
	want := []string{
		"/list/2 true false 0", "/list/0 false true 0", "/refreshed false false 0", "/a false false 0",
		"/list/3 false false 3", "/list/200 false false 0", "/area false false 0", "/more?page=2 true false 0",
		"/ajax/list?page=3 true false 0", "/list?page=4 false false 0", "https://news.example/api/more true false 0", "/list/page/5 true false 0",
	}
	if !slices.Equal(got, want) {
		t.Errorf("links:\n%q\nwant\n%q", got, want)
	}
	if l.canonical != "/list?x=1" || !slices.Equal(l.feeds, []string{"/feed"}) || l.nofollowed != 1 {
		t.Errorf("canonical %q, feeds %q, %d nofollow", l.canonical, l.feeds, l.nofollowed)
	}
	if want := (directives{nofollow: true, noai: true}); l.directives != want {
		t.Errorf("directives %+v", l.directives)
	}
}

// A certificate that nobody vouches for is told as such, and not retried away
// in silence.
func TestTLSError(t *testing.T) {
	srv := httptest.NewTLSServer(&faultServer{hits: make(map[string]int)})
	defer srv.Close()
	s, err := Crawl(t.Context(), Options{Seeds: []string{srv.URL}, NoDiscovery: true}, articleByMeta)
	if err != nil {
		t.Fatal(err)
	}
	if s.Errors[errCauseTLS] != 1 || len(s.Failures) != 1 {
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
	s, err := Crawl(t.Context(), Options{Seeds: []string{srv.URL}, Sink: sink, NoDiscovery: true, PerHost: 3, roots: roots}, articleByMeta)
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

func TestHeaderDirectives(t *testing.T) {
	tests := map[string]directives{
		"noindex, nofollow":        {noindex: true, nofollow: true},
		"none":                     {noindex: true, nofollow: true},
		"newsclip: nofollow":       {nofollow: true},
		"otherbot: nofollow":       {},
		"otherbot: nofollow\nnoai": {noai: true},
		"unavailable_after: 25 Jun 2010, nofollow": {nofollow: true},
	}
	for line, want := range tests {
		if got := headerDirectives(map[string]string{"x-robots-tag": line}); got != want {
			t.Errorf("%q: %+v, want %+v", line, got, want)
		}
	}
}
