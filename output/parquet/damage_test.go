package parquet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"newsclip/clean"
	"newsclip/output"
)

// forged is a page of a file that is made up anew.
type forged struct {
	*format.PageHeader
	data []byte // without compression
}

// forge writes a file of three records, of which it has changed the pages of a column and
// the footer, and returns its path.
func forge(t testing.TB, column string, change func(*forged, *format.ColumnMetaData), footer func(*format.FileMetaData)) string {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b)
	for i := range 3 {
		a := clean.Article{ID: fmt.Sprint("a", i), Kind: "article", Title: "The ferry", Text: "It was opened.", Tags: []string{"sea", "sea"}, WordCount: 3}
		if err := w.Write(&output.Record{Article: a}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	whole := bytes.NewReader(b.Bytes())
	meta, err := checkFooter(whole, whole.Size())
	if err != nil {
		t.Fatal(err)
	}
	protocol := new(thrift.CompactProtocol)
	out := []byte("PAR1")
	unpacker, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range meta.RowGroups[0].Columns {
		of := &meta.RowGroups[0].Columns[i]
		of.ColumnIndexOffset, of.ColumnIndexLength, of.OffsetIndexOffset, of.OffsetIndexLength = 0, 0, 0, 0
		m := &of.MetaData
		at := m.DataPageOffset
		if m.DictionaryPageOffset != 0 {
			at = m.DictionaryPageOffset
		}
		end := at + m.TotalCompressedSize
		start := int64(len(out))
		c := chunk{checker: &checker{f: whole, size: whole.Size()}, meta: m}
		for at < end {
			h, data, err := c.header(at, end)
			if err != nil {
				t.Fatal(err)
			}
			at = data + int64(h.CompressedPageSize)
			p := &forged{h, b.Bytes()[data:at]}
			levels := int(h.DataPageHeaderV2.V.RepetitionLevelsByteLength + h.DataPageHeaderV2.V.DefinitionLevelsByteLength)
			if p.data, err = unpacker.DecodeAll(p.data[levels:], bytes.Clone(p.data[:levels])); err != nil {
				t.Fatal(err)
			}
			h.UncompressedPageSize = int32(len(p.data))
			m.Codec, h.CRC, h.CompressedPageSize = format.Uncompressed, 0, -1
			if column == "" || m.PathInSchema[0] == column {
				change(p, m)
			}
			if h.CompressedPageSize < 0 {
				h.CompressedPageSize = int32(len(p.data))
			}
			header, err := thrift.Marshal(protocol, h)
			if err != nil {
				t.Fatal(err)
			}
			if h.Type == format.DictionaryPage {
				m.DictionaryPageOffset = int64(len(out))
			} else {
				m.DataPageOffset = int64(len(out))
			}
			out = append(append(out, header...), p.data...)
		}
		m.TotalCompressedSize = int64(len(out)) - start
	}
	if footer != nil {
		footer(meta)
	}
	end, err := thrift.Marshal(protocol, meta)
	if err != nil {
		t.Fatal(err)
	}
	return save(t, append(binary.LittleEndian.AppendUint32(append(out, end...), uint32(len(end))), "PAR1"...))
}

func save(t testing.TB, b []byte) string {
	path := filepath.Join(t.TempDir(), "a.parquet")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// allocated returns the bytes that reading a file allocates, and how it ends.
func allocated(path string) (bytes uint64, records int, err error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for r, e := range ReadFile(path) {
		switch {
		case e != nil:
			err = e
		case r == nil:
			err = errors.New("neither a record nor an error")
		default:
			records++
		}
	}
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc, records, err
}

func run(count uint64, value ...byte) []byte {
	return append(binary.AppendUvarint(nil, count<<1), value...)
}

func delta(numbers ...uint64) (b []byte) {
	for _, n := range numbers {
		b = binary.AppendUvarint(b, n)
	}
	return b
}

// A page that claims more than it has is an error, and takes no memory for it.
func TestClaimsOfPages(t *testing.T) {
	v2 := func(p *forged) *format.DataPageHeaderV2 { return &p.DataPageHeaderV2.V }
	values := func(encoding format.Encoding, b []byte) func(*forged, *format.ColumnMetaData) {
		return func(p *forged, _ *format.ColumnMetaData) {
			if p.Type == format.DataPageV2 {
				v2(p).Encoding = encoding
				p.data = append(p.data[:v2(p).RepetitionLevelsByteLength+v2(p).DefinitionLevelsByteLength], b...)
				p.UncompressedPageSize = int32(len(p.data))
			}
		}
	}
	const huge = 1 << 30
	for name, c := range map[string]struct {
		column, want string
		change       func(*forged, *format.ColumnMetaData)
	}{
		"nothing":            {"title", "", func(*forged, *format.ColumnMetaData) {}},
		"unpacked size":      {"title", "at once", func(p *forged, _ *format.ColumnMetaData) { p.UncompressedPageSize = huge }},
		"packed size":        {"title", "left", func(p *forged, _ *format.ColumnMetaData) { p.CompressedPageSize = huge }},
		"values":             {"title", "values in a file", func(p *forged, _ *format.ColumnMetaData) { v2(p).NumValues = huge }},
		"values of nothing":  {"title", "levels", func(p *forged, _ *format.ColumnMetaData) { v2(p).NumValues = 50 }},
		"more nulls":         {"title", "nulls", func(p *forged, _ *format.ColumnMetaData) { v2(p).NumNulls = 5 }},
		"fewer nulls":        {"url", "header says", func(p *forged, _ *format.ColumnMetaData) { v2(p).NumNulls = 0 }},
		"length of levels":   {"title", "levels of", func(p *forged, _ *format.ColumnMetaData) { v2(p).DefinitionLevelsByteLength = huge }},
		"run of indices":     {"kind", "a run", values(format.RLEDictionary, append([]byte{0}, run(huge)...))},
		"run of wide ones":   {"kind", "a run", values(format.RLEDictionary, append([]byte{8}, run(huge, 0)...))},
		"indices of 33 bits": {"kind", "33 bits", values(format.RLEDictionary, append([]byte{33}, run(3, 0, 0, 0, 0, 0)...))},
		"too few values":     {"title", "should be there", values(format.Plain, []byte{1, 0, 0, 0, 'a'})},
		"length of a value":  {"title", "cut short", values(format.Plain, []byte{255, 255, 255, 255})},
		"delta numbers":      {"word_count", "numbers", values(format.DeltaBinaryPacked, delta(128, 4, huge, 0))},
		"delta lengths":      {"title", "numbers", values(format.DeltaLengthByteArray, delta(128, 4, huge, 0))},
		"delta length":       {"title", "a value of", values(format.DeltaLengthByteArray, delta(128, 4, 1, huge))},
		"delta beginnings":   {"title", "a value of", values(format.DeltaByteArray, append(delta(128, 4, 1, huge), delta(128, 4, 1, 0)...))},
		"encoding":           {"title", "encoding", values(format.Encoding(77), nil)},
		"dictionary": {"kind", "values in a file", func(p *forged, _ *format.ColumnMetaData) {
			if p.Type == format.DictionaryPage {
				p.DictionaryPageHeader.V.NumValues = huge
			}
		}},
		"run of levels": {"title", "a run", func(p *forged, _ *format.ColumnMetaData) {
			p.data = append(run(huge, 1), p.data...)
			v2(p).DefinitionLevelsByteLength += int32(len(run(huge, 1)))
			p.UncompressedPageSize = int32(len(p.data))
		}},
		"zstd bomb": {"title", "decompress", func(p *forged, m *format.ColumnMetaData) {
			m.Codec = format.Zstd
			n := v2(p).DefinitionLevelsByteLength
			w, _ := zstd.NewWriter(nil)
			p.data = w.EncodeAll(make([]byte, 300<<20), p.data[:n:n])
		}},
		"lz4 nonsense": {"title", "which is not read", func(p *forged, m *format.ColumnMetaData) {
			m.Codec = format.Lz4Raw
			n := v2(p).DefinitionLevelsByteLength
			p.data = append(p.data[:n:n], 0x0F, 1, 2, 3)
		}},
		"snappy size": {"title", "of its header", func(p *forged, m *format.ColumnMetaData) {
			m.Codec = format.Snappy
			n := v2(p).DefinitionLevelsByteLength
			p.data = append(p.data[:n:n], binary.AppendUvarint(nil, huge)...)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			path := forge(t, c.column, c.change, nil)
			bytes, records, err := allocated(path)
			switch {
			case c.want == "" && (err != nil || records != 3):
				t.Errorf("%d records, %v", records, err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("%d records, error %v, want one with %q", records, err, c.want)
			}
			if bytes > 100<<20 {
				t.Errorf("reading took %d MB", bytes>>20)
			}
		})
	}
}

// A footer that claims more than it has is an error, and takes neither memory nor the
// stack for it.
func TestClaimsOfFooters(t *testing.T) {
	footer := func(b []byte) string {
		return save(t, append(binary.LittleEndian.AppendUint32(append([]byte("PAR1"), b...), uint32(len(b))), "PAR1"...))
	}
	nothing := func(*forged, *format.ColumnMetaData) {}
	remade := func(change func(*format.FileMetaData)) string { return forge(t, "id", nothing, change) }
	long := func(p *forged, _ *format.ColumnMetaData) {
		h := &p.DataPageHeaderV2.V
		h.Encoding, p.data = format.Plain, p.data[:h.DefinitionLevelsByteLength]
		for range 3 {
			p.data = append(binary.LittleEndian.AppendUint32(p.data, 100_000), make([]byte, 100_000)...)
		}
		p.UncompressedPageSize = int32(len(p.data))
	}
	list := append([]byte{0x15, 2, 0x19, 0xFC}, binary.AppendUvarint(nil, 1<<30)...)
	var deep []format.SchemaElement
	for range 900 {
		deep = append(deep, format.SchemaElement{Name: "a", NumChildren: thrift.New(int32(1))})
	}
	for name, c := range map[string]struct{ path, want string }{
		"length":           {save(t, []byte("PAR1\xff\xff\xff\x7fPAR1")), "a footer of"},
		"list":             {footer(list), "in the middle"},
		"nested lists":     {footer(append([]byte{0x15, 2, 0x99 + 0x10}, bytes.Repeat([]byte{0x19}, 8<<20-9)...)), "without end"},
		"nested structs":   {footer(bytes.Repeat([]byte{0xFC}, 8<<20-9)), "without end"},
		"empty structures": {footer(append(append([]byte{0x15, 2, 0x19, 0xFC}, binary.AppendUvarint(nil, 1<<20)...), make([]byte, 1<<20+1)...)), "structures"},
		"deep schema":      {remade(func(m *format.FileMetaData) { m.Schema = append(deep, m.Schema...) }), "not a whole"},
		"wide schema": {remade(func(m *format.FileMetaData) {
			for range 2 {
				m.Schema = append(m.Schema, deep...)
			}
		}), "structures"},
		"columns":         {remade(func(m *format.FileMetaData) { m.RowGroups[0].Columns = m.RowGroups[0].Columns[1:] }), "columns: the schema"},
		"no columns":      {remade(func(m *format.FileMetaData) { m.RowGroups[0].Columns = nil }), "columns: the schema"},
		"place of pages":  {remade(func(m *format.FileMetaData) { m.RowGroups[0].Columns[0].MetaData.DataPageOffset = 1 << 40 }), "in a file of"},
		"length of pages": {remade(func(m *format.FileMetaData) { m.RowGroups[0].Columns[0].MetaData.TotalCompressedSize = 1 << 40 }), "in a file of"},
		"type":            {remade(func(m *format.FileMetaData) { m.RowGroups[0].Columns[0].MetaData.Type = format.FixedLenByteArray }), "the schema says"},
		"length of a type": {remade(func(m *format.FileMetaData) {
			m.Schema[1].Type.V, m.Schema[1].TypeLength = format.FixedLenByteArray, thrift.New(int32(1<<30))
		}), "has values of"},
		"the same pages": {forge(t, "title", long, func(m *format.FileMetaData) {
			for range 9 {
				m.RowGroups = append(m.RowGroups, m.RowGroups[0])
			}
			for i := range m.RowGroups {
				m.RowGroups[i].Ordinal = int16(i)
			}
		}), "other columns"},
	} {
		t.Run(name, func(t *testing.T) {
			bytes, records, err := allocated(c.path)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%d records, error %v, want one with %q", records, err, c.want)
			}
			if bytes > 150<<20 {
				t.Errorf("reading took %d MB", bytes>>20)
			}
		})
	}
}

// emptied makes a page one of so many rows without a value.
func emptied(p *forged, rows int32) {
	if p.Type != format.DataPageV2 {
		return
	}
	h := &p.DataPageHeaderV2.V
	levels := run(uint64(rows), 0)
	if h.RepetitionLevelsByteLength > 0 {
		h.RepetitionLevelsByteLength = int32(len(levels))
		levels = append(levels, levels...)
	}
	h.NumValues, h.NumRows, h.NumNulls, h.Encoding = rows, rows, rows, format.Plain
	h.DefinitionLevelsByteLength = int32(len(levels)) - h.RepetitionLevelsByteLength
	p.data, p.UncompressedPageSize = levels, int32(len(levels))
}

func grown(rows int64) func(*format.FileMetaData) {
	return func(m *format.FileMetaData) { m.RowGroups[0].NumRows = rows }
}

// A dictionary that names one long text for every row ends in an error, before its
// records are thousands of times the file.
func TestRecordsStayInProportion(t *testing.T) {
	const rows = 60_000
	path := forge(t, "", func(p *forged, m *format.ColumnMetaData) {
		switch {
		case m.PathInSchema[0] != "kind":
			emptied(p, rows)
		case p.Type == format.DictionaryPage:
			p.DictionaryPageHeader.V.NumValues = 1
			p.data = append(binary.LittleEndian.AppendUint32(nil, 1<<20), bytes.Repeat([]byte{'a'}, 1<<20)...)
			p.UncompressedPageSize = int32(len(p.data))
		default:
			h := &p.DataPageHeaderV2.V
			levels := run(rows, 1)
			h.NumValues, h.NumRows, h.DefinitionLevelsByteLength = rows, rows, int32(len(levels))
			p.data = append(append(levels, 1), run(rows, 0)...)
			p.UncompressedPageSize = int32(len(p.data))
		}
	}, grown(rows))
	bytes, records, err := allocated(path)
	if err == nil || !strings.Contains(err.Error(), "out of all proportion") || records < 50 {
		t.Errorf("%d records, %v", records, err)
	}
	if bytes > 2<<30 {
		t.Errorf("reading took %d MB", bytes>>20)
	}
}

// Rows of nothing are no more than the file has bytes, with some for small files.
func TestRowsOfNothing(t *testing.T) {
	for _, rows := range []int{3, 5000, 1 << 20} {
		path := forge(t, "", func(p *forged, m *format.ColumnMetaData) { emptied(p, int32(rows)) }, grown(int64(rows)))
		bytes, records, err := allocated(path)
		if want := rows <= 5000; want != (err == nil) || want != (records == rows) || bytes > 100<<20 {
			t.Errorf("%d rows: %d records, %d MB, %v", rows, records, bytes>>20, err)
		}
	}
}

// Columns of different lengths are an error: the library ends with the shortest.
func TestColumnsOfDifferentLengths(t *testing.T) {
	path := forge(t, "title", func(p *forged, m *format.ColumnMetaData) { emptied(p, 5000) }, nil)
	if _, records, err := allocated(path); err == nil || !strings.Contains(err.Error(), "has 5000 rows") {
		t.Errorf("%d records, %v", records, err)
	}
}

// A list of a row is no longer than the file accounts for.
func TestLongList(t *testing.T) {
	const n = 60_000
	path := forge(t, "", func(p *forged, m *format.ColumnMetaData) {
		emptied(p, 1)
		if h := &p.DataPageHeaderV2.V; h.RepetitionLevelsByteLength > 0 {
			again, levels := append(run(1, 0), run(n-1, 1)...), run(n, 0)
			h.NumValues, h.NumNulls = n, n
			h.RepetitionLevelsByteLength, h.DefinitionLevelsByteLength = int32(len(again)), int32(len(levels))
			p.data = append(again, levels...)
			p.UncompressedPageSize = int32(len(p.data))
		}
	}, grown(1))
	bytes, records, err := allocated(path)
	if err == nil || !strings.Contains(err.Error(), "a row with lists") || bytes > 100<<20 {
		t.Errorf("%d records, %d MB, %v", records, bytes>>20, err)
	}
}
