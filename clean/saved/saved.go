// Package saved reads pages that were saved earlier, as inputs of package
// clean: HTML files, compressed with gzip, zstd or brotli or not; MHTML, as
// browsers save it; WARC archives; folders of all these; and JSON Lines.
//
// [Paths] and [Lines] yield an [Item] for each page, in the order in which they
// were named or stand, and without reading more than they must: [Item.Load],
// which does the rest of the work, may be called from another goroutine. An
// input that cannot be read is an Item as well, whose Load returns the error,
// so that each input gives one result.
//
// What a file is, its first bytes say. Only brotli has no mark of its own and
// is known by the name's ending .br, and a WARC archive in a folder is known by
// .warc, before any compression's ending.
package saved

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"newsclip/clean"
)

// MaxPage is the size in bytes, after decompression, over which a page is not
// read.
const MaxPage = clean.DefaultMaxBytes

// Item is one page to come.
type Item struct {
	// Name is what to call the page in a message: a file's name, an address,
	// or a line of a file.
	Name string
	// Load reads the page. It is called once. Where it fails, the Input has
	// the ID and URL that are known, and the error is a [*clean.Error] whose
	// message holds Name.
	Load func() (clean.Input, error)
	// Held is how many bytes of memory the Item keeps from being read until it
	// is dropped: 0 where Load opens a file. Who reads Items ahead bounds it.
	Held int
}

// failed is an item that cannot be read.
func failed(name, code string, err error) Item {
	e := failure(name, code, err)
	return Item{Name: name, Load: func() (clean.Input, error) { return clean.Input{}, e }}
}

// failure makes the error that says name and err, and has code unless err has
// one already.
func failure(name, code string, err error) *clean.Error {
	var ce *clean.Error
	if errors.As(err, &ce) {
		code = ce.Code
	}
	return &clean.Error{Code: code, Message: name + ": " + reason(err)}
}

// reason is what an error says without the file's name, which stands before it.
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

var errTooLarge = &clean.Error{
	Code:    "too_large",
	Message: fmt.Sprintf("larger than %d MiB, the most that is read of a page", MaxPage>>20),
}

// readPage reads a page to its end, or fails where it is larger than [MaxPage].
func readPage(r io.Reader) ([]byte, error) {
	var buf bytes.Buffer
	if _, err := buf.ReadFrom(io.LimitReader(r, MaxPage+1)); err != nil {
		return nil, err
	}
	if buf.Len() > MaxPage {
		return nil, errTooLarge
	}
	return buf.Bytes(), nil
}

// LoadFile reads the page in a file. The URL is what the file itself says of
// where it came from, if it does.
func LoadFile(path string) (clean.Input, error) {
	in, err := loadFile(path)
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
	r, err := decompress(f, filepath.Ext(path) == ".br")
	if err != nil {
		return clean.Input{}, err
	}
	defer r.Close()
	return loadPage(r)
}

// loadPage reads one page that is HTML or MHTML.
func loadPage(r io.Reader) (clean.Input, error) {
	b, err := readPage(r)
	if err != nil {
		return clean.Input{}, err
	}
	if isWARC(b) {
		return clean.Input{}, errors.New("a WARC archive; give its name the ending .warc or .warc.gz, or pass it on standard input")
	}
	if isMHTML(b) {
		return readMHTML(b)
	}
	return clean.Input{URL: savedFrom(b), HTML: b}, nil
}
