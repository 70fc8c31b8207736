package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// A crawl whose state has no room left says so within seconds, ends, and goes on when
// there is room again: no article is lost or written twice, and that it wrote none is no
// failure.
func TestCrawlFullDisk(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no /dev/full")
	}
	const articles = 8
	state, out := filepath.Join(t.TempDir(), "state"), filepath.Join(t.TempDir(), "out.jsonl")
	// What is written to see whether there is room goes to a full device, from the first
	// request of the first crawl on.
	probe := filepath.Join(state, "probe")
	fill := sync.OnceValue(func() error {
		os.Remove(probe)
		return os.Symlink("/dev/full", probe)
	})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		switch {
		case r.URL.Path == "/":
			if err := fill(); err != nil {
				t.Error(err)
			}
			for k := range articles {
				fmt.Fprintf(w, `<a href="/story-%d-of-the-lock">%[1]d</a>`, k)
			}
		case strings.HasPrefix(r.URL.Path, "/story-"):
			name := strings.TrimPrefix(r.URL.Path, "/")
			fmt.Fprintf(w, `<!doctype html><html lang="en"><head><title>%s</title><meta property="og:type" content="article"></head><body><article><h1>%[1]s</h1>`, name)
			for k := range 6 {
				fmt.Fprintf(w, "<p>Of %s the keeper said in part %d that its gates had been felled, dried and shaped for a lock that no drawing shows.</p>", name, k)
			}
			fmt.Fprint(w, "</article></body></html>")
		default:
			http.NotFound(w, r)
		}
	}))
	defer srv.Close()
	crawl := func(delay string) (int, string) {
		var stdout, stderr strings.Builder
		code := run([]string{"crawl", "--no-learn", "--delay", delay, "--state", state, "-o", out, srv.URL}, strings.NewReader(""), &stdout, &stderr)
		return code, stderr.String()
	}
	start := time.Now()
	code, msgs := crawl("300ms")
	if took := time.Since(start); code != exitFailed || !strings.Contains(msgs, "no space left on device") || took > 20*time.Second {
		t.Errorf("exit code %d after %v\n%s", code, took, msgs)
	}
	os.Remove(probe)
	for n := range 2 {
		if code, msgs := crawl("0"); code != exitOK {
			t.Errorf("run %d: exit code %d\n%s", n, code, msgs)
		}
	}
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	for k := range articles {
		if n := strings.Count(string(b), fmt.Sprintf(`"title":"story-%d-of-the-lock"`, k)); n != 1 {
			t.Errorf("story %d was written %d times", k, n)
		}
	}
}
