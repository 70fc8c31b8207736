package fetch

import (
	"bufio"
	"io"
	"net"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
)

// The decoders of bodies are used again by later answers: one has 40 to 100 kB.

// readers are those under the decoders.
var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

// closedDecoder is what a lazyDecoder reads from once it is closed.
type closedDecoder struct{}

func (closedDecoder) Read([]byte) (int, error) { return 0, net.ErrClosed }

// An inflater reads DEFLATE (RFC 1951).
type inflater struct{ io.ReadCloser }

var inflaters = sync.Pool{New: func() any { return flate.NewReader(nil) }}

func newInflater(r *bufio.Reader) *inflater {
	i := &inflater{inflaters.Get().(io.ReadCloser)}
	_ = i.reset(r) // it fails where a dictionary is given
	return i
}

func (i *inflater) reset(r *bufio.Reader) error { return i.ReadCloser.(flate.Resetter).Reset(r, nil) }

func (i *inflater) Close() error {
	if _, ok := i.ReadCloser.(flate.Resetter); ok {
		inflaters.Put(i.ReadCloser)
		i.ReadCloser = io.NopCloser(closedDecoder{})
	}
	return nil
}

// A brotliReader reads Brotli (RFC 7932).
type brotliReader struct{ r *brotli.Reader }

var brotlis = sync.Pool{New: func() any { return new(brotli.Reader) }}

func newBrotli(r *bufio.Reader) *brotliReader {
	b := &brotliReader{brotlis.Get().(*brotli.Reader)}
	_ = b.r.Reset(r) // it never fails
	return b
}

func (b *brotliReader) Read(p []byte) (int, error) {
	if b.r == nil {
		return 0, net.ErrClosed
	}
	return b.r.Read(p)
}

func (b *brotliReader) Close() error {
	if b.r != nil {
		brotlis.Put(b.r)
		b.r = nil
	}
	return nil
}
