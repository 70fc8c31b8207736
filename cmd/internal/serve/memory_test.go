package serve

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsclip/clean"
	"newsclip/testdata"
)

// repeated is n bytes of a text that is written over and over.
func repeated(s string, n int64) io.Reader {
	return io.LimitReader(&repeater{block: strings.Repeat(s, (64<<10)/len(s))}, n)
}

type repeater struct {
	block string
	at    int
}

func (r *repeater) Read(p []byte) (int, error) {
	n := copy(p, r.block[r.at:])
	r.at = (r.at + n) % len(r.block)
	return n, nil
}

// mostHeap returns the most bytes of heap that were in use from now until the function
// that it returns is called.
func mostHeap() func() uint64 {
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		var top uint64
		s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		for {
			metrics.Read(s)
			top = max(top, s[0].Value.Uint64())
			select {
			case <-stop:
				most <- top
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	return func() uint64 { close(stop); return <-most }
}

// TestMemoryOfManyBodiesIsBounded has 200 clients send too much at once: 60 MB that are announced,
// more than the limit unannounced, and long lines of batches. The server answers all of them, in bounded memory.
func TestMemoryOfManyBodiesIsBounded(t *testing.T) {
	if testdata.RaceDetector {
		t.Skip("takes far longer with the race detector")
	}
	if testing.Short() {
		t.Skip("sends some gigabytes")
	}
	const clients, bodySize, lineSize, bound = 200, 12 << 20, 2 << 20, 350 << 20
	// As the command does, garbage is collected often.
	defer debug.SetGCPercent(debug.SetGCPercent(25))
	url := start(t, Options{Wait: 30 * time.Second, Timeout: time.Minute})
	most := mostHeap()
	var wg sync.WaitGroup
	var refused, records atomic.Int64
	post := func(path string, body io.Reader, length int64) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+path, body)
		if err != nil {
			t.Error(err)
			return
		}
		req.ContentLength = length
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			refused.Add(1) // the connection was closed while the body was sent
			return
		}
		defer resp.Body.Close()
		b, _ := io.ReadAll(resp.Body)
		switch {
		case resp.StatusCode == http.StatusRequestEntityTooLarge, resp.StatusCode == http.StatusTooManyRequests:
			refused.Add(1)
		case path == "/v1/batch" && strings.Count(string(b), "\n") == 2:
			records.Add(1)
		default:
			t.Errorf("%s: %d, %.200s", path, resp.StatusCode, b)
		}
	}
	for k := range clients {
		wg.Go(func() {
			switch {
			case k%20 == 0:
				line := func(n int64) io.Reader {
					return io.MultiReader(strings.NewReader(`{"url":"https://news.example/a","html":"<p>`), repeated("word", n), strings.NewReader("\"}\n"))
				}
				post("/v1/batch", io.MultiReader(line(lineSize), line(bodySize)), -1)
			case k%20 == 1:
				post("/v1/clean", repeated("<p>word", bodySize), -1)
			default:
				post("/v1/clean", repeated("<p>word", 60<<20), 60<<20)
			}
		})
	}
	wg.Wait()
	top := most()
	t.Logf("%d refused, %d batches answered, at most %d MB in use", refused.Load(), records.Load(), top>>20)
	if records.Load() != clients/20 || refused.Load() != clients-clients/20 {
		t.Errorf("%d batches were answered, and %d bodies refused", records.Load(), refused.Load())
	}
	if top > bound {
		t.Errorf("%d MB were in use", top>>20)
	}
}

// TestSmallBodiesPass has large bodies take all room that there is for such: a small
// page is cleaned meanwhile.
func TestSmallBodiesPass(t *testing.T) {
	url := start(t, Options{Wait: 20 * time.Second, Timeout: 20 * time.Second})
	ended := make(chan struct{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			r, w := io.Pipe()
			go func() {
				io.Copy(w, repeated("<p>", 1<<16))
				<-ended
				w.CloseWithError(io.ErrUnexpectedEOF)
			}()
			if resp, err := http.Post(url+"/v1/clean", "text/html", r); err == nil {
				resp.Body.Close()
			}
		})
	}
	time.Sleep(200 * time.Millisecond)
	begun := time.Now()
	if resp, body := ask(t, http.MethodPost, url+"/v1/clean", page("The ferry"), "Content-Type", "text/html"); resp.StatusCode != http.StatusOK {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	if took := time.Since(begun); took > 15*time.Second {
		t.Errorf("a small page waited for %v", took)
	}
	close(ended)
	wg.Wait()
}

// TestSlowBodyWithoutRoom sends a body bit by bit for which there is no room: the answer
// comes before its end.
func TestSlowBodyWithoutRoom(t *testing.T) {
	s, err := New(Options{Wait: 50 * time.Millisecond, Folder: t.TempDir(), Fetch: func(context.Context, string) (clean.Input, error) { return clean.Input{}, nil }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	srv := httptest.NewServer(s)
	defer srv.Close()
	if err := s.room.largeBodies.Acquire(t.Context(), max(largeBodies, s.o.MaxBody)); err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", strings.TrimPrefix(srv.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	io.WriteString(conn, "POST /v1/clean?url=https://news.example/a HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n")
	conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusTooManyRequests {
		t.Errorf("%s", resp.Status)
	}
}
