package fetch

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"newsclip/scrape/internal/fetch/fetchtest"
)

const testPage = "<!doctype html><html><body><p>The ferry sails at nine.</p></body></html>"

// rawServer answers each request with bytes as they are and closes the connection,
// over TLS where secure is set. It counts the requests.
type rawServer struct {
	url    *url.URL
	answer func(path string) string

	mu    sync.Mutex
	asked int
}

func newRawServer(t *testing.T, secure bool, answer func(path string) string) *rawServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	scheme := "http"
	if secure {
		scheme = "https"
		made := httptest.NewTLSServer(nil)
		t.Cleanup(made.Close)
		l = tls.NewListener(l, &tls.Config{Certificates: made.TLS.Certificates})
	}
	t.Cleanup(func() { l.Close() })
	s := &rawServer{answer: answer, url: &url.URL{Scheme: scheme, Host: l.Addr().String()}}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go s.serve(conn)
		}
	}()
	return s
}

func (s *rawServer) serve(conn net.Conn) {
	defer conn.Close()
	r, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil {
		return
	}
	s.mu.Lock()
	s.asked++
	s.mu.Unlock()
	io.WriteString(conn, s.answer(r.URL.Path))
}

// header returns an answer with header lines and a body.
func header(body string, lines ...string) string {
	return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + strings.Join(append(lines, ""), "\r\n") + "\r\n" + body
}

// Headers that net/http refuses are read as browsers read them, over both schemes.
func TestMalformedHeaders(t *testing.T) {
	length := fmt.Sprintf("Content-Length: %d", len(testPage))
	chunk := fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(testPage), testPage)
	answers := map[string]string{
		"no colon":                   header(testPage, "Strict-Transport max-age=1", length),
		"no colon, first":            "HTTP/1.1 200 OK\r\ncharset=utf-8\r\nContent-Type: text/html\r\n" + length + "\r\n\r\n" + testPage,
		"space before the colon":     header(testPage, "X-A : b", length),
		"name in another charset":    header(testPage, "X-\xe9: 1", length),
		"empty name":                 header(testPage, ": nothing", length),
		"control character":          header(testPage, "X-A: a\x00b\x01c", length),
		"continued":                  header(testPage, "X-A: a", " and more", length),
		"continued, of nothing":      "HTTP/1.1 200 OK\r\n folded: line\r\nContent-Type: text/html\r\n" + length + "\r\n\r\n" + testPage,
		"line feeds alone":           strings.ReplaceAll(header(testPage, "no colon", length), "\r\n", "\n"),
		"two codings, one line":      header(chunk, "Transfer-Encoding: chunked, chunked"),
		"two codings, two lines":     header(chunk, "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
		"identity, then chunked":     header(chunk, "Transfer-Encoding: identity", "Transfer-Encoding: chunked"),
		"unknown transfer coding":    header(testPage, "Transfer-Encoding: none", length),
		"chunked with a length":      header(chunk, "Transfer-Encoding: chunked, chunked", length),
		"two lengths, equal":         header(testPage, length, length),
		"two lengths, other":         header(testPage, length, "Content-Length: 7"),
		"length in words":            header(testPage, "Content-Length: all"),
		"negative length":            header(testPage, "Content-Length: -1"),
		"status without version":     "HTTP 200 OK\r\nContent-Type: text/html\r\n" + length + "\r\n\r\n" + testPage,
		"version in small letters":   "http/1.1 200 OK\r\nContent-Type: text/html\r\n" + length + "\r\n\r\n" + testPage,
		"status without a reason":    "HTTP/1.1 200\r\nContent-Type: text/html\r\nno colon\r\n" + length + "\r\n\r\n" + testPage,
		"after an interim answer":    "HTTP/1.1 103 Early Hints\r\nno colon\r\n\r\n" + header(testPage, "no colon", length),
		"without a length, no colon": header(testPage, "no colon"),
		"empty length":               header(testPage, "Content-Length:"),
		"length beyond all numbers":  header(testPage, "Content-Length: 99999999999999999999"),
		"length with a sign":         header(testPage, fmt.Sprintf("Content-Length: +%d", len(testPage))),
		"blank lines first":          "\r\n\r\n" + header(testPage, length),
		"status of Shoutcast":        "ICY 200 OK\r\nContent-Type: text/html\r\n" + length + "\r\n\r\n" + testPage,
		"header name with brackets":  header(testPage, "X[1]: y", "(note)", length),
	}
	for _, secure := range []bool{false, true} {
		s := newRawServer(t, secure, func(path string) string { return answers[strings.TrimPrefix(path, "/")] })
		for name := range answers {
			c := NewClient(Options{Timeout: 10 * time.Second, Insecure: true}, []*url.URL{s.url})
			resp, err := c.Get(t.Context(), &Request{URL: s.url.JoinPath(name), Limit: 1 << 20})
			if err != nil || string(resp.Body) != testPage || resp.Status != 200 || resp.ContentType != "text/html" || resp.Truncated {
				t.Errorf("%s, TLS %v: %+v, %v", name, secure, resp, err)
			}
			c.Close()
		}
	}
}

