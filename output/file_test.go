package output

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func mustWrite(t *testing.T, w io.Writer, s string) {
	t.Helper()
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func put(t *testing.T, path, s string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(s), 0o666); err != nil {
		t.Fatal(err)
	}
}

func alone(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 || entries[0].Name() != filepath.Base(path) {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

func TestCreateCompressed(t *testing.T) {
	for _, name := range []string{"a.jsonl", "a.jsonl.gz", "a.jsonl.ZST"} {
		path := filepath.Join(t.TempDir(), name)
		put(t, path, "old")
		f, err := CreateCompressed(path)
		if err != nil {
			t.Fatal(err)
		}
		mustWrite(t, f, "lost")
		f.Abort()
		if _, err := f.Write(nil); err == nil || read(t, path) != "old" {
			t.Errorf("%s: aborted: %v %q", name, err, read(t, path))
		}
		if f, err = CreateCompressed(path); err != nil {
			t.Fatal(err)
		}
		mustWrite(t, f, "words")
		if err := errors.Join(f.Close(), f.Close()); err != nil {
			t.Fatal(err)
		}
		f.Abort()
		r, err := Decompress(strings.NewReader(read(t, path)))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != "words" || (read(t, path) == "words") != (name == "a.jsonl") {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		alone(t, path)
	}
}

func TestCreateReplacesAtClose(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.jsonl")
	put(t, path, "old\n")
	f, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	mustWrite(t, f, "new\n")
	if got := read(t, path); got != "old\n" {
		t.Errorf("before Close: %q", got)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	f.Abort() // after Close, nothing
	if got := read(t, path); got != "new\n" {
		t.Errorf("after Close: %q", got)
	}
	alone(t, path)
}

func TestCreateAborted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.jsonl")
	put(t, path, "old\n")
	f, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	mustWrite(t, f, "half a rec")
	f.Abort()
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if got := read(t, path); got != "old\n" {
		t.Errorf("%q", got)
	}
	alone(t, path)
}

func TestCreateKeepsModeAndLink(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has neither modes nor links for everybody")
	}
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target"), filepath.Join(dir, "link")
	put(t, target, "old\n")
	if err := os.Chmod(target, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("target", link); err != nil {
		t.Fatal(err)
	}
	f, err := Create(link)
	if err != nil {
		t.Fatal(err)
	}
	mustWrite(t, f, "new\n")
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	fi, err := os.Lstat(link)
	if err != nil || fi.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", fi, err)
	}
	fi, err = os.Stat(target)
	if err != nil || fi.Mode().Perm() != 0o640 || read(t, target) != "new\n" {
		t.Errorf("%v %q, %v", fi.Mode(), read(t, target), err)
	}
}

func TestAppendCutsATornLine(t *testing.T) {
	long := string(make([]byte, 100<<10)) // longer than what is read at once
	tests := []struct{ name, before, want string }{
		{"new", "", "c\n"},
		{"whole", "a\nb\n", "a\nb\nc\n"},
		{"torn", "a\n{\"id\": \"b", "a\nc\n"},
		{"torn in the first line", "{\"id\": \"a", "c\n"},
		{"torn far back", "a\n" + long, "a\nc\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "out.jsonl")
			if tt.before != "" {
				put(t, path, tt.before)
			}
			f, err := Append(path)
			if err != nil {
				t.Fatal(err)
			}
			mustWrite(t, f, "c\n")
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
			if got := read(t, path); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// syncFile notes the calls that decide whether a file survives a power cut.
type syncFile struct {
	*os.File
	calls []string
	fails error // of Sync
}

func (f *syncFile) Sync() error {
	f.calls = append(f.calls, "sync")
	return errors.Join(f.fails, f.File.Sync())
}

func (f *syncFile) Close() error {
	f.calls = append(f.calls, "close")
	return f.File.Close()
}

// A file is synced before it is closed and gets its name. Without, a power cut
// after the rename leaves an empty file in the place of the old one.
func TestCloseSyncs(t *testing.T) {
	for _, opened := range []struct {
		name string
		open func(path string) (File, error)
		wrap func(File) *syncFile
	}{
		{"created", Create, func(f File) *syncFile {
			c := f.(*created)
			s := &syncFile{File: c.f.(*os.File)}
			c.f = s
			return s
		}},
		{"appended", Append, func(f File) *syncFile {
			a := f.(*appended)
			s := &syncFile{File: a.f.(*os.File)}
			a.f = s
			return s
		}},
	} {
		t.Run(opened.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "out.jsonl")
			f, err := opened.open(path)
			if err != nil {
				t.Fatal(err)
			}
			s := opened.wrap(f)
			mustWrite(t, f, "new\n")
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(s.calls, []string{"sync", "close"}) {
				t.Errorf("calls: %v", s.calls)
			}
			if got := read(t, path); got != "new\n" {
				t.Errorf("%q", got)
			}
		})
		t.Run(opened.name+" fails", func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "out.jsonl")
			put(t, path, "old\n")
			f, err := opened.open(path)
			if err != nil {
				t.Fatal(err)
			}
			s := opened.wrap(f)
			s.fails = errors.New("the disk is gone")
			mustWrite(t, f, "new\n")
			if err := f.Close(); !errors.Is(err, s.fails) {
				t.Errorf("Close: %v", err)
			}
			if got := read(t, path); opened.name == "created" && got != "old\n" {
				t.Errorf("%q took the place of the old file", got)
			}
			alone(t, path)
		})
	}
}

// TestCreateClearsLeftovers begins a file anew after a process was killed while it wrote
// it: what that left is cleared, and what another one is writing is not.
func TestCreateClearsLeftovers(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.json")
	for _, name := range []string{"a.json.1-0.tmp", "a.json.999999-3.tmp", "b.json.1-0.tmp", "a.json.x-0.tmp", "a.json.tmp"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	first, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []File{first, second} {
		mustWrite(t, f, "whole")
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if want := []string{"a.json", "a.json.tmp", "a.json.x-0.tmp", "b.json.1-0.tmp"}; !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
}
