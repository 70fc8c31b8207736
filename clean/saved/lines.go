package saved

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"newsclip/clean"
)

// maxLine is the length in bytes of the longest line that is kept: a page of
// [MaxPage] with each of its bytes escaped as two. Of a longer line the
// beginning is kept, for its id and url.
const maxLine = 2*MaxPage + 64<<10

// Lines yields the pages of JSON Lines: one object a line,
//
//	{"id": "…", "url": "…", "html": "<!doctype html>…"}
//	{"id": "…", "url": "…", "file": "pages/a.html.gz"}
//
// where id (a string or a number) and url may be left out, and content_type may
// hold the Content-Type header of the page. A file is one page. Its path is relative to the
// working directory and must stay in it, links included, unless
// [Reader.AllowOutside] is set. Each line that is not blank yields one Item,
// whatever is wrong with it. The stream may be compressed with gzip or zstd. Its
// name is [Stdin].
//
// An error that ends the stream is the last Item's.
func (r *Reader) Lines(stdin io.Reader) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		l := &lines{Reader: r, name: stdinName, source: Stdin}
		in := &countingReader{r: stdin}
		l.read(in, newBudget(in.count), yield)
	}
}

// LinesFile is [Reader.Lines] of a file. The paths in it are relative to the
// folder that the file is in.
func (r *Reader) LinesFile(path string) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		l := &lines{Reader: r, name: path, source: path, dir: filepath.Dir(path)}
		f, err := os.Open(path)
		if err != nil {
			yield(failed(path, clean.Input{Source: path}, "read", err))
			return
		}
		defer f.Close()
		in := &countingReader{r: f}
		if fi, err := f.Stat(); err == nil && fi.Mode().IsRegular() {
			in.r = r.Tally.reading(path, fi.Size(), f)
		}
		l.read(in, newBudget(in.count), yield)
	}
}

// lines is a stream of lines.
type lines struct {
	*Reader
	name   string // in messages
	source string // in records
	dir    string // that paths are relative to; "" is the working directory
}

// read yields the pages of a stream.
func (l *lines) read(r io.Reader, b *budget, yield func(Item) bool) {
	fail := func(n int, err error) {
		yield(failed(fmt.Sprintf("%s:%d", l.name, n), clean.Input{Source: fmt.Sprintf("%s:%d", l.source, n)}, "read", err))
	}
	s, err := decompress(r, isBrotliName(l.name))
	if err != nil {
		yield(failed(l.name, clean.Input{Source: l.source}, "read", err))
		return
	}
	defer s.Close()
	data := io.Reader(s)
	if s.decoded {
		data = b.reader(s)
	}
	br := bufio.NewReaderSize(unicodeReader(data), 256<<10)
	begun := false
	for n := 1; ; n++ {
		line, whole, err := readLine(br, maxLine)
		if err != nil && err != io.EOF {
			fail(n, err)
			return
		}
		if len(bytes.TrimSpace(line)) > 0 {
			if what := notLines(line); !begun && what != "" {
				// One error for the whole of it, and not one a line.
				fail(n, &clean.Error{Code: "bad_input", Message: "this is " + what + ", not JSON Lines; without --from jsonl it is read as saved pages are"})
				return
			}
			begun = true
			if !yield(l.item(n, line, whole)) {
				return
			}
		}
		if err == io.EOF {
			return
		}
	}
}

// item returns that of a line. What its Load keeps is its own, so that blank lines take
// no memory.
func (l *lines) item(n int, line []byte, whole bool) Item {
	it := Item{Name: printable(fmt.Sprintf("%s:%d", l.name, n)), Held: len(line)}
	it.Load = func() (clean.Input, error) {
		in, err := l.load(it.Name, line, whole)
		line = nil // the item may be kept until its record is written
		in.Source = fmt.Sprintf("%s:%d", l.source, n)
		return in, err
	}
	return it
}

