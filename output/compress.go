package output

import (
	"bufio"
	"bytes"
	"io"
	"io/fs"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// compressed lists the endings of compressed files, with the first bytes that
// each has.
var compressed = []struct {
	ending string
	magic  []byte
	writer func(w io.Writer) (io.WriteCloser, error)
	reader func(r io.Reader) (io.ReadCloser, error)
}{
	{
		".gz", []byte{0x1f, 0x8b}, // RFC 1952, section 2.3.1
		func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil },
		func(r io.Reader) (io.ReadCloser, error) { return gzip.NewReader(r) },
	},
	{
		".zst", []byte{0x28, 0xb5, 0x2f, 0xfd}, // RFC 8878, section 3.1.1
		func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w) },
		func(r io.Reader) (io.ReadCloser, error) {
			d, err := zstd.NewReader(r)
			if err != nil {
				return nil, err
			}
			return d.IOReadCloser(), nil
		},
	},
}

// CutCompression returns a file name without the ending of a compression, and
// that ending, which is empty where there is none.
func CutCompression(path string) (name, ending string) {
	for _, c := range compressed {
		if name, ok := cutEnding(path, c.ending); ok {
			return name, c.ending
		}
	}
	return path, ""
}

// cutEnding is strings.CutSuffix without regard to case.
func cutEnding(path, ending string) (string, bool) {
	if cut := len(path) - len(ending); cut >= 0 && strings.EqualFold(path[cut:], ending) {
		return path[:cut], true
	}
	return path, false
}

// Compress returns a writer that compresses to w in the way that an ending of
// [CutCompression] stands for. Its Close ends the compressed stream, and does
// not close w.
func Compress(w io.Writer, ending string) (io.WriteCloser, error) {
	for _, c := range compressed {
		if c.ending == ending {
			return c.writer(w)
		}
	}
	return uncompressed{w}, nil
}

type uncompressed struct{ io.Writer }

func (uncompressed) Close() error { return nil }

// CreateCompressed is [Create] of a file that is compressed where its name ends so.
func CreateCompressed(path string) (File, error) {
	f, err := Create(path)
	if err != nil {
		return nil, err
	}
	_, ending := CutCompression(path)
	stream, err := Compress(f, ending)
	if err != nil {
		f.Abort()
		return nil, err
	}
	return &compressedFile{f, stream}, nil
}

type compressedFile struct {
	File
	stream io.WriteCloser // nil when done
}

func (f *compressedFile) Write(b []byte) (int, error) {
	if f.stream == nil {
		return 0, fs.ErrClosed
	}
	return f.stream.Write(b)
}

func (f *compressedFile) Close() error {
	if f.stream == nil {
		return nil
	}
	err := f.stream.Close()
	f.stream = nil
	if err != nil {
		f.File.Abort()
		return err
	}
	return f.File.Close()
}

func (f *compressedFile) Abort() {
	f.stream = nil
	f.File.Abort()
}

// Decompress returns a reader of what r holds when it is decompressed. It
// recognizes compression by the first bytes. Close does not close r.
func Decompress(r io.Reader) (io.ReadCloser, error) {
	br := bufio.NewReaderSize(r, 64<<10)
	for _, c := range compressed {
		if head, _ := br.Peek(len(c.magic)); bytes.Equal(head, c.magic) {
			return c.reader(br)
		}
	}
	return io.NopCloser(br), nil
}
