package output

import (
	"io"
	"slices"

	"newsclip/clean"
)

// Format is a form that records are written in, with the properties that a
// caller has to know before it opens a file. The zero value is no format.
type Format struct {
	// Name is what the user calls it: one lower-case word.
	Name string
	// Ending is that of the file names it is usual for, with the dot.
	Ending string
	// Appendable is true where a file that was closed can take more records at
	// its end.
	Appendable bool
	// HoldsErrors is true where records with [clean.Article.Error] are
	// written. The other formats leave them out.
	HoldsErrors bool
	// Lines is true where a record is its JSON object on one line, so that an
	// encoded record can be written as it is.
	Lines bool
	// Markdown is true where [clean.Article.Markdown] is written, which has to
	// be asked for with [clean.Options.Markdown].
	Markdown bool
	// New returns a writer of records to w. The caller closes the writer, and
	// w after it.
	New func(w io.Writer) Writer
}

// The formats of this package.
var (
	// JSON is indented JSON: an object for one record, an array for more. It
	// holds one record back until it is known whether more come.
	JSON = Format{Name: "json", Ending: ".json", HoldsErrors: true, New: NewJSON}
	// JSONL is one object a line.
	JSONL = Format{Name: "jsonl", Ending: ".jsonl", HoldsErrors: true, Appendable: true, Lines: true, New: NewJSONL}
	// Markdown is a YAML head of the metadata and the article in Markdown.
	Markdown = Format{Name: "markdown", Ending: ".md", Markdown: true, New: NewMarkdown}
	// Text is title, subtitle and text, for reading.
	Text = Format{Name: "text", Ending: ".txt", New: NewText}
)

// Formats returns the formats of this package, in the order in which help
// texts list them.
func Formats() []Format { return []Format{JSON, JSONL, Text, Markdown} }

// Names returns the names of formats.
func Names(formats []Format) []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.Name
	}
	return names
}

// Find returns the format of that name. It reports false where there is none.
func Find(formats []Format, name string) (Format, bool) {
	i := slices.IndexFunc(formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return formats[i], true
}

// Writer writes articles in one format.
type Writer interface {
	// Write writes one record. It does not keep a.
	Write(a *clean.Article) error
	// Close writes what ends the records; it does not close what is beneath.
	Close() error
}
