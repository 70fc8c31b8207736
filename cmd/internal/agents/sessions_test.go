package agents

import (
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"newsclip/testdata"
)

// opening opens a session.
const opening = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}`

// heap returns the bytes that are in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestMemoryOfSessionsIsBounded has clients say much of themselves, in the request that opens a
// session and in later ones: what a session keeps is little.
func TestMemoryOfSessionsIsBounded(t *testing.T) {
	if testdata.RaceDetector {
		t.Skip("takes far longer with the race detector")
	}
	srv := httptest.NewServer(Handler(options(t)))
	defer srv.Close()
	long := strings.Repeat("x", 4<<20)
	if status, answer := post(t, srv.URL, strings.Replace(opening, `"a"`, `"`+long+`"`, 1)); status != http.StatusRequestEntityTooLarge && status != 0 {
		t.Errorf("an opening of 4 MiB: %d %.200s", status, answer)
	}
	before := heap()
	for range 6 {
		_, _, session := postIn(t, srv.URL, opening, "")
		for _, call := range []string{
			`{"jsonrpc":"2.0","method":"notifications/initialized","params":{"_meta":{"a":"` + long + `"}}}`,
			`{"jsonrpc":"2.0","id":2,"method":"logging/setLevel","params":{"level":"` + long + `"}}`,
			`{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"clean_page","arguments":{"html":"` + long + `"}}}`,
		} {
			if status, answer, _ := postIn(t, srv.URL, call, session); status >= http.StatusBadRequest || status == 0 {
				t.Fatalf("%.100s: %d %.200s", call, status, answer)
			}
		}
	}
	http.DefaultClient.CloseIdleConnections()
	if after := heap(); after > before+12<<20 {
		t.Errorf("%d MB are kept of 72", (after-before)>>20)
	}
}

// TestSessionsAreBounded opens more sessions than there may be: the oldest end, but for
// one that has a call in hand.
func TestSessionsAreBounded(t *testing.T) {
	s := mcp.NewServer(&mcp.Implementation{Name: "newsclip"}, nil)
	bound := &sessions{server: s, calls: make(map[mcp.Session]int), ends: make(map[mcp.Session]bool)}
	s.AddReceivingMiddleware(bound.bounded)
	srv := httptest.NewServer(mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return s }, nil))
	defer srv.Close()
	var first []*mcp.ServerSession
	for k := range maxSessions + 20 {
		if status, answer := post(t, srv.URL, opening); status != http.StatusOK {
			t.Fatalf("session %d: %d %s", k, status, answer)
		}
		if k == 2 {
			first = slices.Collect(s.Sessions())
			bound.count(first[0], 1)
		}
	}
	for _, session := range first[1:] {
		_ = session.Wait()
	}
	left := slices.Collect(s.Sessions())
	if !slices.Contains(left, first[0]) || slices.Contains(left, first[1]) || len(left) > maxSessions+1 {
		t.Errorf("%d sessions are left, that with a call %v, the oldest %v", len(left), slices.Contains(left, first[0]), slices.Contains(left, first[1]))
	}
}
