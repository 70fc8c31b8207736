package testdata

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/htmlindex"
)

// hostileEncodings are the encodings that the hostile pages are in, whatever
// they say, and a thing that makes each of them hostile.
var hostileEncodings = map[string]struct {
	enc     string
	hostile func(b []byte) bool
}{
	"euc-kr":                     {"euc-kr", invalid},
	"gbk":                        {"gbk", labelled("gb2312")},
	"gbk-unlabelled":             {"gbk", labelled("")},
	"iso-2022-jp":                {"iso-2022-jp", utf8.Valid},
	"iso-8859-2":                 {"iso-8859-2", invalid},
	"utf-16be-bom":               {"utf-16be", func(b []byte) bool { return bytes.HasPrefix(b, []byte{0xfe, 0xff}) }},
	"utf-16le-bom":               {"utf-16le", func(b []byte) bool { return bytes.HasPrefix(b, []byte{0xff, 0xfe}) }},
	"utf-8-bom-called-shift-jis": {"utf-8", labelled("Shift_JIS")},
	"utf-8-broken-bytes":         {"utf-8", invalid},
	"utf-8-called-latin1":        {"utf-8", labelled("ISO-8859-1")},
	"utf-8-called-windows-1251":  {"utf-8", labelled("windows-1251")},
	"windows-1251-late":          {"windows-1251", func(b []byte) bool { return bytes.Index(b, []byte("charset=")) > 1024 }},
	"windows-1251-unlabelled":    {"windows-1251", labelled("")},
	"windows-1252-called-latin1": {"windows-1252", func(b []byte) bool { return hasC1(b) && labelled("iso-8859-1")(b) }},
}

func invalid(b []byte) bool { return !utf8.Valid(b) }

// labelled returns a check that a page names the charset; "" means none.
func labelled(charset string) func([]byte) bool {
	return func(b []byte) bool {
		m := charsetSaid.FindSubmatch(b)
		return m == nil && charset == "" || m != nil && string(m[1]) == charset
	}
}

func hostileFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("hostile", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestHostilePagesSayTheirTruth(t *testing.T) {
	found, err := filepath.Glob("hostile/*.json")
	if err != nil || len(found) != len(hostileEncodings) {
		t.Fatalf("%d truths, want %d: %v", len(found), len(hostileEncodings), err)
	}
	for name, e := range hostileEncodings {
		t.Run(name, func(t *testing.T) {
			b := hostileFile(t, name+".html")
			if !e.hostile(b) {
				t.Error("the page is not hostile")
			}
			enc, err := htmlindex.Get(e.enc)
			if err != nil {
				t.Fatal(err)
			}
			page, err := enc.NewDecoder().Bytes(b)
			if err != nil {
				t.Fatal(err)
			}
			var truth struct{ Title, Text string }
			if err := json.Unmarshal(hostileFile(t, name+".json"), &truth); err != nil {
				t.Fatal(err)
			}
			words := shown(t, string(page))
			if truth.Title == "" || !strings.Contains(words, truth.Title) {
				t.Errorf("title is not on the page: %q", truth.Title)
			}
			paragraphs := strings.Split(truth.Text, "\n\n")
			if len(paragraphs) < 3 {
				t.Errorf("%d paragraphs", len(paragraphs))
			}
			for _, p := range paragraphs {
				if !strings.Contains(words, p) {
					t.Errorf("text is not on the page: %q", p)
				}
			}
			if broken := name == "utf-8-broken-bytes"; strings.ContainsRune(truth.Text, utf8.RuneError) != broken {
				t.Errorf("replacement characters: %v", !broken)
			}
		})
	}
}

func TestHostileFilesAreWhatTheyAreCalled(t *testing.T) {
	if b := hostileFile(t, "empty.html"); len(b) != 0 {
		t.Errorf("empty.html has %d bytes", len(b))
	}
	if b := hostileFile(t, "only-spaces.html"); len(b) == 0 || len(bytes.TrimSpace(b)) != 0 {
		t.Errorf("only-spaces.html has %q", b)
	}
	if b := hostileFile(t, "no-markup.html"); bytes.ContainsAny(b, "<>") {
		t.Error("no-markup.html has markup")
	}
	for _, name := range []string{"document.pdf", "document-named.html"} {
		b := hostileFile(t, name)
		if !bytes.HasPrefix(b, []byte("%PDF-")) || !bytes.HasSuffix(b, []byte("%%EOF\n")) {
			t.Errorf("%s is no PDF", name)
		}
	}
	for _, name := range []string{"image.png", "image-named.html"} {
		if _, err := png.Decode(bytes.NewReader(hostileFile(t, name))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHostileGzip(t *testing.T) {
	for name, want := range map[string]error{"whole.html.gz": nil, "truncated.html.gz": io.ErrUnexpectedEOF} {
		z, err := gzip.NewReader(bytes.NewReader(hostileFile(t, name)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := io.ReadAll(z); !errors.Is(err, want) {
			t.Errorf("%s: error %v, want %v", name, err, want)
		}
	}
}

func TestHostileNesting(t *testing.T) {
	b := hostileFile(t, "nested-600.html")
	if n := bytes.Count(b, []byte("<div>")); n != 600 {
		t.Errorf("nested %d deep", n)
	}
	if _, err := html.Parse(bytes.NewReader(b)); err == nil {
		t.Error("the parser takes it: it is not hostile any more")
	}
}

// Each file has its row in README.md, and each row its file.
func TestHostileReadme(t *testing.T) {
	rows := make(map[string]bool)
	for _, m := range regexp.MustCompile("`([-\\w]+\\.[.\\w]+)`").FindAllSubmatch(hostileFile(t, "README.md"), -1) {
		rows[string(m[1])] = true
	}
	dir, err := os.ReadDir("hostile")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range dir {
		if f.Name() != "README.md" && filepath.Ext(f.Name()) != ".json" && !rows[f.Name()] {
			t.Errorf("README.md has no row for %s", f.Name())
		}
		delete(rows, f.Name())
	}
	delete(rows, "NAME.json")
	for name := range rows {
		t.Errorf("README.md tells of %s, which is not there", name)
	}
}
