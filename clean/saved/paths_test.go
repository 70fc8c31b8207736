package saved

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"newsclip/clean"
)

// tree makes files and links ("-> target") in a new folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		target, isLink := strings.CutPrefix(data, "-> ")
		if !isLink {
			if err := os.WriteFile(path, []byte(data), 0o666); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.Symlink(strings.Replace(target, "DIR", dir, 1), path); err != nil {
			t.Skip(err) // Windows grants it to some users only
		}
	}
	return dir
}

// Links to folders are followed, each folder is read once, and none leads out
// of the folder that the user named, unless allowed.
func TestLinksInAFolder(t *testing.T) {
	dir := tree(t, map[string]string{
		"saved/a.html":      page("A"),
		"saved/b":           "-> z",           // a folder further down
		"saved/c":           "-> DIR/saved/z", // again
		"saved/loop":        "-> .",
		"saved/gone.html":   "-> nowhere",
		"saved/gone":        "-> nowhere",
		"saved/outside":     "-> ../other",
		"saved/secret.html": "-> DIR/other/s.html",
		"saved/same.html":   "-> z/d.html",
		"saved/z/d.html":    page("D"),
		"saved/z/up":        "-> ..",
		"other/s.html":      page("S"),
		"other/back":        "-> ../saved",
		"link":              "-> saved",
	})
	tally := &Tally{}
	check(t, results(t, &Reader{Tally: tally}, nil, filepath.Join(dir, "saved")),
		"saved/a.html | A",
		"saved/b/d.html | D",
		"saved/gone.html | read | saved/gone.html: no such file or directory",
		"saved/same.html | D")
	want := map[string]int{"folder that was read already": 4, "broken link": 1, "link out of the folder": 2}
	if got := tally.Counts().Skipped; !maps.Equal(got, want) {
		t.Errorf("skipped %v", got)
	}

	tally = &Tally{}
	check(t, results(t, &Reader{Tally: tally, AllowOutside: true}, nil, filepath.Join(dir, "saved")),
		"saved/a.html | A",
		"saved/b/d.html | D",
		"saved/gone.html | read | saved/gone.html: no such file or directory",
		"saved/outside/s.html | S",
		"saved/same.html | D",
		"saved/secret.html | S")
	if got := tally.Counts().Skipped["folder that was read already"]; got != 5 {
		t.Errorf("%d loops", got)
	}

	// A link that the user names is followed, and is the folder for those in it.
	if got := results(t, new(Reader), nil, filepath.Join(dir, "link")); len(got) != 4 || got[0] != "link/a.html | A" {
		t.Errorf("%q", got)
	}
}

// A pipe is read once, where the user names it, and never found in a folder.
func TestPipe(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs /dev/fd")
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	go func() {
		io.WriteString(w, page("A"))
		w.Close()
	}()
	n := 0
	for it := range Paths(nil, fmt.Sprintf("/dev/fd/%d", r.Fd())) {
		n++
		if in, err := it.Load(); err != nil || string(in.HTML) != page("A") {
			t.Errorf("%q, %v", in.HTML, err)
		}
	}
	if n != 1 {
		t.Errorf("%d items", n)
	}
}

// A line names files in its own file's folder, however it tells the way there.
func TestLinesStayInside(t *testing.T) {
	dir := tree(t, map[string]string{
		"in/pages/a.html": page("A"),
		"in/inside.html":  "-> pages/a.html",
		"in/out.html":     "-> ../secret.html",
		"in/out":          "-> ..",
		"secret.html":     page("secret"),
		"in/pages.jsonl": strings.Join([]string{
			`{"file": "pages/a.html"}`, `{"file": "./pages/../pages/a.html"}`, `{"file": "DIR/in/pages/a.html"}`, `{"file": "inside.html"}`,
			`{"file": "../secret.html"}`, `{"file": "DIR/secret.html"}`, `{"file": "out.html"}`, `{"file": "out/secret.html"}`, `{"file": "/etc/passwd"}`,
			`{"file": "pages"}`, `{"html": "<p>x"}`, `{"html": "words"}`, `{`,
		}, "\n"),
	})
	path := filepath.Join(dir, "in", "pages.jsonl")
	b, _ := os.ReadFile(path)
	b = bytes.ReplaceAll(b, []byte("DIR"), []byte(filepath.ToSlash(dir)))
	os.WriteFile(path, b, 0o666)

	read := func(seq func(func(Item) bool)) (got []string) {
		n := 0
		for it := range seq {
			n++
			in, err := it.Load()
			var ce *clean.Error
			result := "ok"
			if errors.As(err, &ce) {
				result = ce.Code
			}
			if !strings.HasSuffix(in.Source, fmt.Sprintf(":%d", n)) {
				t.Errorf("line %d has the source %q", n, in.Source)
			}
			got = append(got, filepath.ToSlash(strings.TrimPrefix(in.File, dir))+" "+result)
		}
		return got
	}
	check(t, read(new(Reader).LinesFile(path)),
		"/in/pages/a.html ok", "/in/pages/a.html ok", "/in/pages/a.html ok", "/in/inside.html ok",
		"/secret.html bad_input", "/secret.html bad_input", "/in/out.html bad_input", "/in/out/secret.html bad_input", "/etc/passwd bad_input",
		"/in/pages read", " ok", " not_html", " bad_input")
	got := read((&Reader{AllowOutside: true}).LinesFile(path))
	check(t, got[4:8], "/secret.html ok", "/secret.html ok", "/in/out.html ok", "/in/out/secret.html ok")

	// Standard input is held to the working directory.
	t.Chdir(filepath.Join(dir, "in"))
	check(t, read(new(Reader).Lines(strings.NewReader(`{"file": "pages/a.html"}`+"\n"+`{"file": "../secret.html"}`))),
		"pages/a.html ok", "../secret.html bad_input")
}

// A line names one page, and not an archive of them.
func TestLineOfAnArchive(t *testing.T) {
	path := write(t, "x.zip", makeZip(t, member{"a.html", page("A")}))
	lines := filepath.Join(filepath.Dir(path), "x.jsonl")
	os.WriteFile(lines, []byte(`{"file": "x.zip"}`), 0o666)
	for it := range LinesFile(lines) {
		_, err := it.Load()
		var ce *clean.Error
		if !errors.As(err, &ce) || ce.Code != "not_html" || !strings.Contains(ce.Message, "an archive (ZIP)") {
			t.Error(err)
		}
	}
}
