package parquet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/bits"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// What the pages of a file may take, beyond a part in proportion to the file.
const (
	// The pages at hand, one of each column, in bytes of memory.
	handBytes = 64 << 20
	// The values of a column in all row groups.
	columnValues = 64 << 10
	// The header of a page has statistics, which hold whole values.
	maxPageHeader = 4 << 20
	// The memory that a value takes in a page, with its levels and its place.
	valueBytes = 12
	// The memory that an element of a list takes while its row is read.
	elementBytes = 128
)

// checker checks that the pages of row groups are what their headers claim, within
// bounds, before the library reads them. The library allocates by what headers, run
// lengths and counts claim, without bounds.
type checker struct {
	f       io.ReaderAt
	size    int64 // of the file
	columns []column

	read   int64 // bytes of the pages checked so far
	values int64 // of the longest column of each row group so far
	zstd   *zstd.Decoder
}

// group is what a row group takes.
type group struct {
	hand int64 // bytes of the largest page of each column, together
	row  int64 // elements of the longest list of each column, together
}

// room returns the memory that pages at hand may take: for a file of text it is far
// above what its compression can save.
func (c *checker) room() int64 { return handBytes + 8*c.size }

// group checks the pages of a row group.
func (c *checker) group(g *format.RowGroup) (group, error) {
	var all group
	var values int64
	for i := range g.Columns {
		chunk := chunk{checker: c, column: &c.columns[i], meta: &g.Columns[i].MetaData, hand: all.hand}
		if err := chunk.check(); err != nil {
			return all, fmt.Errorf("column %s: %w", c.columns[i].name, err)
		}
		// The library ends a row group where its first column ends.
		if chunk.starts != g.NumRows {
			return all, fmt.Errorf("column %s has %d rows: the row group has %d", c.columns[i].name, chunk.starts, g.NumRows)
		}
		all.hand += chunk.largest
		all.row += chunk.longest
		values = max(values, chunk.values)
	}
	if all.row*elementBytes > c.room() {
		return all, fmt.Errorf("a row with lists of %d elements", all.row)
	}
	if c.values += values; c.values > columnValues+c.size {
		return all, fmt.Errorf("more than %d values in a column of a file of %d bytes", columnValues+c.size, c.size)
	}
	return all, nil
}

// chunk is the part of a column that a row group holds.
type chunk struct {
	*checker
	column *column
	meta   *format.ColumnMetaData
	hand   int64 // what the columns before it take

	dictionary int64 // bytes of memory
	largest    int64 // page, with the dictionary, in bytes of memory
	values     int64
	starts     int64 // rows
	row        int64 // elements since the last start of a row
	longest    int64 // row
}

func (c *chunk) check() error {
	start, data := c.meta.DataPageOffset, c.meta.DataPageOffset
	if c.meta.DictionaryPageOffset != 0 {
		start = c.meta.DictionaryPageOffset
	}
	length := c.meta.TotalCompressedSize
	if start < 4 || data < start || length < 0 || length > c.size-start || data > start+length {
		return fmt.Errorf("pages from %d to %d, %d bytes from %d on, in a file of %d", start, data, length, start, c.size)
	}
	if c.read += length; c.read > c.size {
		return errors.New("its pages are those of other columns too")
	}
	if data > start {
		if _, err := c.page(start, start+length, true); err != nil {
			return fmt.Errorf("its dictionary: %w", err)
		}
	}
	for at := data; at < start+length; {
		next, err := c.page(at, start+length, false)
		if err != nil {
			return fmt.Errorf("the page at %d: %w", at, err)
		}
		at = next
	}
	return nil
}

// header reads the header of the page at a place of the file, and returns the place of
// its data.
func (c *chunk) header(at, end int64) (*format.PageHeader, int64, error) {
	for size := int64(512); ; size *= 16 {
		b := make([]byte, min(size, end-at))
		if _, err := c.f.ReadAt(b, at); err != nil {
			return nil, 0, err
		}
		used, _, _, err := thriftSize(b)
		if errors.Is(err, errShort) && size < end-at && size < maxPageHeader {
			continue
		}
		if err != nil {
			return nil, 0, fmt.Errorf("its header: %w", err)
		}
		h := new(format.PageHeader)
		if err := thrift.Unmarshal(new(thrift.CompactProtocol), b[:used], h); err != nil {
			return nil, 0, fmt.Errorf("its header: %w", err)
		}
		return h, at + int64(used), nil
	}
}

