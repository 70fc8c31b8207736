package scrape

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A farm is many hosts, each with a front page and some articles.
type farm struct {
	seeds []string
	mu    sync.Mutex
	at    map[string][]time.Time // of the requests, by host
}

// newFarm starts n hosts that answer after a time.
func newFarm(t *testing.T, n, articles int, after time.Duration) *farm {
	t.Helper()
	f := &farm{at: make(map[string][]time.Time)}
	var links []string
	for k := range articles {
		links = append(links, fmt.Sprintf("/story/%d", k))
	}
	for range n {
		srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			f.mu.Lock()
			f.at[r.Host] = append(f.at[r.Host], time.Now())
			f.mu.Unlock()
			time.Sleep(after)
			switch r.URL.Path {
			case "/robots.txt":
				http.NotFound(rw, r)
			case "/":
				page(rw, indexHTML(links...))
			default:
				page(rw, articleHTML(r.Host+r.URL.Path))
			}
		}))
		t.Cleanup(srv.Close)
		f.seeds = append(f.seeds, srv.URL)
	}
	return f
}

// deadHosts starts n hosts that take connections and never answer.
func deadHosts(t *testing.T, n int) (seeds []string) {
	t.Helper()
	done := make(chan struct{})
	for range n {
		srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			select {
			case <-r.Context().Done():
			case <-done:
			}
		}))
		t.Cleanup(srv.Close)
		seeds = append(seeds, srv.URL)
	}
	t.Cleanup(func() { close(done) }) // before the servers are closed
	return seeds
}

// checkGaps checks that no two requests came to a host closer than the delay.
func (f *farm) checkGaps(t *testing.T, delay time.Duration) {
	t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	for host, at := range f.at {
		for i := 1; i < len(at); i++ {
			if gap := at[i].Sub(at[i-1]); gap < delay {
				t.Errorf("%s: request %d came %v after the one before, want %v", host, i, gap, delay)
			}
		}
	}
}

// Many hosts get all their requests, each as often as the delay allows.
func TestFarm(t *testing.T) {
	const hosts, stories, delay = 60, 6, 150 * time.Millisecond
	for name, perHost := range map[string]int{"one connection": 1, "three connections": 3} {
		t.Run(name, func(t *testing.T) {
			f := newFarm(t, hosts, stories, 40*time.Millisecond)
			sink := &memorySink{}
			sum, err := Crawl(t.Context(), Options{Seeds: f.seeds, Sink: sink, NoDiscovery: true, Delay: delay, PerHost: perHost}, articleByMeta)
			if err != nil || sum.Articles != hosts*stories || sum.Requests != hosts*(stories+2) || len(sum.Errors) > 0 {
				t.Errorf("%v: %d articles, %d requests, errors %v", err, sum.Articles, sum.Requests, sum.Errors)
			}
			if perHost == 1 {
				f.checkGaps(t, delay)
			}
			for host, at := range f.at {
				// Of several connections one may be late, but no more requests come.
				if took, least := at[len(at)-1].Sub(at[0]), time.Duration(len(at)-2)*delay; took < least {
					t.Errorf("%s: %d requests in %v, want %v", host, len(at), took, least)
				}
			}
		})
	}
}

// Hosts that never answer hold up no others, although there are more of them than
// requests may be made at once.
func TestDeadHostsHoldUpNoOthers(t *testing.T) {
	const hosts, stories, workers, delay = 20, 5, 16, 100 * time.Millisecond
	f := newFarm(t, hosts, stories, 20*time.Millisecond)
	ctx, cancel := context.WithTimeout(t.Context(), 45*time.Second)
	defer cancel()
	var all atomic.Bool
	o := Options{
		Seeds: append(f.seeds, deadHosts(t, 2*workers)...), Sink: &memorySink{}, NoDiscovery: true, Delay: delay, Workers: workers, Timeout: time.Minute,
		OnProgress: func(p Progress) {
			if p.Articles == hosts*stories {
				all.Store(true)
				cancel()
			}
		},
	}
	sum, err := Crawl(ctx, o, articleByMeta)
	if err != nil || !all.Load() {
		t.Errorf("%v: %d articles of %d before a dead host was given up", err, sum.Articles, hosts*stories)
	}
	f.checkGaps(t, delay)
}

// One host takes no more goroutines than it has connections.
func TestWorkersOfOneHost(t *testing.T) {
	f := newFarm(t, 1, 20, time.Millisecond)
	before, most := runtime.NumGoroutine(), 0
	handle := func(ctx context.Context, p *Page) (*Outcome, error) {
		most = max(most, runtime.NumGoroutine()-before) // one connection: one page at once
		return articleByMeta(ctx, p)
	}
	var mu sync.Mutex
	locked := func(ctx context.Context, p *Page) (*Outcome, error) {
		mu.Lock()
		defer mu.Unlock()
		return handle(ctx, p)
	}
	if _, err := Crawl(t.Context(), Options{Seeds: f.seeds, Sink: &memorySink{}, NoDiscovery: true}, locked); err != nil {
		t.Fatal(err)
	}
	// The frontier's own goroutines, the server's and the connection's are among
	// them.
	if most > 200 {
		t.Errorf("%d goroutines for one host", most)
	}
}

// No more pages are in hand than there are places for, and answers over twice as many
// wait for them.
func TestPagesInHand(t *testing.T) {
	f := newFarm(t, 60, 3, time.Millisecond)
	var at, most atomic.Int64
	handle := func(ctx context.Context, p *Page) (*Outcome, error) {
		n := at.Add(1)
		defer at.Add(-1)
		for was := most.Load(); n > was && !most.CompareAndSwap(was, n); was = most.Load() {
		}
		time.Sleep(10 * time.Millisecond)
		return articleByMeta(ctx, p)
	}
	sum, err := Crawl(t.Context(), Options{Seeds: f.seeds, Sink: &memorySink{}, NoDiscovery: true}, handle)
	if places := int64(max(leastInHand, inHandPerProcessor*runtime.GOMAXPROCS(0))); err != nil || sum.Articles != 180 || most.Load() > places {
		t.Errorf("%v: %d articles, %d pages at once, want %d at most", err, sum.Articles, most.Load(), places)
	}
}
