package corpus

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// write writes a file of a corpus named made.
func write(t *testing.T, root, name, text string) {
	t.Helper()
	path := filepath.Join(root, "made", name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestPages(t *testing.T) {
	root := t.TempDir()
	write(t, root, "pages.jsonl", `{"id": "one", "url": "https://quay.example/1", "file": "pages/1.gz"}
{"id": "two", "url": "https://quay.example/2", "file": "pages/2.gz"}
`)
	write(t, root, "truth.jsonl", `{"id": "two", "title": "Tides", "body": "High water.", "date": null, "authors": ["Ada Quill"], `+
		`"with": ["High"], "without": ["Low"], "images": [{"caption": "The quay", "authors": ["Ben Ink"]}], "kind": "forum", "paragraphs": ["High water."]}
`)
	var page bytes.Buffer
	z := gzip.NewWriter(&page)
	z.Write([]byte("<p>High water."))
	z.Close()
	write(t, root, "pages/2.gz", page.String())

	got, err := Pages(root, "made")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(root, "made")
	want := []Page{
		{ID: "one", URL: "https://quay.example/1", File: "pages/1.gz", Dir: dir, Corpus: "made"},
		{ID: "two", URL: "https://quay.example/2", File: "pages/2.gz", Dir: dir, Corpus: "made", Truth: Truth{
			ID: "two", Title: "Tides", Body: "High water.", Authors: []string{"Ada Quill"}, With: []string{"High"}, Without: []string{"Low"},
			Images: []Image{{Caption: "The quay", Authors: []string{"Ben Ink"}}}, Kind: "forum",
		}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if html, err := got[1].HTML(); err != nil || string(html) != "<p>High water." {
		t.Errorf("got %q, %v", html, err)
	}
	if _, err := got[0].HTML(); err == nil || !strings.Contains(err.Error(), "1.gz") {
		t.Errorf("a page that is missing: %v", err)
	}
	write(t, root, "pages/1.gz", "<p>not compressed")
	if _, err := got[0].HTML(); err == nil || !strings.Contains(err.Error(), "1.gz") {
		t.Errorf("a page that is not compressed: %v", err)
	}
}

func TestPagesRefuses(t *testing.T) {
	const one = `{"id": "one", "file": "1.gz"}` + "\n"
	for _, c := range []struct{ name, pages, truth, want string }{
		{"no JSON", one + "{", "", "pages.jsonl:2: "},
		{"the same page twice", one + one, "", `pages.jsonl:2: a second page "one"`},
		{"truth of no page", one, `{"id": "two"}`, `truth.jsonl:1: truth of page "two"`},
		{"two truths", one, `{"id": "one"}` + "\n" + `{"id": "one"}`, `truth.jsonl:2: truth of page "one"`},
		{"a field of another type", one, `{"id": "one", "authors": "Ada Quill"}`, "truth.jsonl:1: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			write(t, root, "pages.jsonl", c.pages)
			write(t, root, "truth.jsonl", c.truth)
			if _, err := Pages(root, "made"); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
	if _, err := Pages(t.TempDir(), "made"); !os.IsNotExist(err) {
		t.Errorf("no such corpus: got %v", err)
	}
}
