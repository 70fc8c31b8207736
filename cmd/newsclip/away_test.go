//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"newsclip/output/postgres/postgrestest"
	"newsclip/output/s3/s3test"
)

// receiver is the other end of -o in a test.
type receiver interface {
	address() string
	leave() // it goes away, at once
	back(t *testing.T)
	// urls counts the records that it has by URL, while it is not away.
	urls(t *testing.T) map[string]int
}

// receivers are one of each kind.
var receivers = map[string]func(t *testing.T) receiver{
	"postgres": func(t *testing.T) receiver { return &postgresReceiver{postgrestest.Start(t)} },
	"nats":     newNATSReceiver,
	"webhook":  newHookReceiver,
	"s3":       newBucketReceiver,
}

// awaySite is a bigSite that stops in the middle, until it is told to go on.
type awaySite struct {
	bigSite
	asked  atomic.Int32
	half   chan struct{} // closed in the middle
	goesOn chan struct{}
}

func (s *awaySite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.Contains(r.URL.Path, "/story-") {
		if n := int(s.asked.Add(1)); n == s.n/2 {
			close(s.half)
		} else if n < s.n/2 {
			s.bigSite.ServeHTTP(w, r)
			return
		}
		select {
		case <-s.goesOn:
		case <-r.Context().Done():
		}
	}
	s.bigSite.ServeHTTP(w, r)
}

// A receiver goes away in the middle of a crawl and comes back when a record was
// refused: it has each record once.
func TestCrawlWhileReceiverIsAway(t *testing.T) {
	for name, start := range receivers {
		t.Run(name, func(t *testing.T) {
			to := start(t)
			if h, ok := to.(*hookReceiver); ok {
				h.lateTakes = 1 // its batch is sent again, with the same key
			}
			c := startAwayCrawl(t, to)
			to.back(t)
			if err := c.cmd.Wait(); err != nil {
				t.Fatalf("%v\n%s", err, c.errs.String())
			}
			c.compare(t)
		})
	}
}

// A crawl that is ended while its receiver is away goes on later, and loses nothing.
func TestCrawlEndedWhileReceiverIsAway(t *testing.T) {
	for name, start := range receivers {
		t.Run(name, func(t *testing.T) {
			c := startAwayCrawl(t, start(t))
			if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			if err := c.cmd.Wait(); c.cmd.ProcessState.ExitCode() != exitFailed {
				t.Fatalf("%v; %d records\n%s", err, len(c.to.urls(t)), c.errs.String())
			}
			c.to.back(t)
			if n := len(c.to.urls(t)); n >= c.site.n {
				t.Fatalf("the crawl has written %d records when it is ended", n)
			}
			if out, err := newsclipCommand(c.args...).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			c.compare(t)
		})
	}
}

// awayCrawl is a crawl whose receiver is away.
type awayCrawl struct {
	site *awaySite
	url  string
	to   receiver
	args []string
	cmd  *exec.Cmd
	errs *lockedBuffer
}

// startAwayCrawl returns when the receiver has records, is away, and the crawl has
// noticed it.
func startAwayCrawl(t *testing.T, to receiver) *awayCrawl {
	t.Helper()
	site := &awaySite{bigSite: bigSite{n: 40, hits: make(map[string]int)}, half: make(chan struct{}), goesOn: make(chan struct{})}
	srv := httptest.NewServer(site)
	t.Cleanup(srv.Close)
	c := &awayCrawl{site: site, url: srv.URL, to: to, errs: &lockedBuffer{}}
	c.args = []string{"crawl", "--state", filepath.Join(t.TempDir(), "state"), "--delay", "0", "-o", to.address(), srv.URL}
	c.cmd = newsclipCommand(c.args...)
	c.cmd.Stderr = c.errs
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.cmd.Process.Kill() })
	select {
	case <-site.half:
	case <-time.After(time.Minute):
		t.Fatalf("the crawl does not come to the middle\n%s", c.errs.String())
	}
	until(t, c.errs, "no record comes", func() bool { return len(to.urls(t)) > 0 })
	to.leave()
	close(site.goesOn)
	until(t, c.errs, "the absence is not noticed", func() bool {
		return strings.Contains(c.errs.String(), "the output does not take records, and is tried again")
	})
	return c
}

func until(t *testing.T, errs *lockedBuffer, not string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s\n%s", not, errs.String())
		}
	}
}

// compare checks that the receiver has each article once.
func (c *awayCrawl) compare(t *testing.T) {
	t.Helper()
	got := c.to.urls(t)
	for k := range c.site.n {
		path := fmt.Sprintf("/2026/01/02/story-%d", k)
		if n := got[c.url+path]; n != 1 {
			t.Errorf("%s is there %d times", path, n)
		}
	}
	if len(got) != c.site.n {
		t.Errorf("%d records of %d articles", len(got), c.site.n)
	}
}

// lockedBuffer is a buffer that a process writes to while the test reads.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// postgresReceiver is stopped with what is going on in it.
type postgresReceiver struct{ s *postgrestest.Server }

func (p *postgresReceiver) address() string   { return p.s.Address() }
func (p *postgresReceiver) leave()            { p.s.Stop() }
func (p *postgresReceiver) back(t *testing.T) { p.s.Start(t) }

