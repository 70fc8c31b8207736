package output

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// A sequence of records that are read yields a nil record with each error. It
// goes on after an error of one record, and ends after one of the file.

// unicodeReader returns a reader of r in UTF-8 without a byte order mark. UTF-16,
// in which PowerShell redirects output, is known by its mark.
func unicodeReader(r io.Reader) io.Reader {
	br := bufio.NewReader(r)
	if mark, _ := br.Peek(1); len(mark) == 0 || mark[0] < 0xef {
		return br
	}
	return transform.NewReader(br, unicode.BOMOverride(transform.Nop))
}

// ReadJSONL yields the records of JSON Lines; blank lines are skipped. An error
// names the line.
func ReadJSONL(r io.Reader) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		br := bufio.NewReaderSize(unicodeReader(r), 256<<10)
		for n := 1; ; n++ {
			line, err := br.ReadBytes('\n')
			if len(bytes.TrimSpace(line)) > 0 {
				rec, err := Decode(line)
				if err != nil {
					rec, err = nil, fmt.Errorf("line %d: %w", n, err)
				}
				if !yield(rec, err) {
					return
				}
			}
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(nil, fmt.Errorf("line %d: %w", n+1, err))
				return
			}
		}
	}
}

// ReadJSON yields the records of a JSON object, of an array of objects, or of
// several of these after each other.
func ReadJSON(r io.Reader) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		dec := jsontext.NewDecoder(unicodeReader(r))
		for n, depth := 1, 0; ; {
			switch dec.PeekKind() {
			case jsontext.KindBeginArray:
				if depth > 0 {
					yield(nil, fmt.Errorf("record %d: an array, not an object", n))
					return
				}
				depth++
				dec.ReadToken()
				continue
			case jsontext.KindEndArray:
				if _, err := dec.ReadToken(); err != nil { // one that was not opened
					yield(nil, fmt.Errorf("record %d: broken JSON: %w", n, err))
					return
				}
				depth--
				continue
			}
			object, err := dec.ReadValue()
			if errors.Is(err, io.EOF) && depth == 0 {
				return
			}
			if err != nil {
				yield(nil, fmt.Errorf("record %d: broken JSON: %w", n, err))
				return
			}
			rec, err := Decode(object)
			if err != nil {
				rec, err = nil, fmt.Errorf("record %d: %w", n, err)
			}
			if !yield(rec, err) {
				return
			}
			n++
		}
	}
}