// Chunks that net/http refuses are read when the request is made once more.
func TestMalformedChunks(t *testing.T) {
	chunk := fmt.Sprintf("%x\n%s\n0\n\n", len(testPage), testPage)
	half := len(testPage) / 2
	for name, tt := range map[string]struct {
		body      string
		truncated bool
	}{
		"line feeds alone":       {body: chunk},
		"two chunks":             {body: fmt.Sprintf("%x\n%s\n%x\n%s\n0\n\n", half, testPage[:half], len(testPage)-half, testPage[half:])},
		"nothing between chunks": {body: fmt.Sprintf("%x\r\n%s%x\r\n%s0\r\n\r\n", half, testPage[:half], len(testPage)-half, testPage[half:])},
		"not chunked at all":     {body: testPage},
		"no last chunk":          {body: strings.TrimSuffix(chunk, "0\n\n"), truncated: true},
		"text after a chunk":     {body: strings.TrimSuffix(chunk, "0\n\n") + "<!-- cached -->\n", truncated: true},
	} {
		s := newRawServer(t, false, func(string) string { return header(tt.body, "Transfer-Encoding: chunked") })
		c := NewClient(Options{Timeout: 10 * time.Second}, []*url.URL{s.url})
		var resp *Response
		err := io.EOF
		for n := 0; n < 2 && err != nil; n++ {
			resp, err = c.Get(t.Context(), &Request{URL: s.url, Limit: 1 << 20})
			if err != nil && !IsTransient(CauseOf(err)) {
				t.Errorf("%s: not to be tried again: %v", name, err)
			}
		}
		if err != nil || string(resp.Body) != testPage || resp.Truncated != tt.truncated {
			t.Errorf("%s: %+v, %v", name, resp, err)
		}
		c.Close()
	}
}

// A host that was found to send malformed answers is asked once for each page from
// then on, and what is no answer at all stays an error.
func TestMalformedIsRemembered(t *testing.T) {
	s := newRawServer(t, false, func(path string) string {
		if path == "/garbage" {
			return "this is not HTTP\r\n\r\n"
		}
		return header(testPage, "no colon")
	})
	c := NewClient(Options{Timeout: 10 * time.Second}, []*url.URL{s.url})
	defer c.Close()
	for range 3 {
		if _, err := c.Get(t.Context(), &Request{URL: s.url.JoinPath("a"), Limit: 1 << 20}); err != nil {
			t.Error(err)
		}
	}
	if s.asked != 4 {
		t.Errorf("%d requests for three pages, want 4", s.asked)
	}
	if _, err := c.Get(t.Context(), &Request{URL: s.url.JoinPath("garbage"), Limit: 1 << 20}); err == nil || CauseOf(err) != CauseDropped {
		t.Errorf("garbage: %v", err)
	}
}

