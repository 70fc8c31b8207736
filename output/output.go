// Package output turns articles into bytes.
//
// [New] returns the [Writer] of a format over any io.Writer; [Create] and
// [Append] open files that never show a torn record under their name. [Schema]
// is the JSON Schema of the records.
//
// A Writer writes each record with one call to the io.Writer beneath it, whole
// with its line break, so that what is written so far can always be read. It
// may be used by one goroutine at a time. The bytes of a record depend on the
// record alone.
package output

import (
	"fmt"
	"io"

	"newsclip/clean"
)

// Writer writes articles in one format.
type Writer interface {
	// Write writes one record. It does not keep a.
	Write(a *clean.Article) error
	// Close writes what ends the records; it does not close what is beneath.
	Close() error
}

// The formats of [New].
const (
	// FormatJSON is indented JSON: an object for one record, an array for
	// more. It holds back one record to know.
	FormatJSON = "json"
	// FormatJSONL is one object a line.
	FormatJSONL = "jsonl"
	// FormatText is title, subtitle and text, for reading.
	FormatText = "text"
	// FormatMarkdown is a YAML head of the metadata and the article in
	// Markdown. It wants [clean.Options.Markdown].
	FormatMarkdown = "markdown"
)

// Formats lists the formats of [New].
func Formats() []string {
	return []string{FormatJSON, FormatJSONL, FormatText, FormatMarkdown}
}

// New returns the writer of a format, or an error that names it.
func New(format string, w io.Writer) (Writer, error) {
	switch format {
	case FormatJSON:
		return NewJSON(w), nil
	case FormatJSONL:
		return NewJSONL(w), nil
	case FormatText:
		return NewText(w), nil
	case FormatMarkdown:
		return NewMarkdown(w), nil
	}
	return nil, fmt.Errorf("there is no format %q", format)
}
