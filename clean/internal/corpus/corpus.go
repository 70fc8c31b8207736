package corpus

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// Page is one line of a corpus's pages.jsonl.
type Page struct {
	ID, URL, File string
	Dir           string
}

// HTML returns the page's bytes.
func (p Page) HTML(t testing.TB) []byte {
	t.Helper()
	f, err := os.Open(filepath.Join(p.Dir, p.File))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatalf("%s: %v", p.File, err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatalf("%s: %v", p.File, err)
	}
	return b
}

// Pages lists the pages of corpora, and skips where there are none.
func Pages(t testing.TB, names ...string) []Page {
	t.Helper()
	root := os.Getenv("NEWSCLIP_CORPORA")
	if root == "" {
		t.Skip("NEWSCLIP_CORPORA is not set: no real pages to measure on")
	}
	var pages []Page
	for _, name := range names {
		dir := filepath.Join(root, name)
		EachLine(t, filepath.Join(dir, "pages.jsonl"), func(line []byte) {
			p := Page{Dir: dir}
			if err := json.Unmarshal(line, &p); err != nil {
				t.Fatal(err)
			}
			pages = append(pages, p)
		})
	}
	return pages
}

// EachLine calls f with each line of a file.
func EachLine(t testing.TB, path string, f func([]byte)) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	sc := bufio.NewScanner(file)
	sc.Buffer(nil, 64<<20)
	for sc.Scan() {
		f(sc.Bytes())
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
}
