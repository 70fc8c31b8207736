package s3

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"newsclip/output"
	"newsclip/output/leftover"
	"newsclip/output/parquet"
)

// kind is the format of the parts.
type kind int

const (
	kindParquet kind = iota
	kindJSONL
)

func (k kind) ending() string {
	if k == kindJSONL {
		return ".jsonl.zst"
	}
	return ".parquet"
}

func (k kind) contentType() string {
	if k == kindJSONL {
		return "application/zstd"
	}
	return "application/vnd.apache.parquet"
}

// encode returns a part of records, each a line of JSON.
func (k kind) encode(records [][]byte) ([]byte, error) {
	var b bytes.Buffer
	if k == kindJSONL {
		stream, err := output.Compress(&b, ".zst")
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			if _, err := stream.Write(r); err != nil {
				return nil, err
			}
		}
		err = stream.Close()
		return b.Bytes(), err
	}
	w := parquet.NewWriter(&b)
	for _, line := range records {
		r, err := output.Decode(line)
		if err == nil {
			err = w.Write(r)
		}
		if err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

// maxPart is how many bytes an object has that is read again, and its records as JSON: more
// than fullBytes and the longest record. What a store gives instead of it may have no end.
const maxPart = 192 << 20

var errPart = fmt.Errorf("it has more than %d MB, which no part of newsclip has", maxPart>>20)

// decode returns the first n records of a part, or all where it has fewer.
func (k kind) decode(content io.Reader, n int) ([][]byte, error) {
	read := output.ReadJSONL
	if k == kindJSONL {
		stream, err := output.Decompress(content)
		if err != nil {
			return nil, err
		}
		defer stream.Close()
		content = io.LimitReader(stream, 2*maxPart) // a record may have no end
	} else {
		// Parquet is read from its end, which a file has.
		leftover.Remove(os.TempDir(), func(name string) bool {
			return strings.HasPrefix(name, "newsclip-") && strings.HasSuffix(name, ".parquet")
		})
		f, err := os.CreateTemp("", "newsclip-*.parquet")
		if err != nil {
			return nil, err
		}
		defer leftover.MarkFile(f.Name()).Drop()
		defer os.Remove(f.Name())
		size, err := io.Copy(f, io.LimitReader(content, maxPart+1))
		if err == nil && size > maxPart {
			err = errPart
		}
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
		if err != nil {
			return nil, err
		}
		path := f.Name()
		read = func(io.Reader) iter.Seq2[*output.Record, error] { return parquet.ReadFile(path) }
	}
	var records [][]byte
	size := 0
	for r, err := range read(content) {
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := output.NewJSONL(&b).Write(r); err != nil {
			return nil, err
		}
		if size += b.Len(); size > maxPart {
			return nil, errPart
		}
		if records = append(records, b.Bytes()); len(records) == n {
			break // what comes after them is not read
		}
	}
	return records, nil
}
