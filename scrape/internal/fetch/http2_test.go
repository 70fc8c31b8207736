package fetch

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// An h2Conn is a connection of a server that speaks frames of HTTP/2, and of which a test
// decides what it says.
type h2Conn struct {
	*http2.Framer
	net.Conn
	stream uint32 // of the request
	err    error
}

func (c *h2Conn) do(err error) bool {
	if c.err == nil {
		c.err = err
	}
	return c.err == nil
}

// block returns header fields, encoded.
func (c *h2Conn) block(fields ...string) []byte {
	var b bytes.Buffer
	e := hpack.NewEncoder(&b)
	for i := 0; i < len(fields); i += 2 {
		e.WriteField(hpack.HeaderField{Name: fields[i], Value: fields[i+1]})
	}
	return b.Bytes()
}

func (c *h2Conn) answer(end bool) bool {
	return c.do(c.WriteHeaders(http2.HeadersFrameParam{StreamID: c.stream, BlockFragment: c.block(":status", "200", "content-type", "text/html"), EndHeaders: true, EndStream: end}))
}

// The attacks go on until the client hangs up, or stop and keep the connection open.
var h2Attacks = map[string]func(*h2Conn){
	"headers without end": func(c *h2Conn) {
		c.do(c.WriteHeaders(http2.HeadersFrameParam{StreamID: c.stream, BlockFragment: c.block(":status", "200")}))
		for part := c.block("x-a", strings.Repeat("v", 16000)); c.do(c.WriteContinuation(c.stream, false, part)); {
		}
	},
	"empty continuations without end": func(c *h2Conn) {
		c.do(c.WriteHeaders(http2.HeadersFrameParam{StreamID: c.stream, BlockFragment: c.block(":status", "200")}))
		for c.do(c.WriteContinuation(c.stream, false, nil)) {
		}
	},
	"a header of references": func(c *h2Conn) {
		long := c.block(":status", "200", "x-a", strings.Repeat("v", 4000))
		for refs := bytes.Repeat([]byte{0x80 | 62}, 16000); c.do(c.WriteHeaders(http2.HeadersFrameParam{StreamID: c.stream, BlockFragment: long})); long = c.block(":status", "200") {
			for range 64 {
				c.do(c.WriteContinuation(c.stream, false, refs))
			}
			c.do(c.WriteContinuation(c.stream, true, nil))
		}
	},
	"a header that stops": func(c *h2Conn) {
		c.do(c.WriteHeaders(http2.HeadersFrameParam{StreamID: c.stream, BlockFragment: c.block(":status", "200")[:1]}))
	},
	"early hints without end": func(c *h2Conn) {
		for b := c.block(":status", "103", "link", "</a>; rel=preload"); c.do(c.WriteHeaders(http2.HeadersFrameParam{StreamID: c.stream, BlockFragment: b, EndHeaders: true})); {
		}
	},
	"settings without end": func(c *h2Conn) {
		for c.do(c.WriteSettings(http2.Setting{ID: http2.SettingInitialWindowSize, Val: 0})) {
		}
	},
	h2Deaf: func(c *h2Conn) {
		for c.do(c.WriteSettings()) {
		}
	},
	"pings without end": func(c *h2Conn) {
		for c.do(c.WritePing(false, [8]byte{1})) {
		}
	},
	"priorities without end": func(c *h2Conn) {
		for c.do(c.WritePriority(1, http2.PriorityParam{Weight: 1})) {
		}
	},
	"frames of no known type": func(c *h2Conn) {
		for b := make([]byte, 16000); c.do(c.WriteRawFrame(0xee, 0, 0, b)); {
		}
	},
	"windows without end": func(c *h2Conn) {
		for c.do(c.WriteWindowUpdate(c.stream, 1)) {
		}
	},
	"a window that overflows": func(c *h2Conn) {
		c.do(c.WriteWindowUpdate(0, 1<<31-1))
	},
	"no streams allowed": func(c *h2Conn) {
		c.do(c.WriteSettings(http2.Setting{ID: http2.SettingMaxConcurrentStreams, Val: 0}))
		c.do(c.WriteRSTStream(c.stream, http2.ErrCodeRefusedStream))
	},
	"a frame size that may not be": func(c *h2Conn) {
		c.do(c.WriteSettings(http2.Setting{ID: http2.SettingMaxFrameSize, Val: 1<<32 - 1}))
	},
	"a frame of 16 MB": func(c *h2Conn) {
		c.answer(false)
		for b := make([]byte, 1<<24-1); c.do(c.WriteRawFrame(http2.FrameData, 0, c.stream, b)); {
		}
	},
	"streams that are reset":   func(c *h2Conn) { c.do(c.WriteRSTStream(c.stream, http2.ErrCodeInternal)) },
	"streams that are refused": func(c *h2Conn) { c.do(c.WriteRSTStream(c.stream, http2.ErrCodeRefusedStream)) },
	"going away each time":     func(c *h2Conn) { c.do(c.WriteGoAway(0, http2.ErrCodeNo, nil)) },
	"going away without end": func(c *h2Conn) {
		for b := make([]byte, 16000); c.do(c.WriteGoAway(c.stream, http2.ErrCodeNo, b)); {
		}
	},
	"a page that is pushed": func(c *h2Conn) {
		c.do(c.WritePushPromise(http2.PushPromiseParam{StreamID: c.stream, PromiseID: 2, BlockFragment: c.block(":method", "GET", ":path", "/b"), EndHeaders: true}))
	},
	"data of nothing without end": func(c *h2Conn) {
		c.answer(false)
		for c.do(c.WriteData(c.stream, false, nil)) {
		}
	},
	"padding without end": func(c *h2Conn) {
		c.answer(false)
		for pad := make([]byte, 255); c.do(c.WriteDataPadded(c.stream, false, nil, pad)); {
		}
	},
	"data now and then": func(c *h2Conn) {
		c.answer(false)
		for c.do(c.WriteData(c.stream, false, []byte("x"))) {
			time.Sleep(50 * time.Millisecond)
		}
	},
	"data beyond the window": func(c *h2Conn) {
		c.answer(false)
		for b := make([]byte, 16000); c.do(c.WriteData(c.stream, false, b)); {
		}
	},
	"trailers without end": func(c *h2Conn) {
		c.answer(false)
		c.do(c.WriteData(c.stream, false, []byte("<p>x")))
		c.do(c.WriteHeaders(http2.HeadersFrameParam{StreamID: c.stream, BlockFragment: c.block("x-a", "v"), EndStream: true}))
		for part := c.block("x-b", strings.Repeat("v", 16000)); c.do(c.WriteContinuation(c.stream, false, part)); {
		}
	},
	"nothing": func(c *h2Conn) {},
}

