package s3

import (
	"bytes"
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

// decode returns the records of a part.
func (k kind) decode(content io.Reader) ([][]byte, error) {
	read := output.ReadJSONL
	if k == kindJSONL {
		stream, err := output.Decompress(content)
		if err != nil {
			return nil, err
		}
		defer stream.Close()
		content = stream
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
		_, err = io.Copy(f, content)
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
	for r, err := range read(content) {
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := output.NewJSONL(&b).Write(r); err != nil {
			return nil, err
		}
		records = append(records, b.Bytes())
	}
	return records, nil
}
