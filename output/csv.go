package output

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"reflect"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// extraColumn is the column of [Record.Extra], a JSON object.
const extraColumn = "extra"

// NewCSV returns a writer of comma-separated values by RFC 4180, but with line
// feeds alone. The first row has the names of a record's fields. A cell is
// empty where its field has no value; lists and objects are JSON.
func NewCSV(w io.Writer) Writer {
	cw := &csvWriter{w: w}
	cw.csv = csv.NewWriter(&cw.buf)
	return cw
}

type csvWriter struct {
	w    io.Writer
	buf  bytes.Buffer // the rows that are not written yet
	csv  *csv.Writer
	rows int
}

func (c *csvWriter) Write(r *Record) error {
	if c.rows == 0 {
		if err := c.csv.Write(append(slices.Clone(fieldNames()), extraColumn)); err != nil {
			return err
		}
	}
	c.rows++
	cells := make(map[string]string)
	fields := *r
	fields.Extra = nil
	extra := maps.Clone(r.Extra)
	var object bytes.Buffer
	if err := encode(&object, &fields, ""); err != nil {
		return err
	}
	err := decodeMembers(object.Bytes(), func(name string, value jsontext.Value) error {
		if value.Kind() != '"' {
			cells[name] = string(value)
			return nil
		}
		text, err := jsontext.AppendUnquote(nil, value)
		cells[name] = string(text)
		// Readers of CSV take a carriage return for part of a line's end.
		if _, ok := extra[name]; !ok && bytes.IndexByte(text, '\r') >= 0 {
			if extra == nil {
				extra = make(map[string]json.RawMessage)
			}
			extra[name] = json.RawMessage(value)
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(extra) > 0 {
		object, err := json.Marshal(extra)
		if err != nil {
			return err
		}
		cells[extraColumn] = string(object)
	}
	row := make([]string, 0, len(fieldNames())+1)
	for _, name := range fieldNames() {
		row = append(row, cells[name])
	}
	if err := c.csv.Write(append(row, cells[extraColumn])); err != nil {
		return err
	}
	c.csv.Flush()
	_, err = c.w.Write(c.buf.Bytes())
	c.buf.Reset()
	return err
}

func (c *csvWriter) Close() error { return nil }

// maxRow is the length in bytes of the longest row of CSV that is read: the library takes
// several times that.
const maxRow = 32 << 20

var errLongRow = fmt.Errorf("the row is longer than %d MiB, the most that is read of one", maxRow>>20)

// ReadCSV yields the records of a file that [NewCSV] wrote, or another program:
// the values may be separated by semicolons or tabs, as the row of names tells.
// Columns of another name become members of [Record.Extra], as strings. A row with
// another number of values is an error, and the rows after it are read. One of more than
// 32 MiB is an error, and ends the records.
func ReadCSV(r io.Reader) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		in := &objectReader{r: unicodeReader(r), left: maxRow}
		br := bufio.NewReader(in)
		cr := csv.NewReader(br)
		cr.Comma = separator(br)
		cr.FieldsPerRecord = -1
		names, err := cr.Read()
		if err == io.EOF {
			return
		}
		if err != nil {
			yield(nil, errOfRow(err))
			return
		}
		names = slices.Clone(names)
		cr.ReuseRecord = true
		for {
			in.left = maxRow
			row, err := cr.Read()
			if err == io.EOF {
				return
			}
			// A row that is broken is one record, and an error in reading is the end.
			var broken *csv.ParseError
			if err != nil && !errors.As(err, &broken) {
				yield(nil, errOfRow(err))
				return
			}
			var rec *Record
			if err == nil {
				if rec, err = recordOfRow(names, row); err != nil {
					line, _ := cr.FieldPos(0)
					rec, err = nil, fmt.Errorf("line %d: %w", line, err)
				}
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

// errOfRow returns the error of a reader of rows, which bounds them as objects are bounded.
func errOfRow(err error) error {
	if errors.Is(err, errLongObject) {
		return errLongRow
	}
	return err
}

// separator returns what parts the names in the first row.
func separator(br *bufio.Reader) rune {
	head, _ := br.Peek(br.Size())
	head, _, _ = bytes.Cut(head, []byte("\n"))
	for _, c := range []byte(",;\t") {
		if bytes.IndexByte(head, c) >= 0 {
			return rune(c)
		}
	}
	return ','
}

func recordOfRow(names, row []string) (*Record, error) {
	if len(row) != len(names) {
		return nil, fmt.Errorf("%d values for %d columns", len(row), len(names))
	}
	r := new(Record)
	for i, cell := range row {
		name := names[i]
		if cell == "" {
			continue
		}
		if name == extraColumn {
			if err := json.Unmarshal([]byte(cell), &r.Extra); err != nil {
				return nil, fmt.Errorf("column %s: %w", name, err)
			}
			continue
		}
		index, known := fieldIndex()[name]
		if known {
			field := reflect.ValueOf(r).Elem().FieldByIndex(index)
			if field.Kind() == reflect.String {
				field.SetString(cell)
				continue
			}
			if jsontext.Value(cell).IsValid() && decodeField(field, jsontext.Value(cell)) {
				continue
			}
			// The extra column has the value where the field does not hold it.
			if !field.IsZero() {
				continue
			}
		}
		value, err := json.Marshal(cell)
		if err != nil {
			return nil, err
		}
		if _, ok := r.Extra[name]; !ok {
			r.SetExtra(name, value)
		}
	}
	return r, nil
}

// fieldNames returns the JSON names of a record's fields in their order.
func fieldNames() []string {
	index := fieldIndex()
	return slices.SortedFunc(maps.Keys(index), func(a, b string) int {
		return slices.Compare(index[a], index[b])
	})
}
