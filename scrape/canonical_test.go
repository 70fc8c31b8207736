package scrape

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"newsclip/scrape/frontier"
)

// canonicalTo is an article that names another URL as its own.
func canonicalTo(name, url string) string {
	return head(articleHTML(name), `<link rel="canonical" href="`+url+`">`)
}

// A page whose canonical URL cannot be had is written, whichever of the two was
// read before the crawl was interrupted, and by whatever way the canonical URL
// leads to nothing.
func TestTwinsOverRestarts(t *testing.T) {
	for _, tt := range []struct {
		name string
		// stopAt is the page after which the first run is interrupted.
		first, second, stopAt string
		want                  []string
	}{
		{"the twin first", "/2026/01/02/amp", "/story", "/2026/01/02/amp", []string{"/2026/01/02/amp"}},
		{"the canonical page first", "/amp", "/2026/01/02/story", "/2026/01/02/story", []string{"/amp"}},
		{"both before", "/2026/01/02/amp", "/story", "", []string{"/2026/01/02/amp"}},
	} {
		for _, how := range []string{"404", "no article", "moved to nothing", "moved to an article", "there"} {
			t.Run(tt.name+", "+how, func(t *testing.T) {
				twin, canonical := tt.first, tt.second
				s := newSite(t, map[string]string{"/": indexHTML(twin, canonical, "/moved")})
				s.pages[twin] = canonicalTo("tale", "ORIGIN"+canonical)
				want := tt.want
				moved := func(w http.ResponseWriter, r *http.Request) {
					http.Redirect(w, r, "/moved", http.StatusFound)
				}
				switch how {
				case "no article":
					s.pages[canonical] = indexHTML("/")
				case "moved to nothing":
					s.other[canonical] = moved
				case "moved to an article":
					s.other[canonical] = moved
					s.pages["/moved"] = articleHTML("tale")
					want = []string{"/moved"}
				case "there":
					s.pages[canonical] = articleHTML("tale")
					want = []string{canonical}
				}
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				// Who asks for anything after the page at stopAt is interrupted.
				var stopped atomic.Bool
				s.before = func(r *http.Request) {
					if stopped.Load() && ctx.Err() == nil {
						cancel()
						<-r.Context().Done()
					}
					if r.URL.Path == tt.stopAt {
						stopped.Store(true)
					}
				}
				sink := &memorySink{}
				o := Options{
					Seeds: []string{s.URL}, Sink: sink, NoDiscovery: true, Workers: 1,
					Frontier: frontier.Options{Dir: t.TempDir()},
				}
				sum, err := Crawl(ctx, o, articleByMeta)
				if err != nil {
					t.Fatal(err)
				}
				if tt.stopAt != "" {
					if sum.Stopped != "interrupted" || s.count(tt.stopAt) != 1 {
						t.Fatalf("stopped by %q after %q", sum.Stopped, s.asked)
					}
					if _, err := Crawl(t.Context(), o, articleByMeta); err != nil {
						t.Fatal(err)
					}
				}
				expectPaths(t, sink.paths(t), want...)
			})
		}
	}
}

// A crawl that is interrupted every few pages writes each article from one of
// its URLs, wherever its canonical URL leads.
func TestTwinsInterrupted(t *testing.T) {
	const groups = 60
	s := newSite(t, map[string]string{})
	var links []string
	for k := range groups {
		name := fmt.Sprintf("tale%d", k)
		amp, print, story, moved := fmt.Sprintf("/amp-%d", k), fmt.Sprintf("/print-%d", k), fmt.Sprintf("/story-%d", k), fmt.Sprintf("/moved-%d", k)
		s.pages[amp], s.pages[print] = canonicalTo(name, "ORIGIN"+story), canonicalTo(name, "ORIGIN"+story)
		there := articleHTML(name)
		redirect := func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, moved, http.StatusFound) }
		switch k % 6 {
		case 0:
			s.pages[story] = there
		case 1: // not there
		case 2:
			s.pages[story] = indexHTML("/")
		case 3:
			s.other[story], s.pages[moved] = redirect, there
		case 4:
			s.other[story] = redirect
		case 5: // they name each other
			s.pages[story] = canonicalTo(name, "ORIGIN"+amp)
		}
		links = append(links, amp, story, moved, print)
	}
	// In another order for each group, so that each comes first somewhere.
	rand.New(rand.NewPCG(3, 4)).Shuffle(len(links), func(i, j int) { links[i], links[j] = links[j], links[i] })
	s.pages["/"] = indexHTML(links...)
	dir, sink := t.TempDir(), &memorySink{}
	runs := 0
	for done := false; !done; runs++ {
		if runs > 200 {
			t.Fatal("it does not end")
		}
		ctx, cancel := context.WithCancel(t.Context())
		var asked atomic.Int32 // pages
		sum, err := Crawl(ctx, Options{
			Seeds: []string{s.URL}, Sink: sink, NoDiscovery: true, Workers: 3, PerHost: 3, Frontier: frontier.Options{Dir: dir},
		}, func(ctx context.Context, p *Page) (*Outcome, error) {
			if asked.Add(1) == 10 {
				cancel()
			}
			return articleByMeta(ctx, p)
		})
		cancel()
		if err != nil {
			t.Fatal(err)
		}
		done = sum.Stopped == "done"
	}
	if runs < 10 {
		t.Errorf("only %d runs", runs)
	}
	written := make(map[int][]string)
	for _, path := range sink.paths(t) {
		var k int
		fmt.Sscanf(path[strings.LastIndexByte(path, '-'):], "-%d", &k)
		written[k] = append(written[k], path)
	}
	for k := range groups {
		if len(written[k]) != 1 {
			t.Errorf("group %d, of kind %d: written are %q", k, k%6, written[k])
		}
	}
}

