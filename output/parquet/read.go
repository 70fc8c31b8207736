package parquet

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"sync"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"newsclip/output"
)

// What the records of a file may take: so many bytes, and so many for each byte of the
// file. A dictionary can name one long text for every row.
const (
	recordsBytes   = 64 << 20
	recordsPerByte = 64
	// Rows are read at once as long as their lists have no more elements.
	rowsAtOnce   = 64
	elementsRead = 64 << 10
)

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
// with columns of another name is refused. A damaged file ends in an error after the
// records of the row groups before the damage, and takes memory in proportion to its
// size, whatever it claims.
func ReadFile(path string) iter.Seq2[*output.Record, error] {
	return func(yield func(*output.Record, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		r, err := open(f)
		if err != nil {
			yield(nil, err)
			return
		}
		for i := range r.meta.RowGroups {
			more, err := r.group(i, yield)
			if err != nil {
				yield(nil, fmt.Errorf("after row %d: %w", r.rows, err))
				return
			}
			if !more {
				return
			}
		}
	}
}

// reader reads the records of a file.
type reader struct {
	file  *parquet.File
	meta  *format.FileMetaData
	check *checker
	rows  int   // read so far
	bytes int64 // of the records read so far
}

func open(f *os.File) (*reader, error) {
	fi, err := f.Stat()
	if err != nil {
		return nil, err
	}
	r := new(reader)
	err = recovered(func() error {
		if r.meta, err = checkFooter(f, fi.Size()); err != nil {
			return err
		}
		// Nothing is looked up by indices and filters, so that they are not read.
		r.file, err = parquet.OpenFile(f, fi.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("not a whole Parquet file: %w", err)
	}
	err = recovered(func() error {
		if err := checkColumns(r.file.Schema()); err != nil {
			return err
		}
		columns, err := columnsOf(r.file)
		r.check = &checker{f: f, size: fi.Size(), columns: columns}
		return err
	})
	return r, err
}

// group yields the records of a row group, and reports whether more are wanted.
func (r *reader) group(i int, yield func(*output.Record, error) bool) (more bool, err error) {
	var takes group
	var rows parquet.Rows
	err = recovered(func() error {
		if takes, err = r.check.group(&r.meta.RowGroups[i]); err != nil {
			return err
		}
		of := r.file.RowGroups()[i]
		if !parquet.EqualNodes(schema(), r.file.Schema()) {
			conversion, err := parquet.Convert(schema(), r.file.Schema())
			if err != nil {
				return err
			}
			of = parquet.ConvertRowGroup(of, conversion)
		}
		rows = of.Rows()
		return nil
	})
	if err != nil {
		return false, err
	}
	defer func() { _ = recovered(rows.Close) }()
	batch := make([]parquet.Row, max(1, min(rowsAtOnce, elementsRead/max(1, takes.row))))
	for {
		n := 0
		err := recovered(func() (err error) { n, err = rows.ReadRows(batch); return err })
		for _, values := range batch[:n] {
			r.rows++
			record, err := r.record(values)
			if errors.Is(err, errTooLong) {
				return false, err
			}
			if err != nil {
				record, err = nil, fmt.Errorf("row %d: %w", r.rows, err)
			}
			if !yield(record, err) {
				return false, nil
			}
		}
		if errors.Is(err, io.EOF) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		if n == 0 {
			return false, errors.New("the file is damaged: columns without an end")
		}
	}
}

// schema is that of the files that newsclip writes.
var schema = sync.OnceValue(func() *parquet.Schema { return parquet.SchemaOf(row{}) })

var errTooLong = errors.New("the records are out of all proportion to the file")

// record returns the record of the values of a row.
func (r *reader) record(values parquet.Row) (*output.Record, error) {
	size := int64(len(values)) * elementBytes
	for i := range values {
		if k := values[i].Kind(); k == parquet.ByteArray || k == parquet.FixedLenByteArray {
			size += int64(len(values[i].ByteArray()))
		}
	}
	if r.bytes += size; size > r.check.room() || r.bytes > recordsBytes+recordsPerByte*r.check.size {
		return nil, errTooLong
	}
	var w row
	if err := recovered(func() error { return schema().Reconstruct(&w, values) }); err != nil {
		return nil, err
	}
	return w.record()
}

// checkColumns reports the columns that a record has no field for.
func checkColumns(s *parquet.Schema) error {
	known := make(map[string]bool)
	for _, path := range schema().Columns() {
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
