package scrape

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"newsclip/scrape/frontier"
)

// growingSite publishes another article when it is told to.
type growingSite struct {
	mu sync.Mutex
	n  int
}

func (s *growingSite) publish() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	return s.n
}

func (s *growingSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/a/"))
	switch {
	case r.URL.Path == "/":
		var links strings.Builder
		for k := range s.n {
			fmt.Fprintf(&links, `<a href="/a/%d">%d</a>`, k, k)
		}
		page(w, links.String())
	case err == nil && k < s.n:
		page(w, plainStory("of the site that grows, number "+strconv.Itoa(k)))
	default:
		http.NotFound(w, r)
	}
}

// sharedSink counts the records of all workers by their URLs.
type sharedSink struct {
	mu   *sync.Mutex
	seen map[string]int
}

func (s sharedSink) Resume([]byte) error     { return nil }
func (s sharedSink) Commit() ([]byte, error) { return nil, nil }
func (s sharedSink) Write(b []byte) error {
	var r testRec
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[r.URL]++
	return nil
}

// Two workers watch a site in a cluster. The one that leads ends, and the other goes on:
// each article is found, and written once.
func TestWatchInCluster(t *testing.T) {
	site := &growingSite{n: 3}
	srv := httptest.NewServer(site)
	defer srv.Close()
	sink := sharedSink{&sync.Mutex{}, make(map[string]int)}
	o := Options{
		Seeds:    []string{srv.URL + "/"},
		Frontier: frontier.Options{URL: startNATS(t), Job: "watched", Replicas: 1, Lapse: time.Second},
		Sink:     sink, Direct: true, NoDiscovery: true,
	}
	type worker struct {
		stop  context.CancelFunc
		ended chan error
	}
	start := func() worker {
		ctx, cancel := context.WithCancel(t.Context())
		w := worker{cancel, make(chan error, 1)}
		go func() {
			s, err := Watch(ctx, o, articleByMeta, 500*time.Millisecond)
			if err == nil && s.Stopped != "interrupted" {
				err = fmt.Errorf("stopped: %s", s.Stopped)
			}
			w.ended <- err
		}()
		return w
	}
	written := func(n int) {
		t.Helper()
		for end := time.Now().Add(2 * time.Minute); ; time.Sleep(20 * time.Millisecond) {
			sink.mu.Lock()
			got := len(sink.seen)
			sink.mu.Unlock()
			if got >= n {
				return
			}
			if time.Now().After(end) {
				t.Fatalf("%d articles of %d were written", got, n)
			}
		}
	}
	first := start()
	written(3)
	second := start()
	written(site.publish())
	written(site.publish())
	first.stop()
	if err := <-first.ended; err != nil {
		t.Error(err)
	}
	written(site.publish())
	written(site.publish())
	second.stop()
	if err := <-second.ended; err != nil {
		t.Error(err)
	}
	for url, n := range sink.seen {
		if n != 1 {
			t.Errorf("%s was written %d times", url, n)
		}
	}
}

// The lead of a worker that has died is taken by one other, and not before its time.
func TestLeadership(t *testing.T) {
	const lapse = time.Second
	url := startNATS(t)
	open := func() *frontier.Frontier {
		f, err := frontier.Open(t.Context(), frontier.Options{URL: url, Job: "led", Replicas: 1})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	died := &leadership{f: open(), id: "died"}
	began := time.Now()
	if now, err := died.renew(t.Context(), func(leader) bool { return true }); err != nil || now != (leader{"died", 1}) {
		t.Fatal(now, err)
	}
	a, b := startLeading(open(), lapse), startLeading(open(), lapse)
	await := func() {
		for end := time.Now().Add(time.Minute); !a.leads() && !b.leads(); time.Sleep(lapse / 50) {
			if time.Now().After(end) {
				t.Fatal("nobody leads")
			}
		}
		if a.leads() && b.leads() {
			t.Fatal("two lead")
		}
	}
	await()
	if waited := time.Since(began); waited < 2*lapse {
		t.Errorf("the lead was taken after %v", waited)
	}
	if b.leads() {
		a, b = b, a
	}
	ctx, cancel := a.whileLeading(t.Context())
	defer cancel()
	if ctx.Err() != nil {
		t.Error("the context of a lead has ended")
	}
	a.end()
	await()
	if !b.leads() {
		t.Error("a worker that has ended leads")
	}
	select {
	case <-ctx.Done():
	case <-time.After(time.Minute):
		t.Error("the context outlives the lead")
	}
	b.end()
}

// A watch that is interrupted at any moment ends without an error.
func TestWatchInterrupted(t *testing.T) {
	srv := httptest.NewServer(&growingSite{n: 3})
	defer srv.Close()
	for _, f := range []frontier.Options{{Dir: t.TempDir()}, {URL: startNATS(t), Job: "cut", Replicas: 1, Lapse: time.Second}} {
		for _, after := range []time.Duration{50, 100, 200, 400, 800} {
			ctx, cancel := context.WithTimeout(t.Context(), after*time.Millisecond)
			sink := sharedSink{&sync.Mutex{}, make(map[string]int)}
			o := Options{Seeds: []string{srv.URL + "/"}, Frontier: f, Sink: sink, Direct: true, NoDiscovery: true}
			if s, err := Watch(ctx, o, articleByMeta, time.Millisecond); err != nil || s.Stopped != "interrupted" {
				t.Errorf("after %d ms: %s, %v", after, s.Stopped, err)
			}
			cancel()
		}
	}
}
