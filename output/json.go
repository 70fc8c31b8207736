package output

import (
	"bytes"
	"io"
	"sync"
)

// NewJSONL returns a writer of one JSON object a line, in UTF-8. The characters
// <, > and & are not escaped, since no record is part of an HTML page.
func NewJSONL(w io.Writer) Writer { return &jsonlWriter{w} }

type jsonlWriter struct{ w io.Writer }

func (j *jsonlWriter) Write(r *Record) error {
	buf := buffers.Get().(*bytes.Buffer)
	defer putBuffer(buf)
	if err := encode(buf, r, ""); err != nil {
		return err
	}
	_, err := j.w.Write(buf.Bytes())
	return err
}

func (j *jsonlWriter) Close() error { return nil }

// NewJSON returns a writer of indented JSON: one record is an object, more are
// an array. The first record is written when the second comes, or at Close.
func NewJSON(w io.Writer) Writer { return &jsonWriter{w: w} }

type jsonWriter struct {
	w     io.Writer
	first []byte // the first record, until the second comes
	count int
}

func (j *jsonWriter) Write(r *Record) error {
	buf := buffers.Get().(*bytes.Buffer)
	defer putBuffer(buf)
	j.count++
	switch j.count {
	case 1:
		if err := encode(buf, r, "  "); err != nil {
			return err
		}
		j.first = bytes.Clone(buf.Bytes())
		return nil
	case 2:
		buf.WriteString("[\n")
		buf.Write(bytes.TrimSuffix(j.first, []byte("\n")))
		j.first = nil
	}
	buf.WriteString(",\n")
	if err := encode(buf, r, "  "); err != nil {
		return err
	}
	buf.Truncate(buf.Len() - 1)
	_, err := j.w.Write(buf.Bytes())
	return err
}

func (j *jsonWriter) Close() error {
	end := j.first
	if j.count > 1 {
		end = []byte("\n]\n")
	}
	j.first, j.count = nil, 0
	_, err := j.w.Write(end)
	return err
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxPooled is the size in bytes of the largest buffer that is kept for reuse.
const maxPooled = 1 << 20

func putBuffer(b *bytes.Buffer) {
	if b.Cap() <= maxPooled {
		b.Reset()
		buffers.Put(b)
	}
}
