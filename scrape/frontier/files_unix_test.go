//go:build unix

package frontier

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A pipe, a device or a broken link in a state is an error, and keeps nobody waiting.
func TestOddFilesInAState(t *testing.T) {
	for name, make := range map[string]func(path string) error{
		"a pipe":             func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"a link to a device": func(path string) error { return os.Symlink("/dev/zero", path) },
		"a broken link":      func(path string) error { return os.Symlink("nowhere", path) },
	} {
		for _, file := range []string{"lock", closedFile, "jetstream"} {
			t.Run(name+" as "+file, func(t *testing.T) {
				dir := t.TempDir()
				if err := make(filepath.Join(dir, file)); err != nil {
					t.Fatal(err)
				}
				done := testDeadline(t, func() error {
					f, err := Open(t.Context(), Options{Dir: dir})
					if err == nil {
						f.Close()
					}
					return err
				})
				if done == nil || !strings.Contains(done.Error(), file) {
					t.Errorf("returned %v", done)
				}
			})
		}
	}
}

// testDeadline returns what f returns, which must be soon.
func testDeadline(t *testing.T, f func() error) error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- f() }()
	select {
	case err := <-done:
		return err
	case <-time.After(30 * time.Second):
		t.Fatal("it waits")
		return context.DeadlineExceeded
	}
}
