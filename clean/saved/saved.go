// Package saved reads pages that were saved earlier, as inputs of package
// clean. A [Reader] opens files, folders and streams, and yields an [Item] for
// each page, in the order in which they are named or stored. [Item.Load] does
// the rest of the work and may be called from another goroutine. An input that
// cannot be read is an Item too, whose Load returns the error, so that each
// input gives one result.
//
// # Forms
//
// The first bytes of a file decide what it is, whatever its name:
//
//	HTML                  also with the marks of browsers, SingleFile, Save Page WE, WebScrapBook and HTTrack, which give the URL
//	SingleFileZ           a page and its parts in a ZIP, self-extracting or not
//	MHTML                 RFC 2557, as browsers save it and mail programs write it
//	Web archive           of Safari, a binary or XML property list
//	ZIP                   each page in it, by the rules of a folder
//	WACZ                  a ZIP with WARC archives: their pages
//	EPUB                  a chapter a page, in the order of the spine, without cover, navigation and contents
//	tar                   as ZIP
//	WARC                  ISO 28500: responses with a 2xx status, and resources, that are HTML
//	ARC                   versions 1 and 2, as WARC
//	JSON Lines            with Reader.Lines and Reader.LinesFile; in UTF-8, or with a mark in UTF-16
//
// Each may be compressed with gzip or zstd. Brotli has no mark of its own and is
// known by the file name's ending .br. PDF, images, office files, plain text,
// JSON, feeds and other XML are refused with the code not_html. Of a page of frames
// in MHTML or a web archive the largest frame is the page.
//
// In a folder or an archive, files that hold no page are passed over, and a
// [Tally] counts them: hidden files, files of other kinds without a page's
// ending, and the folder NAME_files beside a page NAME.html (in a tar, which is
// read in one pass, where the page comes first).
//
// # Where a page is from
//
// [clean.Input.File] names the file, and with "!/" between them the member of
// an archive: pages.zip!/a/b.html. Members of WARC and ARC archives are named
// by their number, from 1: crawl.warc.gz!/12. A page with its parts in one file
// (MHTML, a web archive, SingleFileZ) is named by the file alone. Standard
// input is "-". [clean.Input.Source] is the line of JSON Lines: pages.jsonl:17.
// Nothing is ever written to disk, and ".." in a member's name is resolved
// inside the archive, so that no name leads out of it.
//
// # Limits
//
// A page has at most [MaxPage] bytes. An archive may hold archives, which may
// not hold any; a WACZ and its WARC archives count as one. WARC, ARC and tar archives are read as they come, whatever
// their size, and take no more memory than their largest page. A ZIP file is
// read in place; one that comes from a stream or from inside another archive
// is held in memory and may have 256 MiB. What is read of an input decompresses to
// 128 MiB, or 250 times what was read, whichever is more; a member of an archive to 1 MiB
// or 250 times its size. A member that is broken, or is more, fails alone; an archive that is broken yields the pages before the
// break and then one error.
//
// The WARC reader is newsclip's own. Of github.com/nlnwa/gowarc v3.1.0, both
// ways of reading were tried on 1,149 pages (233 MB): without validation it
// drops each record's block before it returns the record, so that there is no
// page to read; with validation it copies each record to a buffer first, of
// whatever kind and size it is, and was 0.3 times as fast (0.3 to 0.5 with
// gzip). It does not bound the length of a header line either.
package saved

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"newsclip/clean"
)

// MaxPage is the size in bytes, after decompression, over which a page is not
// read.
const MaxPage = clean.DefaultMaxBytes

// Stdin is the path that stands for standard input.
const Stdin = "-"

// stdinName is standard input in messages.
const stdinName = "standard input"

// A Reader opens inputs. The zero value is ready to use. Its methods may be
// called from several goroutines; what they return may be ranged over once.
type Reader struct {
	// AllowOutside lets links in a folder lead out of that folder, and lines of
	// JSON name files outside the folder that their own file is in.
	AllowOutside bool
	// Tally counts what is skipped. It may be nil.
	Tally *Tally
}

// Item is one page to come.
type Item struct {
	// Name is what to call the page in a message: a file's name, an address,
	// or a line of a file. It has no control characters.
	Name string
	// Load reads the page. It is called once. Where it fails, the Input has
	// the ID, URL, File and Source that are known, and the error is a
	// [*clean.Error] whose message holds Name.
	Load func() (clean.Input, error)
	// Held is how many bytes of memory the Item keeps from being read until it
	// is dropped: 0 where Load opens a file. Who reads Items ahead bounds it.
	Held int
}

// Paths is [Reader.Paths] of the zero Reader.
func Paths(stdin io.Reader, paths ...string) iter.Seq[Item] {
	return new(Reader).Paths(stdin, paths...)
}

// LinesFile is [Reader.LinesFile] of the zero Reader.
func LinesFile(path string) iter.Seq[Item] { return new(Reader).LinesFile(path) }

// Paths yields the pages of files, folders and archives, and for the path
// [Stdin] those of stdin. A folder's files come sorted by path, with those of
// the folders inside it. Links to folders are followed, each folder is read
// once, and a link that leads out of the folder that was named is passed over
// unless [Reader.AllowOutside] is set. The members of an archive come in its
// own order.
func (r *Reader) Paths(stdin io.Reader, paths ...string) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for _, p := range paths {
			w := &walk{Reader: r, yield: yield}
			if !w.path(stdin, p) {
				return
			}
		}
	}
}

