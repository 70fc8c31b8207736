package output

import (
	"bytes"
	"io"
)

// NewText returns a writer of plain text for reading: title, subtitle and text
// with a blank line between them, and a line of three asterisks between two
// articles. Records that hold an error are left out.
func NewText(w io.Writer) Writer { return &textWriter{w: w} }

type textWriter struct {
	w     io.Writer
	count int
}

func (t *textWriter) Write(a *Record) error {
	if a.Error != nil {
		return nil
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer putBuffer(buf)
	if t.count > 0 {
		buf.WriteString("\n* * *\n\n")
	}
	t.count++
	blank := false
	for _, part := range [...]string{a.Title, a.Subtitle, a.Text} {
		if part == "" {
			continue
		}
		if blank {
			buf.WriteByte('\n')
		}
		buf.WriteString(part)
		buf.WriteByte('\n')
		blank = true
	}
	_, err := t.w.Write(buf.Bytes())
	return err
}

func (t *textWriter) Close() error { return nil }
