//go:build linux

package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"newsclip/testdata"
)

// writeWARC writes an archive of so many bytes or a little more, of pages that
// differ, and returns their number.
func writeWARC(t *testing.T, path string, size int) (pages int) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	for written := 0; written < size; pages++ {
		page := partPage(fmt.Sprintf("Report %d", pages), fmt.Sprintf("In report %d,", pages), "") +
			"<script>" + strings.Repeat(`var state = "what a page carries beside its words";`+"\n", 4000) + "</script>"
		block := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
		n, err := fmt.Fprintf(w, "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://quay.example/%d\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
			pages, len(block), block)
		if err != nil {
			t.Fatal(err)
		}
		written += n
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return pages
}

// An archive is cleaned in under 200 MB of memory, however large it is: of 100 MB
// here, and of a gigabyte where NEWSCLIP_LARGE is set.
func TestWARCInBoundedMemory(t *testing.T) {
	if testdata.RaceDetector {
		t.Skip("the race detector takes several times the memory")
	}
	size := 100 << 20
	if os.Getenv("NEWSCLIP_LARGE") != "" {
		size = 1 << 30
	}
	path := filepath.Join(t.TempDir(), "large.warc")
	pages := writeWARC(t, path, size)
	cmd := exec.Command("newsclip", "clean", "--workers", "2", "-o", os.DevNull, path)
	cmd.Env = append(os.Environ(), "GOGC=", "GOMEMLIMIT=")
	peak := runPeak(t, cmd)
	t.Logf("%d pages, %d MB, at most %d MB of memory", pages, size>>20, peak>>20)
	if peak > 200<<20 {
		t.Errorf("%d MB of memory for %d MB of pages", peak>>20, size>>20)
	}
}

// The records of an archive of a gigabyte, made of the pages of the corpora, are
// those of the pages' files; and it takes under 200 MB. It runs where NEWSCLIP_LARGE
// is set.
func TestWARCOfCorpora(t *testing.T) {
	lists, err := filepath.Glob(filepath.Join(os.Getenv("NEWSCLIP_CORPORA"), "dev-*", "pages.jsonl"))
	if os.Getenv("NEWSCLIP_LARGE") == "" || testdata.RaceDetector || err != nil || len(lists) == 0 {
		t.Skip("NEWSCLIP_LARGE is not set, or NEWSCLIP_CORPORA names no folder of corpora")
	}
	path := filepath.Join(t.TempDir(), "corpora.warc")
	writeCorporaWARC(t, path, lists, 1<<30)
	files := make(map[string]map[string]any)
	for _, list := range lists {
		out, _ := cleanLarge(t, "--from", "jsonl", list)
		for line := range bytes.Lines(out) {
			r := parsed(t, line)
			if url := fmt.Sprint(r["url"]); files[url] == nil { // as in the archive
				files[url] = r
			}
		}
	}
	out, peak := cleanLarge(t, path)
	compared, more := 0, 0
	for line := range bytes.Lines(out) {
		r := parsed(t, line)
		url := fmt.Sprint(r["url"])
		want, ok := files[url]
		if !ok {
			more++
			continue
		}
		compared++
		delete(files, url)
		for _, own := range []string{"id", "file", "source", "fetched_at", "status"} { // where it was read
			delete(want, own)
			delete(r, own)
		}
		if want["error"] != nil {
			want["error"], r["error"] = nil, nil // its message names the file
		}
		if !reflect.DeepEqual(r, want) {
			t.Errorf("%s: got\n%v\nwant\n%v", url, r, want)
		}
	}
	for url, r := range files {
		if r["error"] == nil && strings.HasPrefix(url, "http") {
			t.Errorf("%s is not there", url)
		}
	}
	t.Logf("%d records compared, %d more, at most %d MB of memory", compared, more, peak>>20)
	if compared == 0 || peak > 200<<20 {
		t.Errorf("%d records compared, %d MB of memory", compared, peak>>20)
	}
}

