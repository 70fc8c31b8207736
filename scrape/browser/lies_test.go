package browser_test

import (
	"bufio"
	"context"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/fetch"

	"newsclip/scrape"
	"newsclip/scrape/browser"
)

// frame writes a text frame of the WebSocket protocol (RFC 6455, 5.2) that says that it
// has size bytes.
func frame(w io.Writer, size uint64, text string) error {
	head := binary.BigEndian.AppendUint64([]byte{0x81, 127}, size)
	_, err := w.Write(append(head, text...))
	return err
}

func send(w io.Writer, text string) error { return frame(w, uint64(len(text)), text) }

// command reads the next command of a client.
func command(r *bufio.Reader) (id int64, session string, err error) {
	id, session, _, err = fullCommand(r)
	return id, session, err
}

func fullCommand(r *bufio.Reader) (id int64, session, method string, err error) {
	var head [2]byte
	if _, err = io.ReadFull(r, head[:]); err != nil {
		return
	}
	n := int(head[1] & 127)
	switch n {
	case 126:
		var b [2]byte
		_, err = io.ReadFull(r, b[:])
		n = int(binary.BigEndian.Uint16(b[:]))
	case 127:
		var b [8]byte
		_, err = io.ReadFull(r, b[:])
		n = int(binary.BigEndian.Uint64(b[:]))
	}
	if err != nil {
		return
	}
	body := make([]byte, 4+n)
	if _, err = io.ReadFull(r, body); err != nil {
		return
	}
	for i := range n {
		body[4+i] ^= body[i%4]
	}
	var c struct {
		ID        int64  `json:"id"`
		SessionID string `json:"sessionId"`
		Method    string `json:"method"`
	}
	err = json.Unmarshal(body[4:], &c)
	return c.ID, c.SessionID, c.Method, err
}

// A browser at an address that lies, falls silent, or sends without end costs each page
// one error, and the pages after it no more.
func TestLyingEndpoints(t *testing.T) {
	event := `{"method":"Target.targetCreated","params":{"targetInfo":{"targetId":"T","type":"page","title":"","url":"http://other.example/","attached":false,"canAccessOpener":false}}}`
	answered := func(result func(id int64, session string) string) func(net.Conn, *bufio.Reader) {
		return func(c net.Conn, r *bufio.Reader) {
			for {
				id, session, err := command(r)
				if err != nil || send(c, result(id, session)) != nil {
					return
				}
			}
		}
	}
	for name, talk := range map[string]func(c net.Conn, r *bufio.Reader){
		"silent": func(_ net.Conn, r *bufio.Reader) { _, _ = io.Copy(io.Discard, r) },
		"closes": func(c net.Conn, r *bufio.Reader) {},
		"closes in a frame": func(c net.Conn, r *bufio.Reader) {
			_, _, _ = command(r)
			_ = frame(c, 1000, "{")
		},
		"bad JSON":  answered(func(int64, string) string { return `{"id":` }),
		"no object": answered(func(int64, string) string { return `[]` }),
		"errors": answered(func(id int64, s string) string {
			return fmt.Sprintf(`{"id":%d,"error":{"code":-32000,"message":"no\u001b[31m"}}`, id)
		}),
		"empty results":  answered(func(id int64, s string) string { return fmt.Sprintf(`{"id":%d,"sessionId":%q,"result":{}}`, id, s) }),
		"other commands": answered(func(id int64, s string) string { return fmt.Sprintf(`{"id":%d,"result":{}}`, id+1000) }),
		"deep": answered(func(id int64, s string) string {
			return fmt.Sprintf(`{"id":%d,"result":%s`, id, strings.Repeat(`{"a":`, 1_000_000))
		}),
		"a target that does not exist": answered(func(id int64, s string) string {
			return fmt.Sprintf(`{"id":%d,"sessionId":%q,"result":{"targetId":"T","sessionId":"S","browserContextId":"B"}}`, id, s)
		}),
		"events without end": func(c net.Conn, r *bufio.Reader) {
			for send(c, event) == nil {
			}
		},
		"a frame without end": func(c net.Conn, r *bufio.Reader) {
			if frame(c, 1<<40, `{"a":"`) != nil {
				return
			}
			part := strings.Repeat("a", 1<<20)
			for range 2000 {
				if _, err := io.WriteString(c, part); err != nil {
					return
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			at := endpoint(t, talk)
			refused(t, at)
		})
	}
}

// endpoint serves connections of a browser's protocol by talk, and returns its address.
func endpoint(t *testing.T, talk func(net.Conn, *bufio.Reader)) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sum := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
		c, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer c.Close()
		fmt.Fprintf(c, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
			base64.StdEncoding.EncodeToString(sum[:]))
		talk(c, rw.Reader)
	}))
	t.Cleanup(s.CloseClientConnections)
	return "ws" + strings.TrimPrefix(s.URL, "http") + "/devtools/browser/1"
}

