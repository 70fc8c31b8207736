// Package parquet writes and reads records as Apache Parquet files with typed
// columns. [Format] is its entry among the formats of package output.
package parquet

import (
	"io"

	"github.com/parquet-go/parquet-go"

	"newsclip/output"
)

// Format is Parquet: columns of strings, numbers, times, lists and structs, with
// the names of a record's fields, compressed with Zstandard. Fields that
// newsclip does not know are in the column extra, as JSON.
var Format = output.Format{
	Name: "parquet", Endings: []string{".parquet"}, HoldsErrors: true,
	New: NewWriter, ReadFile: ReadFile,
}

// A row group is held in memory until it is whole: it ends at so many bytes of
// text, or so many rows.
const (
	groupBytes = 32 << 20
	groupRows  = 16 << 10
)

// NewWriter returns a writer of a Parquet file to w. It writes a row group at a
// time, and the file cannot be read before Close.
func NewWriter(w io.Writer) output.Writer { return newWriter(w, groupBytes) }

func newWriter(w io.Writer, groupBytes int) *writer {
	// Statistics in the headers of pages hold whole values, and readers take short headers:
	// what helps queries stands in the footer.
	options := []parquet.WriterOption{parquet.Compression(&parquet.Zstd), parquet.CreatedBy("newsclip", "", ""), parquet.DataPageStatistics(false)}
	// The least and the greatest text of a row group help no query, and would
	// stand in the file's footer in full.
	schema := parquet.SchemaOf(row{})
	for _, column := range schema.Columns() {
		if leaf, ok := schema.Lookup(column...); ok && leaf.Node.Type().Kind() == parquet.ByteArray {
			options = append(options, parquet.SkipPageBounds(column...))
		}
	}
	return &writer{pw: parquet.NewGenericWriter[row](w, options...), limit: groupBytes}
}

type writer struct {
	pw    *parquet.GenericWriter[row]
	limit int // of a row group, in bytes
	rows  int // of the row group at work
	bytes int
}

func (w *writer) Write(r *output.Record) error {
	line, err := rowOf(r)
	if err != nil {
		return err
	}
	if _, err := w.pw.Write([]row{line}); err != nil {
		return err
	}
	w.rows++
	w.bytes += len(line.Text) + len(line.Markdown) + len(line.HTML) + len(line.Extra)
	for _, x := range line.Removed {
		w.bytes += len(x.Text)
	}
	if w.rows < groupRows && w.bytes < w.limit {
		return nil
	}
	w.rows, w.bytes = 0, 0
	return w.pw.Flush()
}

func (w *writer) Close() error { return w.pw.Close() }
