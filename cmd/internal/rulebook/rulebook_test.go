package rulebook

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func open(t *testing.T, files map[string]string) (*Book, string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	b, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return b, dir
}

func TestSave(t *testing.T) {
	b, dir := open(t, map[string]string{"quay.example.txt": "# the quay\nstrip: .a\n", ".tide.example.txt": "strip: .t\n"})
	for _, c := range []struct{ host, file, old, add, want string }{
		{"www.quay.example:8080", "quay.example.txt", "# the quay\nstrip: .a\n", "strip: .b", "# the quay\nstrip: .a\nstrip: .b\n"},
		{"news.tide.example", ".tide.example.txt", "strip: .t\n", "keep: .u", "strip: .t\nkeep: .u\n"},
		{"New.example", "new.example.txt", "", "keep: .n", "keep: .n\n"},
		{"new.example", "new.example.txt", "keep: .n\n", "keep: .n", "keep: .n\n"},
	} {
		before := b.Set()
		f, err := b.Page(c.host)
		if err != nil || f.Text != c.old || f.Name != filepath.Join(dir, c.file) {
			t.Fatalf("%s: %+v, %v", c.host, f, err)
		}
		// A form sends its lines as CRLF.
		crlf := strings.NewReplacer("\n", "\r\n")
		path, err := b.Save(c.host, crlf.Replace(f.Text), crlf.Replace(Add(f.Text, c.add)))
		if err != nil || path != f.Name {
			t.Fatalf("%s: %q, %v", c.host, path, err)
		}
		if got, _ := os.ReadFile(path); string(got) != c.want {
			t.Errorf("%s: %q, want %q", c.host, got, c.want)
		}
		if b.Set() == before || b.Set().For(c.host) == nil {
			t.Errorf("%s: the rules that were saved are not in force", c.host)
		}
	}
}

func TestSaveRefuses(t *testing.T) {
	b, dir := open(t, map[string]string{"quay.example.txt": "strip: .a\n"})
	none := new(Book)
	for _, c := range []struct {
		name            string
		book            *Book
		host, old, text string
		want            string
	}{
		{"no folder", none, "quay.example", "", "strip: .b", "--rules DIR"},
		{"nil", nil, "quay.example", "", "strip: .b", "--rules DIR"},
		{"a line that does not load", b, "quay.example", "strip: .a\n", "strip: .a\nstrip: [", "quay.example.txt:2"},
		{"too long", b, "quay.example", "strip: .a\n", strings.Repeat("# x\n", MaxBytes/4+1), "longer than"},
		{"a path", b, "../quay.example", "", "strip: .b", "not a host"},
		{"nothing", b, "", "", "strip: .b", "not a host"},
		{"a changed file", b, "quay.example", "strip: .x\n", "strip: .b", ErrChanged.Error()},
	} {
		if _, err := c.book.Save(c.host, c.old, c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if got, _ := os.ReadFile(filepath.Join(dir, "quay.example.txt")); string(got) != "strip: .a\n" {
		t.Errorf("the file is %q", got)
	}
	if names, _ := os.ReadDir(dir); len(names) != 1 {
		t.Errorf("%d files", len(names))
	}
}

// Of two changes to the same text one is refused, and no line is lost.
func TestSaveAtOnce(t *testing.T) {
	b, _ := open(t, nil)
	var wg sync.WaitGroup
	results := make(chan error, 8)
	for k := range cap(results) {
		wg.Go(func() {
			_, err := b.Save("quay.example", "", "strip: .b"+string(rune('a'+k)))
			results <- err
		})
	}
	wg.Wait()
	close(results)
	saved := 0
	for err := range results {
		if err == nil {
			saved++
		} else if !errors.Is(err, ErrChanged) {
			t.Error(err)
		}
	}
	if saved != 1 {
		t.Errorf("%d were saved", saved)
	}
}
