package saved

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"iter"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"newsclip/clean"
)

// Stdin is the path that stands for standard input.
const Stdin = "-"

// Paths yields the pages of files, folders and, for the path [Stdin], of stdin.
// A folder's files come sorted by path, with those of the folders inside it. It
// holds pages among other things (a browser puts a page's pictures beside it),
// so what is no page there is passed over: files of another kind, names that
// begin with a dot, and the folder NAME_files beside a page NAME.html.
func Paths(stdin io.Reader, paths ...string) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for _, p := range paths {
			if !eachOfPath(stdin, p, yield) {
				return
			}
		}
	}
}

func eachOfPath(stdin io.Reader, path string, yield func(Item) bool) bool {
	if path == Stdin {
		return eachOfStdin(stdin, yield)
	}
	fi, err := os.Stat(path)
	switch {
	case err != nil:
		return yield(failed(path, "read", err))
	case fi.IsDir():
		return eachOfDir(path, yield)
	}
	return eachOfFile(path, yield)
}

func eachOfFile(path string, yield func(Item) bool) bool {
	if !isArchiveName(path) {
		return yield(Item{Name: path, Load: func() (clean.Input, error) { return LoadFile(path) }})
	}
	f, err := os.Open(path)
	if err != nil {
		return yield(failed(path, "read", err))
	}
	defer f.Close()
	r, err := decompress(f, filepath.Ext(path) == ".br")
	if err != nil {
		return yield(failed(path, "read", err))
	}
	defer r.Close()
	return warcPages(path, r, yield)
}

// eachOfStdin takes one page or a WARC archive.
func eachOfStdin(stdin io.Reader, yield func(Item) bool) bool {
	const name = "standard input"
	r, err := decompress(stdin, false)
	if err != nil {
		return yield(failed(name, "read", err))
	}
	defer r.Close()
	if head, _ := r.Peek(len("WARC/")); isWARC(head) {
		return warcPages(name, r, yield)
	}
	in, err := loadPage(r)
	if err != nil {
		return yield(failed(name, "read", err))
	}
	return yield(Item{Name: name, Held: len(in.HTML), Load: func() (clean.Input, error) { return in, nil }})
}

func eachOfDir(dir string, yield func(Item) bool) bool {
	any, going := false, true
	visit := func(it Item) bool {
		any = true
		going = yield(it)
		return going
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			// A folder that cannot be read is one failed input.
			if !visit(failed(path, "read", err)) {
				return fs.SkipAll
			}
			return nil
		}
		if path != dir && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			if path != dir && isPageParts(path) {
				return fs.SkipDir
			}
			return nil
		}
		if isArchiveName(path) || isPageName(path) || beginsAsPage(path) {
			if fi, err := os.Stat(path); err == nil && !fi.Mode().IsRegular() {
				return nil
			}
			if !eachOfFile(path, visit) {
				return fs.SkipAll
			}
		}
		return nil
	})
	if going && err != nil {
		going = visit(failed(dir, "read", err))
	}
	if going && !any {
		return yield(failed(dir, "read", errors.New("no page in this folder")))
	}
	return going
}

// Endings of names, in lower case.
var (
	compressedNames = []string{".br", ".gz", ".zst"}
	pageNames       = []string{".htm", ".html", ".mht", ".mhtml", ".shtml", ".xht", ".xhtml"}
	archiveName     = ".warc"
)

// ending is the ending of a path's name in lower case, before that of a
// compression.
func ending(path string) string {
	path = strings.ToLower(path)
	ext := filepath.Ext(path)
	if slices.Contains(compressedNames, ext) {
		ext = filepath.Ext(strings.TrimSuffix(path, ext))
	}
	return ext
}

func isArchiveName(path string) bool { return ending(path) == archiveName }
func isPageName(path string) bool    { return slices.Contains(pageNames, ending(path)) }

// isPageParts says whether a folder holds what belongs to a page beside it, as
// browsers save it. Frames are HTML as well, and no pages.
func isPageParts(dir string) bool {
	for _, suffix := range [...]string{"_files", "_Files", "-Dateien", "_fichiers", "_archivos"} {
		if page, ok := strings.CutSuffix(dir, suffix); ok {
			for _, ext := range [...]string{".html", ".htm"} {
				if _, err := os.Stat(page + ext); err == nil {
					return true
				}
			}
		}
	}
	return false
}

// beginsAsPage looks into a file whose name says nothing: many a saved page is
// called "index" or "story.php".
func beginsAsPage(path string) bool {
	if fi, err := os.Stat(path); err != nil || !fi.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	r, err := decompress(f, filepath.Ext(path) == ".br")
	if err != nil {
		return false
	}
	defer r.Close()
	head, _ := r.Peek(512)
	head = bytes.TrimPrefix(head, []byte("\ufeff"))
	return isMHTML(head) || strings.HasPrefix(http.DetectContentType(head), "text/html")
}
