package output

import (
	"bytes"
	"encoding/json"
	"io"
	"sync"

	"newsclip/clean"
)

// NewJSONL returns a writer of one JSON object a line, in UTF-8. The signs <,
// > and & stand as they are: the records are no part of an HTML page.
func NewJSONL(w io.Writer) Writer { return &jsonlWriter{w} }

type jsonlWriter struct{ w io.Writer }

func (j *jsonlWriter) Write(a *clean.Article) error {
	buf := buffers.Get().(*bytes.Buffer)
	defer putBuffer(buf)
	if err := encode(buf, a, ""); err != nil {
		return err
	}
	_, err := j.w.Write(buf.Bytes())
	return err
}

func (j *jsonlWriter) Close() error { return nil }

// NewJSON returns a writer of indented JSON: one record is an object, more are
// an array. One record is held back, until it is known that more come.
func NewJSON(w io.Writer) Writer { return &jsonWriter{w: w} }

type jsonWriter struct {
	w     io.Writer
	first []byte // the first record, until the second comes
	count int
}

func (j *jsonWriter) Write(a *clean.Article) error {
	buf := buffers.Get().(*bytes.Buffer)
	defer putBuffer(buf)
	j.count++
	switch j.count {
	case 1:
		if err := encode(buf, a, "  "); err != nil {
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
	if err := encode(buf, a, "  "); err != nil {
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

// encode appends a and a line break to buf.
func encode(buf *bytes.Buffer, a *clean.Article, indent string) error {
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	return enc.Encode(a)
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxPooled keeps the buffer of one monstrous record from living on.
const maxPooled = 1 << 20 // bytes

func putBuffer(b *bytes.Buffer) {
	if b.Cap() <= maxPooled {
		b.Reset()
		buffers.Put(b)
	}
}
