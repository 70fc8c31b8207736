package output

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"os"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// CutTornStream truncates a file of compressed streams, as [Compress] writes them for
// an ending, after the last one that is complete, and moves to its end. A killed
// process leaves one that is not. A file that is not compressed so at all is an
// error, and is not changed.
func CutTornStream(f *os.File, ending string) error {
	fi, err := f.Stat()
	if err != nil || !fi.Mode().IsRegular() || fi.Size() == 0 {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	next := nextGzip
	if ending == ".zst" {
		next = nextZstd
	}
	r := &counted{r: bufio.NewReaderSize(f, 64<<10)}
	end := int64(0)
	for {
		err := next(r)
		if err == nil {
			end = r.n
			continue
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if end == 0 {
			return err
		}
		return errors.New("there is something else behind the compressed records")
	}
	if err := f.Truncate(end); err != nil {
		return err
	}
	_, err = f.Seek(end, io.SeekStart)
	return err
}

// counted counts the bytes that were read. As an io.ByteReader it is not read
// further than a stream goes.
type counted struct {
	r *bufio.Reader
	n int64
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}

func (c *counted) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// nextGzip reads one gzip member. io.EOF means that there is none.
func nextGzip(r *counted) error {
	z, err := gzip.NewReader(r)
	if err != nil {
		return err
	}
	z.Multistream(false)
	_, err = io.Copy(io.Discard, z)
	return err
}

// nextZstd reads past one frame by the sizes in it (RFC 8878, 3.1.1). io.EOF means
// that there is none.
func nextZstd(r *counted) error {
	head, err := r.r.Peek(zstd.HeaderMaxSize)
	if len(head) == 0 {
		return err
	}
	var h zstd.Header
	if err := h.Decode(head); err != nil {
		return err
	}
	if h.Skippable {
		return skip(r, int64(h.HeaderSize)+int64(h.SkippableSize))
	}
	if err := skip(r, int64(h.HeaderSize)); err != nil {
		return err
	}
	for last := false; !last; {
		var b [4]byte
		if _, err := io.ReadFull(r, b[:3]); err != nil {
			return noEOF(err)
		}
		block := binary.LittleEndian.Uint32(b[:])
		last = block&1 != 0
		size := int64(block >> 3)
		if block>>1&3 == 1 { // one byte, repeated
			size = 1
		}
		if err := skip(r, size); err != nil {
			return err
		}
	}
	if h.HasCheckSum {
		return skip(r, 4)
	}
	return nil
}

func skip(r io.Reader, n int64) error {
	_, err := io.CopyN(io.Discard, r, n)
	return noEOF(err)
}

// noEOF returns the error of something that ended too early.
func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
