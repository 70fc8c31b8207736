package parquet

import (
	"encoding/binary"
	"errors"

	"github.com/parquet-go/parquet-go/encoding/thrift"
)

// The structures of a footer and of a page's header stand within each other at most so
// deep by the Parquet format, with room.
const thriftDepth = 24

var (
	errShort  = errors.New("a structure that ends in the middle")
	errNested = errors.New("structures within structures without end")
)

// thriftSize returns the bytes that the structure at the start of b takes, how many
// structures are in it, and how many of these stand within four others at most. It reads the compact protocol of Apache Thrift
// (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md)
// without making anything of it: the library allocates a list by the length that the
// list claims, and follows nesting however deep it is.
func thriftSize(b []byte) (size, structs, outer int, err error) {
	s := thriftScan{b: b}
	s.value(thrift.STRUCT, 0)
	return s.at, s.structs, s.outer, s.err
}

type thriftScan struct {
	b       []byte
	at      int
	structs int
	outer   int
	err     error
}

func (s *thriftScan) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *thriftScan) skip(n uint64) {
	if n > uint64(len(s.b)-s.at) {
		s.fail(errShort)
		return
	}
	s.at += int(n)
}

func (s *thriftScan) readByte() byte {
	at := s.at
	if s.skip(1); s.err != nil {
		return 0
	}
	return s.b[at]
}

func (s *thriftScan) uvarint() uint64 {
	u, n := binary.Uvarint(s.b[s.at:])
	if n <= 0 {
		s.fail(errShort)
		return 0
	}
	s.at += n
	return u
}

func (s *thriftScan) value(typ thrift.Type, depth int) {
	if depth > thriftDepth {
		s.fail(errNested)
	}
	if s.err != nil {
		return
	}
	switch typ {
	case thrift.TRUE, thrift.FALSE, thrift.I8:
		s.skip(1)
	case thrift.I16, thrift.I32, thrift.I64:
		s.uvarint()
	case thrift.DOUBLE:
		s.skip(8)
	case thrift.UUID:
		s.skip(16)
	case thrift.BINARY:
		s.skip(s.uvarint())
	case thrift.LIST, thrift.SET:
		head := s.readByte()
		n := uint64(head >> 4)
		if n == 0xF {
			n = s.uvarint()
		}
		for ; n > 0 && s.err == nil; n-- {
			s.value(thrift.Type(head&0xF), depth+1)
		}
	case thrift.MAP:
		n := s.uvarint()
		if n == 0 || s.err != nil {
			return
		}
		head := s.readByte()
		for ; n > 0 && s.err == nil; n-- {
			s.value(thrift.Type(head>>4), depth+1)
			s.value(thrift.Type(head&0xF), depth+1)
		}
	case thrift.STRUCT:
		s.structs++
		if depth <= 4 {
			s.outer++
		}
		for s.err == nil {
			head := s.readByte()
			field := thrift.Type(head & 0xF)
			if head == 0 || s.err != nil {
				return
			}
			if head>>4 == 0 {
				s.uvarint() // the number of the field, in full
			}
			// A field that is true or false holds its value in its type.
			if field != thrift.TRUE && field != thrift.FALSE {
				s.value(field, depth+1)
			}
		}
	default:
		s.fail(errors.New("a value of an unknown type"))
	}
}
