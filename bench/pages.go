package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"newsclip/clean"
	"newsclip/clean/saved"
	"newsclip/testdata"
)

// loadPages reads the pages that -pages names. dir is the corpus's folder where
// they are one, which has their truth.
func loadPages(o options) (pages []clean.Input, dir string, err error) {
	if o.pages == "" {
		pages, err = newsroomPages()
		return pages, "", err
	}
	name, err := filepath.Abs(o.pages)
	if err != nil {
		return nil, "", err
	}
	if _, err := os.Stat(filepath.Join(name, "pages.jsonl")); err == nil {
		name = filepath.Join(name, "pages.jsonl")
	}
	items := saved.Paths(nil, name)
	if strings.HasSuffix(name, ".jsonl") {
		dir = filepath.Dir(name)
		// Files that the lines name are relative to the folder.
		home, err := os.Getwd()
		if err != nil {
			return nil, "", err
		}
		if err := os.Chdir(dir); err != nil {
			return nil, "", err
		}
		defer os.Chdir(home)
		items = saved.LinesFile(name)
	}
	for it := range items {
		in, err := it.Load()
		if err != nil {
			return nil, "", err
		}
		pages = append(pages, in)
	}
	if len(pages) == 0 {
		return nil, "", fmt.Errorf("%s: no pages", o.pages)
	}
	return pages, dir, nil
}

// newsroomPages are the articles of the made-up site, as its server sends them.
func newsroomPages() ([]clean.Input, error) {
	const origin = "http://newsroom.example"
	site, err := testdata.Newsroom()
	if err != nil {
		return nil, err
	}
	records, err := testdata.Expected(origin)
	if err != nil {
		return nil, err
	}
	var pages []clean.Input
	for _, r := range records {
		req := httptest.NewRequest(http.MethodGet, origin+r.Path, nil)
		w := httptest.NewRecorder()
		site.ServeHTTP(w, req)
		if w.Code != http.StatusOK {
			continue // the page that fails at first
		}
		pages = append(pages, clean.Input{ID: r.Path, URL: origin + r.Path, ContentType: w.Header().Get("Content-Type"), HTML: w.Body.Bytes()})
	}
	if len(pages) == 0 {
		return nil, errors.New("the newsroom has no pages")
	}
	return pages, nil
}
