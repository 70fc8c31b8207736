//go:build unix

package articles

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"newsclip/output"
)

// TestSinkOfAPipe: a sink waits for who reads its pipe, also where that is late.
func TestSinkOfAPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	read := make(chan string)
	go func() {
		time.Sleep(100 * time.Millisecond)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
		}
		read <- string(b)
	}()
	s, err := NewSink(path, nil, output.JSONL)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (target{s}).Write([]byte("{}\n")); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	select {
	case got := <-read:
		if !strings.Contains(got, "{}") {
			t.Errorf("read %q", got)
		}
	case <-time.After(10 * time.Second):
		t.Error("nothing came")
	}
}
