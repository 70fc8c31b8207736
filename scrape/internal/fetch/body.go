package fetch

import (
	"bytes"
	"context"
	"errors"
	"io"

	"newsclip/scrape/internal/memory"
)

// What all bodies of a client take together, in bytes. Those of news pages are under
// mostFreeBody, and are never held up by larger ones.
const (
	// bodyBytes is for bodies up to mostFreeBody, and smallBeyond the number of them
	// that may grow all the same where it is used up.
	bodyBytes   = 64 << 20
	smallBeyond = 16
	// largeBodyBytes is for larger ones. One may grow beyond it at a time, up to the
	// limit of its request.
	largeBodyBytes = 16 << 20
)

// bodyRoom is the memory for the bodies of a client. The zero value has no bounds.
type bodyRoom struct{ small, large *memory.Budget }

func newBodyRoom() bodyRoom {
	return bodyRoom{memory.NewBudget(bodyBytes, smallBeyond), memory.NewBudget(largeBodyBytes, 1)}
}

// A bodyShare is what one body takes of a bodyRoom.
type bodyShare struct {
	room  bodyRoom
	share *memory.Share // of small or of large
	size  int           // bytes that share was asked for
	large bool
}

// grow takes what a buffer of size bytes needs, and waits until it may. The first
// leastFreeBody bytes of each body are always there.
func (s *bodyShare) grow(ctx context.Context, size int) error {
	if s.room.small == nil || size <= leastFreeBody {
		return nil
	}
	was := s.share
	switch {
	case size > mostFreeBody && !s.large:
		s.share, s.size, s.large = s.room.large.NewShare(), 0, true
	case was == nil:
		s.share, was = s.room.small.NewShare(), nil
	}
	err := s.share.Grow(ctx, int64(size-s.size))
	if err == nil {
		s.size = size
	}
	if was != s.share {
		was.Free() // after: a body that waits still has its bytes
	}
	return err
}

func (s *bodyShare) free() {
	s.share.Free()
	*s = bodyShare{room: s.room}
}

// A wholeBody reads a body into memory that the next answer uses again, at the
// first read, and then looks empty: Colly would gather it in pieces and copy
// them.
type wholeBody struct {
	*cappedBody
	resp *Response
	free freeBodies
	size int64 // as the server has announced it; less than 0 where it is not known
	done bool

	share bodyShare
	watch *watchdog
	ctx   context.Context
}

// larger returns a buffer with the bytes of whole and room for more.
func (b *wholeBody) larger(whole []byte) ([]byte, error) {
	// One byte more than was announced, so that the end is read without a larger buffer.
	next := int(min(max(leastFreeBody, b.size+1), mostFreeBody))
	size := max(next, 2*cap(whole))
	if limit := b.left + int64(len(whole)) + 1; int64(size) > limit {
		size = int(max(limit, int64(cap(whole))+1)) // no more than the limit comes
	}
	resume := b.watch.pause()
	err := b.share.grow(b.ctx, size)
	resume()
	if err != nil {
		return whole, causeOf(b.ctx, err)
	}
	larger := make([]byte, len(whole), size)
	copy(larger, whole)
	if cap(larger) > mostFreeBody {
		b.free.give(whole)
	}
	return larger, nil
}

func (b *wholeBody) Read([]byte) (int, error) {
	if b.done {
		return 0, io.EOF
	}
	b.done = true
	whole := b.free.take()
	for {
		if len(whole) == cap(whole) {
			var err error
			if whole, err = b.larger(whole); err != nil {
				b.share.free()
				return 0, err
			}
		}
		n, err := b.cappedBody.Read(whole[len(whole):cap(whole)])
		whole = whole[:len(whole)+n]
		if err != nil {
			b.resp.Body, b.resp.free, b.resp.share = whole, b.free, b.share
			if len(whole) > 0 && (isCutShort(err) || errors.Is(err, errIdle) && HasEnd(whole)) {
				b.resp.Truncated = true
				err = io.EOF
			}
			if err != io.EOF {
				b.resp.Release() // the answer is lost
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
	r.share.free()
}

// DropBody leaves the memory of Body to another copy of the response.
func (r *Response) DropBody() { r.Body, r.free, r.share = nil, nil, bodyShare{} }

// Keep makes Body valid for ever, in as much memory as it needs: Release does nothing
// then. The caller bounds the bytes that it keeps.
func (r *Response) Keep() {
	if r.free != nil && len(r.Body) < cap(r.Body)/4*3 {
		whole := r.Body
		r.Body = bytes.Clone(whole)
		r.free.give(whole)
	}
	r.free = nil
	r.share.free()
}
