package clean

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// corpusPage is one line of a corpus's pages.jsonl.
type corpusPage struct {
	ID, URL, File string
	dir           string
}

// html returns the page's bytes.
func (p corpusPage) html(t testing.TB) []byte {
	t.Helper()
	f, err := os.Open(filepath.Join(p.dir, p.File))
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

// corpusPages lists the pages of corpora, and skips where there are none.
func corpusPages(t testing.TB, names ...string) []corpusPage {
	t.Helper()
	root := os.Getenv("NEWSCLIP_CORPORA")
	if root == "" {
		t.Skip("NEWSCLIP_CORPORA is not set: no real pages to measure on")
	}
	var pages []corpusPage
	for _, name := range names {
		dir := filepath.Join(root, name)
		eachLine(t, filepath.Join(dir, "pages.jsonl"), func(line []byte) {
			p := corpusPage{dir: dir}
			if err := json.Unmarshal(line, &p); err != nil {
				t.Fatal(err)
			}
			pages = append(pages, p)
		})
	}
	return pages
}

// eachLine calls f with each line of a file.
func eachLine(t testing.TB, path string, f func([]byte)) {
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
