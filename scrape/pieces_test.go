package scrape

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	tests := []struct {
		value string
		want  time.Duration
		ok    bool
	}{
		{"", 0, false}, {"soon", 0, false}, {"-5", 0, false}, {"1.5", 0, false},
		{"0", 0, true}, {"120", 2 * time.Minute, true}, {" 7 ", 7 * time.Second, true}, {"999999", maxRetryAfter, true},
		{"Fri, 02 Jan 2026 03:04:35 GMT", 30 * time.Second, true}, {"Fri, 02 Jan 2026 03:00:00 GMT", 0, true},
		{"Friday, 02-Jan-26 03:05:05 GMT", time.Minute, true}, {"Fri Jan  2 03:04:15 2026", 10 * time.Second, true},
	}
	for _, tt := range tests {
		if got, ok := retryAfter(tt.value, now); got != tt.want || ok != tt.ok {
			t.Errorf("retryAfter(%q) = %v, %v; want %v, %v", tt.value, got, ok, tt.want, tt.ok)
		}
	}
}

// A testPace has a clock of its own.
func testPace(o Options) (*pace, *time.Time) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	p := newPace(&o)
	p.now = func() time.Time { return now }
	return p, &now
}

func TestPaceOfAHost(t *testing.T) {
	p, now := testPace(Options{Delay: time.Second})
	expect := func(what string, got, want time.Duration) {
		t.Helper()
		if got != want {
			t.Errorf("%s: wait %v, want %v", what, got, want)
		}
	}
	expect("first", p.ready("a"), 0)
	expect("while one runs", p.ready("a"), -1)
	expect("another host", p.ready("b"), 0)
	*now = now.Add(300 * time.Millisecond)
	p.ended("a", 300*time.Millisecond)
	expect("after the answer", p.ready("a"), time.Second)
	*now = now.Add(time.Second)
	expect("a delay later", p.ready("a"), 0)
	p.unused("a")
	expect("nothing was asked", p.ready("a"), 0)
	p.ended("a", 0)
	p.slowTo("a", 3*time.Second)
	expect("Crawl-delay", p.ready("a"), 3*time.Second)
	p.slowTo("a", time.Second)
	expect("a shorter one", p.ready("a"), 3*time.Second)
	*now = now.Add(3 * time.Second)
	expect("after it", p.ready("a"), 0)
	p.ended("a", 0)
	p.refused("a", http.Header{"Retry-After": {"40"}})
	expect("Retry-After", p.ready("a"), 40*time.Second)

	// Of several connections, too, only what was asked counts.
	several, now2 := testPace(Options{Delay: time.Second, PerHost: 2})
	expect("nothing was asked yet", several.ready("a"), 0)
	several.unused("a")
	expect("on two connections", several.ready("a"), 0)
	*now2 = now2.Add(time.Second)
	expect("on the second connection", several.ready("a"), 0)
	several.unused("a")
	expect("while the first is at work", several.ready("a"), time.Second)

	// Answers slow down, and so does the pace, up to a bound.
	expect("slow host", p.ready("slow"), 0)
	p.ended("slow", 10*time.Second)
	expect("after a slow answer", p.ready("slow"), 10*time.Second)
	*now = now.Add(10 * time.Second)
	expect("slower", p.ready("slow"), 0)
	p.ended("slow", 10*time.Minute)
	expect("bounded", p.ready("slow"), maxSlowdown)
}

func TestPaceBacksOff(t *testing.T) {
	p, now := testPace(Options{})
	var waits []time.Duration
	for range 8 {
		if w := p.ready("a"); w != 0 {
			t.Fatalf("wait %v", w)
		}
		p.ended("a", time.Millisecond)
		w, _ := p.refused("a", nil)
		waits = append(waits, w)
		*now = now.Add(w)
	}
	for i, w := range waits {
		least := min(firstBackoff<<i, maxBackoff)
		if w < least || w > least*5/4 {
			t.Errorf("refusal %d: wait %v, want %v and up to a quarter more", i+1, w, least)
		}
	}
	p.answered("a")
	if w, _ := p.refused("a", nil); w > firstBackoff*5/4 {
		t.Errorf("after an answer: wait %v", w)
	}
}

