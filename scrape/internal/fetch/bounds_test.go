package fetch

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestBodiesAreBounded has many large bodies come at once: no more of them are in memory
// than fit, all come in the end, and a small one does not wait for them.
func TestBodiesAreBounded(t *testing.T) {
	const size, clients = 8 << 20, 12
	var sent atomic.Int64
	release := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		if r.URL.Path == "/small" {
			w.Write([]byte("<p>small</p>"))
			return
		}
		part := []byte(strings.Repeat("<p>x", 1<<14))
		for n := 0; n < size; n += len(part) {
			if _, err := w.Write(part); err != nil {
				return
			}
			sent.Add(int64(len(part)))
		}
	}))
	defer srv.Close()
	seed, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	c := NewClient(Options{UserAgent: "test", Timeout: 3 * time.Second, Workers: 2 * clients, PerHost: 2 * clients, BoundBodies: true}, []*url.URL{seed})
	defer c.Close()
	var come atomic.Int64
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			resp, err := c.Get(t.Context(), &Request{URL: seed.JoinPath("large"), Limit: 10 << 20})
			if err != nil || len(resp.Body) != size {
				t.Errorf("%v", err)
				return
			}
			come.Add(1)
			<-release
			resp.Release()
		})
	}
	// Longer than the time for silence, which does not run while a body waits.
	time.Sleep(3500 * time.Millisecond)
	resp, err := c.Get(t.Context(), &Request{URL: seed.JoinPath("small"), Limit: 10 << 20})
	if err != nil || string(resp.Body) != "<p>small</p>" {
		t.Errorf("the small body: %v", err)
	} else {
		resp.Release()
	}
	// Buffers double, so that a body of 8 MiB may have been given 10 MiB.
	if n := come.Load(); n > largeBodyBytes/size+1 {
		t.Errorf("%d bodies of %d bytes are in memory, of %d", n, size, largeBodyBytes)
	}
	close(release)
	wg.Wait()
	if n := come.Load(); n != clients {
		t.Errorf("%d of %d bodies came", n, clients)
	}
}

// TestLongHeader has an answer with a longer header than is read refused.
func TestLongHeader(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for range 3 {
			w.Header().Add("Content-Encoding", strings.Repeat("br,", maxHeader/6))
		}
	}))
	defer srv.Close()
	seed, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	c := NewClient(Options{UserAgent: "test", Timeout: 5 * time.Second, Workers: 1, PerHost: 1}, []*url.URL{seed})
	defer c.Close()
	if _, err := c.Get(t.Context(), &Request{URL: seed, Limit: 1 << 20}); err == nil || !strings.Contains(err.Error(), "header") {
		t.Errorf("%v", err)
	}
}
