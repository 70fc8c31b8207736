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

// Files of a state that are larger than any that a crawl writes are not read.
func TestLargeFilesInAState(t *testing.T) {
	for file, most := range map[string]int64{"1" + blockEnding: 72 << 20, streamSettings: 1 << 20, settingsSum: 1 << 20} {
		for size, refused := range map[int64]bool{most: false, most + 1: true, 1 << 40: true} {
			dir := t.TempDir()
			path := filepath.Join(dir, "jetstream", file)
			if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Truncate(path, size); err != nil {
				t.Fatal(err)
			}
			if err := checkFiles(dir); (err != nil) != refused || refused && !strings.Contains(err.Error(), file) {
				t.Errorf("%s of %d bytes: %v", file, size, err)
			}
		}
	}
	dir := t.TempDir()
	large := filepath.Join(dir, "jetstream", "1"+blockEnding)
	if err := os.Mkdir(filepath.Dir(large), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 1<<40); err != nil {
		t.Fatal(err)
	}
	done := testDeadline(t, func() error { _, err := Check(Options{Dir: dir}); return err })
	if done == nil || !strings.Contains(done.Error(), large) {
		t.Errorf("returned %v", done)
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