// A host that never stops saying "not now" is given up, and what was refused on
// several connections at once counts once.
func TestPaceRefusedForGood(t *testing.T) {
	p, now := testPace(Options{Delay: time.Second, PerHost: 3})
	start := *now
	for n := 1; ; n++ {
		wait, dead := p.refused("a", nil)
		if dead {
			if n != refusedAfter {
				t.Errorf("given up after %d refusals", n)
			}
			break
		}
		if n > 2*refusedAfter {
			t.Fatal("never given up")
		}
		if again, _ := p.refused("a", nil); again > 2*wait {
			t.Errorf("refused twice at once: wait %v, then %v", wait, again)
		}
		*now = now.Add(max(wait, p.ready("a")))
	}
	if took := now.Sub(start); took < 20*time.Minute || took > time.Hour {
		t.Errorf("given up after %v", took)
	}
}

func TestPaceGivesUp(t *testing.T) {
	for _, tt := range []struct {
		cause string
		n     int
	}{{errCauseConnect, deadAfter}, {errCauseDropped, brokenAfter}} {
		p, now := testPace(Options{Delay: time.Second})
		start := *now
		for i := 1; i <= tt.n; i++ {
			if dead := p.failed("a", tt.cause); dead != (i == tt.n) {
				t.Errorf("%s: given up is %v after %d failures", tt.cause, dead, i)
			}
			if tt.cause == errCauseConnect && p.failed("a", tt.cause) {
				t.Error("connections that fail together are counted apart")
			}
			*now = now.Add(max(p.ready("a"), brokenTime/(brokenAfter-1)+1))
		}
		if took := now.Sub(start); took < 3*time.Minute || took > 10*time.Minute {
			t.Errorf("%s: given up after %v", tt.cause, took)
		}
		if p.failed("a", tt.cause) {
			t.Error("told twice")
		}
		p.answered("b")
		for range deadAfter - 1 {
			p.failed("b", tt.cause)
		}
		p.answered("b")
		if p.failed("b", tt.cause) || p.isDead("b") {
			t.Error("an answer in between does not count")
		}
	}
}

func TestReadSitemap(t *testing.T) {
	day := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name, body string
		want       []sitemapEntry
		err        error
	}{
		{"urls", `<?xml version="1.0"?><urlset><url><loc> https://a.example/1 </loc><lastmod>2026-01-02</lastmod></url><url><loc>https://a.example/2</loc></url></urlset>`,
			[]sitemapEntry{{loc: "https://a.example/1", lastMod: day}, {loc: "https://a.example/2"}}, nil},
		{"an index", `<sitemapindex><sitemap><loc>https://a.example/s.xml</loc><lastmod>2026-01-02T00:00:00Z</lastmod></sitemap></sitemapindex>`,
			[]sitemapEntry{{loc: "https://a.example/s.xml", index: true, lastMod: day}}, nil},
		{"news", `<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://a.example/1</loc><n:news><n:publication><n:name>A</n:name></n:publication><n:publication_date>2026-01-02</n:publication_date></n:news></url></urlset>`,
			[]sitemapEntry{{loc: "https://a.example/1", news: day, isNews: true}}, nil},
		{"an image's address is not the page's", `<urlset><url><image:image><image:loc>https://a.example/p.jpg</image:loc></image:image><loc>https://a.example/1</loc></url></urlset>`,
			[]sitemapEntry{{loc: "https://a.example/1"}}, nil},
		{"CDATA and entities", `<urlset><url><loc><![CDATA[https://a.example/?a=1&b=2]]></loc></url><url><loc>https://a.example/?a=1&amp;b=2</loc></url></urlset>`,
			[]sitemapEntry{{loc: "https://a.example/?a=1&b=2"}, {loc: "https://a.example/?a=1&b=2"}}, nil},
		{"Latin-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><urlset><url><loc>https://a.example/caf\xe9</loc></url></urlset>",
			[]sitemapEntry{{loc: "https://a.example/café"}}, nil},
		{"RSS", `<rss><channel><link>https://a.example/</link><item><link>https://a.example/1</link><pubDate>Fri, 02 Jan 2026 00:00:00 +0000</pubDate></item></channel></rss>`,
			[]sitemapEntry{{loc: "https://a.example/1", lastMod: day}}, nil},
		{"Atom", `<feed><link href="https://a.example/"/><entry><link rel="self" href="https://a.example/x"/><link href="https://a.example/1"/><updated>2026-01-02T00:00:00Z</updated></entry></feed>`,
			[]sitemapEntry{{loc: "https://a.example/1", lastMod: day}}, nil},
		{"text", "\ufeffhttps://a.example/1\r\n\r\nnot a URL\nhttps://a.example/2", []sitemapEntry{{loc: "https://a.example/1"}, {loc: "https://a.example/2"}}, nil},
		{"a date that is none", `<urlset><url><loc>https://a.example/1</loc><lastmod>yesterday</lastmod></url></urlset>`, []sitemapEntry{{loc: "https://a.example/1"}}, nil},
		{"no address", `<urlset><url><lastmod>2026-01-02</lastmod></url></urlset>`, nil, nil},
		{"cut off", `<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.exam`, []sitemapEntry{{loc: "https://a.example/1"}}, nil},
		{"a page", `<!doctype html><html><body>Not found</body></html>`, nil, errNoSitemap},
		{"nothing", "", nil, errNoSitemap},
		{"words", "Sitemaps are wonderful.", nil, errNoSitemap},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, zipped := range []bool{false, true} {
				body := []byte(tt.body)
				if zipped {
					body = encoded("gzip", tt.body)
				}
				var got []sitemapEntry
				err := readSitemap(bytes.NewReader(body), func(e sitemapEntry) error {
					got = append(got, e)
					return nil
				})
				if tt.name == "cut off" {
					if err == nil {
						t.Error("a cut sitemap is no error")
					}
				} else if !errors.Is(err, tt.err) {
					t.Errorf("error %v, want %v", err, tt.err)
				}
				if fmt.Sprint(got) != fmt.Sprint(tt.want) {
					t.Errorf("gzip %v: %v, want %v", zipped, got, tt.want)
				}
			}
		})
	}
}