// Pages that are large, or have as many tags as may be, take under 400 MB together, as lines
// and as files.
func TestLargePagesInBoundedMemory(t *testing.T) {
	if testdata.RaceDetector || testing.Short() {
		t.Skip("takes some ten seconds; the race detector takes several times the memory")
	}
	dir := t.TempDir()
	words := strings.Repeat("The ferry left the harbour at nine. ", 9_700_000/36)
	var lines strings.Builder
	for i := range 6 {
		fmt.Fprintf(&lines, `{"id":"%d","html":"<title>Report %d</title><p>%s"}`+"\n", i, i, words)
	}
	list, folder := filepath.Join(dir, "a.jsonl"), filepath.Join(dir, "pages")
	err := errors.Join(os.WriteFile(list, []byte(lines.String()), 0o600), os.Mkdir(folder, 0o700))
	for i := range 8 {
		tags := fmt.Sprintf("<title>Report %d</title>", i) + strings.Repeat("<p>a<b>b</b>", 66_000)
		err = errors.Join(err, os.WriteFile(filepath.Join(folder, fmt.Sprint(i, ".html")), []byte(tags), 0o600))
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{"lines": {"--from", "jsonl", list}, "files": {folder}} {
		cmd := exec.Command("newsclip", append([]string{"clean", "--workers", "2", "-o", os.DevNull}, args...)...)
		cmd.Env = append(os.Environ(), "GOGC=", "GOMEMLIMIT=")
		peak := runPeak(t, cmd)
		t.Logf("%s: at most %d MB of memory", name, peak>>20)
		if peak > 400<<20 {
			t.Errorf("%s: %d MB of memory", name, peak>>20)
		}
	}
}

// cleanLarge runs clean, each page by itself, and returns the records and the most
// memory that it took.
func cleanLarge(t *testing.T, args ...string) (out []byte, peak int64) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "out.jsonl")
	cmd := exec.Command("newsclip", append([]string{"clean", "--no-learn", "--workers", "2", "-o", path}, args...)...)
	cmd.Env = append(os.Environ(), "GOGC=", "GOMEMLIMIT=")
	peak = runPeak(t, cmd)
	return []byte(readFile(t, path)), peak
}

// runPeak runs a command, of whose pages some may be no articles, and returns the most
// memory that it took, in bytes, as it was every few milliseconds. What the system tells
// of a process that has ended counts the test that started it as well.
func runPeak(t *testing.T, cmd *exec.Cmd) (peak int64) {
	t.Helper()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	for {
		select {
		case err := <-done:
			if err != nil && cmd.ProcessState.ExitCode() != exitFailed {
				t.Fatalf("%v\n%s", err, &out)
			}
			return peak
		case <-time.After(2 * time.Millisecond):
			status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid)) // empty once it has ended
			_, rest, _ := strings.Cut(string(status), "VmHWM:")
			var kB int64
			if _, err := fmt.Sscan(rest, &kB); err == nil {
				peak = max(peak, kB<<10)
			}
		}
	}
}

// writeCorporaWARC writes the pages of the lists, each at its URL, and again with
// addresses of their own until the archive has so many bytes.
func writeCorporaWARC(t *testing.T, path string, lists []string, size int) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	seen := make(map[string]bool)
	for written, round := 0, 0; written < size; round++ {
		for _, list := range lists {
			for line := range bytes.Lines([]byte(readFile(t, list))) {
				p := parsed(t, line)
				url := fmt.Sprint(p["url"])
				if round > 0 {
					url = fmt.Sprintf("https://copy-%d.example/%s/%v", round, filepath.Base(filepath.Dir(list)), p["id"])
				}
				if seen[url] || !strings.HasPrefix(url, "http") { // no page of the web
					continue
				}
				seen[url] = true
				packed, err := os.Open(filepath.Join(filepath.Dir(list), fmt.Sprint(p["file"])))
				if err != nil {
					t.Fatal(err)
				}
				page, err := gzip.NewReader(packed)
				if err != nil {
					t.Fatal(err)
				}
				body, err := io.ReadAll(page)
				packed.Close()
				if err != nil {
					t.Fatal(err)
				}
				block := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + string(body)
				n, err := fmt.Fprintf(w, "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
					url, len(block), block)
				if err != nil {
					t.Fatal(err)
				}
				written += n
			}
		}
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		t.Fatal(err)
	}
}