// Malformed answers are repaired behind a proxy too, for both schemes.
func TestMalformedBehindProxy(t *testing.T) {
	secure := newRawServer(t, true, func(string) string { return header(testPage, "no colon") })
	var tunnels int
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, buf, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		if r.Method != http.MethodConnect {
			io.WriteString(conn, header(testPage, "no colon"))
			return
		}
		if user, _, _ := parseBasic(r.Header.Get("Proxy-Authorization")); user != "u" {
			io.WriteString(conn, "HTTP/1.1 407 No\r\n\r\n")
			return
		}
		tunnels++
		to, err := net.Dial("tcp", secure.url.Host)
		if err != nil {
			return
		}
		defer to.Close()
		io.WriteString(conn, "HTTP/1.1 200 OK\r\n\r\n")
		go io.Copy(to, buf)
		io.Copy(conn, to)
	}))
	defer proxy.Close()
	p, _ := url.Parse(proxy.URL)
	p.User = url.UserPassword("u", "p")
	c := NewClient(Options{Timeout: 10 * time.Second, Insecure: true, Proxies: []*url.URL{p}}, nil)
	defer c.Close()
	for _, at := range []string{"http://n.example/a", "https://n.example/a"} {
		u, _ := url.Parse(at)
		resp, err := c.Get(t.Context(), &Request{URL: u, Limit: 1 << 20})
		if err != nil || string(resp.Body) != testPage {
			t.Errorf("%s: %+v, %v", at, resp, err)
		}
	}
	if tunnels != 1 && tunnels != 2 {
		t.Errorf("%d tunnels", tunnels)
	}
}

func parseBasic(value string) (user, password string, ok bool) {
	return (&http.Request{Header: http.Header{"Authorization": {value}}}).BasicAuth()
}

// Bodies are read whatever is said of their coding, and what came of one that was
// cut short is kept and marked.
func TestBodies(t *testing.T) {
	zipped := string(fetchtest.Encode("gzip", testPage))
	n := len(zipped)
	named := func(coding, body string) string { return header(body, "Content-Encoding: "+coding) }
	half := testPage[:len(testPage)/2]
	long := strings.Repeat(testPage, 2000)
	for name, tt := range map[string]struct {
		answer    string
		body      string // a prefix where truncated
		truncated bool
		err       error
	}{
		"unknown coding":           {answer: named("UTF-8", testPage), body: testPage},
		"none":                     {answer: named("none", testPage), body: testPage},
		"media type":               {answer: named("text/html", testPage), body: testPage},
		"none over gzip":           {answer: named("gzip, none", zipped), body: testPage},
		"two lines":                {answer: header(zipped, "Content-Encoding: none", "Content-Encoding: gzip"), body: testPage},
		"gzip of plain":            {answer: named("gzip", testPage), body: testPage},
		"br of plain":              {answer: named("br", testPage), body: testPage},
		"deflate of plain":         {answer: named("deflate", " \n"+testPage), body: " \n" + testPage},
		"zstd of plain":            {answer: named("zstd", "\ufeff"+testPage), body: "\ufeff" + testPage},
		"br of gzip":               {answer: named("br", zipped), body: testPage},
		"gzip of zstd":             {answer: named("gzip", string(fetchtest.Encode("zstd", testPage))), body: testPage},
		"gzip of zlib":             {answer: named("gzip", string(fetchtest.Encode("deflate", testPage))), body: testPage},
		"gzip twice":               {answer: named("gzip, gzip", string(fetchtest.Encode("gzip", zipped))), body: testPage},
		"gzip that is not named":   {answer: header(zipped), body: testPage},
		"zstd that is not named":   {answer: header(string(fetchtest.Encode("zstd", testPage))), body: testPage},
		"gzip twice, named once":   {answer: named("gzip", string(fetchtest.Encode("gzip", zipped))), body: testPage},
		"gzip with a quality":      {answer: named("gzip;q=1.0", zipped), body: testPage},
		"in capitals":              {answer: named("GZip", zipped), body: testPage},
		"zlib, wrong sum":          {answer: named("deflate", wrongSum(fetchtest.Encode("deflate", testPage))), body: testPage},
		"gzip with a tail":         {answer: named("gzip", zipped+"<!-- 0.2 s -->\n"), body: testPage},
		"gzip in members":          {answer: named("gzip", zipped+zipped), body: testPage + testPage},
		"gzip without its trailer": {answer: named("gzip", zipped[:n-8]), body: testPage},
		"gzip, half a trailer":     {answer: named("gzip", zipped[:n-3]), body: testPage},
		"gzip, wrong sum":          {answer: named("gzip", zipped[:n-8]+"abcd"+zipped[n-4:]), body: testPage},
		"gzip, wrong length":       {answer: named("gzip", zipped[:n-4]+"abcd"), body: testPage},
		"gzip with a name":         {answer: named("gzip", namedGzip(t, testPage)), body: testPage},
		"gzip, cut":                {answer: named("gzip", string(fetchtest.Encode("gzip", long))[:200]), body: "<!doctype html>", truncated: true},
		"gzip, nothing":            {answer: named("gzip", ""), body: ""},
		"length too large":         {answer: header(testPage, "Content-Length: 5000"), body: testPage, truncated: true},
		"half of its length":       {answer: header(half, fmt.Sprintf("Content-Length: %d", len(testPage))), body: half, truncated: true},
		"no last chunk":            {answer: header(fmt.Sprintf("%x\r\n%s\r\n", len(testPage), testPage), "Transfer-Encoding: chunked"), body: testPage, truncated: true},
		"a chunk cut":              {answer: header(fmt.Sprintf("%x\r\n%s", len(testPage)+9, testPage), "Transfer-Encoding: chunked"), body: testPage, truncated: true},
		"eight codings":            {answer: named("gzip"+strings.Repeat(",gzip", 7), nested(zipped, 7)), body: testPage},
		"nine codings":             {answer: named("gzip"+strings.Repeat(",gzip", 8), nested(zipped, 8)), err: ErrEncoding},
		"many codings":             {answer: named("gzip"+strings.Repeat(",gzip", 100_000), testPage), err: ErrEncoding},
		"many that are none":       {answer: named("x"+strings.Repeat(",x", 100_000), testPage), body: testPage},
	} {
		s := newRawServer(t, false, func(string) string { return tt.answer })
		c := NewClient(Options{Timeout: 10 * time.Second}, []*url.URL{s.url})
		resp, err := c.Get(t.Context(), &Request{URL: s.url, Limit: 1 << 20})
		switch {
		case tt.err != nil:
			if err == nil || CauseOf(err) != CauseBody {
				t.Errorf("%s: %v", name, err)
			}
		case err != nil:
			t.Errorf("%s: %v", name, err)
		case string(resp.Body) != tt.body && !(tt.truncated && strings.HasPrefix(string(resp.Body), tt.body)) || resp.Truncated != tt.truncated:
			t.Errorf("%s: %.200q, truncated %v", name, resp.Body, resp.Truncated)
		}
		c.Close()
	}
}

