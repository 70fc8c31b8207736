package scrape

import (
	"io"
	"slices"
	"sync"
)

// A wholeBody reads a body into memory that the next page uses again, at the
// first read, and then looks empty: Colly would gather it in pieces and copy
// them.
type wholeBody struct {
	*cappedBody
	resp *response
	size int64 // as the server said it; -1 where it did not
	done bool
}

func (b *wholeBody) Read([]byte) (int, error) {
	if b.done {
		return 0, io.EOF
	}
	b.done = true
	buf := bodyBuffers.Get().(*[]byte)
	whole := (*buf)[:0]
	if b.size > 0 {
		// One byte more, to find the end without growing. A server may say
		// anything.
		whole = slices.Grow(whole, int(min(b.size, b.left, maxPooledBody))+1)
	}
	for {
		if len(whole) == cap(whole) {
			whole = slices.Grow(whole, max(32<<10, len(whole)))
		}
		n, err := b.cappedBody.Read(whole[len(whole):cap(whole)])
		whole = whole[:len(whole)+n]
		if err != nil {
			b.resp.body, b.resp.buffer = whole, buf
			return 0, err
		}
	}
}

// maxPooledBody is the size of the largest buffer that is kept, in bytes: half
// as much again as most pages.
const maxPooledBody = 1 << 20

var bodyBuffers = sync.Pool{New: func() any { return new([]byte) }}

// release gives the body's memory to other answers. Nobody may hold any of the
// body then.
func (r *response) release() {
	buf := r.buffer
	if buf == nil {
		return
	}
	if cap(r.body) <= maxPooledBody {
		*buf = r.body[:0]
		bodyBuffers.Put(buf)
	}
	r.body, r.buffer = nil, nil
}

// keep makes the body outlive release.
func (r *response) keep() { r.buffer = nil }