// page checks the page at a place of the file, and returns the place of the next one.
func (c *chunk) page(at, end int64, dictionary bool) (int64, error) {
	h, at, err := c.header(at, end)
	if err != nil {
		return 0, err
	}
	packed, size := int64(h.CompressedPageSize), int64(h.UncompressedPageSize)
	if packed < 0 || packed > end-at || size < 0 {
		return 0, fmt.Errorf("%d bytes that are %d when they are unpacked, where %d are left", packed, size, end-at)
	}
	p := page{chunk: c, size: size}
	switch {
	case h.Type == format.DictionaryPage && h.DictionaryPageHeader.Valid:
		p.values = int64(h.DictionaryPageHeader.V.NumValues)
	case h.Type == format.DataPage && h.DataPageHeader.Valid && !dictionary:
		p.values = int64(h.DataPageHeader.V.NumValues)
	case h.Type == format.DataPageV2 && h.DataPageHeaderV2.Valid && !dictionary:
		p.values = int64(h.DataPageHeaderV2.V.NumValues)
	default:
		return 0, fmt.Errorf("a page of the type %s", h.Type)
	}
	if p.values < 0 || p.values > columnValues+c.checker.size {
		return 0, fmt.Errorf("%d values in a file of %d bytes", p.values, c.checker.size)
	}
	if err := p.grow(size + valueBytes*p.values); err != nil {
		return 0, err
	}
	b := make([]byte, packed)
	if _, err := c.f.ReadAt(b, at); err != nil {
		return 0, err
	}
	switch h.Type {
	case format.DictionaryPage:
		err = p.dictionary(b)
	case format.DataPage:
		err = p.v1(b, &h.DataPageHeader.V)
	default:
		err = p.v2(b, &h.DataPageHeaderV2.V)
	}
	return at + packed, err
}

// unpack returns the bytes of a page without their compression: size at most.
func (c *checker) unpack(codec format.CompressionCodec, b []byte, size int64) ([]byte, error) {
	var r io.Reader
	var err error
	switch codec {
	case format.Uncompressed:
		return b, nil
	case format.Snappy:
		if n, err := snappy.DecodedLen(b); err != nil || int64(n) > size {
			return nil, errors.Join(err, fmt.Errorf("more than the %d bytes of its header", size))
		}
		return snappy.Decode(nil, b)
	case format.Zstd:
		if c.zstd == nil {
			// The window of a frame is as large as its header says.
			c.zstd, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecodeAllCapLimit(true), zstd.WithDecoderMaxWindow(128<<20))
			if err != nil {
				return nil, err
			}
		}
		return c.zstd.DecodeAll(b, make([]byte, 0, size))
	case format.Gzip:
		if r, err = gzip.NewReader(bytes.NewReader(b)); err != nil {
			return nil, err
		}
	case format.Brotli:
		r = brotli.NewReader(bytes.NewReader(b))
	default:
		// LZ4_RAW is not read by parquet-go 0.32.0: it returns other bytes, and looks for
		// more memory without end where the data are damaged.
		return nil, fmt.Errorf("compressed with %s, which is not read", codec)
	}
	to, err := io.ReadAll(io.LimitReader(r, size+1))
	if err == nil && int64(len(to)) > size {
		err = fmt.Errorf("more than the %d bytes of its header", size)
	}
	return to, err
}

// page is a page of a chunk, with what its header says.
type page struct {
	*chunk
	size   int64
	values int64
}

// grow adds a page of so many bytes of memory to what is at hand.
func (p *page) grow(n int64) error {
	p.largest = max(p.largest, p.chunk.dictionary+n)
	if p.hand+p.largest > p.room() {
		return fmt.Errorf("pages of %d bytes at once in a file of %d", p.hand+p.largest, p.checker.size)
	}
	return nil
}

func (p *page) dictionary(b []byte) error {
	b, err := p.unpack(p.meta.Codec, b, p.size)
	if err != nil {
		return err
	}
	p.chunk.dictionary = max(p.chunk.dictionary, int64(len(b))+valueBytes*p.values)
	return p.plain(b, p.values)
}

func (p *page) v1(b []byte, h *format.DataPageHeader) error {
	b, err := p.unpack(p.meta.Codec, b, p.size)
	if err != nil {
		return err
	}
	// Before each kind of levels stands how many bytes they take.
	cut := func(greatest int, encoding format.Encoding, each func(uint32, int64)) error {
		if greatest == 0 {
			return nil
		}
		levels, rest, err := prefixed(b)
		if err != nil {
			return err
		}
		b = rest
		return p.levels(levels, greatest, encoding, each)
	}
	if err := cut(p.column.repetition, h.RepetitionLevelEncoding, p.rows); err != nil {
		return err
	}
	present := p.values
	if p.column.levels > 0 {
		present = 0
	}
	if err := cut(p.column.levels, h.DefinitionLevelEncoding, p.count(&present)); err != nil {
		return err
	}
	p.done()
	return p.data(b, h.Encoding, present)
}

func (p *page) v2(b []byte, h *format.DataPageHeaderV2) error {
	r, d := int64(h.RepetitionLevelsByteLength), int64(h.DefinitionLevelsByteLength)
	if r < 0 || d < 0 || r+d > int64(len(b)) || h.NumNulls < 0 || int64(h.NumNulls) > p.values {
		return fmt.Errorf("levels of %d and %d bytes in %d bytes, %d values with %d nulls", r, d, len(b), p.values, h.NumNulls)
	}
	if p.column.repetition > 0 {
		if err := p.levels(b[:r], p.column.repetition, format.RLE, p.rows); err != nil {
			return err
		}
	}
	present := p.values - int64(h.NumNulls)
	if p.column.levels > 0 {
		found := int64(0)
		if err := p.levels(b[r:r+d], p.column.levels, format.RLE, p.count(&found)); err != nil {
			return err
		}
		if found != present {
			return fmt.Errorf("%d values: the header says %d", found, present)
		}
	}
	b = b[r+d:]
	if !h.IsCompressed.Valid || h.IsCompressed.V {
		var err error
		if b, err = p.unpack(p.meta.Codec, b, p.size); err != nil {
			return err
		}
	}
	p.done()
	return p.data(b, h.Encoding, present)
}