// A sitemap comes through a pipe entry by entry, and a bomb ends.
func TestLongSitemap(t *testing.T) {
	const entries = 200_000
	pr, pw := io.Pipe()
	go func() {
		io.WriteString(pw, "<urlset>")
		for i := range entries {
			fmt.Fprintf(pw, "<url><loc>https://a.example/story-%d</loc><lastmod>2026-01-02</lastmod></url>", i)
		}
		io.WriteString(pw, "</urlset>")
		pw.Close()
	}()
	n := 0
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var most uint64
	err := readSitemap(pr, func(sitemapEntry) error {
		if n++; n%50_000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&after)
			most = max(most, after.HeapAlloc)
		}
		return nil
	})
	// The entries would be 20 MiB; what other tests leave behind ends meanwhile.
	if most > before.HeapAlloc+4<<20 {
		t.Errorf("%d bytes are held on the way", most-before.HeapAlloc)
	}
	if err != nil || n != entries {
		t.Errorf("%d entries, %v", n, err)
	}
	bomb := new(bytes.Buffer)
	zw := gzip.NewWriter(bomb)
	io.WriteString(zw, "<urlset>")
	chunk := bytes.Repeat([]byte(" "), 1<<20)
	for range maxSitemap>>20 + 1 {
		zw.Write(chunk)
	}
	zw.Close()
	if err := readSitemap(bomb, func(sitemapEntry) error { return nil }); !errors.Is(err, errCut) {
		t.Errorf("a bomb: %v", err)
	}
}

func TestReadCookies(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cookies.txt")
	text := "# Netscape HTTP Cookie File\n\n.news.example\tTRUE\t/\tFALSE\t0\tsub\tyes\n#HttpOnly_news.example\tFALSE\t/\tTRUE\t4102444800\tid\t42\nnews.example\tFALSE\t/\tFALSE\t1\told\tgone\n"
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	jar, err := ReadCookies(path)
	if err != nil {
		t.Fatal(err)
	}
	for addr, want := range map[string]string{
		"https://news.example/a": "[sub=yes id=42]", "http://news.example/a": "[sub=yes]", "https://www.news.example/": "[sub=yes]", "https://other.example/": "[]",
	} {
		u, _ := url.Parse(addr)
		if got := fmt.Sprint(jar.Cookies(u)); got != want {
			t.Errorf("%s gets %s, want %s", addr, got, want)
		}
	}
}

func TestFetchCookiesAndHeaders(t *testing.T) {
	var got []string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Header.Get("Cookie")+"|"+r.Header.Get("X-Key")+"|"+r.UserAgent())
		http.SetCookie(w, &http.Cookie{Name: "visit", Value: "1"})
	}))
	defer srv.Close()
	u, _ := url.Parse(srv.URL + "/")
	for _, keep := range []bool{false, true} {
		o := Options{UserAgent: "newsclip/1", Header: http.Header{"X-Key": {"k"}}}
		if keep {
			path := filepath.Join(t.TempDir(), "empty.txt")
			os.WriteFile(path, nil, 0o666)
			jar, err := ReadCookies(path)
			if err != nil {
				t.Fatal(err)
			}
			o.CookieJar = jar
		}
		f := testFetcher(t, o, srv)
		for range 2 {
			if _, err := f.get(context.Background(), &request{url: u, limit: 100}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if want := "[|k|newsclip/1 |k|newsclip/1 |k|newsclip/1 visit=1|k|newsclip/1]"; fmt.Sprint(got) != want {
		t.Errorf("sent %v, want %v", got, want)
	}
}

// Variables of the environment that Colly reads change nothing.
func TestCollyEnvironment(t *testing.T) {
	t.Setenv("COLLY_USER_AGENT", "other")
	t.Setenv("COLLY_MAX_BODY_SIZE", "3")
	t.Setenv("COLLY_ALLOWED_DOMAINS", "nowhere.example")
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.UserAgent()) }))
	defer srv.Close()
	f := testFetcher(t, Options{UserAgent: "newsclip/1"}, srv)
	u, _ := url.Parse(srv.URL)
	resp, err := f.get(context.Background(), &request{url: u, limit: 100})
	if err != nil || string(resp.body) != "newsclip/1" {
		t.Errorf("%+v, %v", resp, err)
	}
}

