package output

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/go-json-experiment/json/jsontext"
)

// A sequence of records that are read yields a nil record with each error. It
// goes on after an error of one record, and ends after one of the file.

// ReadJSONL yields the records of JSON Lines; blank lines are skipped. An error
// names the line.
func ReadJSONL(r io.Reader) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		br := bufio.NewReaderSize(r, 256<<10)
		if bom, _ := br.Peek(3); bytes.Equal(bom, []byte("\ufeff")) {
			br.Discard(3)
		}
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
		dec := jsontext.NewDecoder(r)
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