// wrongSum changes the last four bytes.
func wrongSum(zipped []byte) string { return string(zipped[:len(zipped)-4]) + "abcd" }

func nested(body string, n int) string {
	for range n {
		body = string(fetchtest.Encode("gzip", body))
	}
	return body
}

func namedGzip(t *testing.T, body string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Name, w.Comment, w.Extra = "page.html", "a comment", []byte("extra")
	io.WriteString(w, body)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A server that announces more than it sends, and keeps the connection open, holds
// the page up and does not lose it.
func TestStallAfterTheEnd(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "5000")
		io.WriteString(w, testPage)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	defer srv.Close()
	f := testClient(t, Options{Timeout: 300 * time.Millisecond}, srv)
	u, _ := url.Parse(srv.URL)
	resp, err := f.Get(t.Context(), &Request{URL: u, Limit: 1 << 20})
	if err != nil || !resp.Truncated || string(resp.Body) != testPage {
		t.Errorf("%+v, %v", resp, err)
	}
}

func TestMediaType(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "text/html": "text/html", "TEXT/HTML; Charset=UTF-8": "text/html", "text/html;;charset=UTF-8": "text/html",
		"text/html charset=utf-8": "text/html", "text/html, charset=utf-8": "text/html", "text/html,text/html": "text/html",
		"text/html; charset=utf-8; charset=utf-8": "text/html", `text/html; charset="utf-8`: "text/html", "text/html; =": "text/html",
		"*/*": "*/*", "html": "html", " text/html ": "text/html", "text/html\tcharset=x": "text/html",
	} {
		if got := MediaType(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestIsHTML(t *testing.T) {
	for body, want := range map[string]bool{
		"<!DOCTYPE html><p>":                              true,
		"\ufeff\n <html>":                                 true,
		"<!-- cached --><!-- again -->\n<html>":           true,
		`<?xml version="1.0"?><!DOCTYPE html PUBLIC "x">`: true,
		`<?xml version="1.0"?><html xmlns="x">`:           true,
		"<meta charset=utf-8>":                            true,
		"<MAIN class=a>":                                  true,
		"<section>":                                       true,
		"<script>var a</script>":                          true,
		`<?xml version="1.0"?><rss version="2.0">`:        false,
		"<urlset>":              false,
		"<!-- a note --><feed>": false,
		"<!DOCTYPE rss>":        false,
		"<mainland>":            false,
		"plain text with <p>":   false,
		"{\"a\": 1}":            false,
		"":                      false,
		"<!-- never ends":       false,
	} {
		if got := IsHTML([]byte(body)); got != want {
			t.Errorf("%q: %v", body, got)
		}
	}
	for contentType, want := range map[string]bool{
		"": true, "*/*": true, "text/html": true, "text/plain": true, "application/octet-stream": true, "application/x-httpd-php": true,
		"application/vnd.wap.xhtml+xml": true, "application/rss+xml": true, "html": true, "unknown/unknown": true,
		"image/png": false, "video/mp4": false, "application/pdf": false, "application/vnd.ms-excel": false, "application/ld+json": false, "application/json": true, "text/css": false,
	} {
		if got := MayBePage(contentType); got != want {
			t.Errorf("%s: %v", contentType, got)
		}
	}
}

// A name that a seed has is no leave to reach what it resolves to.
func TestNamesOfSeeds(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, testPage) }))
	defer srv.Close()
	at, _ := url.Parse(srv.URL)
	for host, want := range map[string]bool{"127.0.0.1": true, "localhost": true, "intern.example": false} {
		u := *at
		u.Host = net.JoinHostPort(host, at.Port())
		c := NewClient(Options{Timeout: 10 * time.Second}, []*url.URL{&u})
		c.transport.dns.query = loopback
		_, err := c.Get(t.Context(), &Request{URL: &u, Limit: 1 << 20})
		if (err == nil) != want || err != nil && CauseOf(err) != CausePrivate {
			t.Errorf("%s: %v", host, err)
		}
		c.Close()
	}
}

