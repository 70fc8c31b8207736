package saved

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/unicode"

	"newsclip/clean"
)

func TestSavedFrom(t *testing.T) {
	tests := []struct{ name, page, want string }{
		{"SingleFile with its date", "<!doctype html><html><!--\n Page saved with SingleFile \n url: https://quay.example/b \n saved date: Thu Mar 05 2026 10:00:00 GMT+0100 (Central European Standard Time)\n-->", "https://quay.example/b 2026-03-05T09:00:00Z"},
		{"HTTrack", "<html>\n<!-- Mirrored from quay.example/a.html by HTTrack Website Copier/3.x [XR&CO'2014], Thu, 05 Mar 2026 09:00:00 GMT -->", "http://quay.example/a.html 2026-03-05T09:00:00Z"},
		{"a mirror of another kind", "<!-- Mirrored from quay.example by hand -->", ""},
		{"WebScrapBook", `<!DOCTYPE html><html data-scrapbook-source="https://quay.example/?a=1&amp;b=2" data-scrapbook-create="20260305090000123">`, "https://quay.example/?a=1&b=2 2026-03-05T09:00:00Z"},
		{"Save Page WE", "<html><head>" + strings.Repeat("<style>p{}</style>", peekSize) + `<meta name="savepage-url" content="https://quay.example/w"><meta name="savepage-date" content="Thu Mar 05 2026 09:00:00 GMT+0000">`, "https://quay.example/w 2026-03-05T09:00:00Z"},
		{"Save Page WE of a file", `<meta name="savepage-url" content="">`, ""},
		{"an open attribute", `<meta name="savepage-url" content="https://quay.example/w`, ""},
		{"nothing", "<!doctype html><p>words", ""},
		{"mark of the web", "<!DOCTYPE html>\r\n<!-- saved from url=(0026)https://quay.example/a.html -->\r\n<html>", "https://quay.example/a.html"},
		{"a file of one's own", "<!-- saved from url=(0014)about:internet -->", ""},
		{"SingleFile", "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://quay.example/b \n saved date: x\n-->", "https://quay.example/b"},
		{"an address in another comment", "<!-- url: https://quay.example/c -->", ""},
		{"in a later comment", "<!-- theme 3 --><!-- saved from url=(0022)http://quay.example/d -->", "http://quay.example/d"},
		{"an open comment", "<!-- saved from url=(0022)http://quay.example/e", ""},
		{"too far down", strings.Repeat(" ", peekSize) + "<!-- saved from url=(0022)http://quay.example/f -->", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, at := savedFrom([]byte(tt.page))
			if !at.IsZero() {
				got += at.Format(" 2006-01-02T15:04:05Z07:00")
			}
			if got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestIsMHTML(t *testing.T) {
	tests := []struct {
		name, file string
		want       bool
	}{
		{"Chrome", "From: <Saved by Blink>\r\nContent-Type: multipart/related;\r\n\tboundary=\"b\"\r\n\r\n", true},
		{"line feeds alone", "MIME-Version: 1.0\nContent-Type: Multipart/Related; boundary=b\n\n", true},
		{"a page about it", "<p>About: multipart/related</p>\n\n", false},
		{"a mail", "From: a@b\nContent-Type: text/plain\n\nmultipart/related", false},
		{"words", "multipart/related without a header\n\n", false},
		{"no end of the header", "Content-Type: multipart/related", false},
		{"nothing", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := isMHTML([]byte(tt.file)); got != tt.want {
				t.Error(got)
			}
		})
	}
}

func TestReadLine(t *testing.T) {
	in := "short\n" + strings.Repeat("long", 20) + "\n\nlast"
	br := bufio.NewReaderSize(strings.NewReader(in), 16) // lines are longer than the buffer
	type result struct {
		line  string
		whole bool
	}
	var got []result
	for {
		line, whole, err := readLine(br, 40)
		got = append(got, result{string(line), whole})
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	want := []result{{"short\n", true}, {strings.Repeat("long", 10), false}, {"", true}, {"last", true}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

// A line that is too long fails with its id and its url, without being kept.
func TestLineTooLong(t *testing.T) {
	in, err := (&lines{Reader: new(Reader)}).load("in:1", []byte(`{"id": "a", "url": "https://quay.example/a", "html": "<p>wor`), false)
	var ce *clean.Error
	if !errors.As(err, &ce) || ce.Code != "too_large" || in.ID != "a" || in.URL != "https://quay.example/a" {
		t.Errorf("%+v, %v", in, err)
	}
}

// Lines in the encodings of Windows are read, and a stream of something else is one
// error.
func TestLinesOfOtherEncodings(t *testing.T) {
	const line = `{"id": "ä", "html": "<p>Words of the Größe.</p>"}` + "\r\n"
	sixteen, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(line + "\r\n" + line)
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		data string
		want []string
	}{
		"UTF-8 with a mark": {"\ufeff" + line, []string{"ä"}},
		"UTF-16":            {sixteen, []string{"ä", "ä"}},
		"compressed UTF-16": {string(gz(t, []byte(sixteen))), []string{"ä", "ä"}},
		"ZIP":               {string(makeZip(t, member{"a.html", page("A")}, member{"b.html", "\n\n" + page("B")})), []string{"-:1: this is ZIP, not JSON Lines; without --from jsonl it is read as saved pages are"}},
		"PDF":               {"%PDF-1.7\n1\n2\n", []string{"-:1: this is PDF, not JSON Lines; without --from jsonl it is read as saved pages are"}},
		"an object in rows": {"{\n}\n", []string{
			"-:1: broken JSON: the line ends before its object does; each object has a line of its own",
			"-:2: broken JSON at byte 0: invalid character '}' at start of value"}},
	} {
		var got []string
		for it := range new(Reader).Lines(strings.NewReader(tt.data)) {
			in, err := it.Load()
			if err != nil {
				in.ID = strings.Replace(err.Error(), stdinName, Stdin, 1)
			}
			got = append(got, in.ID)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A stream that breaks off is told once, after what came before.
func TestLinesOfABrokenStream(t *testing.T) {
	r := io.MultiReader(strings.NewReader(`{"html": "<p>a"}`+"\n"+`{"html": "`), iotest.ErrReader(errors.New("the disk is gone")))
	var errs []string
	for it := range new(Reader).Lines(r) {
		_, err := it.Load()
		if err == nil {
			errs = append(errs, "")
			continue
		}
		errs = append(errs, err.Error())
	}
	if want := []string{"", "standard input:2: the disk is gone"}; !slices.Equal(errs, want) {
		t.Errorf("%q", errs)
	}
}

// FuzzLines: whatever the bytes, each line that is not blank gives one item,
// which loads or fails with an error that has a code, and a stream of something else one
// in all.
func FuzzLines(f *testing.F) {
	for _, s := range []string{
		`{"id":"a","url":"u","html":"<p>x"}`, `{"id":1,"file":"` + "/nowhere" + `"}`, `{"id":{},"html":""}`,
		"\n\n \n[1]\nnull\n\"s\"", `{"html":"\ud800"}`, "{\"html\":\"\xff\"}", `{"a":1,"a":2,"html":"x","html":"y"}`, "\ufeff{}\n", `{"html":`,
		"PK\x03\x04\n1\n", "%PDF-1.7\n1\n", "<p>\n<p>", "\xff\xfe{\x00}\x00\n\x00[\x00]\x00", "\xff\xfe\n\x00P\x00K\x00\x03\x00\x04\x00\n\x001\x00",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if bytes.HasPrefix(b, magicGzip) || bytes.HasPrefix(b, magicZstd) {
			return
		}
		read, err := io.ReadAll(unicodeReader(bytes.NewReader(b)))
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		for line := range bytes.SplitAfterSeq(read, []byte("\n")) {
			if len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			if want++; want == 1 && notLines(line) != "" {
				break
			}
		}
		got := 0
		for it := range new(Reader).Lines(bytes.NewReader(b)) {
			got++
			load(t, it)
		}
		if got != want {
			t.Errorf("%d items of %d lines", got, want)
		}
	})
}

// FuzzStdin: whatever the bytes, standard input gives items that load or fail
// with an error that has a code.
func FuzzStdin(f *testing.F) {
	for _, s := range []string{
		"<p>x", "\x1f\x8b\x08\x00", "\x28\xb5\x2f\xfd\x00", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\nx\n--b--\n",
		"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\nContent-Length: 44\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nx\r\n\r\n",
		"WARC/1.0\r\nContent-Length: -1\r\n\r\n", "WARC/1.0\r\nContent-Length: 9999999999999\r\n\r\n", "WARC/1.0",
		"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\nContent-Length: 95\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
		"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\nContent-Length: 70\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\nx",
	} {
		f.Add([]byte(s))
	}
	for _, b := range [][]byte{
		makeZip(f, folderMembers...), makeTar(f, folderMembers...), gz(f, makeTar(f, folderMembers...)), zst(f, []byte(page("A"))),
		selfExtracting(singleFile(f, "")), makeZip(f, member{"a.tar", string(makeTar(f, folderMembers...))}),
		makeZip(f, member{"mimetype", "application/epub+zip"}, member{"META-INF/container.xml", `<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>`},
			member{"b.opf", `<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>`}, member{"a.xhtml", page("A")}),
		[]byte("filedesc://x.arc 0.0.0.0 20050301080000 text/plain 6\n2 0 x\n\nhttp://a/ 1.2.3.4 20050301080001 text/html 46\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nx\n"),
		[]byte(`<?xml version="1.0"?><plist><dict><key>WebMainResource</key><dict><key>WebResourceData</key><data>PHA+</data></dict></dict></plist>`),
		[]byte("bplist00\xd1\x01\x02_\x10\x0fWebMainResource\xd1\x03\x04_\x10\x0fWebResourceDataC<p>\x08\x0b\x1d\x20\x32\x00\x00\x00\x00\x00\x00\x01\x01\x00\x00\x00\x00\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x36"),
	} {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for it := range Paths(bytes.NewReader(b), Stdin) {
			in := load(t, it)
			if in.File != Stdin && !strings.HasPrefix(in.File, Stdin+"!/") {
				t.Errorf("%s: file %q", it.Name, in.File)
			}
		}
	})
}

// FuzzMemberName: no name leads out of its archive, or changes when it is read
// again.
func FuzzMemberName(f *testing.F) {
	for _, s := range []string{"a/b.html", "../../a", `..\..\a`, "/a", "\x81\x00", "...", "a/..", "C:\\a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name := memberName(s)
		if strings.HasPrefix(name, "/") || slices.Contains(strings.Split(name, "/"), "..") || memberName(name) != name {
			t.Errorf("%q gives %q", s, name)
		}
	})
}

// FuzzWebArchive: whatever the bytes, a property list gives a page or an error.
func FuzzWebArchive(f *testing.F) {
	f.Add([]byte(`<plist><dict><key>WebMainResource</key><dict><key>WebResourceData</key><data>PHA+</data></dict></dict></plist>`))
	f.Add([]byte("bplist00\xa1\x00\x08\x00\x00\x00\x00\x00\x00\x01\x01\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x0a"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if in, err := readWebArchive(bytes.NewReader(b)); err != nil && in.HTML != nil {
			t.Error("a page and an error")
		}
	})
}

// FuzzCloseEmpty: the words of a page stay, and what is closed stays closed.
func FuzzCloseEmpty(f *testing.F) {
	f.Add("<p><title/><a id='x'/>words<br/></p>")
	f.Add("<![CDATA[ <p/> ]]><script/>")
	f.Fuzz(func(t *testing.T, s string) {
		once := closeEmpty([]byte(s))
		if len(once) > 8*len(s)+64 {
			t.Errorf("%d bytes of %d", len(once), len(s))
		}
	})
}

func load(t *testing.T, it Item) clean.Input {
	t.Helper()
	if it.Name == "" {
		t.Error("an item without a name")
	}
	in, err := it.Load()
	var ce *clean.Error
	if err != nil && (!errors.As(err, &ce) || ce.Code == "" || ce.Message == "") {
		t.Errorf("%s: %v has no code", it.Name, err)
	}
	return in
}
