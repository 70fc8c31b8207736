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

// maxObject is the length in bytes of the longest JSON object that is read as a record:
// three times the text of the largest page, with most of its signs escaped.
const maxObject = 64 << 20

var errLongObject = fmt.Errorf("the record is longer than %d MiB, the most that is read of one", maxObject>>20)

// readLine reads the next line into buf. Of one that is longer than [maxObject]
// nothing is kept, and long is true.
func readLine(br *bufio.Reader, buf []byte) (line []byte, long bool, err error) {
	line = buf[:0]
	for {
		part, err := br.ReadSlice('\n')
		if len(line)+len(part) > maxObject {
			line, long = nil, true
		}
		if !long {
			line = append(line, part...)
		}
		if err != bufio.ErrBufferFull {
			return line, long, err
		}
	}
}

// ReadJSONL yields the records of JSON Lines; blank lines are skipped. An error
// names the line. A line of more than 64 MiB is an error.
func ReadJSONL(r io.Reader) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		br := bufio.NewReaderSize(unicodeReader(r), 256<<10)
		var buf []byte
		for n := 1; ; n++ {
			line, long, err := readLine(br, buf)
			if buf = line; cap(buf) > maxPooled {
				buf = nil
			}
			if long || len(bytes.TrimSpace(line)) > 0 {
				rec, err := (*Record)(nil), errLongObject
				if !long {
					rec, err = Decode(line)
				}
				line = nil // which the record does not keep
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
// several of these after each other. An object of more than 64 MiB is an error, and ends
// the records.
func ReadJSON(r io.Reader) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		in := &objectReader{r: unicodeReader(r)}
		dec := jsontext.NewDecoder(in)
		for n, depth := 1, 0; ; {
			in.left = maxObject
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
			if errors.Is(err, errLongObject) {
				yield(nil, fmt.Errorf("record %d: %w", n, errLongObject))
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

// objectReader fails once left bytes were read.
type objectReader struct {
	r    io.Reader
	left int
}

func (o *objectReader) Read(b []byte) (int, error) {
	if o.left <= 0 {
		return 0, errLongObject
	}
	n, err := o.r.Read(b[:min(len(b), o.left)])
	o.left -= n
	return n, err
}
