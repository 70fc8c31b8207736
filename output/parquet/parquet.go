// Package parquet writes and reads records as Apache Parquet files with typed
// columns. [Format] is its entry among the formats of package output.
package parquet

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

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
	options := []parquet.WriterOption{parquet.Compression(&parquet.Zstd), parquet.CreatedBy("newsclip", "", "")}
	// The least and the greatest text of a row group help no query, and would
	// stand in the file's footer in full.
	for _, column := range []string{"title", "subtitle", "description", "text", "markdown", "html", "extra"} {
		options = append(options, parquet.SkipPageBounds(column))
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

// recovered calls f, and returns its panic as an error: parquet-go panics on some files
// that are damaged.
func recovered(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the file is damaged: %v", p)
		}
	}()
	return f()
}

// ReadFile yields the records of a Parquet file that [NewWriter] wrote. A file
// with columns of another name is refused.
func ReadFile(path string) iter.Seq2[*output.Record, error] {
	return func(yield func(*output.Record, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		fi, err := f.Stat()
		if err != nil {
			yield(nil, err)
			return
		}
		var file *parquet.File
		if err := recovered(func() (err error) { file, err = parquet.OpenFile(f, fi.Size()); return err }); err != nil {
			yield(nil, fmt.Errorf("not a whole Parquet file: %w", err))
			return
		}
		if err := checkColumns(file.Schema()); err != nil {
			yield(nil, err)
			return
		}
		var pr *parquet.GenericReader[row]
		if err := recovered(func() error { pr = parquet.NewGenericReader[row](file); return nil }); err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = recovered(pr.Close) }()
		rows := make([]row, 64)
		for n := 0; ; {
			k := 0
			err := recovered(func() (err error) { k, err = pr.Read(rows); return err })
			for i := range rows[:k] {
				n++
				r, err := rows[i].record()
				if err != nil {
					r, err = nil, fmt.Errorf("row %d: %w", n, err)
				}
				if !yield(r, err) {
					return
				}
			}
			clear(rows)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(nil, fmt.Errorf("after row %d: %w", n, err))
				return
			}
		}
	}
}

// checkColumns reports the columns that a record has no field for.
func checkColumns(s *parquet.Schema) error {
	known := make(map[string]bool)
	for _, path := range parquet.SchemaOf(row{}).Columns() {
		known[strings.Join(path, ".")] = true
	}
	var unknown []string
	for _, path := range s.Columns() {
		if name := strings.Join(path, "."); !known[name] {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) > 0 {
		return fmt.Errorf("columns that are not those of records: %s", strings.Join(unknown, ", "))
	}
	return nil
}
