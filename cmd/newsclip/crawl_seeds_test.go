package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestSeedList(t *testing.T) {
	utf16 := func(s string) string {
		b := []byte{0xff, 0xfe}
		for _, c := range []byte(s) {
			b = append(b, c, 0)
		}
		return string(b)
	}
	good := []string{"https://a.example/", "http://b.example/x"}
	for _, tt := range []struct {
		name, list string
		want       []string
		warnings   int
	}{
		{"plain", "https://a.example/\nhttp://b.example/x", good, 0},
		{"a byte order mark and CRLF", "\ufeffhttps://a.example/\r\nhttp://b.example/x\r\n", good, 0},
		{"UTF-16", utf16("https://a.example/\r\nhttp://b.example/x\r\n"), good, 0},
		{"line ends of old Macs", "https://a.example/\rhttp://b.example/x\r", good, 0},
		{"wrong ones among them", "url,name\nhttps://a.example/\nyle.example\nhttp://[broken\nhttp://b.example/x\nftp://c.example/\n", good, 3},
		{"a long line", "x" + strings.Repeat("y", 100_000) + "\nhttps://a.example/\nhttp://b.example/x\n", good, 1},
	} {
		var stderr bytes.Buffer
		got, err := new(crawlFlags).seeds(t.Context(), &env{stdin: strings.NewReader(tt.list), stderr: &stderr}, []string{"-"})
		var urls []string
		for _, s := range got {
			urls = append(urls, s.URL)
		}
		if err != nil || !slices.Equal(urls, tt.want) {
			t.Errorf("%s: %q, %v", tt.name, urls, err)
		}
		if n := strings.Count(stderr.String(), "warning: standard input: line "); n != tt.warnings {
			t.Errorf("%s: %d warnings: %.300s", tt.name, n, stderr.String())
		}
	}
	_, err := new(crawlFlags).seeds(t.Context(), &env{stdin: strings.NewReader("a.example\n"), stderr: io.Discard}, nil)
	var usage *usageError
	if !errors.As(err, &usage) {
		t.Errorf("of wrong ones alone: %v", err)
	}
}

// An interrupt ends the reading of seeds that nobody types.
func TestSeedsInterrupted(t *testing.T) {
	r, w := io.Pipe()
	defer w.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := new(crawlFlags).seeds(ctx, &env{stdin: r, stderr: io.Discard}, []string{"-"}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("returned %v", err)
	}
}
