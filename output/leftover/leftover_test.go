package leftover

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRemove leaves what is in use, and what is not temporary.
func TestRemove(t *testing.T) {
	dir := t.TempDir()
	write := func(name string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("old.tmp")
	write("old-dir.tmp/in-use")
	write("old-dir.tmp/a/b")
	write("unmarked-dir.tmp/a")
	write("other")
	used, err := os.Open(write("used.tmp"))
	if err != nil {
		t.Fatal(err)
	}
	defer used.Close()
	mark := MarkFile(used.Name())
	write("used-dir.tmp/a")
	dirMark := MarkDir(filepath.Join(dir, "used-dir.tmp"))
	if dirMark == nil {
		t.Fatal("the folder has no mark")
	}
	left := func() string {
		Remove(dir, func(name string) bool { return strings.HasSuffix(name, ".tmp") })
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		return strings.Join(names, " ")
	}
	if got := left(); got != "other unmarked-dir.tmp used-dir.tmp used.tmp" {
		t.Errorf("left: %s", got)
	}
	mark.Drop()
	dirMark.Drop()
	used.Close()
	if got := left(); got != "other unmarked-dir.tmp" {
		t.Errorf("left after all is done: %s", got)
	}
}
