//go:build linux

package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
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
	if raceDetector {
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
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	peak := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
	t.Logf("%d pages, %d MB, at most %d MB of memory", pages, size>>20, peak>>20)
	if peak > 200<<20 {
		t.Errorf("%d MB of memory for %d MB of pages", peak>>20, size>>20)
	}
}
