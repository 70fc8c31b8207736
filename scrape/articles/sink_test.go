package articles

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"newsclip/output"
)

// One process at a time writes to a file, by whatever path.
func TestSinkIsLocked(t *testing.T) {
	for _, name := range []string{"x.jsonl", "x.jsonl.gz", "x.csv.zst"} {
		path := filepath.Join(t.TempDir(), name)
		a, err := NewSink(path, nil, output.JSONL)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Write([]byte("{\"half\": ")); err != nil {
			t.Fatal(err)
		}
		if _, err := NewSink(path, nil, output.JSONL); !errors.Is(err, ErrInUse) {
			t.Errorf("%s: opened twice: %v", name, err)
		}
		link := filepath.Join(t.TempDir(), "link-"+name)
		if err := os.Symlink(path, link); err == nil {
			if _, err := NewSink(link, nil, output.JSONL); !errors.Is(err, ErrInUse) {
				t.Errorf("%s: opened by another name: %v", name, err)
			}
		}
		if err := a.Write([]byte("1}\n")); err != nil {
			t.Fatal(err)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		b, err := NewSink(path, nil, output.JSONL)
		if err != nil {
			t.Fatalf("%s: not free after Close: %v", name, err)
		}
		b.Close()
		if got := unpacked(t, path); got != "{\"half\": 1}\n" {
			t.Errorf("%s: holds %q", name, got)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(left) != 1 {
			t.Errorf("%s: left %q", name, left)
		}
	}
}

func unpacked(t *testing.T, path string) string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := output.Decompress(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A compressed file is one, and goes on after a process that was killed, from its
// last commit where the crawl is continued, and from its last complete stream where
// another one adds to it.
func TestSinkCompresses(t *testing.T) {
	for _, ending := range []string{".gz", ".zst"} {
		path := filepath.Join(t.TempDir(), "x.jsonl"+ending)
		open := func(note []byte) *Sink {
			t.Helper()
			s, err := NewSink(path, nil, output.JSONL)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Resume(note); err != nil {
				t.Fatal(err)
			}
			return s
		}
		write := func(s *Sink, lines ...string) {
			t.Helper()
			for _, l := range lines {
				if err := s.Write([]byte(l + "\n")); err != nil {
					t.Fatal(err)
				}
			}
		}
		s := open(nil)
		write(s, "1", "2")
		note, err := s.Commit()
		if err != nil {
			t.Fatal(err)
		}
		write(s, "3")
		if err := s.Flush(); err != nil {
			t.Fatal(err)
		}
		// Killed with another stream half written.
		s.file.Write(bytes.Repeat([]byte{0x1f, 0x8b, 8, 0}, 1))
		s.file.Close()
		s.releaseLock()
		if ending == ".gz" {
			s = open(nil)
			write(s, "4")
			s.Close()
			if got := unpacked(t, path); got != "1\n2\n3\n4\n" {
				t.Errorf("%s: added to, it holds %q", ending, got)
			}
		}
		s = open(note)
		write(s, "5")
		if _, err := s.Commit(); err != nil {
			t.Fatal(err)
		}
		write(s, "6")
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if got := unpacked(t, path); got != "1\n2\n5\n6\n" {
			t.Errorf("%s: continued, it holds %q", ending, got)
		}
	}
}

// A sink that replaces what its file holds does so with the first record, and not
// where none comes or where a crawl is continued.
func TestSinkReplaces(t *testing.T) {
	for _, name := range []string{"x.jsonl", "x.jsonl.gz", "x.jsonl.zst", "x.json"} {
		format := output.JSONL
		if name == "x.json" {
			format = output.JSON
		}
		path := filepath.Join(t.TempDir(), name)
		crawl := func(note []byte, replace bool, records ...string) []byte {
			t.Helper()
			s, err := NewSink(path, nil, format)
			if err != nil {
				t.Fatal(err)
			}
			if replace {
				s.Replace()
			}
			if err := s.Resume(note); err != nil {
				t.Fatal(err)
			}
			for _, r := range records {
				if err := s.Write([]byte(`{"id":"` + r + "\"}\n")); err != nil {
					t.Fatal(err)
				}
			}
			note, err = s.Commit()
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			return note
		}
		holds := func(ids ...string) {
			t.Helper()
			got := unpacked(t, path)
			for _, id := range ids {
				if n := strings.Count(got, `"`+id+`"`); n != 1 {
					t.Errorf("%s: %d of %s in %q", name, n, id, got)
				}
			}
			if n := strings.Count(got, `"id"`); n != len(ids) {
				t.Errorf("%s: %d records in %q", name, n, got)
			}
		}
		crawl(nil, true, "a", "b")
		holds("a", "b")
		crawl(nil, true)
		holds("a", "b")
		note := crawl(nil, true, "c")
		holds("c")
		if format.Appendable {
			crawl(nil, false, "d")
			holds("c", "d")
			crawl(note, true, "e")
			holds("c", "e")
		}
	}
}

// After a write that failed half way nothing is committed, so that the crawl goes on
// from the last record that is whole.
func TestSinkOfAFullDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.jsonl")
	s, err := NewSink(path, nil, output.JSONL)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Resume(nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Write([]byte("1\n")); err != nil {
		t.Fatal(err)
	}
	note, err := s.Commit()
	if err != nil {
		t.Fatal(err)
	}
	s.w = &fullDisk{s.file}
	full := errors.New("no space left on device")
	if err := s.Write([]byte("12345\n")); err == nil || err.Error() != "writing records: "+full.Error() {
		t.Errorf("returned %v", err)
	}
	if _, err := s.Commit(); err == nil {
		t.Error("half a record was committed")
	}
	s.Close()
	if s, err = NewSink(path, nil, output.JSONL); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Resume(note); err != nil {
		t.Fatal(err)
	}
	if got := unpacked(t, path); got != "1\n" {
		t.Errorf("it goes on from %q", got)
	}
}

// fullDisk writes half of what it is given.
type fullDisk struct{ w io.Writer }

func (f *fullDisk) Write(b []byte) (int, error) {
	n, _ := f.w.Write(b[:len(b)/2])
	return n, errors.New("no space left on device")
}

// TestSinkIsRemoved removes or replaces the file of a sink: nothing is committed any
// more.
func TestSinkIsRemoved(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a file that is open cannot be removed")
	}
	for _, replaced := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "out.jsonl")
		s, err := NewSink(path, nil, output.JSONL)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if err := s.Resume(nil); err != nil {
			t.Fatal(err)
		}
		if err := s.Write([]byte("{}\n")); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Commit(); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if replaced {
			if err := os.WriteFile(path, nil, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Write([]byte("{}\n")); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if note, err := s.Commit(); !errors.Is(err, ErrRemoved) || note != nil {
				t.Errorf("replaced %v: %s, %v", replaced, note, err)
			}
		}
	}
}
