package saved

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
)

// slowest is how long a file of a fuzz target may take on a busy machine. It has
// kilobytes.
const slowest = 10 * time.Second

// drain loads all items of a file, and returns their number.
func drain(t *testing.T, b []byte) (n int) {
	t.Helper()
	begun := time.Now()
	for it := range Paths(bytes.NewReader(b), Stdin) {
		n++
		load(t, it)
	}
	if took := time.Since(begun); took > slowest {
		t.Errorf("%d bytes took %v", len(b), took)
	}
	return n
}

// FuzzWARC: whatever the records of a WARC, each gives a page or an error with a code,
// and what follows is still read.
func FuzzWARC(f *testing.F) {
	const ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
	f.Add("WARC-Type: response\r\nWARC-Target-URI: <https://a.example/>\r\n", ok+"Content-Encoding: gzip, br\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>a\n\r\n0\r\n\r\n")
	f.Add("WARC-Type: response\r\nWARC-Target-URI: https://a.example/\x1b[31m\r\n", ok+"\r\n<p>x")
	f.Add("WARC-Type: resource\r\nContent-Type: text/html\r\nWARC-Target-URI: https://a.example/\r\n", "<p>a")
	f.Add("WARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n folded: x\r\n", ok+"Content-Encoding: "+strings.Repeat("gzip,", 50)+"gzip\r\n\r\nx")
	f.Add("WARC-Type: response\r\nWARC-Truncated: length\r\n", "HTTP/1.1 200\r\n\r\n")
	f.Add("WARC-Type: revisit\r\n", "")
	f.Add("WARC-Type: response\r\nContent-Length: 99999999999\r\n", ok+"\r\nx")
	const last = "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nWARC-Target-URI: https://last.example/\r\nContent-Length: 4\r\n\r\n<p>z\r\n\r\n"
	f.Fuzz(func(t *testing.T, header, block string) {
		if len(header) > 16<<10 || len(block) > 64<<10 {
			return
		}
		record := fmt.Sprintf("WARC/1.0\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n", header, len(block), block)
		if drain(t, []byte(record)) == 0 && strings.HasPrefix(header, "WARC-Type: resource\r\nContent-Type: text/html\r\n") && !strings.Contains(header[45:], ":") {
			t.Errorf("nothing is said of %q", record)
		}
		// A header that is whole leaves the reader at the next record.
		if strings.ContainsAny(header, "\r\n") && !strings.HasSuffix(header, "\r\n") || strings.Contains(header, "\n\r\n") || strings.Contains(header, "\n\n") ||
			strings.Contains(strings.ToLower(header), "content-length") || strings.HasPrefix(header, "\r\n") || strings.HasPrefix(header, "\n") || !strings.HasSuffix(header, "\r\n") || strings.Contains(strings.ReplaceAll(header, "\r\n", ""), "\r") {
			drain(t, []byte(record+last))
			return
		}
		found := false
		for it := range Paths(strings.NewReader(record+last), Stdin) {
			in, _ := it.Load()
			found = found || in.URL == "https://last.example/"
		}
		if !found && !strings.Contains(header, "\n ") && !strings.Contains(header, "\n\t") && allFields(header) {
			t.Errorf("the record after %q is lost", record)
		}
	})
}

// allFields reports whether each line of a header is a field that all programs read.
func allFields(header string) bool {
	for line := range strings.SplitSeq(strings.TrimSuffix(header, "\r\n"), "\r\n") {
		name, _, ok := strings.Cut(line, ":")
		if !ok || name == "" || strings.ContainsFunc(name, func(r rune) bool {
			return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
		}) {
			return false
		}
	}
	return true
}

// FuzzMHTML: whatever the parts, a mail gives a page or an error with a code.
func FuzzMHTML(f *testing.F) {
	f.Add("From: a\r\nSnapshot-Content-Location: https://a.example/\r\nDate: Mon, 2 Jan 2006 15:04:05 -0700\r\nContent-Type: multipart/related; boundary=\"b\"; start=\"<c>\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-ID: <c>\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>a=3D=\r\nb\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+YQ==\r\n--b--\r\n")
	f.Add("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\nx\n--b--\n")
	f.Add("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\n\n--\n")
	f.Add("MIME-Version: 1.0\nContent-Type: text/html; charset=x\nContent-Location: =?utf-8?q?=1b[31m?=\n\n<p>x")
	f.Add("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n" + strings.Repeat("--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n=\n", 50))
	f.Fuzz(func(t *testing.T, mail string) {
		if len(mail) > 64<<10 {
			return
		}
		isMHTML([]byte(mail))
		begun := time.Now()
		if in, err := readMHTML(strings.NewReader(mail)); err != nil && in.HTML != nil {
			t.Error("a page and an error")
		}
		if took := time.Since(begun); took > slowest {
			t.Errorf("%d bytes took %v", len(mail), took)
		}
		drain(t, []byte(mail))
	})
}

// FuzzArchive: whatever stands in an archive, however its bytes are damaged, it gives
// items that load or fail with a code, and none that the archive does not name.
func FuzzArchive(f *testing.F) {
	zip, tar := makeZip(f, folderMembers...), makeTar(f, folderMembers...)
	for _, b := range [][]byte{zip, tar, gz(f, tar), zst(f, zip), makeZip(f, member{"../../x.html", page("A")}, member{"a.zip", string(zip)}, member{"b.tar", string(tar)})} {
		f.Add(b, uint16(0), byte(0))
		f.Add(b, uint16(len(b)/2), byte(0xff))
		f.Add(b, uint16(30), byte(0x80))
	}
	f.Fuzz(func(t *testing.T, b []byte, at uint16, flip byte) {
		if len(b) > 64<<10 {
			return
		}
		damaged := bytes.Clone(b)
		if len(damaged) > 0 {
			damaged[int(at)%len(damaged)] ^= flip
		}
		if n := drain(t, damaged); n > len(b)+1 {
			t.Errorf("%d items of %d bytes", n, len(b))
		}
	})
}
