package fetch

import (
	"bytes"
	"errors"
	"io"
)

// A wholeBody reads a body into memory that the next answer uses again, at the
// first read, and then looks empty: Colly would gather it in pieces and copy
// them.
type wholeBody struct {
	*cappedBody
	resp *Response
	free freeBodies
	size int64 // as the server has announced it; less than 0 where it is not known
	done bool
}

func (b *wholeBody) Read([]byte) (int, error) {
	if b.done {
		return 0, io.EOF
	}
	b.done = true
	whole := b.free.take()
	// One byte more, so that the end is read without a larger buffer.
	next := int(min(max(leastFreeBody, b.size+1), mostFreeBody))
	for {
		if len(whole) == cap(whole) {
			larger := make([]byte, len(whole), max(next, 2*cap(whole)))
			copy(larger, whole)
			if cap(larger) > mostFreeBody {
				b.free.give(whole)
			}
			whole = larger
		}
		n, err := b.cappedBody.Read(whole[len(whole):cap(whole)])
		whole = whole[:len(whole)+n]
		if err != nil {
			b.resp.Body, b.resp.free = whole, b.free
			if len(whole) > 0 && (isCutShort(err) || errors.Is(err, errIdle) && HasEnd(whole)) {
				b.resp.Truncated = true
				err = io.EOF
			}
			return 0, err
		}
	}
}

// HasEnd reports whether a body holds the end of an HTML page.
func HasEnd(body []byte) bool {
	const tail = 4 << 10 // scripts and comments follow it
	end := bytes.ToLower(body[max(0, len(body)-tail):])
	return bytes.Contains(end, []byte("</html")) || bytes.Contains(end, []byte("</body"))
}

// freeBodies are buffers that are not in use.
type freeBodies chan []byte

// The sizes of the buffers that are kept, in bytes: nine pages in ten fit the largest.
const (
	leastFreeBody = 16 << 10
	mostFreeBody  = 512 << 10
)

// take returns an empty buffer, or nil if all are in use.
func (f freeBodies) take() []byte {
	select {
	case b := <-f:
		return b[:0]
	default:
		return nil
	}
}

func (f freeBodies) give(b []byte) {
	if cap(b) > mostFreeBody {
		return
	}
	select {
	case f <- b:
	default:
	}
}

// Release lets other answers use the memory of Body, which must not be used any
// more.
func (r *Response) Release() {
	if r.free != nil {
		r.free.give(r.Body)
		r.Body, r.free = nil, nil
	}
}

// DropBody leaves the memory of Body to another copy of the response.
func (r *Response) DropBody() { r.Body, r.free = nil, nil }

// Keep makes Body valid for ever, in as much memory as it needs: Release does nothing
// then.
func (r *Response) Keep() {
	if r.free != nil && len(r.Body) < cap(r.Body)/4*3 {
		whole := r.Body
		r.Body = bytes.Clone(whole)
		r.free.give(whole)
	}
	r.free = nil
}
