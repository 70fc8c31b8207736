package saved

import (
	"archive/tar"
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"
)

// Members with the same data are an error of the archive, before anything is
// decompressed.
func TestOverlappingMembers(t *testing.T) {
	data := makeZip(t, member{"a.html", page("A")})
	start, end := bytes.Index(data, []byte("PK\x01\x02")), bytes.LastIndex(data, []byte("PK\x05\x06"))
	for _, n := range []int{1, 2, 5000} {
		list := bytes.Repeat(data[start:end], n)
		tail := bytes.Clone(data[end:])
		binary.LittleEndian.PutUint16(tail[8:], uint16(n))
		binary.LittleEndian.PutUint16(tail[10:], uint16(n))
		binary.LittleEndian.PutUint32(tail[12:], uint32(len(list)))
		forged := append(append(bytes.Clone(data[:start]), list...), tail...)
		z, err := openZip(bytes.NewReader(forged), int64(len(forged)))
		if n == 1 {
			if err != nil || len(z.File) != 1 {
				t.Errorf("one member: %v", err)
			}
		} else if err == nil || !strings.Contains(err.Error(), "the same data") {
			t.Errorf("%d members: %v", n, err)
		}
	}
}

// A member that decompresses out of all proportion is an error of its own, whatever form
// it is in, and the others are read.
func TestMembersOutOfProportion(t *testing.T) {
	zeros := page("") + strings.Repeat("\x00", 2*memberFloor)
	near := page("near") + strings.Repeat("\x00", memberFloor-100)
	a, c := member{"a.html", page("A")}, member{"c.html", page("C")}
	check(t, results(t, new(Reader), nil, write(t, "x.zip", makeZip(t, a, member{"b.html", zeros}, member{"n.html", near}, c))),
		"x.zip!/a.html | A", "x.zip!/b.html | too_large | x.zip!/b.html: "+bomb, "x.zip!/n.html | near", "x.zip!/c.html | C")
	check(t, results(t, new(Reader), nil, write(t, "x.tar", makeTar(t, a, member{"b.html.gz", string(gz(t, []byte(zeros)))}, c))),
		"x.tar!/a.html | A", "x.tar!/b.html.gz | too_large | x.tar!/b.html.gz: "+bomb, "x.tar!/c.html | C")
	warc := response("https://quay.example/a", htmlHeader, page("A")) +
		response("https://quay.example/b", htmlHeader+"\r\nContent-Encoding: gzip", string(gz(t, []byte(zeros)))) +
		response("https://quay.example/c", htmlHeader, page("C"))
	check(t, results(t, new(Reader), nil, write(t, "x.warc", []byte(warc))),
		"x.warc!/1 | A | https://quay.example/a",
		"x.warc!/2 | too_large | x.warc: record 2 (https://quay.example/b): "+bomb,
		"x.warc!/3 | C | https://quay.example/c")
}

// A page of which the archive says that it is too large is not read.
func TestAnnouncedLength(t *testing.T) {
	var b bytes.Buffer
	tw := tar.NewWriter(&b)
	if err := tw.WriteHeader(&tar.Header{Name: "a.html", Size: MaxPage + 1, Typeflag: tar.TypeReg}); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(tw, page("A")); err != nil {
		t.Fatal(err)
	}
	check(t, results(t, new(Reader), nil, write(t, "x.tar", b.Bytes())),
		"x.tar!/a.html | too_large | x.tar!/a.html: larger than 50 MiB, the most that is read of a page",
		"x.tar | read | x.tar: the tar archive ends too early; the file is cut short")
}

// A body of an archive has eight encodings at most: thousands would take all memory, and
// the stack.
func TestEncodingsOfRecords(t *testing.T) {
	for _, coding := range []string{"br", "deflate", "gzip", "zstd"} {
		warc := response("https://quay.example/a", htmlHeader+"\r\nContent-Encoding: "+strings.Repeat(coding+", identity,", 9), page("A"))
		check(t, results(t, new(Reader), nil, write(t, "x.warc", []byte(warc))),
			"x.warc!/1 | read | x.warc: record 1 (https://quay.example/a): more than 8 content encodings on top of each other")
	}
	twice := gz(t, gz(t, []byte(page("A"))))
	warc := response("https://quay.example/a", htmlHeader+"\r\nContent-Encoding: gzip, ,identity,GZIP", string(twice))
	check(t, results(t, new(Reader), nil, write(t, "x.warc", []byte(warc))), "x.warc!/1 | A | https://quay.example/a")
}
