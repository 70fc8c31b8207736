package saved

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// How far a large archive was read can be asked for while it is read.
func TestReadingTellsProgress(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large.warc")
	block := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>A page</title>" + strings.Repeat("<p>Some words of the page.", 40_000)
	var warc strings.Builder
	for warc.Len() < largeFile {
		warc.WriteString("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://quay.example/\r\nContent-Type: application/http\r\nContent-Length: ")
		warc.WriteString(strconv.Itoa(len(block)) + "\r\n\r\n" + block + "\r\n\r\n")
	}
	if err := os.WriteFile(path, []byte(warc.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	var tally Tally
	if _, _, size := tally.Reading(); size != 0 {
		t.Errorf("%d bytes before anything is read", size)
	}
	r, last, pages := Reader{Tally: &tally}, int64(0), 0
	for range r.Paths(nil, path) {
		pages++
		file, read, size := tally.Reading()
		if file != path || size != int64(warc.Len()) || read <= last || read > size {
			t.Fatalf("after %d pages, %d of %d bytes of %s", pages, read, size, file)
		}
		last = read
	}
	if pages < 30 {
		t.Errorf("%d pages", pages)
	}
}