// startNATS starts a server with JetStream on loopback.
func startNATS(t *testing.T) (url string) {
	t.Helper()
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(time.Minute) {
		t.Fatal("the server does not start")
	}
	return s.ClientURL()
}

// Twins and canonical URLs on other hosts lead to one record, although another
// worker has those hosts.
func TestTwinsOverWorkers(t *testing.T) {
	const pairs, stories = 4, 6
	var mobile, desktop []*madeSite
	var seeds []string
	for range pairs {
		m, d := newSite(t, map[string]string{}), newSite(t, map[string]string{})
		var ml, dl []string
		for k := range stories {
			path := fmt.Sprintf("/story-%d", k)
			ml, dl = append(ml, path), append(dl, path)
			m.pages[path] = canonicalTo(fmt.Sprint("tale", k), d.URL+path)
			if k%2 == 0 {
				d.pages[path] = articleHTML(fmt.Sprint("tale", k))
			}
		}
		m.pages["/circle"], d.pages["/circle"] = canonicalTo("circle", d.URL+"/circle"), canonicalTo("circle", m.URL+"/circle")
		m.pages["/"], d.pages["/"] = indexHTML(append(ml, "/circle")...), indexHTML(append(dl, "/circle")...)
		mobile, desktop = append(mobile, m), append(desktop, d)
		seeds = append(seeds, m.URL, d.URL)
	}
	// Nobody gets past a front page before both workers have hosts.
	both := make(chan struct{})
	for _, s := range slices.Concat(mobile, desktop) {
		front := s.pages["/"]
		s.other["/"] = func(w http.ResponseWriter, r *http.Request) {
			<-both
			page(w, front)
		}
	}
	var have [2]atomic.Bool
	var once sync.Once
	nats := startNATS(t)
	sinks := make([]*memorySink, 2)
	var wg sync.WaitGroup
	for i := range sinks {
		sinks[i] = &memorySink{}
		wg.Go(func() {
			o := Options{
				Seeds: seeds, Sink: sinks[i], Direct: true, NoDiscovery: true, Workers: 1, Timeout: time.Minute,
				Frontier: frontier.Options{URL: nats, Job: "press", Lapse: time.Second},
				OnProgress: func(p Progress) {
					have[i].Store(have[i].Load() || p.HostsPending > 0)
					if have[0].Load() && have[1].Load() {
						once.Do(func() { close(both) })
					}
				},
			}
			sum, err := Crawl(t.Context(), o, articleByMeta)
			if err != nil || sum.Stopped != "done" {
				t.Errorf("worker %d: %v, %+v", i, err, sum)
			}
		})
	}
	wg.Wait()
	written := make(map[string]int)
	for i, sink := range sinks {
		if len(sink.records) == 0 {
			t.Errorf("worker %d has written nothing", i)
		}
		for _, r := range sink.records {
			for _, s := range slices.Concat(mobile, desktop) {
				if rest, ok := strings.CutPrefix(r, `{"URL":"`+s.URL); ok {
					path, _, _ := strings.Cut(rest, `"`)
					written[s.URL+path]++
				}
			}
		}
	}
	for i := range pairs {
		for k := range stories {
			path := fmt.Sprintf("/story-%d", k)
			m, d := written[mobile[i].URL+path], written[desktop[i].URL+path]
			if wantD := (k + 1) % 2; d != wantD || m != 1-wantD {
				t.Errorf("pair %d, story %d: %d times from the twin, %d from the canonical URL", i, k, m, d)
			}
		}
		if n := written[mobile[i].URL+"/circle"] + written[desktop[i].URL+"/circle"]; n != 1 {
			t.Errorf("pair %d: two pages that name each other are written %d times", i, n)
		}
	}
}
