package output

import (
	"context"
	"io"
	"iter"
	"slices"
)

// Format is a form that records are written in, with the properties that a
// caller has to know before it opens a file. The zero value is no format.
//
// Of New and Open just one is set, and at most one of Read and ReadFile.
type Format struct {
	// Name is what the user calls it: one lower-case word.
	Name string
	// Endings are those of the names of its files, with the dot, the usual one
	// first. A format without is chosen by its name alone.
	Endings []string
	// Appendable is true where a file that was closed can take more records at
	// its end.
	Appendable bool
	// HoldsErrors is true where records with [clean.Article.Error] are
	// written. The other formats leave them out.
	HoldsErrors bool
	// Lines is true where a record is its JSON object on one line, so that an
	// encoded record can be written as it is.
	Lines bool
	// Compressible is true where the file may be compressed as a whole.
	Compressible bool
	// Markdown and HTML are true where [clean.Article.Markdown] or
	// [clean.Article.HTML] is written, which have to be asked for with
	// [clean.Options].
	Markdown, HTML bool

	// New returns a writer of records to w. The caller closes the writer, and
	// w after it.
	New func(w io.Writer) Writer
	// Open returns a writer to the file at path, which it creates where it does
	// not exist. It is set where a format cannot be written to a stream. Where
	// the format is Appendable, the writer is a [Committer]. The context ends
	// waiting for another process, and not the writing.
	Open func(ctx context.Context, path string) (Writer, error)
	// Read yields the records of a stream, without compression. It is nil where
	// a file does not hold the whole records.
	Read func(r io.Reader) iter.Seq2[*Record, error]
	// ReadFile yields the records of the file at path. It is set instead of
	// Read where a format cannot be read from a stream.
	ReadFile func(path string) iter.Seq2[*Record, error]
}

// The formats of this package.
var (
	// CSV is comma-separated values with a row of names.
	CSV = Format{Name: "csv", Endings: []string{".csv"}, HoldsErrors: true, Compressible: true, New: NewCSV, Read: ReadCSV}
	// JSON is indented JSON: an object for one record, an array for more. It
	// holds one record back until it is known whether more come.
	JSON = Format{Name: "json", Endings: []string{".json"}, HoldsErrors: true, Compressible: true, New: NewJSON, Read: ReadJSON}
	// JSONL is one object a line.
	JSONL = Format{
		Name: "jsonl", Endings: []string{".jsonl", ".ndjson"}, HoldsErrors: true, Appendable: true, Lines: true, Compressible: true,
		New: NewJSONL, Read: ReadJSONL,
	}
	// Markdown is a YAML head of the metadata and the article in Markdown.
	Markdown = Format{Name: "markdown", Endings: []string{".md", ".markdown"}, Markdown: true, Compressible: true, New: NewMarkdown}
	// Text is title, subtitle and text, for reading.
	Text = Format{Name: "text", Endings: []string{".txt"}, Compressible: true, New: NewText}
)

// Formats returns the formats of this package, in the order in which help
// texts list them. Packages below this one have more.
func Formats() []Format { return []Format{JSON, JSONL, CSV, Text, Markdown} }

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
	return find(formats, func(f Format) bool { return f.Name == name })
}

// FindByEnding returns the format that the ending of a file's name stands for,
// before that of a compression if it has one. It reports false where no format
// has that ending.
func FindByEnding(formats []Format, path string) (Format, bool) {
	name, _ := CutCompression(path)
	return find(formats, func(f Format) bool {
		return slices.ContainsFunc(f.Endings, func(ending string) bool {
			_, ok := cutEnding(name, ending)
			return ok
		})
	})
}

func find(formats []Format, is func(Format) bool) (Format, bool) {
	if i := slices.IndexFunc(formats, is); i >= 0 {
		return formats[i], true
	}
	return Format{}, false
}

// Readable returns those of the formats whose files can be read back.
func Readable(formats []Format) []Format {
	return slices.DeleteFunc(slices.Clone(formats), func(f Format) bool { return f.Read == nil && f.ReadFile == nil })
}

// Writer writes records in one format.
type Writer interface {
	// Write writes one record. It does not keep r.
	Write(r *Record) error
	// Close writes what ends the records; it does not close what is beneath.
	Close() error
}

// Committer is a Writer that can make durable what was written so far.
type Committer interface {
	Writer
	Commit() error
}
