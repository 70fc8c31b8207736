package fetch

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsclip/scrape/internal/fetch/fetchtest"
)

// Of a body that comes to nothing when it is decoded no more is received than one that
// cannot be compressed would have.
func TestEndlessBodies(t *testing.T) {
	const limit = 1 << 20
	for name, tt := range map[string]struct{ coding, head, again string }{
		"blocks of nothing":  {"deflate", "\x78\x9c", "\x00\x00\x00\xff\xff"},
		"members of nothing": {"gzip", "", string(fetchtest.Encode("gzip", ""))},
		"a name of a file":   {"gzip", "\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\x00", "name"},
		"frames to skip":     {"zstd", "", "\x50\x2a\x4d\x18\x00\x00\x00\x00"},
	} {
		t.Run(name, func(t *testing.T) {
			var sent atomic.Int64
			gone := make(chan struct{})
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				defer close(gone)
				w.Header().Set("Content-Encoding", tt.coding)
				fmt.Fprint(w, tt.head)
				for again := bytes.Repeat([]byte(tt.again), 1000); sent.Load() < 64*limit; {
					n, err := w.Write(again)
					if sent.Add(int64(n)); err != nil {
						return
					}
				}
			}))
			defer s.Close()
			u, err := url.Parse(s.URL)
			if err != nil {
				t.Fatal(err)
			}
			c := NewClient(Options{Timeout: 10 * time.Second}, []*url.URL{u})
			defer c.Close()
			if _, err = c.Get(t.Context(), &Request{URL: u, Limit: limit}); err == nil || CauseOf(err) != CauseBody || !strings.Contains(err.Error(), "more bytes come") {
				t.Errorf("returned %v", err)
			}
			<-gone
			if n := sent.Load(); n > 32*limit { // what the system takes of it, and some
				t.Errorf("%d bytes were sent", n)
			}
		})
	}
}
