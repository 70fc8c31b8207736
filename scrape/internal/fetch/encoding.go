package fetch

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
)

// acceptEncoding lists the codings that decodeBody can decode.
const acceptEncoding = "gzip, deflate, br, zstd"

// maxEncodings is how many codings a body may have on top of each other. Servers
// behind a proxy that compresses again have two.
const maxEncodings = 8

// ErrEncoding is returned for a body that cannot be decoded.
var ErrEncoding = errors.New("the body cannot be decoded")

var errEndless = fmt.Errorf("%w: more bytes come than it may have when it is decoded", ErrEncoding)

// decodeBody undoes a Content-Encoding, which may name several codings in the order
// in which they were applied. As in browsers, names of no coding (none, UTF-8,
// binary) are passed over, and a body that is not in the coding that is named is
// read by its first bytes: so is one that is compressed although no coding is named,
// or once more than is named.
func decodeBody(body io.Reader, encoding string) (io.Reader, error) {
	r, n := body, 0
	for rest := encoding; rest != ""; {
		i := strings.LastIndexByte(rest, ',')
		name, _, _ := strings.Cut(rest[i+1:], ";") // as in Accept-Encoding
		name = strings.ToLower(strings.TrimSpace(name))
		rest = rest[:max(i, 0)]
		switch name {
		case "gzip", "x-gzip", "deflate", "br", "zstd":
		default:
			continue
		}
		if n++; n > maxEncodings {
			return nil, fmt.Errorf("%w: more than %d encodings on top of each other", ErrEncoding, maxEncodings)
		}
		r = &lazyDecoder{src: r, coding: name}
	}
	return &lazyDecoder{src: r}, nil
}

// lazyDecoder opens its decoder at the first read, because an answer without body
// may name an encoding all the same.
type lazyDecoder struct {
	src    io.Reader
	coding string // empty where none is named
	r      io.Reader
	br     *bufio.Reader // under r, until Close
}

func (d *lazyDecoder) Read(p []byte) (int, error) {
	if d.r == nil {
		if d.br == nil {
			d.br = readers.Get().(*bufio.Reader)
			d.br.Reset(d.src)
		}
		r, err := openDecoder(d.br, d.coding)
		if err != nil {
			return 0, decodeError(err)
		}
		d.r = r
	}
	n, err := d.r.Read(p)
	if err != nil && err != io.EOF {
		err = decodeError(err)
	}
	return n, err
}

func (d *lazyDecoder) Close() error {
	var err error
	if c, ok := d.r.(io.Closer); ok {
		err = c.Close()
	}
	if c, ok := d.src.(*lazyDecoder); ok {
		err = errors.Join(err, c.Close())
	}
	if d.br != nil {
		d.r = closedDecoder{}
		d.br.Reset(nil)
		readers.Put(d.br)
		d.br = nil
	}
	return err
}

// plainLength is how many bytes must be text for a body to count as not encoded.
const plainLength = 64

// openDecoder returns the decoder of a coding, or of the one that the body's first
// bytes are of.
func openDecoder(br *bufio.Reader, coding string) (io.Reader, error) {
	head, err := br.Peek(plainLength)
	if len(head) == 0 {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, gzipMagic):
		coding = "gzip"
	case bytes.HasPrefix(head, zstdMagic):
		coding = "zstd"
	case coding == "", isPlain(head):
		return br, nil
	case isZlib(head):
		// Brotli has no mark of its own: where it is named it is believed.
		if coding != "br" {
			br.Discard(2) // the sum at its end may be wrong
			return newInflater(br), nil
		}
	case coding == "gzip", coding == "x-gzip":
		return br, nil
	}
	switch coding {
	case "br":
		return newBrotli(br), nil
	case "zstd":
		d, err := zstd.NewReader(br, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20)) // RFC 9659
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	case "deflate": // without the wrapping of RFC 9110, 8.4.1.2, as some servers send it
		return newInflater(br), nil
	}
	return &gzipReader{br: br}, nil
}