func TestFetchCapIsExact(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := strings.Repeat("x", 1000)
		if enc := r.URL.Query().Get("enc"); enc != "" {
			name, _, _ := strings.Cut(enc, ",")
			w.Header().Set("Content-Encoding", name)
			w.Write(encoded(enc, body))
			return
		}
		io.WriteString(w, body)
	}))
	defer srv.Close()
	f := testFetcher(t, Options{}, srv)
	for _, enc := range []string{"", "?enc=gzip", "?enc=br", "?enc=zstd", "?enc=deflate", "?enc=deflate,+bare"} {
		for limit, cut := range map[int64]bool{999: true, 1000: false, 1001: false} {
			u, _ := url.Parse(srv.URL + "/" + enc)
			resp, err := f.get(context.Background(), &request{url: u, limit: limit})
			if err != nil || resp.cut != cut || int64(len(resp.body)) != min(limit, 1000) {
				t.Errorf("%s, cap %d: %d bytes, cut %v, %v", enc, limit, len(resp.body), resp.cut, err)
			}
		}
	}
}

// The charset that the server says reaches clean's decoder, and Colly does not
// convert by it.
func TestFetchKeepsBytes(t *testing.T) {
	const raw = "<meta charset=windows-1251>\xcf\xf0\xe8\xe2\xe5\xf2"
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
		io.WriteString(w, raw)
	}))
	defer srv.Close()
	f := testFetcher(t, Options{}, srv)
	u, _ := url.Parse(srv.URL)
	resp, err := f.get(context.Background(), &request{url: u, limit: 100})
	if err != nil || string(resp.body) != raw || resp.contentType != "text/html; charset=iso-8859-1" {
		t.Errorf("%q, %q, %v", resp.body, resp.contentType, err)
	}
}

func TestProxy(t *testing.T) {
	var through []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		through = append(through, r.URL.String())
		page(w, articleHTML("a"))
	}))
	defer proxy.Close()
	p, _ := url.Parse(proxy.URL)
	o, seeds, err := Options{Seeds: []string{"http://news.example/"}, Proxies: []*url.URL{p}}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	tr := newTransport(&o, seeds)
	defer tr.close()
	f := newFetcher(&o, tr)
	u, _ := url.Parse("http://news.example/a")
	if _, err := f.get(context.Background(), &request{url: u, limit: 1 << 20}); err != nil {
		t.Fatal(err)
	}
	u, _ = url.Parse("http://10.0.0.1/a")
	if _, err := f.get(context.Background(), &request{url: u, limit: 1 << 20}); !errors.Is(err, errPrivateAddress) {
		t.Errorf("a private address behind the proxy: %v", err)
	}
	if len(through) != 1 || through[0] != "http://news.example/a" {
		t.Errorf("through the proxy: %q", through)
	}
}

// What DNS said is kept for a while, what it did not know is asked again.
func TestResolver(t *testing.T) {
	asked := make(map[string]int)
	r := newResolver()
	r.ask = func(_ context.Context, _, host string) ([]netip.Addr, error) {
		if asked[host]++; host == "gone.example" {
			return nil, &net.DNSError{Name: host, IsNotFound: true}
		}
		return []netip.Addr{netip.MustParseAddr("192.0.2.7")}, nil
	}
	for range 3 {
		if ips, err := r.lookup(t.Context(), "news.example"); err != nil || len(ips) != 1 {
			t.Errorf("%v, %v", ips, err)
		}
		if _, err := r.lookup(t.Context(), "gone.example"); causeOfError(err) != errCauseDNS {
			t.Errorf("a name that is not there: %v", err)
		}
	}
	e := r.known["news.example"]
	e.expires = time.Now().Add(-time.Second)
	r.known["news.example"] = e
	r.lookup(t.Context(), "news.example")
	if asked["news.example"] != 2 || asked["gone.example"] != 3 {
		t.Errorf("asked %v", asked)
	}
}

