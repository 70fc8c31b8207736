//go:build linux

package articles_test

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsclip/clean"
	"newsclip/scrape"
	"newsclip/scrape/articles"
)

// Systems other than Linux have no address on the loopback but 127.0.0.1, and these
// tests need a host for each site.

const (
	// loadHosts are the hosts of TestLoad, half of them hostile; NEWSCLIP_LOAD sets
	// another number, such as 200. loadPages are the articles of each other host.
	loadHosts, loadPages = 24, 8
	// loadMemory is how much memory a crawl may have in use.
	loadMemory = 400 << 20
	// soakRounds are the crawls of TestSoak; NEWSCLIP_SOAK sets a time, such as 2h.
	soakRounds = 3
	// soakSettles is how often a long soak is read, and when for the first time.
	soakSettles = 10 * time.Minute
)

// hostileSite answers as a hostile server of one kind does.
func hostileSite(kind int) http.HandlerFunc {
	const p = "<p>The council voted on Tuesday to rebuild the old bridge over the river before winter comes.</p>"
	pages := []func(w http.ResponseWriter, r *http.Request){
		func(w http.ResponseWriter, r *http.Request) { // never ends
			for k := 0; k < 100 && r.Context().Err() == nil; k++ {
				io.WriteString(w, "<p>word")
				http.NewResponseController(w).Flush()
				time.Sleep(20 * time.Millisecond)
			}
		},
		func(w http.ResponseWriter, r *http.Request) { // a bomb
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			for range 64 {
				z.Write(make([]byte, 1<<20))
			}
			z.Close()
		},
		func(w http.ResponseWriter, r *http.Request) { // formatting that is opened again
			for k := range 400 {
				fmt.Fprintf(w, "<b id=%d>", k)
			}
			io.WriteString(w, strings.Repeat("<p>x", 4000))
		},
		func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, strings.Repeat("<p>", 400_000)) },
		func(w http.ResponseWriter, r *http.Request) { // encodings without end
			w.Header().Set("Content-Encoding", strings.Repeat("gzip,", 10_000)+"gzip")
			io.WriteString(w, p)
		},
		func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"a", http.StatusFound) },
		func(w http.ResponseWriter, r *http.Request) { // links without end
			for k := range 2000 {
				fmt.Fprintf(w, `<a href="%s/%d">x</a>`, r.URL.Path, k)
			}
		},
		func(w http.ResponseWriter, r *http.Request) { // a connection that is cut
			if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
				c.Close()
			}
		},
		func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, p+`<img src=/a.jpg width=800 height=600 alt="`+strings.Repeat("© ", 50_000)+`">`)
		},
		func(w http.ResponseWriter, r *http.Request) { // as long as may be
			for range 100 {
				io.WriteString(w, strings.Repeat("<p>Some words of a page without an end. ", 2600))
			}
		},
		func(w http.ResponseWriter, r *http.Request) { // an article of many long pages
			n, _ := strconv.Atoi(r.URL.Query().Get("page"))
			fmt.Fprintf(w, `<title>Long read</title><article><h1>Long read</h1>%s<a rel="next" href="/read?page=%d">next</a>`, strings.Repeat(p, 4), max(n, 1)+1)
			io.WriteString(w, strings.Repeat("<br>A line of it", 50_000))
		},
		func(w http.ResponseWriter, r *http.Request) { // a header without end
			for k := range 400 {
				w.Header().Add("X-Robots-Tag", fmt.Sprint(k, strings.Repeat(" nosnippet,", 500)))
			}
			io.WriteString(w, p)
		},
	}
	page := pages[kind%len(pages)]
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path == "/robots.txt" && kind%3 == 0 {
			io.WriteString(w, strings.Repeat("user-agent: gptbot\ndisallow: /x*a*b*c*d\n", 2000))
			return
		}
		if r.URL.Path == "/sitemap.xml" {
			io.WriteString(w, "<urlset>"+strings.Repeat("</url></loc>", 20_000))
			return
		}
		page(w, r)
	}
}

