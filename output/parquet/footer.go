package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// What a footer may hold. One of the writer's row groups takes 5 to 10 kB of it, with a
// structure of 70 bytes or more for each column, which takes 700 bytes of memory, and
// small ones within that.
const (
	maxFooter      = 8 << 20
	maxColumns     = 1000
	minColumnBytes = 32
	minStructBytes = 4
)

// checkFooter reads the footer of a file of so many bytes within bounds, and returns what
// it says. The library believes what a footer claims: it would allocate all that a
// length claims, and follow columns within columns until the stack ends, which no
// recover catches.
func checkFooter(f io.ReaderAt, size int64) (*format.FileMetaData, error) {
	var tail [8]byte
	if size < 12 {
		return nil, errors.New("shorter than the least file")
	}
	if _, err := f.ReadAt(tail[:], size-8); err != nil {
		return nil, err
	}
	if string(tail[4:]) != "PAR1" {
		return nil, fmt.Errorf("its end is %q in place of PAR1", tail[4:])
	}
	n := int64(binary.LittleEndian.Uint32(tail[:4]))
	if n > size-12 {
		return nil, fmt.Errorf("a footer of %d bytes in a file of %d", n, size)
	}
	if n > maxFooter {
		return nil, fmt.Errorf("a footer of %d bytes: at most %d are read", n, maxFooter)
	}
	b := make([]byte, n)
	if _, err := f.ReadAt(b, size-8-n); err != nil {
		return nil, err
	}
	used, structs, outer, err := thriftSize(b)
	if err != nil {
		return nil, fmt.Errorf("the footer: %w", err)
	}
	if outer > maxColumns+used/minColumnBytes || structs > maxColumns+used/minStructBytes {
		return nil, fmt.Errorf("a footer of %d bytes with %d structures", n, structs)
	}
	meta := new(format.FileMetaData)
	if err := thrift.Unmarshal(new(thrift.CompactProtocol), b[:used], meta); err != nil {
		return nil, fmt.Errorf("the footer: %w", err)
	}
	return meta, checkSchema(meta)
}

// checkSchema reports a schema that is none of records, and row groups that do not have
// its columns.
func checkSchema(meta *format.FileMetaData) error {
	if len(meta.Schema) > maxColumns {
		return fmt.Errorf("a schema of %d elements", len(meta.Schema))
	}
	var leaves []format.Type
	for _, e := range meta.Schema {
		if !e.Type.Valid {
			continue
		}
		if e.Type.V == format.FixedLenByteArray && (e.TypeLength.V < 1 || e.TypeLength.V > 64) {
			return fmt.Errorf("column %q has values of %d bytes", e.Name, e.TypeLength.V)
		}
		leaves = append(leaves, e.Type.V)
	}
	for i, g := range meta.RowGroups {
		if len(g.Columns) != len(leaves) {
			return fmt.Errorf("row group %d has %d columns: the schema has %d", i+1, len(g.Columns), len(leaves))
		}
		if int(g.Ordinal) != i && g.Ordinal != 0 {
			return fmt.Errorf("row group %d has the number %d", i+1, g.Ordinal)
		}
		for k, c := range g.Columns {
			m := &c.MetaData
			if m.Type != leaves[k] {
				return fmt.Errorf("row group %d: column %d has values of the type %s: the schema says %s", i+1, k+1, m.Type, leaves[k])
			}
			// The library decompresses a column of every row group as in the first.
			if first := meta.RowGroups[0].Columns[k].MetaData.Codec; m.Codec != first {
				return fmt.Errorf("row group %d: column %d is compressed with %s, and in the first row group with %s", i+1, k+1, m.Codec, first)
			}
		}
	}
	return nil
}

// column is what the pages of a column's values are checked against.
type column struct {
	name               string
	kind               parquet.Kind
	length             int // bytes of a value of a fixed length
	repetition, levels int // the greatest repetition and definition level
}

// columnsOf returns the columns of a file in the order of its row groups.
func columnsOf(file *parquet.File) ([]column, error) {
	var columns []column
	for _, path := range file.Schema().Columns() {
		leaf, ok := file.Schema().Lookup(path...)
		if !ok {
			return nil, fmt.Errorf("column %q is twice in the schema", path)
		}
		typ := leaf.Node.Type()
		columns = append(columns, column{
			name: path[len(path)-1], kind: typ.Kind(), length: typ.Length(),
			repetition: leaf.MaxRepetitionLevel, levels: leaf.MaxDefinitionLevel,
		})
	}
	return columns, nil
}
