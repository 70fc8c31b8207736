package fetch

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"newsclip/scrape/internal/fetch/fetchtest"
)

// FuzzDecodeBody: whatever a body and the encodings that it is said to have, decoding
// ends in bytes or an error, in time.
func FuzzDecodeBody(f *testing.F) {
	for _, coding := range []string{"gzip", "deflate", "br", "zstd"} {
		b := fetchtest.Encode(coding, strings.Repeat("<p>Some words of a page.", 20))
		f.Add(b, coding)
		f.Add(b, "")
		f.Add(b[:len(b)/2], coding)
		f.Add(b, coding+", "+coding)
	}
	f.Add([]byte("<p>x"), strings.Repeat("gzip,", 1000)+"gzip")
	f.Add([]byte("\x1f\x8b\x08\xff"), "x-gzip;q=1, none , ,UTF-8")
	const most = 1 << 20
	f.Fuzz(func(t *testing.T, b []byte, encoding string) {
		if len(b) > 64<<10 {
			return
		}
		begun := time.Now()
		r, err := decodeBody(bytes.NewReader(b), encoding)
		if err != nil {
			return
		}
		n, _ := io.Copy(io.Discard, io.LimitReader(r, most))
		if c, ok := r.(io.Closer); ok {
			c.Close()
		}
		if took := time.Since(begun); took > 10*time.Second {
			t.Errorf("%d bytes became %d in %v", len(b), n, took)
		}
	})
}

// FuzzRepairHeader: whatever the header of an answer, what it is repaired to is no
// longer than in proportion, and net/http reads it where it begins as HTTP.
func FuzzRepairHeader(f *testing.F) {
	for _, s := range []string{
		"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", "HTTP/1.1 200\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked\n\n", "ICY 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 200OK\r\nContent-Length: 1, 2\r\nContent-Length: -5\r\n\r\n",
		"HTTP/1.0 301 Moved\r\nLocation: /\x00\r\n folded\r\n\r\n", "HTTP/9.9 999 x\r\n: empty\r\n\r\n", "<html>", "http/1.1 100 Continue\r\n\r\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, block []byte) {
		if len(block) > 64<<10 {
			return
		}
		repaired, _, _ := repairHeader(block)
		if len(repaired) > 2*len(block)+200 {
			t.Errorf("%d bytes of %d", len(repaired), len(block))
		}
		if bytes.Equal(repaired, block) {
			return // it does not begin as HTTP
		}
		resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(repaired)), nil)
		if err != nil {
			t.Errorf("%v: %q of %q", err, repaired, block)
			return
		}
		resp.Body.Close()
	})
}
