package saved

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"newsclip/clean"
)

// page is a page of HTML that has its name in it.
func page(name string) string { return "<!doctype html><title>" + name + "</title><p>Words." }

// member is a member of an archive.
type member struct{ name, data string }

func makeZip(t testing.TB, members ...member) []byte {
	t.Helper()
	var buf bytes.Buffer
	zw := zip.NewWriter(&buf)
	for _, m := range members {
		// The name as it is: Create would refuse none, and mend none.
		w, err := zw.CreateHeader(&zip.FileHeader{Name: m.name, Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, m.data)
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func makeTar(t testing.TB, members ...member) []byte {
	t.Helper()
	var buf bytes.Buffer
	tw := tar.NewWriter(&buf)
	for _, m := range members {
		h := &tar.Header{Name: m.name, Mode: 0o644, Size: int64(len(m.data)), Typeflag: tar.TypeReg}
		if target, ok := strings.CutPrefix(m.data, "link:"); ok {
			h.Typeflag, h.Linkname, h.Size, m.data = tar.TypeSymlink, target, 0, ""
		}
		if err := tw.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		io.WriteString(tw, m.data)
	}
	if err := tw.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func gz(t testing.TB, b []byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	w.Write(b)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func zst(t testing.TB, b []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll(b, nil)
}

// response is a WARC record of a response.
func response(url, header, body string) string {
	block := "HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n" + body
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", url, len(block), block)
}

const htmlHeader = "Content-Type: text/html; charset=utf-8"

// write puts a file into a new folder and returns its path.
func write(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// results are the outcomes of items, a line each: the file, without the folder
// that it is in, and the title, or the error's code and message.
func results(t testing.TB, r *Reader, stdin []byte, paths ...string) []string {
	t.Helper()
	var got []string
	for it := range r.Paths(bytes.NewReader(stdin), paths...) {
		in, err := it.Load()
		file := in.File
		dir := filepath.Dir(paths[0]) + string(filepath.Separator)
		file = filepath.ToSlash(strings.TrimPrefix(file, dir))
		if err != nil {
			var ce *clean.Error
			if !errors.As(err, &ce) {
				t.Fatalf("%v has no code", err)
			}
			got = append(got, file+" | "+ce.Code+" | "+strings.TrimPrefix(filepath.ToSlash(ce.Message), filepath.ToSlash(dir)))
			continue
		}
		_, title, _ := strings.Cut(string(in.HTML), "<title>")
		title, _, _ = strings.Cut(title, "</title>")
		got = append(got, strings.TrimSuffix(file+" | "+title+" | "+in.URL, " | "))
	}
	return got
}

func check(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// folderMembers are what archives of pages hold.
var folderMembers = []member{
	{"a.html", page("A")},
	{"2025/b", page("B")},
	{"a_files/frame.html", page("frame")},
	{"a_files/style.css", "p { color: red }"},
	{"notes.txt", "Call the harbour master."},
	{"data.json", `{"a": 1}`},
	{"x.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"},
	{".hidden/c.html", page("C")},
	{"__MACOSX/._a.html", "attributes"},
	{"case_files/d.html", page("D")},
	{"../../etc/e.html", page("E")},
	{"words.html", "words alone"},
}

var (
	folderPages = []string{
		"!/a.html | A", "!/2025/b | B", "!/case_files/d.html | D", "!/etc/e.html | E",
		"!/words.html | not_html | PAGES!/words.html: the input is plain text, not HTML",
	}
	folderSkipped = map[string]int{"parts of a saved page": 2, "plain text": 1, "JSON": 1, "image/png": 1, "hidden": 2}
)

func TestArchivesOfPages(t *testing.T) {
	forms := map[string][]byte{
		"pages.zip":     makeZip(t, folderMembers...),
		"pages.tar":     makeTar(t, folderMembers...),
		"pages.tar.gz":  gz(t, makeTar(t, folderMembers...)),
		"pages.tar.zst": zst(t, makeTar(t, folderMembers...)),
		"noending":      makeZip(t, folderMembers...),
		"pages.html":    makeTar(t, folderMembers...), // the content decides
	}
	for name, data := range forms {
		for _, stdin := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s stdin=%v", name, stdin), func(t *testing.T) {
				tally := &Tally{}
				path, file, title := write(t, name, data), name, name
				if stdin {
					path, file, title = Stdin, Stdin, stdinName
				}
				var want []string
				for _, p := range folderPages {
					want = append(want, file+strings.ReplaceAll(p, "PAGES", title))
				}
				check(t, results(t, &Reader{Tally: tally}, data, path), want...)
				if got := tally.Counts().Skipped; !maps.Equal(got, folderSkipped) {
					t.Errorf("skipped %v", got)
				}
			})
		}
	}
}

// An archive in a folder is found by its content, and what is in it is named.
func TestArchiveInAFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "saved")
	os.Mkdir(dir, 0o777)
	os.WriteFile(filepath.Join(dir, "b.bin"), makeZip(t, member{"x.html", page("X")}), 0o666)
	os.WriteFile(filepath.Join(dir, "c.zip"), makeZip(t, member{"x.txt", "words"}), 0o666)
	os.WriteFile(filepath.Join(dir, "d.pdf"), []byte("%PDF-1.7\n"), 0o666)
	var skipped []Skipped
	tally := &Tally{OnSkip: func(s Skipped) { s.File = filepath.ToSlash(s.File[len(dir)+1:]); skipped = append(skipped, s) }}
	check(t, results(t, &Reader{Tally: tally}, nil, dir), "saved/b.bin!/x.html | X")
	if want := []Skipped{{"c.zip!/x.txt", "plain text"}, {"c.zip", "ZIP without pages"}, {"d.pdf", "PDF"}}; !slices.Equal(skipped, want) {
		t.Errorf("%v", skipped)
	}
}

func TestArchivesAreTwoDeep(t *testing.T) {
	one := makeZip(t, member{"a.html", page("A")})
	two := makeTar(t, member{"one.zip", string(one)}, member{"b.html.gz", string(gz(t, []byte(page("B"))))})
	three := makeZip(t, member{"two.tar", string(two)}, member{"c.html", page("C")})
	check(t, results(t, new(Reader), nil, write(t, "two.tar", two)),
		"two.tar!/one.zip!/a.html | A",
		"two.tar!/b.html.gz | B")
	check(t, results(t, new(Reader), nil, write(t, "three.zip", three)),
		"three.zip!/two.tar!/one.zip | not_html | three.zip!/two.tar!/one.zip: an archive in an archive in an archive, which is not read; unpack the outer one",
		"three.zip!/two.tar!/b.html.gz | B",
		"three.zip!/c.html | C")
}

// A broken member costs that member, a broken archive what comes after.
func TestBrokenArchives(t *testing.T) {
	whole := makeZip(t, member{"a.html", page("A")}, member{"b.html", page("B")}, member{"c.html", page("C")})
	bad := bytes.Clone(whole)
	// The checksum of b.html in the list of members, and so what it is held to.
	at := bytes.LastIndex(bad, []byte("b.html")) - 46 + 16
	bad[at] ^= 0xff
	check(t, results(t, new(Reader), nil, write(t, "x.zip", bad)),
		"x.zip!/a.html | A",
		"x.zip!/b.html | read | x.zip!/b.html: the ZIP data is broken: its checksum is wrong",
		"x.zip!/c.html | C")
	check(t, results(t, new(Reader), nil, write(t, "x.zip", whole[:len(whole)-30])),
		"x.zip | read | x.zip: the ZIP archive is broken, or cut short: it has no list of its members")

	locked := bytes.Clone(whole)
	at = bytes.LastIndex(locked, []byte("b.html")) - 46 + 8
	locked[at] |= 1
	check(t, results(t, new(Reader), nil, write(t, "x.zip", locked)),
		"x.zip!/a.html | A",
		"x.zip!/b.html | read | x.zip!/b.html: encrypted; unpack it with its password first",
		"x.zip!/c.html | C")

	tarred := makeTar(t, member{"a.html", page("A")}, member{"b.html.gz", "\x1f\x8b broken"}, member{"l.html", "link:/etc/passwd"}, member{"c.html", page("C")})
	check(t, results(t, new(Reader), nil, write(t, "x.tar", tarred[:len(tarred)-1024-512+20])),
		"x.tar!/a.html | A",
		"x.tar!/b.html.gz | read | x.tar!/b.html.gz: the gzip data ends too early; the file is cut short",
		"x.tar!/c.html | read | x.tar!/c.html: the file ends too early",
		"x.tar | read | x.tar: the tar archive ends too early; the file is cut short")
	check(t, results(t, new(Reader), nil, write(t, "x.zip", makeZip(t, member{"a.txt", "words"}))),
		"x.zip | read | x.zip: no page in this ZIP archive")
}

// A small file that decompresses to more than anybody has ends with an error,
// and the pages before it are there.
func TestDecodedBytesAreBounded(t *testing.T) {
	b := newBudget(func() int64 { return 10 << 20 })
	b.decoded = 10 << 20 * budgetRatio
	if _, err := io.ReadAll(b.reader(strings.NewReader("words"))); err != nil {
		t.Error(err)
	}
	b.decoded = (10<<20 + 1) * budgetRatio
	_, err := io.ReadAll(b.reader(strings.NewReader("words")))
	var ce *clean.Error
	if !errors.As(err, &ce) || ce.Code != "too_large" {
		t.Error(err)
	}

	if testing.Short() {
		t.Skip("128 MiB are decompressed")
	}
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	zeros := make([]byte, 1<<20)
	tw := tar.NewWriter(w)
	for _, m := range []struct {
		name string
		mib  int
	}{{"a.html", 0}, {"b.bin", budgetFloor>>20 + 1}, {"c.html", 0}} {
		data := []byte(page(m.name))
		if m.mib == 0 {
			tw.WriteHeader(&tar.Header{Name: m.name, Size: int64(len(data)), Typeflag: tar.TypeReg})
			tw.Write(data)
			continue
		}
		tw.WriteHeader(&tar.Header{Name: m.name, Size: int64(m.mib) << 20, Typeflag: tar.TypeReg})
		for range m.mib {
			tw.Write(zeros)
		}
	}
	tw.Close()
	w.Close()
	check(t, results(t, new(Reader), nil, write(t, "x.tar.gz", buf.Bytes())),
		"x.tar.gz!/a.html | a.html",
		"x.tar.gz | too_large | x.tar.gz: decompresses to more than 250 times its size, and is not read further")
}

// The list of a ZIP's members is not read further than memory allows.
func TestZipDirectoryIsBounded(t *testing.T) {
	data := makeZip(t, member{"a.html", page("A")}, member{"b.html", page("B")})
	list := &limitedReaderAt{at: bytes.NewReader(data), left: 100}
	if _, err := zip.NewReader(list, int64(len(data))); !errors.Is(err, errManyMembers) {
		t.Error(err)
	}
}

func TestMemberName(t *testing.T) {
	for name, want := range map[string]string{
		"a/b.html":          "a/b.html",
		"/a.html":           "a.html",
		"../../etc/passwd":  "etc/passwd",
		"a/../../b.html":    "b.html",
		`..\..\windows\a`:   "windows/a",
		"a\nb\x1b[2J.html":  "a\ufffdb\ufffd[2J.html",
		"M\x81he.html":      "Mühe.html", // code page 437
		"ж.html":            "ж.html",
		"./a//b/./c.html":   "a/b/c.html",
		"":                  "",
		"C:/x/../../a.html": "a.html",
	} {
		if got := memberName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestWACZ(t *testing.T) {
	warc := response("https://quay.example/a", htmlHeader, page("A")) + response("https://quay.example/b.png", "Content-Type: image/png", "x")
	data := makeZip(t,
		member{"archive/data.warc.gz", string(gz(t, []byte(warc)))},
		member{"datapackage.json", `{"profile": "data-package"}`},
		member{"pages/pages.jsonl", `{"format": "json-pages-1.0"}`},
		member{"indexes/a.html", page("not a page of the archive")})
	tally := &Tally{}
	check(t, results(t, &Reader{Tally: tally}, nil, write(t, "x.wacz", data)),
		"x.wacz!/archive/data.warc.gz!/1 | A | https://quay.example/a")
	if got := tally.Counts().Skipped; !maps.Equal(got, map[string]int{"image/png": 1, "index of WACZ": 3}) {
		t.Error(got)
	}
	// It counts as one archive, though not with archives of another kind in it.
	several := makeZip(t, member{"archive/a.warc.gz", string(gz(t, []byte(warc)))}, member{"archive/b.warc", warc}, member{"datapackage.json", "{}"},
		member{"archive/c.warc", string(makeZip(t, member{"c.html", page("C")}))})
	check(t, results(t, new(Reader), nil, write(t, "x.zip", makeZip(t, member{"y.wacz", string(several)}))),
		"x.zip!/y.wacz!/archive/a.warc.gz!/1 | A | https://quay.example/a",
		"x.zip!/y.wacz!/archive/b.warc!/1 | A | https://quay.example/a",
		"x.zip!/y.wacz!/archive/c.warc | not_html | x.zip!/y.wacz!/archive/c.warc: an archive in an archive in an archive, which is not read; unpack the outer one")
}

func TestARC(t *testing.T) {
	record := func(fields, body string) string {
		block := "HTTP/1.0 200 OK\r\n" + htmlHeader + "\r\n\r\n" + body
		return fmt.Sprintf("%s %d\n%s\n", fields, len(block), block)
	}
	v1 := "filedesc://x.arc 0.0.0.0 20050301080000 text/plain 15\n1 0 Archive Co\n\n" +
		"dns:quay.example 127.0.0.1 20050301080000 text/dns 5\nx.x.x\n" +
		record("http://quay.example/a 127.0.0.1 20050301080001 text/html", page("A")) +
		record("http://quay.example/b c 127.0.0.1 20050301080002 text/html", page("B"))
	v2 := "filedesc://x.arc 0.0.0.0 20050301080000 text/plain 200 - - 0 x.arc 6\n2 0 x\n\n" +
		record("http://quay.example/a 127.0.0.1 20050301080001 text/html 200 - - 99 x.arc", page("A"))
	check(t, results(t, new(Reader), nil, write(t, "x.arc", []byte(v1))),
		"x.arc!/3 | A | http://quay.example/a",
		"x.arc!/4 | B | http://quay.example/b c")
	check(t, results(t, new(Reader), nil, write(t, "x.arc.gz", gz(t, []byte(v2)))),
		"x.arc.gz!/2 | A | http://quay.example/a")
	check(t, results(t, new(Reader), nil, write(t, "x.arc", []byte(v1[:len(v1)-20]))),
		"x.arc!/3 | A | http://quay.example/a",
		"x.arc!/4 | read | x.arc: record 4: the file ends too early")
	for it := range Paths(strings.NewReader(v2), Stdin) {
		if in, err := it.Load(); err != nil || in.FetchedAt.Format("2006-01-02T15:04:05Z07:00") != "2005-03-01T08:00:01Z" || in.Status != 200 {
			t.Errorf("%v %v %v", in.FetchedAt, in.Status, err)
		}
	}
}

// An address in an archive cannot write to the terminal that shows a message.
func TestMessagesArePrintable(t *testing.T) {
	warc := response("https://quay.example/\x1b]0;x\x07", htmlHeader, page("A")) + strings.Replace(response("https://quay.example/\x1b[31m", htmlHeader, ""), "HTTP/1.1", "x", 1)
	for it := range Paths(strings.NewReader(warc), Stdin) {
		_, err := it.Load()
		if strings.ContainsRune(it.Name+fmt.Sprint(err), 0x1b) {
			t.Errorf("%q, %v", it.Name, err)
		}
	}
}

// What a WARC holds besides pages is counted by cause, its bookkeeping is not.
func TestWARCCounts(t *testing.T) {
	rec := func(kind, uri, extra, block string) string {
		return fmt.Sprintf("WARC/1.0\nWARC-Type: %s\nWARC-Target-URI: %s\n%sContent-Length: %d\n\n%s\n\n", kind, uri, extra, len(block), block)
	}
	warc := rec("warcinfo", "", "", "x") + rec("request", "https://quay.example/a", "", "GET / HTTP/1.1\n\n") +
		rec("response", "https://quay.example/a", "", "HTTP/1.1 200 OK\nContent-Type: text/html\n\n"+page("A")) +
		rec("response", "https://quay.example/b", "", "HTTP/1.1 404 Not Found\nContent-Type: text/html\n\n"+page("B")) +
		rec("response", "https://quay.example/c", "", "HTTP/1.1 200 OK\n\nx") +
		rec("response", "https://quay.example/d", "", "no HTTP") +
		rec("response", "https://quay.example/long", "", "HTTP/1.1 200 OK\nX: "+strings.Repeat("x", maxHTTPHeader)+"\n\nx") +
		rec("response", "dns:quay.example", "", "x") + rec("revisit", "https://quay.example/e", "", "") +
		rec("resource", "https://quay.example/f", "Content-Type: application/pdf\n", "%PDF-") +
		rec("resource", "<https://quay.example/g>", "Content-Type: text/html\n", page("G"))
	tally := &Tally{}
	check(t, results(t, &Reader{Tally: tally}, nil, write(t, "x", []byte(warc))),
		"x!/3 | A | https://quay.example/a",
		"x!/6 | read | x: record 6 (https://quay.example/d): reading the HTTP response: malformed HTTP status code \"HTTP\"",
		"x!/7 | read | x: record 7 (https://quay.example/long): the header of the HTTP response is larger than 1 MiB",
		"x!/11 | G | https://quay.example/g")
	want := map[string]int{"status 404": 1, "no media type": 1, "WARC revisit": 1, "application/pdf": 1}
	if got := tally.Counts().Skipped; !maps.Equal(got, want) {
		t.Error(got)
	}
}
