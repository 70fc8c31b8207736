//go:build linux && !race

package articles_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsclip/clean"
	"newsclip/scrape"
	"newsclip/scrape/articles"
	"newsclip/testdata"
)

// attackRounds is how often TestLoadOfOneHost has each attack page, and attackTime how
// long it crawls at most.
const attackRounds, attackTime = 2, 15 * time.Second

// attackSite serves the attack pages as the articles of one site.
func attackSite(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	pages := testdata.AttackPages()
	n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/2026/01/02/attack-"))
	switch {
	case r.URL.Path == "/":
		for k := range attackRounds * len(pages) {
			fmt.Fprintf(w, `<a href="/2026/01/02/attack-%d">Attack %d</a>`, k, k)
		}
	case err == nil && n >= 0:
		io.WriteString(w, pages[n%len(pages)].HTML())
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// recordPages is how many pages TestLargeRecords has, whose records take 30 MB each.
const recordPages = 8

// TestLargeRecords crawls a host of articles whose text is as long as a page may be: each
// record is made and stored without many copies, and one at a time.
func TestLargeRecords(t *testing.T) {
	if testing.Short() {
		t.Skip("crawls for some seconds")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(25))
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch {
		case r.URL.Path == "/":
			for k := range recordPages {
				fmt.Fprintf(w, `<a href="/2026/01/02/harbour-%d">More</a>`, k)
			}
		case strings.HasPrefix(r.URL.Path, "/2026/01/02/"):
			fmt.Fprintf(w, `<meta property="og:type" content="article"><title>%[1]s</title><article><h1>%[1]s</h1>`, r.URL.Path)
			for k := range 1800 {
				fmt.Fprint(w, "<p>", strings.Repeat(fmt.Sprintf("Report %d of %s says that the harbour was dredged. ", k, r.URL.Path), 64), "\n")
			}
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer srv.Close()
	ctx, cancel := context.WithCancel(t.Context())
	most := watchMemory(ctx)
	h := articles.New(articles.Options{Cleaner: clean.New(clean.Options{Markdown: true, HTML: true, Timeout: time.Minute})})
	sink := &countingSink{}
	s, err := scrape.Crawl(ctx, scrape.Options{Seeds: []string{srv.URL + "/"}, Sink: sink, Delay: time.Microsecond, PerHost: 16}, h.Handle)
	cancel()
	if err != nil {
		t.Error(err)
	}
	got := <-most
	t.Logf("%d articles in %.0f s, at most %d MB in use", s.Articles, s.Seconds, got>>20)
	if n := sink.n.Load(); n != recordPages {
		t.Errorf("%d records were written", n)
	}
	if got > loadMemory {
		t.Errorf("%d MB were in use", got>>20)
	}
}

// TestLoadOfOneHost crawls a host of nothing but pages that were made to take memory: many
// of them wait for their turn, and memory stays bounded.
func TestLoadOfOneHost(t *testing.T) {
	if testing.Short() {
		t.Skip("crawls for some seconds")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(25))
	srv := httptest.NewServer(http.HandlerFunc(attackSite))
	defer srv.Close()
	ctx, cancel := context.WithCancel(t.Context())
	most := watchMemory(ctx)
	h := articles.New(articles.Options{Cleaner: clean.New(clean.Options{Markdown: true, HTML: true, Timeout: time.Minute}), NoLearning: true})
	o := scrape.Options{Seeds: []string{srv.URL + "/"}, Sink: &countingSink{}, Delay: time.Microsecond, PerHost: 16, MaxTime: attackTime}
	s, err := scrape.Crawl(ctx, o, h.Handle)
	cancel()
	if err != nil {
		t.Error(err)
	}
	got := <-most
	t.Logf("%d pages, %d articles in %.0f s, at most %d MB in use", s.Pages, s.Articles, s.Seconds, got>>20)
	if s.Pages < 2 {
		t.Errorf("%d pages were read", s.Pages)
	}
	if got > loadMemory {
		t.Errorf("%d MB were in use", got>>20)
	}
}
