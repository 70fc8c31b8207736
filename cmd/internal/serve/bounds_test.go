package serve

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsclip/testdata"
)

// Patterns of a crawl that would take gigabytes once their repetitions are written out are
// refused before that, and usual ones are taken.
func TestPatternsAreBounded(t *testing.T) {
	base := start(t, Options{})
	begin := func(field string, patterns ...string) (status int, body string) {
		b, err := json.Marshal(map[string]any{"seeds": []string{"http://127.0.0.1:1/"}, field: patterns})
		if err != nil {
			t.Fatal(err)
		}
		resp, body := ask(t, "POST", base+"/v1/crawls", string(b), "Content-Type", "application/json")
		return resp.StatusCode, body
	}
	for name, patterns := range map[string][]string{
		"repeated":   {"(?:" + strings.Repeat("[ab]", 800) + "){1000}"},
		"in another": {"((x{10}){10}y{900}){10}z{999}w{999}"},
		"many":       {"a{900}", "b{900}", "c{900}", "d{900}", "e{900}", "f{900}", "g{900}", "h{900}", "i{900}", "j{900}", "k{900}", "l{900}"},
		"long":       {strings.Repeat(`\pL`, 6000)},
	} {
		for _, field := range []string{"include", "exclude"} {
			if status, body := begin(field, patterns...); status != http.StatusUnprocessableEntity || len(body) > 500 || !strings.Contains(body, field+": ") {
				t.Errorf("%s: %d %.300s", name, status, body)
			}
		}
	}
	if status, body := begin("include", `/20\d{2}/\d{1,2}/[^/]{10,200}\.html$`, `^https://[a-z]+\.news\.example/(?:sport|politik)/`); status != http.StatusCreated {
		t.Errorf("usual patterns: %d %s", status, body)
	}
}

// Of a request with many faults some are told, each shortly.
func TestManyFaultsOfARequest(t *testing.T) {
	base := start(t, Options{})
	var many strings.Builder
	for k := range 3000 {
		fmt.Fprintf(&many, `,"field%d":[%d]`, k, k)
	}
	for _, body := range []string{
		`{"seeds":["http://127.0.0.1:1/"]` + many.String() + `}`,
		`{"seeds":[` + strings.Repeat("1,", 3000) + `1]}`,
		`{"seeds":["http://127.0.0.1:1/"],"with":["` + strings.Repeat("x", 100_000) + `"]}`,
	} {
		resp, answer := ask(t, "POST", base+"/v1/crawls", body, "Content-Type", "application/json")
		if resp.StatusCode != http.StatusUnprocessableEntity || len(answer) > 6000 || !strings.Contains(answer, "expected") {
			t.Errorf("%.60s: %d, %d bytes: %.200s", body, resp.StatusCode, len(answer), answer)
		}
	}
}

// A server keeps so many crawls as it can hold in memory, and lists them in order.
func TestKeptCrawlsAreBounded(t *testing.T) {
	c := &crawls{all: make(map[string]*crawl)}
	add := func(seed string) {
		id := fmt.Sprintf("c%04d", len(c.all))
		at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(len(c.all)) * time.Hour)
		c.all[id] = &crawl{info: crawlInfo{ID: id, Created: at, Request: crawlRequest{Seeds: []string{seed}}}}
	}
	usual := &crawlRequest{Seeds: []string{"https://news.example/"}}
	for range mostKept {
		if !c.canKeep(usual) {
			t.Fatalf("no room beside %d crawls", len(c.all))
		}
		add("https://news.example/")
	}
	if c.canKeep(usual) {
		t.Errorf("room beside %d crawls", len(c.all))
	}
	var w bytes.Buffer
	if err := sendList(&w, c.list()); err != nil {
		t.Fatal(err)
	}
	if list := decode[[]crawlInfo](t, w.String()); len(list) != mostKept || list[0].ID != "c0999" || list[999].ID != "c0000" {
		t.Errorf("%d crawls in the list: %.200s", len(list), w.String())
	}
	s, err := New(Options{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	s.crawls.all = c.all
	if _, err := s.crawls.begin(&crawlRequest{Seeds: []string{"http://127.0.0.1:1/"}}); err == nil || problemOf(err).Status != http.StatusTooManyRequests {
		t.Errorf("another crawl: %v", err)
	}
	if o, err := s.crawls.options(&crawlRequest{Seeds: usual.Seeds, MaxSeconds: math.MaxInt}); err != nil || o.MaxTime < 24*time.Hour {
		t.Errorf("a long time: %v, %v", o.MaxTime, err)
	}
	clear(c.all)
	for range 40 {
		add("https://news.example/" + strings.Repeat("a", keptBytes/40))
	}
	if c.canKeep(usual) {
		t.Error("room beside crawls that take all memory")
	}
	base := start(t, Options{})
	if resp, body := ask(t, "POST", base+"/v1/crawls", `{"seeds":["http://127.0.0.1:1/`+strings.Repeat("a", maxCrawlRequest)+`"]}`, "Content-Type", "application/json"); resp.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("a long request: %d %.200s", resp.StatusCode, body)
	}
	if _, body := ask(t, "GET", base+"/v1/crawls", ""); body != "[]\n" {
		t.Errorf("no crawls: %q", body)
	}
}