// rows counts the elements of rows, by their repetition levels.
func (p *page) rows(level uint32, n int64) {
	if level == 0 {
		p.row = 1
		p.starts += n
	} else {
		p.row += n
	}
	p.longest = max(p.longest, p.row)
}

// done adds the values of the page to those of its chunk.
func (p *page) done() {
	p.chunk.values += p.values
	if p.column.repetition == 0 {
		p.starts += p.values
		p.longest = 1
	}
}

// count returns a function that counts definition levels of values that are there.
func (p *page) count(present *int64) func(uint32, int64) {
	return func(level uint32, n int64) {
		if level == uint32(p.column.levels) {
			*present += n
		}
	}
}

// levels checks that levels are as many as the values. The deprecated packing of single
// bits cannot claim more than its bytes hold.
func (p *page) levels(b []byte, greatest int, encoding format.Encoding, each func(uint32, int64)) error {
	if encoding == format.BitPacked {
		return errors.New("levels in the encoding BIT_PACKED")
	}
	n, err := runs(b, bits.Len(uint(greatest)), p.values, each)
	if err == nil && n < p.values {
		err = fmt.Errorf("%d levels of %d values", n, p.values)
	}
	return err
}

// data checks that there are as many values as are said to be present, at least, and no
// more than are said to be in the page.
func (p *page) data(b []byte, encoding format.Encoding, present int64) error {
	var n int64
	var err error
	switch encoding {
	case format.Plain:
		return p.plain(b, present)
	case format.PlainDictionary, format.RLEDictionary: //lint:ignore SA1019 older files have it
		if len(b) == 0 {
			break
		}
		if b[0] > 32 {
			return fmt.Errorf("indices of %d bits", b[0])
		}
		n, err = runs(b[1:], int(b[0]), p.values, nil)
	case format.RLE:
		if b, _, err = prefixed(b); err == nil {
			n, err = runs(b, 1, p.values, nil)
		}
	case format.DeltaBinaryPacked:
		n, _, err = deltas(b, p.values, nil)
	case format.DeltaLengthByteArray:
		n, _, _, err = p.lengths(b)
	case format.DeltaByteArray:
		return p.prefixes(b, present)
	case format.ByteStreamSplit:
		if size := p.width(); size > 0 {
			n = int64(len(b)) / size
		}
	default:
		return fmt.Errorf("values in the encoding %s", encoding)
	}
	if err == nil && n < present {
		err = fmt.Errorf("%d values: %d should be there", n, present)
	}
	return err
}

// width returns the bytes of a value, or 0 where they have no fixed length.
func (p *page) width() int64 {
	switch p.column.kind {
	case parquet.Int32, parquet.Float:
		return 4
	case parquet.Int64, parquet.Double:
		return 8
	case parquet.Int96:
		return 12
	case parquet.FixedLenByteArray:
		return int64(p.column.length)
	}
	return 0
}

// plain checks that so many values are there.
func (p *page) plain(b []byte, want int64) error {
	have := int64(len(b)) * 8
	switch {
	case p.column.kind == parquet.ByteArray:
		have = 0
		for len(b) > 0 {
			_, rest, err := prefixed(b)
			if err != nil {
				return err
			}
			b, have = rest, have+1
		}
		// The library makes a place for each value that there is.
		if have > want {
			if err := p.grow(p.size + valueBytes*have); err != nil {
				return err
			}
		}
	case p.width() > 0:
		have = int64(len(b)) / p.width()
	}
	if have < want {
		return fmt.Errorf("%d values: %d should be there", have, want)
	}
	return nil
}

// lengths checks lengths of values, and returns how many they are, their sum and what
// follows.
func (p *page) lengths(b []byte) (n, sum int64, rest []byte, err error) {
	n, rest, err = deltas(b, p.values, func(v int64) error {
		if sum += v; v < 0 || sum > p.room() {
			return fmt.Errorf("a value of %d bytes after others of %d", v, sum-v)
		}
		return nil
	})
	return n, sum, rest, err
}

// prefixes checks values that begin as the ones before them do.
func (p *page) prefixes(b []byte, present int64) error {
	n, shared, rest, err := p.lengths(b)
	if err != nil {
		return err
	}
	k, own, rest, err := p.lengths(rest)
	if err != nil {
		return err
	}
	if n != k || n < present || own > int64(len(rest)) {
		return fmt.Errorf("%d beginnings and %d endings of %d values", n, k, present)
	}
	return p.grow(p.size + shared + own + valueBytes*n)
}
