package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// https://github.com/apache/parquet-format/blob/master/Encodings.md describes what is
// read here.

// Runs of packed values have a multiple of eight of them: the last may be filled up.
const runPadding = 512

var errCut = errors.New("values that are cut short")

// prefixed cuts off bytes that stand behind their number.
func prefixed(b []byte) (head, rest []byte, err error) {
	if len(b) < 4 || uint64(binary.LittleEndian.Uint32(b)) > uint64(len(b)-4) {
		return nil, nil, errCut
	}
	n := 4 + int(binary.LittleEndian.Uint32(b))
	return b[4:n], b[n:], nil
}

// runs counts the values of so many bits each that runs hold, of which there may be limit.
// each is called with runs of equal values among the first limit, unless it is nil.
func runs(b []byte, width int, limit int64, each func(value uint32, n int64)) (int64, error) {
	var all int64
	for len(b) > 0 {
		head, n := binary.Uvarint(b)
		if n <= 0 {
			return all, errCut
		}
		b = b[n:]
		count, packed := head>>1, head&1 == 1
		if packed {
			count *= 8
		}
		if count > uint64(limit+runPadding-all) {
			return all, fmt.Errorf("a run of %d values after %d, of %d in all", count, all, limit)
		}
		real := min(int64(count), max(0, limit-all)) // without what fills up
		all += int64(count)
		size := (width + 7) / 8
		if packed {
			size = int(count) / 8 * width
		}
		if size > len(b) && count > 0 {
			return all, errCut
		}
		switch {
		case count == 0:
			continue // without a value
		case each == nil:
		case packed:
			for i := range int(real) {
				each(bitsAt(b, i*width, width), 1)
			}
		default:
			each(bitsAt(b, 0, width), real)
		}
		b = b[size:]
	}
	return all, nil
}

// bitsAt returns so many bits from a bit on, the lowest first.
func bitsAt(b []byte, from, width int) uint32 {
	var v uint64
	for i := 0; i < width; {
		bit := from + i
		n := min(8-bit%8, width-i)
		v |= (uint64(b[bit/8]) >> (bit % 8) & (1<<n - 1)) << i
		i += n
	}
	return uint32(v)
}

// deltas reads numbers that are packed as differences, of which there may be limit, and
// returns how many they are and what follows them. each is called with each number, which
// are those of 32 bits; where it is nil they are only counted, and nothing is returned of
// what follows.
func deltas(b []byte, limit int64, each func(int64) error) (n int64, rest []byte, err error) {
	number := func() uint64 {
		u, size := binary.Uvarint(b)
		if size <= 0 {
			err = errCut
			return 0
		}
		b = b[size:]
		return u
	}
	signed := func() int64 {
		u := number()
		return int64(u>>1) ^ -int64(u&1)
	}
	block, parts, count, last := number(), number(), number(), signed()
	if err != nil {
		return 0, nil, err
	}
	if block == 0 || block > 1<<20 || parts == 0 || block%parts != 0 || block/parts%32 != 0 || count > uint64(limit) {
		return 0, nil, fmt.Errorf("blocks of %d in %d parts, for %d numbers where %d may be", block, parts, count, limit)
	}
	if n = int64(count); n == 0 || each == nil {
		return n, nil, nil
	}
	if err := each(int64(int32(last))); err != nil {
		return n, nil, err
	}
	for left := n - 1; left > 0; {
		least := signed()
		if err != nil || uint64(len(b)) < parts {
			return n, nil, errCut
		}
		widths := b[:parts]
		b = b[parts:]
		for _, width := range widths {
			if left == 0 {
				break
			}
			size := int(block/parts) / 8 * int(width)
			if width > 32 || size > len(b) {
				return n, nil, errCut
			}
			for i := range int(min(left, int64(block/parts))) {
				last += least + int64(bitsAt(b, i*int(width), int(width)))
				left--
				if err := each(int64(int32(last))); err != nil {
					return n, nil, err
				}
			}
			b = b[size:]
		}
	}
	return n, b, nil
}