// serveH2 answers the first request of a connection with an attack, and reads nothing
// after it where deaf is set.
func serveH2(conn net.Conn, attack func(*h2Conn), deaf bool) {
	defer conn.Close()
	preface := make([]byte, len(http2.ClientPreface))
	if _, err := io.ReadFull(conn, preface); err != nil {
		return
	}
	c := &h2Conn{Framer: http2.NewFramer(conn, conn), Conn: conn}
	c.AllowIllegalWrites = true
	c.WriteSettings()
	for {
		f, err := c.ReadFrame()
		if err != nil {
			return
		}
		if h, ok := f.(*http2.HeadersFrame); ok {
			c.stream = h.StreamID
			break
		}
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		attack(c)
	}()
	if !deaf {
		io.Copy(io.Discard, conn)
	}
	<-done
}

const (
	h2Timeout = 600 * time.Millisecond
	// h2Deaf is the attack whose server reads nothing after the request.
	h2Deaf = "settings and nothing read"
)

// h2Floods reports whether an attack goes on after the request was given up.
func h2Floods(name string) bool {
	return strings.HasSuffix(name, "without end") || name == "frames of no known type"
}

// Servers that send what no server should by HTTP/2 cost one error within the time that an
// exchange may take, little memory, no more connections than requests are tried, and the
// connection ends with it.
func TestHostileHTTP2(t *testing.T) {
	good := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<p>good") }))
	defer good.Close()
	roots := x509.NewCertPool()
	roots.AddCert(good.Certificate())
	// net/http logs each frame that it does not know.
	defer log.SetOutput(log.Writer())
	log.SetOutput(io.Discard)
	for name, attack := range h2Attacks {
		t.Run(name, func(t *testing.T) {
			var conns, open atomic.Int64
			l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: good.TLS.Certificates, NextProtos: []string{"h2"}})
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			go func() {
				for {
					conn, err := l.Accept()
					if err != nil {
						return
					}
					conns.Add(1)
					open.Add(1)
					go func() {
						defer open.Add(-1)
						serveH2(conn, attack, name == h2Deaf)
					}()
				}
			}()
			bad := &url.URL{Scheme: "https", Host: l.Addr().String(), Path: "/"}
			goodURL, err := url.Parse(good.URL)
			if err != nil {
				t.Fatal(err)
			}
			c := NewClient(Options{Timeout: h2Timeout, Roots: roots, Workers: 4}, []*url.URL{bad, goodURL})
			defer c.Close()
			runtime.GC()
			before, start := heapInUse(), time.Now()
			failed := make(chan error, 1)
			go func() {
				resp, err := c.Get(t.Context(), &Request{URL: bad, Limit: 1 << 20})
				if err == nil {
					err = fmt.Errorf("a body of %d bytes", len(resp.Body))
				} else if CauseOf(err) == "" {
					err = fmt.Errorf("no cause: %w", err)
				}
				failed <- err
			}()
			var top uint64
			for err = nil; err == nil; {
				// On a busy machine one may take longer than the timeout.
				resp, late := c.Get(t.Context(), &Request{URL: goodURL, Limit: 1 << 20})
				for n := 0; late != nil && n < 3; n++ {
					resp, late = c.Get(t.Context(), &Request{URL: goodURL, Limit: 1 << 20})
				}
				if late != nil || string(resp.Body) != "<p>good" {
					t.Fatalf("the other host: %v", late)
				}
				top = max(top, heapInUse())
				select {
				case err = <-failed:
				case <-time.After(20 * time.Millisecond):
				}
			}
			took := time.Since(start)
			t.Logf("%v (%s) after %v, over %d connections, %d MB", err, CauseOf(err), took.Round(time.Millisecond), conns.Load(), int64(top-before)>>20)
			if took > (maxExchange+5)*h2Timeout || conns.Load() > 8 || top > before+48<<20 {
				t.Errorf("it took %v, %d connections and %d bytes", took, conns.Load(), top-before)
			}
			for wait := time.Now(); h2Floods(name) && open.Load() > 0; time.Sleep(20 * time.Millisecond) {
				if time.Since(wait) > time.Minute {
					t.Fatal("the connection is still open")
				}
			}
		})
	}
}

// heapInUse returns the bytes of live and dead objects.
func heapInUse() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}