// goodSite answers with a front page and its articles.
func goodSite(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/2026/01/02/story-"))
	switch {
	case r.URL.Path == "/":
		for k := range loadPages {
			fmt.Fprintf(w, `<a href="/2026/01/02/story-%d">Story %d</a>`, k, k)
		}
	case err == nil:
		fmt.Fprintf(w, `<!doctype html><title>Story %d of %s</title><meta property="og:type" content="article"><article><h1>Story %[1]d of %[2]s</h1>`, n, r.Host)
		for k := range 6 {
			fmt.Fprintf(w, "<p>In part %d of story %d the people of %s said that the bridge had held for %d winters and would hold for more.</p>", k, n, r.Host, 7*n+k)
		}
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// serveHosts serves each host on an address of its own, and returns their seeds.
func serveHosts(t *testing.T, n int) (seeds []string) {
	for k := range n {
		l, err := net.Listen("tcp", fmt.Sprintf("127.77.%d.%d:0", k/200, 1+k%200))
		if err != nil {
			t.Skip(err)
		}
		h := http.HandlerFunc(goodSite)
		if k%2 == 1 {
			h = hostileSite(k / 2)
		}
		srv := &http.Server{Handler: h}
		go srv.Serve(l)
		t.Cleanup(func() { srv.Close() })
		seeds = append(seeds, "http://"+l.Addr().String()+"/")
	}
	return seeds
}

// countingSink counts the records.
type countingSink struct{ n atomic.Int64 }

func (*countingSink) Resume([]byte) error     { return nil }
func (s *countingSink) Write([]byte) error    { s.n.Add(1); return nil }
func (*countingSink) Commit() ([]byte, error) { return nil, nil }

// watchMemory sends the most memory that was in use until ctx ends.
func watchMemory(ctx context.Context) <-chan uint64 {
	watched := make(chan uint64, 1)
	go func() {
		var most uint64
		inUse := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		for ctx.Err() == nil {
			metrics.Read(inUse)
			if n := inUse[0].Value.Uint64(); n > most {
				most = n
			}
			select {
			case <-ctx.Done():
			case <-time.After(5 * time.Millisecond):
			}
		}
		watched <- most
	}()
	return watched
}

// crawlHosts crawls the hosts for a while, and returns how many articles were written
// and the most memory that was in use.
func crawlHosts(t *testing.T, seeds []string) (written int64, most uint64) {
	t.Helper()
	// As the command does, garbage is collected often.
	defer debug.SetGCPercent(debug.SetGCPercent(25))
	sink := &countingSink{}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	watched := watchMemory(ctx)
	good := int64(len(seeds)+1) / 2 * loadPages
	h := articles.New(articles.Options{Cleaner: clean.New(clean.Options{}), NoLearning: true})
	o := scrape.Options{Seeds: seeds, Sink: sink, Delay: time.Millisecond, Timeout: 2 * time.Second, MaxPerHost: 40, MaxTime: 3 * time.Minute}
	var left atomic.Int64
	left.Store(good)
	s, err := scrape.Crawl(ctx, o, func(ctx context.Context, p *scrape.Page) (*scrape.Outcome, error) {
		out, err := h.Handle(ctx, p)
		if err == nil && out.Article && strings.Contains(p.RequestedURL, "/2026/") && left.Add(-1) == 0 {
			// All good pages are read: what the hostile hosts still have is not awaited.
			time.AfterFunc(2*time.Second, cancel)
		}
		return out, err
	})
	cancel()
	if err != nil {
		t.Errorf("%v, %+v", err, s)
	}
	return sink.n.Load(), <-watched
}

// TestLoad crawls good and hostile hosts together: every article of the good ones is
// written, and memory stays bounded.
func TestLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("crawls for some seconds")
	}
	hosts := loadHosts
	if s := os.Getenv("NEWSCLIP_LOAD"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatalf("NEWSCLIP_LOAD: %v", err)
		}
		hosts = n
	}
	begun := time.Now()
	written, most := crawlHosts(t, serveHosts(t, hosts))
	t.Logf("%d hosts: %d articles in %v, at most %d MB in use", hosts, written, time.Since(begun).Round(time.Millisecond), most>>20)
	if want := int64(hosts+1) / 2 * loadPages; written < want {
		t.Errorf("%d articles were written of %d", written, want)
	}
	if most > loadMemory {
		t.Errorf("%d MB were in use", most>>20)
	}
}

// TestSoak crawls again and again: goroutines, open files and memory stay what they
// were. The timers of the embedded store keep a server that is closed for some three
// minutes, so memory grows until then; a long soak is measured against its reading
// after soakSettles.
func TestSoak(t *testing.T) {
	if testing.Short() {
		t.Skip("crawls for some seconds")
	}
	var soak time.Duration
	if s := os.Getenv("NEWSCLIP_SOAK"); s != "" {
		d, err := time.ParseDuration(s)
		if err != nil {
			t.Fatalf("NEWSCLIP_SOAK: %v", err)
		}
		soak = d
	}
	seeds := serveHosts(t, 6)
	type use struct {
		goroutines, files int
		heap              uint64
	}
	measure := func() use {
		// What a crawl leaves to end by itself needs a moment.
		for range 100 {
			if runtime.NumGoroutine() < 60 {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		http.DefaultTransport.(*http.Transport).CloseIdleConnections()
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		files, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Fatal(err)
		}
		return use{runtime.NumGoroutine(), len(files), m.HeapAlloc}
	}
	begun := time.Now()
	crawlHosts(t, seeds)
	first, slack := measure(), uint64(32<<20)
	read := begun
	rounds := 1
	for ; rounds < soakRounds || time.Since(begun) < soak; rounds++ {
		crawlHosts(t, seeds)
		if time.Since(read) < soakSettles {
			continue
		}
		now := measure()
		t.Logf("%v, %d crawls: %+v", time.Since(begun).Round(time.Second), rounds+1, now)
		if read == begun {
			first, slack = now, 0
		}
		read = time.Now()
	}
	last := measure()
	t.Logf("%d crawls in %v: %+v at first, %+v at last", rounds, time.Since(begun).Round(time.Second), first, last)
	if last.goroutines > first.goroutines+20 || last.files > first.files+20 || last.heap > 2*first.heap+slack {
		t.Errorf("at first %+v, after %d crawls %+v", first, rounds, last)
	}
}
