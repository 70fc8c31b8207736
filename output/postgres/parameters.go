package postgres

import (
	"encoding/binary"
	"errors"
	"io"
	"sync/atomic"
)

// maxParameters is how many bytes of parameters a server may report over a connection: the
// library keeps each of their names. A server has a dozen, and repeats one that changes.
const maxParameters = 1 << 20

// maxAnswer is how many bytes a server may answer a query with, beside the rows that are
// read: notices and notifications, which come unasked, may be without end.
const maxAnswer = 16 << 20

var errAnswer = errors.New("the server answers with more than 16 MiB beside rows")

var errParameters = errors.New("the server reports more than a megabyte of parameters")

// A parameterReader reads what a server sends, and fails where too much of it are
// parameters, or no rows. What comes is messages: a byte that is its type, and four that are its
// length with these (PostgreSQL documentation, "Message Formats").
type parameterReader struct {
	r          io.Reader
	rows       bool                   // rows are read
	over       *atomic.Pointer[error] // gets the error of what is over a bound; may be nil
	head       [5]byte
	have       int   // bytes of head
	skip       int64 // bytes that are left of the message
	parameters int64 // bytes of them so far
	answer     int64 // bytes since the last query ended, without rows where these are read
}

func (p *parameterReader) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	for rest := b[:n]; len(rest) > 0; {
		if p.skip > 0 {
			k := min(p.skip, int64(len(rest)))
			p.skip -= k
			rest = rest[k:]
			continue
		}
		k := copy(p.head[p.have:], rest)
		rest = rest[k:]
		if p.have += k; p.have < len(p.head) {
			break
		}
		const parameterStatus, dataRow, readyForQuery = 'S', 'D', 'Z'
		p.have = 0
		p.skip = max(0, int64(binary.BigEndian.Uint32(p.head[1:]))-4)
		switch kind := p.head[0]; {
		case kind == parameterStatus:
			if p.parameters += p.skip; p.parameters > maxParameters {
				return 0, p.fail(errParameters)
			}
		case kind == readyForQuery:
			p.answer = 0
		case kind != dataRow || !p.rows:
			if p.answer += p.skip + int64(len(p.head)); p.answer > maxAnswer {
				return 0, p.fail(errAnswer)
			}
		}
	}
	return n, err
}

// fail notes the error, of which the library may tell no more than that the connection is
// closed.
func (p *parameterReader) fail(err error) error {
	if p.over != nil {
		p.over.Store(&err)
	}
	return err
}
