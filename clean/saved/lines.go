package saved

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

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
// where id (a string or a number) and url may be left out, content_type may
// say what a server said, and a file's path is relative to the working
// directory. Each line that is not blank yields one Item, whatever is wrong
// with it. The stream may be compressed with gzip or zstd. Name is the
// stream's, for messages.
//
// An error that ends the stream is the last Item's.
func Lines(name string, r io.Reader) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		s, err := decompress(r, filepath.Ext(name) == ".br")
		if err != nil {
			yield(failed(name, "read", err))
			return
		}
		defer s.Close()
		br := bufio.NewReaderSize(s, 256<<10)
		if bom, _ := br.Peek(3); bytes.Equal(bom, []byte("\ufeff")) {
			br.Discard(3)
		}
		for n := 1; ; n++ {
			line, whole, err := readLine(br, maxLine)
			if err != nil && err != io.EOF {
				yield(failed(fmt.Sprintf("%s:%d", name, n), "read", err))
				return
			}
			if len(bytes.TrimSpace(line)) > 0 {
				where := fmt.Sprintf("%s:%d", name, n)
				it := Item{Name: where, Held: len(line), Load: func() (clean.Input, error) { return loadLine(where, line, whole) }}
				if !yield(it) {
					return
				}
			}
			if err == io.EOF {
				return
			}
		}
	}
}

// readLine returns the next line, which is the caller's. Of one that is longer
// than limit it returns the beginning and false.
func readLine(br *bufio.Reader, limit int) (line []byte, whole bool, err error) {
	whole = true
	for {
		part, err := br.ReadSlice('\n')
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
	HTML        *string        `json:"html"`
	File        string         `json:"file"`
}

// Lines come from other programs: a key that comes twice and a broken byte in
// a page are theirs to settle, and no reason to refuse the page.
var lenient = json.JoinOptions(jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))

func loadLine(where string, line []byte, whole bool) (clean.Input, error) {
	if !whole {
		in := lineHead(line)
		return in, failure(where, "too_large", errTooLarge)
	}
	var l lineInput
	if err := json.Unmarshal(line, &l, lenient); err != nil {
		return lineHead(line), failure(where, "bad_input", badJSON(err))
	}
	in := clean.Input{URL: l.URL}
	id, err := idOf(l.ID)
	if err != nil {
		return in, failure(where, "bad_input", err)
	}
	in.ID = id
	switch {
	case l.HTML != nil && l.File != "":
		return in, failure(where, "bad_input", errors.New(`has both "html" and "file"`))
	case l.HTML != nil:
		if len(*l.HTML) > MaxPage {
			return in, failure(where, "too_large", errTooLarge)
		}
		in.HTML = []byte(*l.HTML)
		in.ContentType = l.ContentType
		if in.ContentType == "" {
			// JSON's strings are Unicode: what the page says of its encoding
			// was true of the bytes that it had before.
			in.ContentType = "text/html; charset=utf-8"
		}
	case l.File != "":
		file, err := loadLineFile(l.File)
		if err != nil {
			return in, failure(where+": "+l.File, "read", err)
		}
		file.ID = in.ID
		if in.URL != "" {
			file.URL = in.URL
		}
		if l.ContentType != "" {
			file.ContentType = l.ContentType
		}
		return file, nil
	default:
		return in, failure(where, "bad_input", errors.New(`has neither "html" nor "file"`))
	}
	return in, nil
}

// loadLineFile reads regular files only: a line is data, and a path in it must
// not make the program wait for a pipe or a device.
func loadLineFile(path string) (clean.Input, error) {
	fi, err := os.Stat(path)
	if err != nil {
		return clean.Input{}, err
	}
	if !fi.Mode().IsRegular() {
		return clean.Input{}, errors.New("not a regular file")
	}
	return loadFile(path)
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
	case errors.As(err, &syntax):
		return fmt.Errorf("broken JSON at byte %d: %v", syntax.ByteOffset, syntax.Err)
	}
	return fmt.Errorf("broken JSON: %v", err)
}

// LinesFile is [Lines] of a file.
func LinesFile(path string) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		f, err := os.Open(path)
		if err != nil {
			yield(failed(path, "read", err))
			return
		}
		defer f.Close()
		Lines(path, f)(yield)
	}
}
