//go:build unix

package selectors

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A pipe, a device or a file that is too large is a fault of its own, and the other rules
// load.
func TestOddFilesOfRules(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, err := range []error{
		os.WriteFile(at("quay.example.txt"), []byte("body: .story\n"), 0o600),
		os.WriteFile(at("large.example.txt"), []byte(strings.Repeat("strip: .a\n", maxRules/10+1)), 0o600),
		syscall.Mkfifo(at("pipe.example.txt"), 0o600),
		os.Symlink("/dev/zero", at("zero.example.txt")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	set, err := LoadDir(dir)
	if set.For("quay.example") == nil {
		t.Error("the rules of the file are not there")
	}
	faults := faultsOf(err)
	if len(faults) != 3 {
		t.Fatal(err)
	}
	for k, want := range []string{"large.example.txt: larger than 256 KiB", "pipe.example.txt: not a regular file", "zero.example.txt: not a regular file"} {
		if !strings.Contains(faults[k].Error(), want) {
			t.Errorf("%v, want %s", faults[k], want)
		}
	}
}
