// Package corpus reads corpora of real pages with the text that each has to
// say, and scores a text against it. CONTRIBUTING.md describes a corpus's
// files. Package corpustest has what only tests need.
package corpus

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Variable names the environment variable with the folder of all corpora.
const Variable = "NEWSCLIP_CORPORA"

// A Page is one line of a corpus's pages.jsonl.
type Page struct {
	ID, URL string
	File    string // relative to Dir
	Dir     string `json:"-"` // the corpus's folder
	Corpus  string `json:"-"` // its name
	Truth   Truth  `json:"-"` // the zero Truth where truth.jsonl has none
}

// A Truth is what a page has to say: one line of truth.jsonl. A field that the
// corpus is silent on is empty.
type Truth struct {
	ID    string
	Title string
	// Body is the standfirst and the text, with an empty line between
	// paragraphs.
	Body    string
	Date    string // of publication, RFC 3339 or its day alone
	Authors []string
	// With and Without are snippets that the text must and must not have.
	With, Without []string
	Images        []Image
	// Kind is the kind of a page that is no article: listing, collection,
	// forum and so on.
	Kind string
}

// An Image is what is true of one of a page's pictures.
type Image struct {
	Caption string
	Authors []string // whom the credit names
	// IsCover is set for the article's main picture; where none is, the first is.
	IsCover bool `json:"is_cover"`
	// Versions are the files of the picture, in several sizes and cuts.
	Versions []struct{ URL string }
}

// HTML reads the page's bytes.
func (p Page) HTML() ([]byte, error) {
	path := filepath.Join(p.Dir, p.File)
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return b, nil
}

// Pages lists the pages of the corpora names in the folder root, in the order
// of their files, with their truth. It fails where a file is missing or has a
// line that is no JSON, where two lines of a file are of the same page, and
// where a truth is of no page.
func Pages(root string, names ...string) ([]Page, error) {
	var pages []Page
	for _, name := range names {
		dir := filepath.Join(root, name)
		at := map[string]int{}
		path := filepath.Join(dir, "pages.jsonl")
		err := eachLine(path, func(p Page) error {
			if _, ok := at[p.ID]; ok {
				return fmt.Errorf("a second page %q", p.ID)
			}
			p.Dir, p.Corpus = dir, name
			at[p.ID] = len(pages)
			pages = append(pages, p)
			return nil
		})
		if err != nil {
			return nil, err
		}
		err = eachLine(filepath.Join(dir, "truth.jsonl"), func(t Truth) error {
			k, ok := at[t.ID]
			if !ok {
				return fmt.Errorf("truth of page %q, which is not in %s or has a truth already", t.ID, path)
			}
			pages[k].Truth = t
			delete(at, t.ID)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// maxLine is the length of the longest line that is read, in bytes: 64 MiB.
const maxLine = 64 << 20

// eachLine calls f with each line of a file of JSON lines. Its errors name file
// and line.
func eachLine[T any](path string, f func(T) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	sc := bufio.NewScanner(file)
	sc.Buffer(nil, maxLine)
	n := 1
	for ; sc.Scan(); n++ {
		var v T
		if err := json.Unmarshal(sc.Bytes(), &v); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
		if err := f(v); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("%s:%d: %w", path, n, err)
	}
	return nil
}
