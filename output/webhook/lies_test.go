package webhook

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsclip/output"
	"newsclip/output/remote"
)

// A server whose answers have no end, in their bodies or in their headers, takes little
// memory, and its error is short.
func TestEndlessAnswers(t *testing.T) {
	var sent atomic.Int64
	send := func(w io.Writer, block string) {
		for b := []byte(strings.Repeat(block, 64<<10/len(block))); ; {
			n, err := w.Write(b)
			if sent.Add(int64(n)); err != nil {
				return
			}
		}
	}
	raw := func(begin, block string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body)
			c, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				return
			}
			defer c.Close()
			io.WriteString(c, begin)
			send(c, block)
		}
	}
	for name, h := range map[string]http.HandlerFunc{
		"a body":          func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNotFound); send(w, "x") },
		"a header":        raw("HTTP/1.1 404 Not Found\r\n", "A: b\r\n"),
		"a field":         raw("HTTP/1.1 404 Not Found\r\nA: ", "b"),
		"a status":        raw("HTTP/1.1 404 Not", "x"),
		"early hints":     raw("", "HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n"),
		"a chunk's field": raw("HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n1;", "x"),
	} {
		t.Run(name, func(t *testing.T) {
			s := httptest.NewServer(h)
			defer s.Close()
			sent.Store(0)
			w, err := Open(t.Context(), s.URL, remote.Options{Patience: time.Millisecond, FirstWait: time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Write(&output.Record{}); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err == nil {
				t.Error("the record is delivered")
			}
			if n := sent.Load(); n > 64<<20 { // what the system takes of it
				t.Errorf("%d bytes were sent", n)
			}
		})
	}
}
