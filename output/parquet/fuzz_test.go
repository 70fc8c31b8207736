package parquet

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"newsclip/clean"
	"newsclip/output"
)

// FuzzReadFile: however the bytes of a file are damaged, reading it ends in records or
// in an error, and never in a panic, takes memory within bounds, and ends the same when
// it is read again.
func FuzzReadFile(f *testing.F) {
	var b bytes.Buffer
	w := NewWriter(&b)
	for _, title := range []string{"The ferry", "The bridge"} {
		a := clean.Article{ID: title, Title: title, Text: "It was opened.", Tags: []string{"a", "b"}, Authors: []clean.Author{{Name: "Mara Lind"}}}
		if err := w.Write(&output.Record{Article: a}); err != nil {
			f.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		f.Fatal(err)
	}
	whole := b.Bytes()
	f.Add(whole, uint32(0), byte(0))
	for at := 0; at < len(whole); at += 97 {
		f.Add(whole, uint32(at), byte(0x55))
	}
	f.Add(whole[:len(whole)/2], uint32(0), byte(0))
	f.Add([]byte("PAR1\xff\xff\xff\x7fPAR1"), uint32(0), byte(0))
	f.Add([]byte("PAR1PAR1"), uint32(0), byte(0))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, b []byte, at uint32, flip byte) {
		if len(b) > 64<<10 {
			return
		}
		b = bytes.Clone(b)
		if len(b) > 0 {
			b[int(at)%len(b)] ^= flip
		}
		path := filepath.Join(dir, "a.parquet")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		bytes, n, err := allocated(path)
		if bytes > 2<<30 {
			t.Errorf("reading %d bytes took %d MB", len(b), bytes>>20)
		}
		if n > columnValues+len(b) {
			t.Errorf("%d records of %d bytes", n, len(b))
		}
		if _, k, again := allocated(path); k != n || (err == nil) != (again == nil) {
			t.Errorf("%d records and %v, and then %d and %v", n, err, k, again)
		}
	})
}