// unicodeReader returns a reader of r in UTF-8 without a byte order mark. UTF-16,
// in which PowerShell redirects output, is known by its mark.
func unicodeReader(r io.Reader) io.Reader {
	br := bufio.NewReader(r)
	if mark, _ := br.Peek(1); len(mark) == 0 || mark[0] < 0xef {
		return br
	}
	return transform.NewReader(br, unicode.BOMOverride(transform.Nop))
}

// notLines returns the name of what begins with a line that no JSON Lines begin
// with, or "".
func notLines(line []byte) string {
	if k, what := sniff(line); k != kindPage {
		return what
	}
	if bytes.HasPrefix(bytes.TrimSpace(line), []byte("<")) {
		return "HTML"
	}
	return ""
}

// readLine returns the next line, which is the caller's, and nil for an empty one. Of
// one that is longer than limit it returns the beginning and false.
func readLine(br *bufio.Reader, limit int) (line []byte, whole bool, err error) {
	whole = true
	for {
		part, err := br.ReadSlice('\n')
		if len(line) == 0 && len(part) == 1 && err == nil {
			return nil, true, nil // of such lines there may be a hundred million
		}
		if room := limit - len(line); len(part) > room {
			part, whole = part[:room], false
		}
		line = append(line, part...)
		if err != bufio.ErrBufferFull {
			return line, whole, err
		}
	}
}

// lineInput is a line of JSON.
type lineInput struct {
	ID          jsontext.Value `json:"id"`
	URL         string         `json:"url"`
	ContentType string         `json:"content_type"`
	HTML        textBytes      `json:"html"` // nil where it is missing
	File        string         `json:"file"`
}

// textBytes is a string of JSON that is decoded into bytes, without a string in between.
type textBytes []byte

func (t *textBytes) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	switch dec.PeekKind() {
	case jsontext.KindString:
	case jsontext.KindNull:
		*t = nil
		return dec.SkipValue()
	default:
		var s string
		return json.UnmarshalDecode(dec, &s) // the error
	}
	v, err := dec.ReadValue()
	if err != nil {
		return err
	}
	// The value is whole. What may be wrong with it is a broken byte, which is replaced.
	*t, _ = jsontext.AppendUnquote([]byte{}, v)
	return nil
}

// Lines come from other programs: a key that comes twice and a broken byte in
// a page are theirs to settle, and no reason to refuse the page.
var lenient = json.JoinOptions(jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))

// load reads the page of a line, which messages call where.
func (l *lines) load(where string, line []byte, whole bool) (clean.Input, error) {
	if !whole {
		in := lineHead(line)
		return in, failure(where, "too_large", errTooLarge)
	}
	var o lineInput
	if err := json.Unmarshal(line, &o, lenient); err != nil {
		return lineHead(line), failure(where, "bad_input", badJSON(err))
	}
	in, err := o.input()
	switch {
	case err != nil:
		return in, failure(where, "bad_input", err)
	case o.HTML != nil && o.File != "":
		in.HTML = nil
		return in, failure(where, "bad_input", errors.New(`has both "html" and "file"`))
	case o.HTML != nil:
		return in, nil
	case o.File != "":
		in.File = o.File
		if l.dir != "" && !filepath.IsAbs(o.File) {
			in.File = filepath.Join(l.dir, o.File)
		}
		page, err := l.loadFile(in.File)
		page.ID, page.File = in.ID, in.File
		if in.URL != "" {
			page.URL = in.URL
		}
		if o.ContentType != "" {
			page.ContentType = o.ContentType
		}
		if err != nil {
			page.HTML = nil
			return page, failure(where+": "+o.File, "read", err)
		}
		return page, nil
	}
	return in, failure(where, "bad_input", errors.New(`has neither "html" nor "file"`))
}

