package saved

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"newsclip/clean"
)

// walk is one range over the inputs of a [Reader].
type walk struct {
	*Reader
	yield func(Item) bool
}

// blob is a file, a stream or a member of an archive whose kind is not known yet.
type blob struct {
	name string // in messages
	file string // as clean.Input.File
	r    io.Reader
	at   io.ReaderAt // all of it, where it is a file, else nil
	size int64       // of at
	// length is how many bytes of a member come, as the archive says before they do; else 0.
	length int64
	// reload opens and reads the page again. It is nil where the data can be read
	// only once, so that the page must be read before it is yielded.
	reload func() (clean.Input, error)
	named  bool // by the user; otherwise, what is no page is skipped
	depth  int  // of the archives that it is in
	inWACZ bool // a WACZ and its WARC archives are one form
	budget *budget
}

// fail yields an error in place of b.
func (w *walk) fail(b blob, code string, err error) bool {
	return w.yield(failed(b.name, clean.Input{File: b.file}, code, err))
}

// skip counts b as passed over.
func (w *walk) skip(b blob, cause string) bool {
	w.Tally.skip(b.file, cause)
	return true
}

// path yields the pages of an input that the user named. Like all methods that
// yield, it returns false when yield did.
func (w *walk) path(stdin io.Reader, path string) bool {
	if path == Stdin {
		in := &countingReader{r: stdin}
		return w.blob(blob{name: stdinName, file: Stdin, r: in, named: true, budget: newBudget(in.count)})
	}
	fi, err := os.Stat(path)
	switch {
	case err != nil:
		return w.fail(blob{name: path, file: path}, "read", err)
	case fi.IsDir():
		return w.dir(path)
	}
	return w.file(path, fi, true)
}

// file yields the pages of a file.
func (w *walk) file(path string, fi fs.FileInfo, named bool) bool {
	b := blob{name: path, file: path, named: named}
	f, err := os.Open(path)
	if err != nil {
		return w.fail(b, "read", err)
	}
	defer f.Close()
	if !fi.Mode().IsRegular() {
		// A pipe can be read once.
		in := &countingReader{r: f}
		b.r, b.budget = in, newBudget(in.count)
		return w.blob(b)
	}
	in := &countingReader{r: w.Tally.reading(path, fi.Size(), f)}
	b.r, b.at, b.size, b.budget = in, f, fi.Size(), newBudget(in.count)
	b.reload = func() (clean.Input, error) { return LoadFile(path) }
	return w.blob(b)
}

// blob yields the pages of b.
func (w *walk) blob(b blob) bool {
	s, err := decompress(b.r, isBrotliName(b.file))
	if err != nil {
		return w.fail(b, "read", err)
	}
	defer s.Close()
	r := s.Reader
	if s.decoded {
		b.at = nil
		data := b.budget.reader(r)
		if b.length > 0 {
			data = memberBudget(b.length).reader(data)
		}
		r = bufio.NewReaderSize(data, peekSize)
	}
	// An error in the data is returned again by the read that follows.
	head, headErr := r.Peek(peekSize)
	k, what := sniff(head)
	if k.isArchive() && b.depth >= maxDepth && !(b.inWACZ && k == kindWARC) {
		return w.fail(b, "not_html", errors.New("an archive in an archive in an archive, which is not read; unpack the outer one"))
	}
	if k.isArchive() {
		return w.archive(b, k, r, what)
	}
	if !b.named && !isPageName(b.file) {
		switch {
		case k == kindRefused:
			return w.skip(b, what)
		case k == kindPage:
			if ok, what := looksLikePage(head); !ok {
				if len(head) == 0 && headErr != io.EOF {
					what = "unreadable"
				}
				return w.skip(b, what)
			}
		}
	}
	if k == kindPage && b.length > MaxPage && !s.decoded {
		return w.fail(b, "read", errTooLarge)
	}
	if b.reload != nil {
		return w.yield(Item{Name: printable(b.name), Load: b.reload})
	}
	in, err := loadPage(pageSource{r: r, at: b.at, size: b.size})
	return w.page(b, in, err)
}

// archive yields the pages of an archive, of the kind k and called what.
func (w *walk) archive(b blob, k kind, r *bufio.Reader, what string) bool {
	inner, found := w.noting()
	going := false
	switch k {
	case kindZip:
		going = inner.zip(b, r)
	case kindTar:
		going = inner.tar(b, r)
	case kindWARC:
		going = inner.warc(b, r)
	case kindARC:
		going = inner.arc(b, r)
	}
	switch {
	case !going || *found:
		return going
	case b.named:
		return w.fail(b, "read", fmt.Errorf("no page in this %s archive", what))
	}
	return w.skip(b, what+" without pages")
}

