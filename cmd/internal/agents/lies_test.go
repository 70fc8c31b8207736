package agents

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsclip/clean"
	"newsclip/testdata"
)

// callOf returns a call that cleans a page.
func callOf(t *testing.T, html string) string {
	t.Helper()
	b, err := json.Marshal(map[string]any{
		"jsonrpc": "2.0", "id": 1, "method": "tools/call",
		"params": map[string]any{"name": "clean_page", "arguments": map[string]string{"html": html}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func post(t *testing.T, url, body string) (status int, answer string) {
	t.Helper()
	status, answer, _ = postIn(t, url, body, "")
	return status, answer
}

// postIn is post within a session, and returns that which the server has opened.
func postIn(t *testing.T, url, body, session string) (status int, answer, opened string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	if session != "" {
		r.Header.Set("Mcp-Session-Id", session)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err.Error(), ""
	}
	defer resp.Body.Close()
	b, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(b), resp.Header.Get("Mcp-Session-Id")
}

// TestLargeCallsAreBounded has many clients send large pages at once: what they take
// together stays bounded, and small calls pass them.
func TestLargeCallsAreBounded(t *testing.T) {
	if testdata.RaceDetector {
		t.Skip("takes far longer with the race detector")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(25))
	srv := httptest.NewServer(Handler(options(t)))
	defer srv.Close()
	large := callOf(t, strings.Repeat("<p>The <b>ferry</b> sails. ", 300_000))
	var most atomic.Uint64
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most.Store(max(most.Load(), m.HeapAlloc))
		}
	}()
	_, _, session := postIn(t, srv.URL, opening, "")
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { postIn(t, srv.URL, large, session) })
	}
	begun := time.Now()
	if status, answer := post(t, srv.URL, callOf(t, "<title>Ferry</title><article><h1>Ferry</h1>"+strings.Repeat("<p>The ferry left the harbour at nine. ", 20))); status == 0 || status == http.StatusTooManyRequests {
		t.Errorf("a small call: %d %.200s", status, answer)
	}
	if d := time.Since(begun); d > bodyWait {
		t.Errorf("a small call has waited for %v", d)
	}
	wg.Wait()
	close(done)
	t.Logf("%d MB were in use", most.Load()>>20)
	if most.Load() > 180<<20 {
		t.Errorf("%d MB were in use", most.Load()>>20)
	}
}

// TestPagesOfABatchAreBounded cleans the pages of one request one after the other where
// they take much, and gives their room back when they fail.
func TestPagesOfABatchAreBounded(t *testing.T) {
	o := options(t)
	o.Timeout = 30 * time.Second
	tools := newTools(o)
	large := clean.Input{HTML: []byte(strings.Repeat("<p>", 170_000))} // as much as all may take
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { _, _, _ = tools.read(t.Context(), large, 0) })
	}
	wg.Wait()
	if !tools.pages.TryAcquire(pagesInHand) {
		t.Error("pages that were cleaned still have their room")
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := tools.read(ended, large, 0); err == nil {
		t.Error("a page was cleaned without room")
	}
}

// TestBodyIsBounded sends a body that is too long, and one that is broken.
func TestBodyIsBounded(t *testing.T) {
	srv := httptest.NewServer(Handler(options(t)))
	defer srv.Close()
	status, answer := post(t, srv.URL, `{"jsonrpc":"2.0","id":1,"method":"`+strings.Repeat("x", 16<<20)+`"}`)
	if status != http.StatusRequestEntityTooLarge && !strings.Contains(answer, "broken pipe") && !strings.Contains(answer, "reset") {
		t.Errorf("a body of 16 MiB: %d %.200s", status, answer)
	}
	c, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	io.WriteString(c, "POST / HTTP/1.1\r\nHost: "+srv.Listener.Addr().String()+"\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[[[[[\r\n0\r\n\r\n")
	b := make([]byte, 12)
	if _, err := io.ReadFull(c, b); err != nil || !strings.HasPrefix(string(b), "HTTP/1.1 4") {
		t.Errorf("a body that is broken: %q, %v", b, err)
	}
}
