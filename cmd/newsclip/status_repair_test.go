package main

import (
	"encoding/json"
	"errors"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestStatusRepair stops a crawl, damages its state, and follows the hints: the
// crawl refuses the state, the check lists the damage, and after the repair each
// article is in the output once.
func TestStatusRepair(t *testing.T) {
	if testing.Short() {
		t.Skip("crawls in other processes")
	}
	const articles = 60
	srv := httptest.NewServer(&bigSite{n: articles, hits: map[string]int{}})
	defer srv.Close()
	site := srv.URL
	dir := t.TempDir()
	state, out := filepath.Join(dir, "state"), filepath.Join(dir, "out.jsonl")
	crawl := func(delay string) *exec.Cmd {
		return newsclipCommand("crawl", "--quiet", "--state", state, "-o", out, "--delay", delay, "--max-time", "60s", site)
	}
	first := crawl("60ms")
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(20 * time.Second); strings.Count(readAll(t, out), "\n") < 8 && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
	}
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait() // it was killed
	files, err := filepath.Glob(filepath.Join(state, "jetstream", "$G", "streams", "*-urls", "msgs", "*.blk"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 4
	if err := os.WriteFile(files[0], b, 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(cmd *exec.Cmd) (string, int) {
		b, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		return string(b), cmd.ProcessState.ExitCode()
	}
	if got, code := run(crawl("0")); code != exitFailed || !strings.Contains(got, "damaged") || !strings.Contains(got, "--check") {
		t.Errorf("crawl: exit code %d\n%s", code, got)
	}
	if got, code := run(newsclipCommand("status", "--state", state, "--check")); code != exitFailed || !strings.Contains(got, "not as they were written") || !strings.Contains(got, "lost:") {
		t.Errorf("--check: exit code %d\n%s", code, got)
	}
	if got, code := run(newsclipCommand("status", "--state", state, "--repair")); code != exitOK || !strings.Contains(got, "kept:") {
		t.Errorf("--repair: exit code %d\n%s", code, got)
	}
	if got, code := run(newsclipCommand("status", "--state", state, "--check")); code != exitOK {
		t.Errorf("--check after the repair: exit code %d\n%s", code, got)
	}
	if got, code := run(crawl("0")); code != exitOK {
		t.Errorf("crawl after the repair: exit code %d\n%s", code, got)
	}
	urls := map[string]int{}
	for line := range strings.Lines(readAll(t, out)) {
		var r struct{ URL string }
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		urls[r.URL]++
	}
	for u, n := range urls {
		if n != 1 {
			t.Errorf("%s: %d records", u, n)
		}
	}
	if len(urls) != articles {
		t.Errorf("%d articles, want %d", len(urls), articles)
	}
}

func readAll(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return string(b)
}