var (
	gzipMagic = []byte{0x1f, 0x8b, 8}
	zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}
)

// isZlib reports whether a body begins with the header of RFC 1950.
func isZlib(head []byte) bool {
	return len(head) > 1 && head[0]&0x0f == 8 && binary.BigEndian.Uint16(head)%31 == 0
}

// isPlain reports whether a body begins as HTML, XML or JSON, and so is not encoded.
func isPlain(head []byte) bool {
	for len(head) > 0 { // a character may be cut at the end
		if r, n := utf8.DecodeLastRune(head); r != utf8.RuneError || n > 1 {
			break
		}
		head = head[:len(head)-1]
	}
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			return false
		}
	}
	text := bytes.TrimLeft(head, " \t\r\n\f\ufeff")
	return len(text) > 0 && (text[0] == '<' || text[0] == '{' || text[0] == '[')
}

// A gzipReader reads gzip (RFC 1952) as browsers do: the sum and the length that
// follow the data may be wrong or missing, and so may what comes after them.
// Packages for gzip give such data up.
type gzipReader struct {
	br *bufio.Reader
	z  *inflater
	// inside is set between a member's header and the end of its data.
	inside bool
}

func (g *gzipReader) Read(p []byte) (int, error) {
	for {
		if err := g.enter(); err != nil {
			return 0, err
		}
		n, err := g.z.Read(p)
		if err != io.EOF {
			return n, err
		}
		g.inside = false
		g.br.Discard(8) // the sum and the length
		if head, _ := g.br.Peek(len(gzipMagic)); !bytes.Equal(head, gzipMagic) {
			g.inside = true // the decoder answers EOF from now on
			return n, io.EOF
		}
		if n > 0 {
			return n, nil
		}
	}
}

func (g *gzipReader) Close() error {
	if g.z == nil {
		return nil
	}
	return g.z.Close()
}

// enter begins the next member, unless the reader is inside one.
func (g *gzipReader) enter() error {
	if g.inside {
		return nil
	}
	if err := g.header(); err != nil {
		return err
	}
	g.inside = true
	if g.z == nil {
		g.z = newInflater(g.br)
		return nil
	}
	return g.z.reset(g.br)
}

// Flags of a gzip header.
const (
	gzipHasCRC = 1 << (iota + 1)
	gzipHasExtra
	gzipHasName
	gzipHasComment
)

// header reads up to the data of a member.
func (g *gzipReader) header() error {
	var h [10]byte
	if _, err := io.ReadFull(g.br, h[:]); err != nil {
		return cutShort(err)
	}
	flags := h[3]
	if flags&gzipHasExtra != 0 {
		var n [2]byte
		if _, err := io.ReadFull(g.br, n[:]); err != nil {
			return cutShort(err)
		}
		if _, err := g.br.Discard(int(binary.LittleEndian.Uint16(n[:]))); err != nil {
			return cutShort(err)
		}
	}
	for _, flag := range []byte{gzipHasName, gzipHasComment} {
		if flags&flag == 0 {
			continue
		}
		for {
			c, err := g.br.ReadByte()
			if err != nil {
				return cutShort(err)
			}
			if c == 0 {
				break
			}
		}
	}
	if flags&gzipHasCRC != 0 {
		g.br.Discard(2)
	}
	return nil
}

// cutShort returns the error of data that end where more should come.
func cutShort(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// decodeError returns ErrEncoding for a broken body, and the error itself for a
// broken connection.
func decodeError(err error) error {
	var netErr net.Error
	if err == io.EOF || isCutShort(err) || errors.Is(err, errIdle) || errors.Is(err, ErrEncoding) ||
		errors.Is(err, context.Canceled) || errors.As(err, &netErr) || isBrokenHTTP2(err) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrEncoding, err)
}

// isCutShort reports whether a body ended before its end: the connection was closed,
// or its length or its compressed data went on.
func isCutShort(err error) bool {
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}