// LoadFile reads the page in a file. The URL is the one recorded in the
// file, or empty. A file that holds several pages is an error.
func LoadFile(path string) (clean.Input, error) {
	in, err := loadFile(path)
	in.File = path
	if err != nil {
		return in, failure(path, "read", err)
	}
	return in, nil
}

func loadFile(path string) (clean.Input, error) {
	f, err := os.Open(path)
	if err != nil {
		return clean.Input{}, err
	}
	defer f.Close()
	s, err := decompress(f, isBrotliName(path))
	if err != nil {
		return clean.Input{}, err
	}
	defer s.Close()
	src := pageSource{r: s.Reader}
	if fi, err := f.Stat(); err == nil && fi.Mode().IsRegular() && !s.decoded {
		src.at, src.size = f, fi.Size()
	}
	return loadPage(src)
}

// pageSource is one page, from its beginning. Where it is a file, at and size
// give all of it.
type pageSource struct {
	r    io.Reader
	at   io.ReaderAt
	size int64
}

// loadPage reads one page: HTML or one of the forms in which a page and its
// parts are one file.
func loadPage(src pageSource) (clean.Input, error) {
	var head [peekSize]byte
	n, err := io.ReadFull(src.r, head[:])
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return clean.Input{}, err
	}
	r := io.MultiReader(bytes.NewReader(head[:n]), src.r)
	switch k, what := sniff(head[:n]); k {
	case kindMHTML:
		return readMHTML(r)
	case kindWebArchive:
		return readWebArchive(r)
	case kindZip, kindTar, kindWARC, kindARC:
		return clean.Input{}, &clean.Error{Code: "not_html", Message: "the file is an archive (" + what + "), not one page; name it as an input of its own"}
	case kindRefused:
		if in, ok, err := readSelfExtracting(src, nil); ok {
			return in, err
		}
		return clean.Input{}, notHTML(what)
	}
	b, err := readPage(r, src.size)
	if in, ok, zipErr := readSelfExtracting(src, b); ok {
		return in, zipErr
	}
	if err != nil {
		return clean.Input{}, err
	}
	if what := textKind(b); what != "" {
		return clean.Input{}, notHTML(what)
	}
	in := clean.Input{HTML: b}
	in.URL, in.FetchedAt = savedFrom(b)
	return in, nil
}

// believedSize is the size up to which a length that is announced is believed, and up to
// which a buffer is kept for the next page.
const believedSize = 4 << 20

// unmeasured are buffers for pages of which nobody knows how long they are.
var unmeasured = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// readPage reads a page to its end, or fails where it is larger than [MaxPage].
// Size is how many bytes to expect, or 0.
func readPage(r io.Reader, size int64) ([]byte, error) {
	r = io.LimitReader(r, MaxPage+1)
	if size > 0 {
		var buf bytes.Buffer
		buf.Grow(int(min(size, believedSize)) + bytes.MinRead)
		return pageIn(&buf, r)
	}
	// It grows in a buffer that was grown before, and is copied once.
	buf := unmeasured.Get().(*bytes.Buffer)
	b, err := pageIn(buf, r)
	if buf.Cap() > believedSize {
		return b, err
	}
	b = bytes.Clone(b)
	buf.Reset()
	unmeasured.Put(buf)
	return b, err
}

// pageIn returns the page that it reads into buf.
func pageIn(buf *bytes.Buffer, r io.Reader) ([]byte, error) {
	if _, err := buf.ReadFrom(r); err != nil {
		return nil, err
	}
	if buf.Len() > MaxPage {
		return nil, errTooLarge
	}
	return buf.Bytes(), nil
}

var errTooLarge = tooLarge(fmt.Sprintf("larger than %d MiB, the most that is read of a page", MaxPage>>20))

func tooLarge(message string) error { return &clean.Error{Code: "too_large", Message: message} }

// notHTML is the error for an input of another kind.
func notHTML(what string) error {
	hint := ""
	if what == kindJSON {
		hint = "; JSON Lines of pages are read with --from jsonl"
	}
	return &clean.Error{Code: "not_html", Message: "the input is " + what + ", not HTML" + hint}
}

// failed is an item that cannot be read. In holds what is known of it.
func failed(name string, in clean.Input, code string, err error) Item {
	e := failure(name, code, err)
	return Item{Name: printable(name), Load: func() (clean.Input, error) { return in, e }}
}

// failure returns an error with the message "name: err", and with code unless
// err has a code.
func failure(name, code string, err error) *clean.Error {
	var ce *clean.Error
	if errors.As(err, &ce) {
		code = ce.Code
	}
	return &clean.Error{Code: code, Message: printable(name + ": " + reason(err))}
}

// printable replaces control characters, with which a name or an address in an
// archive could write to a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return utf8.RuneError
		}
		return r
	}, s)
}

// reason returns the message of an error without the file's name.
func reason(err error) string {
	var pe *fs.PathError
	switch {
	case errors.As(err, &pe):
		return pe.Err.Error()
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "the file ends too early"
	}
	return err.Error()
}