// --timeout is of silence: a body that keeps coming may take longer in all, but
// not for ever.
func TestTimeoutIsOfSilence(t *testing.T) {
	const idle = 600 * time.Millisecond
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for n := 0; n < 24 || r.URL.Path == "/endless"; n++ {
			if _, err := io.WriteString(w, "x"); err != nil || r.Context().Err() != nil {
				return
			}
			w.(http.Flusher).Flush()
			if n == 3 && r.URL.Path == "/stalls" {
				<-r.Context().Done()
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
	}))
	defer srv.Close()
	f := testFetcher(t, Options{Timeout: idle}, srv)
	var wg sync.WaitGroup
	for _, tt := range []struct {
		path        string
		err         error
		least, most time.Duration
	}{
		{"/slow", nil, 2 * idle, 20 * idle},
		{"/stalls", errIdle, idle, 5 * idle},
		{"/endless", errIdle, 8 * idle, 20 * idle},
	} {
		wg.Go(func() {
			u, _ := url.Parse(srv.URL + tt.path)
			start := time.Now()
			_, err := f.get(t.Context(), &request{url: u, limit: 1 << 20})
			if took := time.Since(start); !errors.Is(err, tt.err) || took < tt.least || took > tt.most {
				t.Errorf("%s: %v after %v", tt.path, err, took)
			}
		})
	}
	wg.Wait()
}

func TestWARC(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Set-Cookie", "secret=1")
		w.Write(encoded("gzip", "hello"))
	}))
	defer srv.Close()
	for _, name := range []string{"a.warc", "a.warc.gz"} {
		path := filepath.Join(t.TempDir(), name)
		w, err := CreateWARC(path, "newsclip/1")
		if err != nil {
			t.Fatal(err)
		}
		f := testFetcher(t, Options{WARC: w, Header: http.Header{"Authorization": {"secret"}}}, srv)
		u, _ := url.Parse(srv.URL + "/a")
		if _, err := f.get(context.Background(), &request{url: u, limit: 100}); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".gz") {
			zr, err := gzip.NewReader(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			if b, err = io.ReadAll(zr); err != nil {
				t.Fatal(err)
			}
		}
		text := string(b)
		for _, want := range []string{"WARC/1.1\r\nWARC-Type: warcinfo\r\n", "WARC-Type: response\r\n", "WARC-Target-URI: " + srv.URL + "/a\r\n",
			"X-Crawler-Content-Encoding: gzip\r\n", "Content-Length: 5\r\n", "\r\n\r\nhello\r\n\r\n", "WARC-Type: request\r\n", "GET /a HTTP/1.1\r\n",
			"WARC-Payload-Digest: sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N\r\n"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in\n%s", name, want, text)
			}
		}
		if strings.Contains(text, "secret") {
			t.Errorf("%s: a secret is kept", name)
		}
	}
}

func TestSimhash(t *testing.T) {
	var tw twins
	long := strings.Repeat("The council met on Tuesday and spoke of the harbour, the ferry, the school and at last of the budget for next year. ", 3) + articleHTML("tale")
	if d := tw.nearest(long, "a"); d != "" {
		t.Errorf("the first is a duplicate of %s", d)
	}
	if d := tw.nearest(strings.Replace(long, "Tuesday", "Wednesday", 1), "b"); d != "a" {
		t.Errorf("one word differs: duplicate of %q", d)
	}
	if d := tw.nearest(articleHTML("quite another"), "c"); d != "" {
		t.Errorf("another text is a duplicate of %s", d)
	}
	if d := tw.nearest(long, "a"); d != "" {
		t.Errorf("a page is a duplicate of itself: %s", d)
	}
	if d := tw.nearest("A short note.", "d"); d != "" || tw.nearest("A short note.", "e") != "" {
		t.Error("short texts are compared")
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

// The table of hosts' paces forgets what is not at work.
func TestPaceIsBounded(t *testing.T) {
	p, now := testPace(Options{PerHost: 1})
	for i := range maxPaceHosts + 10 {
		h := strconv.Itoa(i)
		p.ready(h)
		p.ended(h, 0)
		for range deadAfter {
			p.failed(h, errCauseConnect)
			*now = now.Add(maxBackoff)
		}
		if !p.isDead(h) {
			t.Fatal("a host that cannot be reached is not given up")
		}
	}
	if len(p.hosts) > maxPaceHosts {
		t.Errorf("the pace of %d hosts is remembered", len(p.hosts))
	}
}
