package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// A bigSite is n articles, listed by section pages of 50.
type bigSite struct {
	n int

	mu   sync.Mutex
	hits map[string]int
}

const perSection = 50

func (s *bigSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.hits[r.URL.Path]++
	s.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	var k int
	switch {
	case r.URL.Path == "/":
		fmt.Fprint(w, "<!doctype html><title>All</title><ul>")
		for i := range (s.n + perSection - 1) / perSection {
			fmt.Fprintf(w, `<li><a href="/section/%d">Part</a>`, i)
		}
	case scan(r.URL.Path, "/section/%d", &k):
		fmt.Fprint(w, "<!doctype html><title>Part</title><ul>")
		for i := k * perSection; i < min(s.n, (k+1)*perSection); i++ {
			fmt.Fprintf(w, `<li><a href="/2026/01/02/story-%d">More</a>`, i)
		}
	case scan(r.URL.Path, "/2026/01/02/story-%d", &k):
		io.WriteString(w, storyHTML(k))
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func scan(path, format string, k *int) bool {
	n, err := fmt.Sscanf(path, format, k)
	return n == 1 && err == nil
}

// storyHTML is an article whose words depend on k.
func storyHTML(k int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="en"><head><title>Story %d of the harbour</title><meta property="og:type" content="article">`+
		`<script type="application/ld+json">{"@type":"NewsArticle","headline":"Story %[1]d of the harbour","datePublished":"2026-01-02T03:04:05Z"}</script></head>`+
		`<body><article><h1>Story %[1]d of the harbour</h1>`, k)
	words := []string{"harbour", "crane", "ferry", "quay", "pilot", "storm", "tide", "net", "lamp", "ledger"}
	for i := range 6 {
		fmt.Fprintf(&b, "<p>The %s of the year %d was mended by the people of pier %d, who said that the %s had held for %d winters and would hold for more.</p>",
			words[(k+i)%10], 1900+k%90+i, k, words[(k/10+i)%10], k*7+i)
	}
	b.WriteString("</article></body></html>")
	return b.String()
}

// newsclipCommand runs the command in a process of its own.
func newsclipCommand(args ...string) *exec.Cmd {
	newsclip, err := plainBinary()
	cmd := exec.Command(newsclip, args...)
	if err != nil {
		cmd.Err = err
	}
	return cmd
}

// A crawl that is killed 20 times at moments of chance, and begun again each
// time, writes every article once and no torn line.
func TestCrawlKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("20 killed crawls take half a minute")
	}
	const articles, kills = 2000, 20
	site := &bigSite{n: articles, hits: make(map[string]int)}
	srv := httptest.NewServer(site)
	defer srv.Close()
	dir := t.TempDir()
	out := filepath.Join(dir, "out.jsonl")
	if err := os.WriteFile(out, []byte(`{"id":"older"}`+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	args := []string{"crawl", "--state", filepath.Join(dir, "state"), "-o", out, "--delay", "0", "--per-host", "8", srv.URL}
	rnd := rand.New(rand.NewPCG(1, 2))
	killed := 0
	for killed < kills {
		cmd := newsclipCommand(args...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// The first moments count most: a state that is half made.
		time.Sleep(time.Duration(rnd.IntN(30+20*killed)) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		cmd.Wait()
		killed++
	}
	before := readURLs(t, out, true)
	t.Logf("%d records after %d kills", len(before), killed)
	last, err := newsclipCommand(args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, last)
	}
	seen := readURLs(t, out, false)
	for k := range articles {
		path := fmt.Sprintf("/2026/01/02/story-%d", k)
		if n := seen[srv.URL+path]; n != 1 {
			t.Errorf("%s: written %d times, and before the last run %d; asked for %d times", path, n, before[srv.URL+path], site.hits[path])
		}
	}
	if seen[""] != 1 {
		t.Errorf("the record that was there before stands there %d times", seen[""])
	}
	site.mu.Lock()
	defer site.mu.Unlock()
	pages, asked := 0, 0
	for path, n := range site.hits {
		if path != "/robots.txt" && path != "/sitemap.xml" {
			pages, asked = pages+1, asked+n
		}
	}
	// Only what was at work when the crawl was killed may be asked for again.
	if again := asked - pages; again > kills*16 {
		t.Errorf("%d pages were asked for again", again)
	} else {
		t.Logf("%d pages were asked for again", again)
	}
	if t.Failed() {
		t.Logf("the last run said\n%s", last)
	}
	b, err := newsclipCommand(args...).CombinedOutput()
	if err != nil || !strings.Contains(string(b), "finished") {
		t.Errorf("a finished crawl: %v\n%s", err, b)
	}
}

// readURLs counts the records of a file by URL. A torn last line is only
// allowed where the crawl was killed.
func readURLs(t *testing.T, path string, killed bool) map[string]int {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	seen := make(map[string]int)
	r := bufio.NewReader(f)
	for {
		line, err := r.ReadBytes('\n')
		if err == io.EOF && len(line) > 0 && killed {
			return seen
		}
		if len(line) > 0 {
			var rec struct {
				URL string `json:"url"`
			}
			if jsonErr := json.Unmarshal(line, &rec); jsonErr != nil {
				t.Fatalf("%s: %v: %q", path, jsonErr, line)
			}
			seen[rec.URL]++
		}
		if err == io.EOF {
			return seen
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// An interrupted crawl ends by itself, with whole records and a summary.
func TestCrawlInterrupted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no process can be sent an interrupt there")
	}
	site := &bigSite{n: 500, hits: make(map[string]int)}
	srv := httptest.NewServer(site)
	defer srv.Close()
	out := filepath.Join(t.TempDir(), "out.jsonl")
	cmd := newsclipCommand("crawl", "-o", out, "--delay", "5ms", srv.URL)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	asked := func() int {
		site.mu.Lock()
		defer site.mu.Unlock()
		return len(site.hits)
	}
	for end := time.Now().Add(time.Minute); asked() < 30 && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	err := cmd.Wait()
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("ended %v after the interrupt", took)
	}
	if cmd.ProcessState.ExitCode() != exitFailed {
		t.Errorf("%v", err)
	}
	if !strings.Contains(stderr.String(), "it was interrupted") {
		t.Errorf("standard error is %q", stderr.String())
	}
	if n := len(readURLs(t, out, false)); n < 10 || n >= 500 {
		t.Errorf("%d records", n)
	}
}

// --metrics tells Prometheus how the crawl stands, and status of a crawl at
// work what its process last said.
func TestCrawlWatched(t *testing.T) {
	site := &bigSite{n: 500, hits: make(map[string]int)}
	srv := httptest.NewServer(site)
	defer srv.Close()
	dir := t.TempDir()
	state := filepath.Join(dir, "state")
	cmd := newsclipCommand("crawl", "--state", state, "-o", filepath.Join(dir, "out.jsonl"), "--delay", "50ms", "--metrics", "127.0.0.1:0", srv.URL)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { cmd.Process.Kill(); cmd.Wait() }()
	line, err := bufio.NewReader(stderr).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	_, address, _ := strings.Cut(strings.TrimSpace(line), "metrics on ")
	want := []string{"newsclip_pages_total ", "newsclip_articles_total ", "newsclip_queue ", "newsclip_hosts 1", `newsclip_host_total{host="127.0.0.1:`, "newsclip_host_given_up", "go_goroutines "}
	if runtime.GOOS == "linux" {
		want = append(want, "process_open_fds ", "process_resident_memory_bytes ")
	}
	var body string
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		resp, err := http.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if body = string(b); strings.Contains(body, "newsclip_hosts 1") && strings.Contains(body, `what="found"`) {
			break
		}
	}
	for _, w := range want {
		if !strings.Contains(body, w) {
			t.Errorf("no %q in\n%s", w, body)
		}
	}
	var b []byte
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if b, err = newsclipCommand("status", "--state", state).Output(); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(b), "this run") {
			break
		}
	}
	if text := string(b); !strings.Contains(text, "state     running\n") || !strings.Contains(text, "at work   127.0.0.1") || !strings.Contains(text, "\n127.0.0.1:") {
		t.Errorf("status says\n%s", text)
	}
}
