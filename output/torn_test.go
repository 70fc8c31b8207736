package output

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Of streams one behind the other, those that are complete stay, wherever the last
// one was cut.
func TestCutTornStream(t *testing.T) {
	for _, ending := range []string{".gz", ".zst"} {
		var file bytes.Buffer
		ends, texts := []int{0}, []string{""}
		for _, text := range []string{"one\n", strings.Repeat("two and more ", 20_000) + "\n", "three\n"} {
			w, err := Compress(&file, ending)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(w, text); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			ends, texts = append(ends, file.Len()), append(texts, texts[len(texts)-1]+text)
		}
		for size := 0; size <= file.Len(); size++ {
			path := filepath.Join(t.TempDir(), "x"+ending)
			if err := os.WriteFile(path, file.Bytes()[:size], 0o666); err != nil {
				t.Fatal(err)
			}
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			if err := CutTornStream(f, ending); err != nil {
				t.Fatalf("%s at %d: %v", ending, size, err)
			}
			f.Close()
			got, _ := os.ReadFile(path)
			k := 0
			for k+1 < len(ends) && ends[k+1] <= size {
				k++
			}
			if len(got) != ends[k] {
				t.Fatalf("%s of %d bytes was cut to %d, want %d", ending, size, len(got), ends[k])
			}
			if len(got) > 0 {
				r, err := Decompress(bytes.NewReader(got))
				if err != nil {
					t.Fatal(err)
				}
				if text, err := io.ReadAll(r); err != nil || string(text) != texts[k] {
					t.Fatalf("%s of %d bytes: %d bytes of text, %v", ending, size, len(text), err)
				}
			}
		}
		path := filepath.Join(t.TempDir(), "other"+ending)
		if err := os.WriteFile(path, []byte("{\"plain\": \"lines of json\"}\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := CutTornStream(f, ending); err == nil {
			t.Errorf("%s: a file that is not compressed was taken", ending)
		}
	}
}
