package read

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"

	"newsclip/scrape/internal/fetch"
)

// decompress returns a reader of what was compressed, by its first bytes, or nil
// where it is not compressed.
func decompress(head []byte, r io.Reader) (io.Reader, error) {
	var zr io.Reader
	var err error
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		zr, err = gzip.NewReader(r)
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		zr, err = zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20)) // RFC 9659
	case len(head) > 1 && head[0] == 0x78 && (head[1] == 0x01 || head[1] == 0x9c || head[1] == 0xda):
		zr, err = zlib.NewReader(r)
	default:
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", fetch.ErrEncoding, err)
	}
	return &tailReader{zr}, nil
}

// A tailReader ends where a compressed file ends and something else follows, or
// where its checksum is wrong: every byte of it was read then.
type tailReader struct{ r io.Reader }

func (t *tailReader) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, zlib.ErrChecksum) {
		err = io.EOF
	}
	return n, err
}

// encodingName matches the encoding of an XML declaration.
var encodingName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']`) })

// decoded returns a document in UTF-8: by its byte order mark, by the zeros of
// UTF-16 and UTF-32, by its XML declaration, and then by its Content-Type. A document that
// says another charset and is plainly in UTF-8 is left as it is, and so is one
// whose charset is unknown: its addresses are of ASCII, nearly always.
func decoded(br *bufio.Reader, contentType string) *bufio.Reader {
	for range 3 { // two programs have written one each
		if head, _ := br.Peek(3); !bytes.Equal(head, []byte("\ufeff")) {
			break
		}
		br.Discard(3)
	}
	head, _ := br.Peek(headLength)
	if e := wideEncoding(head); e != nil {
		return bufio.NewReaderSize(transform.NewReader(br, e.NewDecoder()), 32<<10)
	}
	label := ""
	if m := encodingName().FindSubmatch(head); m != nil {
		label = string(m[1])
	} else if _, params, err := mime.ParseMediaType(contentType); err == nil {
		label = params["charset"]
	}
	e, name := charset.Lookup(label)
	if e == nil || e == encoding.Replacement || name == "utf-8" || strings.HasPrefix(name, "utf-16") || isUTF8(head) {
		return br
	}
	return bufio.NewReaderSize(transform.NewReader(br, e.NewDecoder()), 32<<10)
}

// wideEncoding returns the encoding of a document in UTF-16 or UTF-32, with a byte
// order mark or without, and nil for any other.
func wideEncoding(head []byte) encoding.Encoding {
	if len(head) < 4 {
		return nil
	}
	zeros := [4]bool{head[0] == 0, head[1] == 0, head[2] == 0, head[3] == 0}
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(head, []byte("\x00\x00\xfe\xff")):
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case zeros == [4]bool{true, false, true, false}:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case zeros == [4]bool{false, true, false, true}:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zeros == [4]bool{true, true, true, false}:
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	case zeros == [4]bool{false, true, true, true}:
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	}
	return nil
}

// isUTF8 reports whether text has characters outside ASCII, all of them in UTF-8.
// The last may be cut.
func isUTF8(text []byte) bool {
	other := false
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		if r == utf8.RuneError && n == 1 {
			return other && !utf8.FullRune(text)
		}
		other = other || n > 1
		text = text[n:]
	}
	return other
}

// tidyAddress returns an address without the control characters and the white
// space around it that slip into documents. Those that were escaped twice, or
// inside CDATA, are mended: no query means "&amp;".
func tidyAddress(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case r < ' ' || r == 0x7f || r == '\ufeff' || r == '\u200b':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	s = unquoted(strings.ReplaceAll(strings.TrimSpace(s), "&amp;", "&"))
	if len(s) > maxLocLength {
		return ""
	}
	return s
}

// unquoted returns an address without the quotes or the angle brackets that it stands in.
func unquoted(s string) string {
	if n := len(s) - 1; n > 1 && (s[0] == s[n] && (s[0] == '"' || s[0] == '\'') || s[0] == '<' && s[n] == '>') {
		return strings.TrimSpace(s[1:n])
	}
	return s
}
