package articles

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

var errFull = errors.New("no space left on device")

// A fullFile has space for so many bytes.
type fullFile struct {
	*os.File
	space int
}

func (f *fullFile) Write(b []byte) (int, error) {
	k := min(len(b), f.space)
	f.space -= k
	n, err := f.File.Write(b[:k])
	if err == nil && k < len(b) {
		err = errFull
	}
	return n, err
}

// A record that the disk has no space for leaves nothing in the file.
func TestWriteWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "records")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	f := &fullFile{file, len("first\nsec")}
	if n, err := writeWhole(f, []byte("first\n")); n != 6 || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	if n, err := writeWhole(f, []byte("second\n")); n != 0 || !errors.Is(err, errFull) {
		t.Errorf("%d, %v", n, err)
	}
	f.space = 100
	if _, err := writeWhole(f, []byte("third\n")); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "first\nthird\n" {
		t.Errorf("%q, %v", b, err)
	}
}