// urls counts the records that were replaced, too.
func (p *postgresReceiver) urls(t *testing.T) map[string]int {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), p.s.Address())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	var there bool
	if err := conn.QueryRow(t.Context(), "SELECT to_regclass('newsclip.version') IS NOT NULL").Scan(&there); err != nil || !there {
		return nil
	}
	rows, err := conn.Query(t.Context(), "SELECT record ->> 'url' FROM newsclip.articles UNION ALL SELECT record ->> 'url' FROM newsclip.revisions")
	if err != nil {
		t.Fatal(err)
	}
	urls, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return countOf(urls)
}

func countOf(urls []string) map[string]int {
	n := make(map[string]int)
	for _, u := range urls {
		n[u]++
	}
	return n
}

// countURLs counts JSON Lines by the field url.
func countURLs(t *testing.T, lines []byte) map[string]int {
	t.Helper()
	var urls []string
	for line := range bytes.Lines(lines) {
		urls = append(urls, fmt.Sprint(parsed(t, line)["url"]))
	}
	return countOf(urls)
}

// natsReceiver is a server with a stream in a file.
type natsReceiver struct {
	dir  string
	port int
	s    *server.Server
}

func newNATSReceiver(t *testing.T) receiver {
	n := &natsReceiver{dir: t.TempDir(), port: freePort(t)}
	n.back(t)
	t.Cleanup(func() { n.leave() })
	conn, js := n.connect(t)
	defer conn.Close()
	if _, err := js.CreateStream(t.Context(), jetstream.StreamConfig{Name: "news", Subjects: []string{"news.>"}}); err != nil {
		t.Fatal(err)
	}
	return n
}

func (n *natsReceiver) address() string { return fmt.Sprintf("nats://127.0.0.1:%d/news/press", n.port) }

func (n *natsReceiver) leave() {
	n.s.Shutdown()
	n.s.WaitForShutdown()
}

func (n *natsReceiver) back(t *testing.T) {
	t.Helper()
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: n.port, JetStream: true, StoreDir: n.dir, NoLog: true, NoSigs: true})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(30 * time.Second) {
		t.Fatal("the server does not start")
	}
	n.s = s
}

func (n *natsReceiver) connect(t *testing.T) (*nats.Conn, jetstream.JetStream) {
	t.Helper()
	conn, err := nats.Connect(n.s.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	return conn, js
}

func (n *natsReceiver) urls(t *testing.T) map[string]int {
	t.Helper()
	conn, js := n.connect(t)
	defer conn.Close()
	stream, err := js.Stream(t.Context(), "news")
	if err != nil {
		t.Fatal(err)
	}
	var lines []byte
	for k := range stream.CachedInfo().State.LastSeq {
		m, err := stream.GetMsg(t.Context(), k+1)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(append(lines, m.Data...), '\n')
	}
	return countURLs(t, lines)
}

// hookReceiver takes each batch once, by its key. While it is away it breaks all
// connections.
type hookReceiver struct {
	srv *httptest.Server

	mu    sync.Mutex
	away  bool
	keys  map[string]bool
	lines []byte
	// lateTakes is how many batches it takes while it is away, without an answer.
	lateTakes int
}

func newHookReceiver(t *testing.T) receiver {
	h := &hookReceiver{keys: make(map[string]bool)}
	h.srv = httptest.NewServer(h)
	t.Cleanup(h.srv.Close)
	return h
}

func (h *hookReceiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.away && h.lateTakes == 0 {
		panic(http.ErrAbortHandler)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if key := r.Header.Get("Idempotency-Key"); !h.keys[key] {
		h.keys[key] = true
		h.lines = append(h.lines, body...)
	}
	if h.away {
		h.lateTakes--
		panic(http.ErrAbortHandler)
	}
}

func (h *hookReceiver) set(away bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.away = away
}

func (h *hookReceiver) address() string { return h.srv.URL + "/hook" }
func (h *hookReceiver) leave()          { h.set(true) }
func (h *hookReceiver) back(*testing.T) { h.set(false) }
func (h *hookReceiver) urls(t *testing.T) map[string]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return countURLs(t, h.lines)
}

// bucketReceiver is a store whose port is closed while it is away.
type bucketReceiver struct {
	store *s3test.Store
	port  int
	srv   *http.Server
}

func newBucketReceiver(t *testing.T) receiver {
	t.Setenv("AWS_ACCESS_KEY_ID", "mara")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	b := &bucketReceiver{store: &s3test.Store{Bucket: "press"}, port: freePort(t)}
	b.back(t)
	t.Cleanup(b.leave)
	return b
}

func (b *bucketReceiver) address() string {
	return fmt.Sprintf("s3://press/made?endpoint=http://127.0.0.1:%d", b.port)
}

func (b *bucketReceiver) leave() { b.srv.Close() }

func (b *bucketReceiver) back(t *testing.T) {
	t.Helper()
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", b.port))
	if err != nil {
		t.Fatal(err)
	}
	b.srv = &http.Server{Handler: b.store}
	go b.srv.Serve(l)
}

func (b *bucketReceiver) urls(t *testing.T) map[string]int {
	t.Helper()
	n := make(map[string]int)
	for _, name := range b.store.Names() {
		path := filepath.Join(t.TempDir(), filepath.Base(name))
		if err := os.WriteFile(path, b.store.Object(name), 0o666); err != nil {
			t.Fatal(err)
		}
		var lines, errs bytes.Buffer
		if code := run([]string{"convert", path}, strings.NewReader(""), &lines, &errs); code != exitOK {
			t.Fatalf("exit code %d\n%s", code, &errs)
		}
		for url, k := range countURLs(t, lines.Bytes()) {
			n[url] += k
		}
	}
	return n
}