func TestSiteJar(t *testing.T) {
	jar := NewCookieJar()
	u, _ := url.Parse("https://news.example.co.uk/")
	var many []*http.Cookie
	for k := range 500 {
		many = append(many, &http.Cookie{Name: fmt.Sprint("c", k), Value: "1", Domain: "example.co.uk"})
	}
	jar.SetCookies(u, many)
	jar.SetCookies(u, []*http.Cookie{{Name: "c0", Value: "2"}, {Name: "large", Value: strings.Repeat("x", 5000)}})
	if n := len(jar.Cookies(u)); n != maxSiteCookies {
		t.Errorf("%d cookies", n)
	}
	other, _ := url.Parse("https://other.example.co.uk/")
	foreign, _ := url.Parse("https://foreign.co.uk/")
	jar.SetCookies(foreign, []*http.Cookie{{Name: "all", Value: "1", Domain: "co.uk"}, {Name: "own", Value: "1"}})
	if len(jar.Cookies(other)) == 0 || len(jar.Cookies(foreign)) != 1 {
		t.Errorf("other host: %d cookies, other site: %v", len(jar.Cookies(other)), jar.Cookies(foreign))
	}
}

// What a Sink reads is in the WARC, also where the Sink refuses it.
func TestWARCOfSinks(t *testing.T) {
	body := strings.Repeat("<url><loc>http://n.example/a</loc></url>\n", 5000)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, body) }))
	defer srv.Close()
	path := filepath.Join(t.TempDir(), "a.warc")
	w, err := CreateWARC(path, "newsclip/1")
	if err != nil {
		t.Fatal(err)
	}
	f := testClient(t, Options{WARC: w}, srv)
	u, _ := url.Parse(srv.URL)
	for _, sink := range []func(r io.Reader) error{
		func(r io.Reader) error { _, err := io.Copy(io.Discard, r); return err },
		func(r io.Reader) error { io.CopyN(io.Discard, r, 100); return io.ErrClosedPipe },
	} {
		f.Get(t.Context(), &Request{URL: u, Limit: 1 << 20, Sink: sink})
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	for part, n := range map[string]int{
		body: 1, "WARC-Type: response": 2, "WARC-Block-Digest: sha1:": 5, "WARC-Payload-Digest: sha1:": 2, "WARC-IP-Address: 127.0.0.1\r\n": 4,
		"WARC-Truncated: unspecified": 1, fmt.Sprintf("Content-Length: %d\r\n", len(body)): 1,
	} {
		if got := strings.Count(text, part); got != n {
			t.Errorf("%.40q: %d times, want %d", part, got, n)
		}
	}
}