// noting returns a walk with the same yield, and a flag that is set once it has
// yielded.
func (w *walk) noting() (inner *walk, found *bool) {
	found = new(bool)
	return &walk{Reader: w.Reader, yield: func(it Item) bool {
		*found = true
		return w.yield(it)
	}}, found
}

// page yields a page that has been read, or the error that reading it gave.
func (w *walk) page(b blob, in clean.Input, err error) bool {
	in.File = b.file
	if err != nil {
		in.HTML = nil
		return w.yield(failed(b.name, in, "read", err))
	}
	return w.yield(Item{Name: printable(b.name), Held: len(in.HTML), Load: func() (clean.Input, error) { return in, nil }})
}

// countingReader counts what was read.
type countingReader struct {
	r io.Reader
	n int64
}

func (c *countingReader) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}

func (c *countingReader) count() int64 { return c.n }

// dir yields the pages of a folder that the user named.
func (w *walk) dir(dir string) bool {
	real, err := realPath(dir)
	if err != nil {
		return w.fail(blob{name: dir, file: dir}, "read", err)
	}
	inner, found := w.noting()
	f := &folder{walk: inner, real: real, seen: make(map[string]bool)}
	if !f.visit(dir, real) {
		return false
	}
	if !*found {
		return w.fail(blob{name: dir, file: dir}, "read", errors.New("no page in this folder"))
	}
	return true
}

// folder is a walk through a folder.
type folder struct {
	*walk
	real string          // its path without links
	seen map[string]bool // the folders that were read, without links
}

// visit reads one folder, whose path without links is real.
func (f *folder) visit(dir, real string) bool {
	if f.seen[real] {
		return f.skip(blob{file: dir}, "folder that was read already")
	}
	f.seen[real] = true
	entries, err := os.ReadDir(dir) // sorted
	for _, e := range entries {
		if !f.entry(filepath.Join(dir, e.Name()), filepath.Join(real, e.Name()), e) {
			return false
		}
	}
	if err != nil {
		return f.fail(blob{name: dir, file: dir}, "read", err)
	}
	return true
}

// entry yields the pages of one entry of a folder.
func (f *folder) entry(path, real string, e fs.DirEntry) bool {
	b := blob{name: path, file: path}
	if strings.HasPrefix(e.Name(), ".") {
		return f.skip(b, "hidden")
	}
	if e.Type()&fs.ModeSymlink != 0 {
		target, err := realPath(path)
		switch {
		case err != nil && isPageName(path):
			return f.fail(b, "read", err)
		case err != nil:
			return f.skip(b, "broken link")
		case !f.AllowOutside && !within(f.real, target):
			return f.skip(b, "link out of the folder")
		}
		real = target
	}
	fi, err := os.Stat(path)
	switch {
	case err != nil:
		return f.fail(b, "read", err)
	case fi.IsDir() && isPageParts(path):
		return f.skip(b, "parts of a saved page")
	case fi.IsDir():
		return f.visit(path, real)
	case !fi.Mode().IsRegular():
		// Reading a pipe or a device could block for ever.
		return f.skip(b, "not a regular file")
	}
	return f.file(path, fi, false)
}

// realPath is a path from the root, without links.
func realPath(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(path)
}

// within reports whether a path is dir or below it. Both are from [realPath].
func within(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}

// Endings of names, in lower case.
var (
	compressedNames = []string{".br", ".gz", ".zst"}
	pageNames       = []string{".htm", ".html", ".mht", ".mhtml", ".shtml", ".webarchive", ".xht", ".xhtml"}
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

func isPageName(path string) bool   { return slices.Contains(pageNames, ending(path)) }
func isBrotliName(path string) bool { return strings.EqualFold(filepath.Ext(path), ".br") }

// partsSuffixes end the names of folders in which browsers save a page's parts,
// in the languages of the browser.
var partsSuffixes = []string{"-Dateien", "_Files", "_archivos", "_fichiers", "_files"}

// isPageParts reports whether a folder holds what belongs to a page beside it,
// as browsers save it. Frames are HTML as well, and no pages.
func isPageParts(dir string) bool {
	return slices.ContainsFunc(pagesOfParts(dir), func(page string) bool {
		_, err := os.Stat(page)
		return err == nil
	})
}

// pagesOfParts returns the names of the pages that a folder may hold the parts
// of.
func pagesOfParts(dir string) []string {
	for _, suffix := range partsSuffixes {
		if page, ok := strings.CutSuffix(dir, suffix); ok && page != "" && !strings.HasSuffix(page, "/") {
			return []string{page + ".html", page + ".htm"}
		}
	}
	return nil
}
