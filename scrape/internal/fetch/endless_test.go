package fetch

import (
	"bytes"
	"fmt"
	"net"
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

// Of a body that nobody looks at, that of a redirect and of a connection that the server
// would speak another protocol over, little is read, and the answer is there.
func TestUnusedBodies(t *testing.T) {
	for _, tt := range []struct{ head, location string }{
		{"302 Found\r\nLocation: /a\r\nTransfer-Encoding: chunked\r\n", "/a"},
		{"308 Permanent Redirect\r\nLocation: /a\r\nContent-Length: 900000000\r\n", "/a"},
		{"300 Multiple Choices\r\nLocation: /a\r\nConnection: close\r\n", "/a"},
		{"101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n", ""},
	} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		sent := make(chan int, 1)
		go func() {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			defer conn.Close()
			conn.Read(make([]byte, 4096))
			fmt.Fprintf(conn, "HTTP/1.1 %s\r\n", tt.head)
			chunk := append(append([]byte("10000\r\n"), bytes.Repeat([]byte("x"), 1<<16)...), "\r\n"...)
			n := 0
			for n < 64<<20 {
				k, err := conn.Write(chunk)
				if n += k; err != nil {
					break
				}
			}
			sent <- n
		}()
		u := &url.URL{Scheme: "http", Host: l.Addr().String(), Path: "/"}
		c := NewClient(Options{Timeout: 10 * time.Second}, []*url.URL{u})
		resp, err := c.Get(t.Context(), &Request{URL: u, Limit: 32 << 20})
		switch {
		case err != nil:
			t.Errorf("%.20q: %v", tt.head, err)
		case resp.Location() != tt.location || len(resp.Body) > unusedBody:
			t.Errorf("%.20q: %q, and %d bytes", tt.head, resp.Location(), len(resp.Body))
		}
		if n := <-sent; n > 16<<20 { // what the system takes of it, and some
			t.Errorf("%.20q: %d bytes were sent", tt.head, n)
		}
		c.Close()
		l.Close()
	}
}
