package frontier

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// fullDisk makes a disk look full from the call of fill on: to what looks for room, and
// to nothing else.
type fullDisk struct{ full atomic.Bool }

func (d *fullDisk) writeFile(path string, data []byte, mode os.FileMode) error {
	if d.full.Load() {
		return &os.PathError{Op: "write", Path: path, Err: syscall.ENOSPC}
	}
	return os.WriteFile(path, data, mode)
}

// A full disk ends the work within seconds, in words, whatever waits; what was stored
// before is there when the directory is opened again.
func TestFullDisk(t *testing.T) {
	disk := &fullDisk{}
	o := Options{Dir: t.TempDir(), writeFile: disk.writeFile}
	f, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if f.Full() != nil {
		t.Errorf("full from the start: %v", f.Full())
	}
	const n = 10
	var items []Item
	for k := range n {
		items = append(items, page("a.example", k))
	}
	add(t, f, items...)
	lease, err := f.Next(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := lease.Done(t.Context(), Result{}); err != nil {
		t.Fatal(err)
	}
	last, err := f.Next(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	disk.full.Store(true)
	for start := time.Now(); f.Full() == nil; time.Sleep(20 * time.Millisecond) {
		if time.Since(start) > 5*diskEvery {
			t.Fatal("a full disk is not noticed")
		}
	}
	start := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for name, call := range map[string]func() error{
		"Add":    func() error { _, err := f.Add(ctx, page("b.example", 1)); return err },
		"Done":   func() error { return last.Done(ctx, Result{}) },
		"Next":   func() error { _, err := f.Next(ctx, nil); return err },
		"Claim":  func() error { _, err := f.Claim(ctx, "a", "b"); return err },
		"Change": func() error { return f.Change(ctx, "k", func([]byte) ([]byte, error) { return []byte("v"), nil }) },
		"Finish": func() error { return f.Finish(ctx) },
	} {
		if err := call(); err == nil || !errors.Is(err, ErrFull) || !strings.Contains(err.Error(), "no space left on device") {
			t.Errorf("%s: %v", name, err)
		}
	}
	f.Close()
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("the calls and Close took %v", took)
	}

	disk.full.Store(false)
	if f, err = Open(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if s := f.Stats(); s.Found != n || s.Pending != n-1 {
		t.Errorf("%d found and %d pending, want %d and %d", s.Found, s.Pending, n, n-1)
	}
}

// So does a full disk of temporary files.
func TestFullTemporaryDisk(t *testing.T) {
	disk := &fullDisk{}
	f := open(t, Options{writeFile: disk.writeFile})
	add(t, f, page("a.example", 1))
	disk.full.Store(true)
	for start := time.Now(); f.Full() == nil; time.Sleep(20 * time.Millisecond) {
		if time.Since(start) > 5*diskEvery {
			t.Fatal("a full disk is not noticed")
		}
	}
	if _, err := f.Add(t.Context(), page("a.example", 2)); !errors.Is(err, ErrFull) || !strings.Contains(err.Error(), f.e.temp) {
		t.Errorf("%v", err)
	}
}

// What looks for room tells a full disk, and a share that is used up, from other errors.
func TestHasNoRoom(t *testing.T) {
	for err, want := range map[error]bool{
		nil: false, syscall.ENOSPC: true, syscall.EACCES: false, os.ErrNotExist: false,
		errors.New("There is not enough space on the disk."): true,
		errors.New("disk quota exceeded"):                    true,
	} {
		d := disk{t.TempDir(), func(string, []byte, os.FileMode) error { return fmt.Errorf("writing: %w", err) }}
		if err == nil {
			d.writeFile = nil
		}
		if got := d.hasNoRoom(); got != want {
			t.Errorf("%v: %v", err, got)
		}
		if left, _ := os.ReadDir(d.dir); len(left) > 0 {
			t.Errorf("%v: the directory has %v", err, left)
		}
	}
}
