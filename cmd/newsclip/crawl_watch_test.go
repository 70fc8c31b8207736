package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsclip/clean"
)

// A watch writes what is new and what has changed while it runs, with the paragraphs
// that differ, and ends with 0 where it is interrupted.
func TestCrawlEvery(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot be interrupted there")
	}
	const second = "The second paragraph of it is about the weather at the quay, which was fine."
	var stage atomic.Int32
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		changed := strings.Replace(storyHTML(1), "</article>", "<p>"+second+"</p></article>", 1)
		switch {
		case r.URL.Path == "/" && stage.Load() == 0:
			fmt.Fprint(w, `<!doctype html><title>All</title><a href="/2026/01/02/story-1">More</a>`)
		case r.URL.Path == "/":
			fmt.Fprint(w, `<!doctype html><title>All</title><a href="/2026/01/02/story-1">More</a><a href="/2026/01/02/story-2">More</a>`)
		case r.URL.Path == "/2026/01/02/story-1" && stage.Load() == 0:
			fmt.Fprint(w, storyHTML(1))
		case r.URL.Path == "/2026/01/02/story-1":
			fmt.Fprint(w, changed)
		case r.URL.Path == "/2026/01/02/story-2" && stage.Load() > 0:
			fmt.Fprint(w, storyHTML(2))
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer srv.Close()
	dir := t.TempDir()
	state, out := filepath.Join(dir, "state"), filepath.Join(dir, "out.jsonl")
	cmd := newsclipCommand("crawl", "--every", "1s", "--state", state, "-o", out, "--delay", "0", srv.URL+"/")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	records := func(n int) (all []clean.Article) {
		for end := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
			all = nil
			b, _ := os.ReadFile(out)
			for line := range strings.Lines(string(b)) {
				var a clean.Article
				if json.Unmarshal([]byte(line), &a) == nil {
					all = append(all, a)
				}
			}
			if len(all) >= n {
				return all
			}
			if time.Now().After(end) {
				t.Fatalf("%d records, want %d: %s", len(all), n, stderr.String())
			}
		}
	}
	records(1)
	stage.Store(1)
	records(3)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("interrupted, it ends with %v: %s", err, stderr.String())
	}
	seen := make(map[string]*clean.Article)
	for _, a := range records(3) {
		seen[fmt.Sprintf("%s %d", a.URL[strings.LastIndexByte(a.URL, '/'):], a.Revision)] = &a
	}
	changed := seen["/story-1 1"]
	if len(seen) != 3 || seen["/story-1 0"] == nil || seen["/story-2 0"] == nil || changed == nil {
		t.Fatalf("written: %v", seen)
	}
	if d := changed.Diff; d == nil || len(d.Added) != 1 || d.Added[0] != second || len(d.Removed) != 0 {
		t.Errorf("diff %+v", d)
	}
	b, err := newsclipCommand("status", "--state", state).Output()
	if err != nil || !strings.Contains(string(b), "recrawls ") {
		t.Errorf("status: %v, %s", err, b)
	}
}