// A client that does not read its answer is given up, and while many do so no page is
// taken up.
func TestUnreadAnswersAreGivenUp(t *testing.T) {
	s, err := New(Options{Folder: t.TempDir(), Timeout: 3 * time.Second, Wait: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	defer srv.Close()
	s.crawls.all["a"] = &crawl{folder: t.TempDir()}
	if err := os.WriteFile(filepath.Join(s.crawls.all["a"].folder, recordsFile), append(make([]byte, 48<<20), '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.(*net.TCPConn).SetReadBuffer(4 << 10)
	fmt.Fprint(c, "GET /v1/crawls/a/records HTTP/1.1\r\nHost: localhost\r\n\r\n")
	until := func(what string, ok func() bool) {
		t.Helper()
		for range 1500 {
			if ok() {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		t.Fatal(what)
	}
	until("the answer is not counted", func() bool { return s.room.unsent.Load() > 8<<20 })
	until("the answer waits for ever", func() bool { return s.room.unsent.Load() == 0 })

	const article = "<title>Ferry</title><article><p>The ferry left the harbour at nine, and was late again, said its captain to us."
	s.room.unsent.Add(mostUnsent + 1)
	if resp, body := ask(t, "POST", srv.URL+"/v1/clean", article); resp.StatusCode != http.StatusTooManyRequests {
		t.Errorf("beside unsent answers: %d %.200s", resp.StatusCode, body)
	}
	if resp, body := ask(t, "GET", srv.URL+"/v1/crawls", ""); resp.StatusCode != http.StatusTooManyRequests {
		t.Errorf("a list beside unsent answers: %d %.200s", resp.StatusCode, body)
	}
	if resp, body := ask(t, "GET", srv.URL+"/healthz", ""); resp.StatusCode != http.StatusOK {
		t.Errorf("health beside unsent answers: %d %.200s", resp.StatusCode, body)
	}
	s.room.unsent.Add(-mostUnsent - 1)
	if resp, body := ask(t, "POST", srv.URL+"/v1/clean", article); resp.StatusCode != http.StatusOK {
		t.Errorf("afterwards: %d %.200s", resp.StatusCode, body)
	}
}

// Packed pages are bounded as bodies are, and many at once take little memory.
func TestPackedPagesAreBounded(t *testing.T) {
	if testdata.RaceDetector {
		t.Skip("takes far longer with the race detector")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(25))
	// Files are read one after another, and that is slow with the race detector.
	base := start(t, Options{Wait: 5 * time.Minute})
	pack := func(padding int) string {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		fmt.Fprintf(w, "<title>Ferry</title><article>%s<!--%s-->", strings.Repeat("<p>The ferry left the harbour at nine, said its captain, and was late again.", 20), strings.Repeat("x", padding))
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if resp, body := ask(t, "POST", base+"/v1/clean", pack(1<<20)); resp.StatusCode != http.StatusOK {
		t.Errorf("a packed page: %d %.200s", resp.StatusCode, body)
	}
	form := func(page string) (body, contentType string) {
		return "--b\r\nContent-Disposition: form-data; name=\"page\"; filename=\"a.html.gz\"\r\n\r\n" + page + "\r\n--b--\r\n", "multipart/form-data; boundary=b"
	}
	large := pack(45 << 20)
	inForm, formType := form(large)
	most := mostHeap()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if resp, body := ask(t, "POST", base+"/v1/clean", large); resp.StatusCode != http.StatusRequestEntityTooLarge {
				t.Errorf("a large page: %d %.200s", resp.StatusCode, body)
			}
		})
		for _, path := range []string{"/v1/clean", "/pages"} {
			wg.Go(func() {
				if resp, body := ask(t, "POST", base+path, inForm, "Content-Type", formType); resp.StatusCode != http.StatusRequestEntityTooLarge {
					t.Errorf("a large page in a form to %s: %d %.200s", path, resp.StatusCode, body)
				}
			})
		}
	}
	wg.Wait()
	if n := most(); n > 300<<20 {
		t.Errorf("%d MB were in use", n>>20)
	}
}

// The last line of a batch has a record also where it is too long and does not end, and
// the mark that some editors begin a file with is no part of the first.
func TestOddLinesOfABatch(t *testing.T) {
	base := start(t, Options{MaxBody: 100_000})
	_, body := ask(t, "POST", base+"/v1/batch", "\ufeff"+`{"id":"a","html":"<p>a"}`+"\n"+`{"html":"`+strings.Repeat("x", 200_000), "Content-Type", "application/x-ndjson")
	lines := strings.Split(strings.TrimSpace(body), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], `{"id":"a"`) || !strings.Contains(lines[1], "too_large") {
		t.Errorf("%q", lines)
	}
}

// No more than mostFollowers clients follow crawls at once.
func TestFollowersAreBounded(t *testing.T) {
	s, err := New(Options{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	defer srv.Close()
	running := make(chan struct{})
	s.crawls.all["a"] = &crawl{info: crawlInfo{ID: "a"}, pause: func() {}, done: running}
	follow := func() (*http.Response, error) { return http.Get(srv.URL + "/v1/crawls/a/events") }
	for range mostFollowers {
		resp, err := follow()
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			t.Fatalf("following: %s", resp.Status)
		}
	}
	resp, err := follow()
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusTooManyRequests || resp.Header.Get("Retry-After") == "" {
		t.Errorf("one more: %s", resp.Status)
	}
	s.crawls.mu.Lock()
	s.crawls.all["a"].pause = nil
	s.crawls.mu.Unlock()
	close(running)
	for range 500 {
		if resp, err = follow(); err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode == http.StatusOK {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("after the others: %s", resp.Status)
}

// Connections over the limit wait for busy ones, and take the place of idle ones.
func TestConnectionsAreBounded(t *testing.T) {
	const most = 4
	busy := make(chan struct{})
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/busy" {
			<-busy
		}
	}))
	srv.Listener = Limit(srv.Config, srv.Listener, most)
	state := srv.Config.ConnState
	srv.Start() // sets a ConnState that calls ours
	defer srv.Close()
	if state == nil {
		t.Fatal("the server does not tell of its connections")
	}
	ask := func(path string) (conn net.Conn, answered func(time.Duration) bool) {
		c, err := net.Dial("tcp", srv.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path)
		return c, func(wait time.Duration) bool {
			_ = c.SetReadDeadline(time.Now().Add(wait))
			n, _ := c.Read(make([]byte, 1000))
			return n > 0
		}
	}
	for k := range 3 * most {
		if _, answered := ask("/"); !answered(20 * time.Second) {
			t.Fatalf("connection %d is not answered beside idle ones", k)
		}
	}
	for range most {
		ask("/busy")
	}
	time.Sleep(100 * time.Millisecond)
	_, answered := ask("/")
	if answered(200 * time.Millisecond) {
		t.Error("a connection over the limit is answered")
	}
	close(busy)
	if !answered(20 * time.Second) {
		t.Error("the connection is not answered after the others")
	}
}

// An answer has one status, whatever is tried when it cannot be sent.
func TestOneStatus(t *testing.T) {
	inner := &statusCounter{ResponseRecorder: httptest.NewRecorder()}
	w := &statusWriter{ResponseWriter: inner, control: http.NewResponseController(inner), unsent: new(atomic.Int64)}
	_, _ = w.Write([]byte("a"))
	w.WriteHeader(http.StatusInternalServerError)
	if inner.statuses != 0 {
		t.Error("a status was sent after the body")
	}
	// The library that sends events prints on standard error that it cannot set a deadline.
	if err := w.SetWriteDeadline(time.Now()); err != nil {
		t.Error(err)
	}
}

type statusCounter struct {
	*httptest.ResponseRecorder
	statuses int
}

func (w *statusCounter) WriteHeader(status int) { w.statuses++ }

// A form that does not come is given up, also that of someone who is not signed in.
func TestSlowForms(t *testing.T) {
	address := strings.TrimPrefix(start(t, Options{Token: "secret", Timeout: 300 * time.Millisecond}), "http://")
	for path, token := range map[string]string{"/login": "", "/crawls": "secret"} {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na=", path, token)
		_ = c.SetReadDeadline(time.Now().Add(20 * time.Second))
		if answer, err := io.ReadAll(c); err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 408 ") {
			t.Errorf("%s: %v, %.100q", path, err, answer)
		}
	}
}
