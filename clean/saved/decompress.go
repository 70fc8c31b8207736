package saved

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"newsclip/clean"
	"newsclip/clean/article"
)

var (
	magicGzip = []byte{0x1f, 0x8b}             // RFC 1952, 2.3.1
	magicZstd = []byte{0x28, 0xb5, 0x2f, 0xfd} // RFC 8878, 3.1.1
)

// peekSize is enough to see what a file is.
const peekSize = 4096 // bytes

// stream is an open page or archive. Peek shows what it begins with.
type stream struct {
	*bufio.Reader
	close   func()
	decoded bool // it was compressed
}

// Close frees the decompressor; it does not close what is beneath.
func (s stream) Close() error {
	if s.close != nil {
		s.close()
	}
	return nil
}

// decompress opens r, whatever compression it is in.
func decompress(r io.Reader, isBrotli bool) (stream, error) {
	br := bufio.NewReaderSize(r, peekSize)
	// Errors are left to the read that follows.
	head, _ := br.Peek(len(magicZstd))
	switch {
	case bytes.HasPrefix(head, magicGzip):
		zr, err := gzip.NewReader(br)
		if err != nil {
			return stream{}, broken("gzip", err)
		}
		return stream{Reader: bufio.NewReaderSize(tell{"gzip", zr}, peekSize), decoded: true}, nil
	case bytes.HasPrefix(head, magicZstd):
		zr, err := zstd.NewReader(br, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(MaxPage))
		if err != nil {
			return stream{}, broken("zstd", err)
		}
		return stream{bufio.NewReaderSize(tell{"zstd", zr}, peekSize), zr.Close, true}, nil
	case isBrotli:
		return stream{Reader: bufio.NewReaderSize(tell{"brotli", brotli.NewReader(br)}, peekSize), decoded: true}, nil
	}
	return stream{Reader: br}, nil
}

// maxEncodings is how many codings a body may have on top of each other, as in a crawl:
// each takes memory, and is read through all that are above it.
const maxEncodings = 8

// decode undoes a Content-Encoding header, coding by coding (RFC 9110, 8.4).
func decode(r io.Reader, encoding string) (io.Reader, error) {
	var codings []string // the last that was applied comes first
	for rest := encoding; rest != ""; {
		i := strings.LastIndexByte(rest, ',')
		coding := strings.ToLower(strings.TrimSpace(rest[i+1:]))
		rest = rest[:max(i, 0)]
		if coding == "" || coding == "identity" {
			continue
		}
		if codings = append(codings, coding); len(codings) > maxEncodings {
			return nil, &clean.Error{Code: article.CodeRead, Message: fmt.Sprintf("more than %d content encodings on top of each other", maxEncodings)}
		}
	}
	for _, coding := range codings {
		switch coding {
		case "gzip", "x-gzip":
			zr, err := gzip.NewReader(r)
			if err != nil {
				return nil, broken("gzip", err)
			}
			r = tell{"gzip", zr}
		case "br":
			r = tell{"brotli", brotli.NewReader(r)}
		case "zstd":
			zr, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(MaxPage))
			if err != nil {
				return nil, broken("zstd", err)
			}
			// With one decoder no goroutine waits for Close.
			r = tell{"zstd", zr}
		case "deflate":
			// The name means zlib; some servers send bare deflate.
			br := bufio.NewReader(r)
			if head, _ := br.Peek(2); len(head) == 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
				zr, err := zlib.NewReader(br)
				if err != nil {
					return nil, broken("deflate", err)
				}
				r = tell{"deflate", zr}
			} else {
				r = tell{"deflate", flate.NewReader(br)}
			}
		default:
			return nil, &clean.Error{Code: article.CodeRead, Message: fmt.Sprintf("content encoding %q is not known", coding)}
		}
	}
	return r, nil
}

// tell adds the name of the compression to the errors of a reader.
type tell struct {
	name string
	r    io.Reader
}

func (t tell) Read(b []byte) (int, error) {
	n, err := t.r.Read(b)
	if err != nil && err != io.EOF {
		err = broken(t.name, err)
	}
	return n, err
}

func broken(name string, err error) error {
	if err == io.ErrUnexpectedEOF || err == io.EOF {
		return fmt.Errorf("the %s data ends too early; the file is cut short", name)
	}
	return fmt.Errorf("the %s data is broken: %v", name, err)
}
