package sqlite

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"newsclip/clean"
	"newsclip/output"
)

// FuzzReadFile: however the bytes of a database are damaged, reading it ends in records
// or in an error.
func FuzzReadFile(f *testing.F) {
	dir := f.TempDir()
	made := filepath.Join(dir, "made.db")
	w, err := Open(made)
	if err != nil {
		f.Fatal(err)
	}
	for _, title := range []string{"The ferry", "The bridge"} {
		if err := w.Write(&output.Record{Article: clean.Article{ID: title, Title: title, Text: "It was opened.", Tags: []string{"a"}}}); err != nil {
			f.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(made)
	if err != nil {
		f.Fatal(err)
	}
	// The whole file is too large for a seed: the target damages it.
	for at := 0; at < len(whole); at += len(whole)/200 + 1 {
		f.Add(uint32(at), []byte{0x55})
	}
	f.Add(uint32(16), []byte{0xff, 0xff})             // the size of a page
	f.Add(uint32(28), []byte{0x7f, 0xff, 0xff, 0xff}) // the number of pages
	f.Fuzz(func(t *testing.T, at uint32, flips []byte) {
		b := bytes.Clone(whole)
		for k, flip := range flips {
			b[(int(at)+k)%len(b)] ^= flip
		}
		path := filepath.Join(dir, "a.db")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		n := 0
		for r, err := range ReadFile(path) {
			if err == nil && r == nil {
				t.Error("neither a record nor an error")
			}
			if n++; n > 10_000 {
				t.Fatal("records without end")
			}
		}
	})
}
