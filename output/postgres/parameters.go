package postgres

import (
	"encoding/binary"
	"errors"
	"io"
)

// maxParameters is how many bytes of parameters a server may report over a connection: the
// library keeps each of their names. A server has a dozen, and repeats one that changes.
const maxParameters = 1 << 20

var errParameters = errors.New("the server reports more than a megabyte of parameters")

// A parameterReader reads what a server sends, and fails where too much of it are
// parameters. What comes is messages: a byte that is its type, and four that are its
// length with these (PostgreSQL documentation, "Message Formats").
type parameterReader struct {
	r          io.Reader
	head       [5]byte
	have       int   // bytes of head
	skip       int64 // bytes that are left of the message
	parameters int64 // bytes of them so far
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
		const parameterStatus = 'S'
		p.have = 0
		p.skip = max(0, int64(binary.BigEndian.Uint32(p.head[1:]))-4)
		if p.head[0] == parameterStatus {
			if p.parameters += p.skip; p.parameters > maxParameters {
				return 0, errParameters
			}
		}
	}
	return n, err
}