// A browser at an address that opens a tab and lies, falls silent or sends without end
// when the page is to be loaded costs the page one error, and each page after it is tried
// over a connection that answers.
func TestLiesOfATab(t *testing.T) {
	const asks = `{"sessionId":"S","method":"Fetch.requestPaused","params":{"requestId":"1","request":{"url":"http://b.example/","method":"POST","headers":{},"initialPriority":"High","referrerPolicy":"origin"},"frameId":"T","resourceType":"Image"}}`
	endless := func(text string) func(net.Conn, int64) bool {
		return func(c net.Conn, _ int64) bool {
			for send(c, text) == nil {
			}
			return false
		}
	}
	result := func(text string) func(net.Conn, int64) bool {
		return func(c net.Conn, id int64) bool {
			return send(c, fmt.Sprintf(`{"id":%d,"sessionId":"S",%s}`, id, text)) == nil
		}
	}
	for name, lie := range map[string]func(c net.Conn, id int64) bool{
		"silent":                 func(c net.Conn, _ int64) bool { _, _ = io.Copy(io.Discard, c); return false },
		"closes":                 func(net.Conn, int64) bool { return false },
		"another type":           result(`"result":[1]`),
		"an error":               result(`"error":{"code":-1,"message":"no"}`),
		"no result":              result(`"result":null`),
		"requests without end":   endless(asks),
		"unknown events":         endless(`{"sessionId":"S","method":"No.such","params":{"a":"` + strings.Repeat("a", 100_000) + `"}}`),
		"documents without end":  endless(`{"sessionId":"S","method":"DOM.documentUpdated","params":{}}`),
		"a tab that is detached": endless(`{"method":"Target.detachedFromTarget","params":{"sessionId":"S"}}`),
	} {
		t.Run(name, func(t *testing.T) {
			var connections atomic.Int64
			at := endpoint(t, func(c net.Conn, r *bufio.Reader) {
				connections.Add(1)
				for {
					id, session, method, err := fullCommand(r)
					if err != nil {
						return
					}
					if method == "Page.navigate" {
						if lie(c, id) {
							continue
						}
						return
					}
					if send(c, fmt.Sprintf(`{"id":%d,"sessionId":%q,"result":{"targetId":"T","sessionId":"S","browserContextId":"B","identifier":"1","targetInfos":[],"result":{"type":"object","className":"Window"}}}`, id, session)) != nil {
						return
					}
				}
			})
			b, err := browser.New(browser.Options{Path: at, Time: 200 * time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			done, pages := make(chan error, 1), 1
			if name == "silent" {
				pages = 2
			}
			for range pages {
				most := highestHeap(func() {
					go func() {
						_, err := b.Render(t.Context(), &scrape.Unrendered{URL: &url.URL{Scheme: "http", Host: "a.example", Path: "/"}, HTML: []byte("<p>a"), MaxBytes: 1000}, nil)
						done <- err
					}()
					select {
					case err := <-done:
						if err == nil || strings.Contains(err.Error(), "no browser can be started") {
							t.Errorf("error %v", err)
						}
					case <-time.After(40 * time.Second):
						t.Fatal("no answer")
					}
				})
				if most > 350<<20 {
					t.Errorf("%d MB", most>>20)
				}
			}
			if name == "silent" && connections.Load() != 2 {
				t.Errorf("%d connections", connections.Load())
			}
			_ = b.Close()
		})
	}
}

// refused renders a page twice in the browser at an address, which gives one error each.
func refused(t *testing.T, at string) {
	t.Helper()
	b, err := browser.New(browser.Options{Path: at, Time: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	for range 2 {
		go func() {
			_, err := b.Render(context.Background(), &scrape.Unrendered{URL: &url.URL{Scheme: "http", Host: "a.example", Path: "/"}, HTML: []byte("<p>a")}, nil)
			done <- err
		}()
		select {
		case err := <-done:
			if err == nil || !strings.HasPrefix(err.Error(), "no browser can be started: ") {
				t.Errorf("error %v", err)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("no answer")
		}
	}
	go func() { done <- b.Close() }()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("it is not closed")
	}
}

// A request of which nothing is told is passed over.
func TestEmptyRequest(t *testing.T) {
	if n := browser.UnderWay(&fetch.EventRequestPaused{}); n != 0 {
		t.Errorf("%d requests are under way", n)
	}
}