// input returns what the object says of its page, with the page where it is in it. What
// is known of the page is there even with an error.
func (o *lineInput) input() (in clean.Input, err error) {
	in.URL = o.URL
	if in.ID, err = idOf(o.ID); err != nil || o.HTML == nil {
		return in, err
	}
	if len(o.HTML) > MaxPage {
		return in, errTooLarge
	}
	if what := textKind(o.HTML); what != "" {
		return in, notHTML(what)
	}
	in.HTML, in.ContentType = o.HTML, o.ContentType
	if in.ContentType == "" {
		// JSON's strings are Unicode: the encoding that the page declares
		// is that of the bytes it had before.
		in.ContentType = "text/html; charset=utf-8"
	}
	return in, nil
}

// Object returns the page in an object of JSON, as a line of [Reader.Lines] is one, but
// for "file", which is not read: the page is the object's own html. What is known of the
// page is there even with an error. The error is a [*clean.Error] where the page is too
// large or is no HTML.
func Object(b []byte) (clean.Input, error) {
	var o lineInput
	if err := json.Unmarshal(b, &o, lenient); err != nil {
		return lineHead(b), badJSON(err)
	}
	in, err := o.input()
	if err == nil && o.HTML == nil {
		err = errors.New(`"html" is missing: the object is {"url": "…", "html": "…"}`)
	}
	return in, err
}

// loadFile reads a file that a line names. It reads regular files only: a line
// is data, and a path in it must not make the program wait for a pipe or a
// device, nor read what the user did not hand over.
func (l *lines) loadFile(path string) (clean.Input, error) {
	real, err := realPath(path)
	if err != nil {
		return clean.Input{}, err
	}
	if !l.AllowOutside {
		dir, err := realPath(cmp.Or(l.dir, "."))
		if err != nil {
			return clean.Input{}, err
		}
		if !within(dir, real) {
			return clean.Input{}, &clean.Error{Code: "bad_input", Message: "outside the folder of the lines; --allow-outside reads it"}
		}
	}
	fi, err := os.Stat(real)
	if err != nil {
		return clean.Input{}, err
	}
	if !fi.Mode().IsRegular() {
		return clean.Input{}, errors.New("not a regular file")
	}
	return loadFile(real)
}

// idOf is a string's value, or a number as it is written.
func idOf(v jsontext.Value) (string, error) {
	switch v.Kind() {
	case jsontext.KindInvalid, jsontext.KindNull:
		return "", nil
	case jsontext.KindString:
		var s string
		err := json.Unmarshal(v, &s, lenient)
		return s, err
	case jsontext.KindNumber:
		return string(v), nil
	}
	return "", errors.New(`"id" is neither a string nor a number`)
}

// lineHead finds id and url at the head of a line that is broken or cut.
func lineHead(line []byte) (in clean.Input) {
	const enough = 64 << 10 // bytes
	dec := jsontext.NewDecoder(bytes.NewReader(line[:min(len(line), enough)]), lenient)
	if tok, err := dec.ReadToken(); err != nil || tok.Kind() != jsontext.KindBeginObject {
		return in
	}
	for {
		key, err := dec.ReadToken()
		if err != nil || key.Kind() != jsontext.KindString {
			return in
		}
		name := key.String()
		value, err := dec.ReadValue()
		if err != nil {
			return in
		}
		switch name {
		case "id":
			in.ID, _ = idOf(value)
		case "url":
			if value.Kind() == jsontext.KindString {
				json.Unmarshal(value, &in.URL, lenient)
			}
		}
	}
}

// badJSON is what is wrong with a line, without the library's name and the page
// that the line holds.
func badJSON(err error) error {
	var syntax *jsontext.SyntacticError
	var semantic *json.SemanticError
	switch {
	case errors.As(err, &semantic) && semantic.JSONPointer != "":
		return fmt.Errorf("%q is of the wrong type: %s", semantic.JSONPointer.LastToken(), semantic.JSONKind)
	case errors.As(err, &semantic):
		return fmt.Errorf("not a JSON object: %s", semantic.JSONKind)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("broken JSON: the line ends before its object does; each object has a line of its own")
	case errors.As(err, &syntax):
		return fmt.Errorf("broken JSON at byte %d: %v", syntax.ByteOffset, syntax.Err)
	}
	return fmt.Errorf("broken JSON: %v", err)
}
