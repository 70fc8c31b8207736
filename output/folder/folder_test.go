package folder

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"newsclip/output"
)

func record(t *testing.T, object string) *output.Record {
	t.Helper()
	r, err := output.Decode([]byte(object))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const object = `{"id":"a1","url":"https://www.quay.example/a","kind":"article","title":"Night Ferry’s return: Über & “out”","published":"2026-03-04T09:30:00+02:00","section":"Harbour / Sea","site":{"name":"The Quay Post"},"language":"en-GB"}`

func TestNames(t *testing.T) {
	long := strings.Repeat("ähnlich ", 60)
	tests := []struct{ pattern, object, want string }{
		{"{date}/{slug}.md", object, "2026-03-04/night-ferrys-return-über-out.md"},
		{"{year}/{month}/{host}-{id}.json", object, "2026/03/www-quay-example-a1.json"},
		{"{site}/{section}/{kind}-{language}.txt", object, "the-quay-post/harbour-sea/article-en-gb.txt"},
		{"{date}/{slug}.md", `{}`, "0000-00-00/untitled.md"},
		{"{date}/{slug}.md", `{"published":"yesterday","fetched_at":"2026-03-04T23:00:00-05:00","id":"X 1"}`, "2026-03-05/x-1.md"},
		{"{id}.md", `{"id":"../../etc/passwd"}`, "-..-etc-passwd.md"},
		{"{id}.md", `{"id":"..\\..\\a:b*c?\"<>|\u0000"}`, "-..-a_b_c______.md"},
		{"{id}.md", `{"id":"a\u009b31m\u0085b\u202ecod\u2066x\u2029"}`, "a_31m_b_cod_x_.md"},
		{"{id}", `{"id":".."}`, "noid"},
		{"{id}/a.md", `{"id":"."}`, "noid/a.md"},
		{"{slug}.md", `{"title":"CON"}`, "_con.md"},
		{"{id}", `{"id":"lpt1.x"}`, "_lpt1.x"},
		{"{id}.", `{"id":"a. "}`, "a"},
		{"{slug}.md", `{"title":"..."}`, "untitled.md"},
		{"{slug}.md", `{"title":"` + long + `"}`, strings.TrimSuffix(strings.Repeat("ähnlich-", 9), "-") + ".md"},
		{"{id}.md", `{"id":"` + strings.Repeat("é", 300) + `"}`, strings.Repeat("é", 98) + ".md"},
		{"{slug}.md", `{"title":"東京で 地震"}`, "東京で-地震.md"},
	}
	for _, tt := range tests {
		if got := nameOf(tt.pattern, record(t, tt.object), nil); got != tt.want {
			t.Errorf("%s of %.60s: %s, want %s", tt.pattern, tt.object, got, tt.want)
		}
	}
}

func TestCheckName(t *testing.T) {
	for pattern, want := range map[string]string{
		"{slug}.md": "", "{year}/{month}/{slug}.md.gz": "", "all/{id}": "",
		"": "folder", "{date}/": "folder", "/etc/{slug}": "below", "../{slug}": "below", "a/../../{slug}": "below", "a/../{slug}": "below", "./a": "below", "a//b": "below",
		"{title}.md": "{title} stands for nothing", "{slug": "brace", "slug}": "brace", `a\{slug}`: "parted by /",
	} {
		err := CheckName(pattern)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v", pattern, err)
		}
	}
}

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != indexName {
			name, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func write(t *testing.T, dir, pattern string, objects ...string) {
	t.Helper()
	w, err := Open(dir, pattern, output.JSONL)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range objects {
		if err := w.Write(record(t, o)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func content(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Two records never share a file, also where they come in different runs or the
// system does not tell cases apart; one that comes again replaces its file.
func TestNoRecordIsOverwritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "out")
	write(t, dir, "{slug}.json", `{"id":"a","title":"One"}`, `{"id":"b","title":"ONE"}`)
	if err := os.WriteFile(filepath.Join(dir, "two.json"), []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "{slug}.json", `{"id":"c","title":"One"}`, `{"id":"a","title":"One","text":"New."}`, `{"title":"One"}`, `{"id":"d","title":"Two"}`)
	want := []string{"one-2.json", "one-3.json", "one-4.json", "one.json", "two-2.json", "two.json"}
	if got := files(t, dir); !slices.Equal(got, want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for name, want := range map[string]string{"one.json": `{"id":"a","title":"One","text":"New."}`, "one-2.json": `{"id":"b","title":"ONE"}`, "two.json": "mine"} {
		if got := strings.TrimSpace(content(t, dir, name)); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// What a killed process left half written costs nothing.
func TestIndexIsTorn(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "{slug}.json", `{"id":"a","title":"One"}`)
	index := filepath.Join(dir, indexName)
	if err := os.WriteFile(index, []byte(content(t, index)+`{"record":"b","na`), 0o666); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "{slug}.json", `{"id":"b","title":"One"}`)
	write(t, dir, "{slug}.json", `{"id":"b","title":"One","text":"New."}`)
	if got := files(t, dir); !slices.Equal(got, []string{"one-2.json", "one.json"}) || !strings.Contains(content(t, dir, "one-2.json"), "New.") {
		t.Error(got)
	}
}

// A symbolic link in the folder does not lead out of it.
func TestStaysInside(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not let everybody make links")
	}
	dir, outside := t.TempDir(), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "2026-03-04")); err != nil {
		t.Fatal(err)
	}
	w, err := Open(dir, "{date}/{slug}.md", output.Markdown)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.Write(record(t, object)); err == nil {
		t.Error("it was written")
	}
	if got := files(t, outside); len(got) > 0 {
		t.Error(got)
	}
}

func TestFormats(t *testing.T) {
	dir := t.TempDir()
	for _, f := range []output.Format{output.Markdown, output.JSON} {
		w, err := Open(dir, "{slug}"+f.Endings[0]+".gz", f)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range []string{object, `{"id":"` + f.Name + `","error":{"code":"gone","message":"m"}}`} {
			if err := w.Write(record(t, o)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	// Another pattern gives the record another file.
	if got := fmt.Sprint(files(t, dir)); got != "[json.json.gz night-ferrys-return-über-out.json.gz night-ferrys-return-über-out.md.gz]" {
		t.Error(got)
	}
	if got := content(t, dir, "json.json.gz"); !strings.HasPrefix(got, "\x1f\x8b") {
		t.Errorf("%q", got)
	}
}

func TestSource(t *testing.T) {
	for _, tt := range []struct{ file, url, want string }{
		{"saved/2026/march/a.html", "", "2026/march/a.md"},
		{"saved/a.html.gz", "", "a.md"},
		{"other/a.mhtml", "", "other/a.md"},
		{"saved/pages.zip!/x/b.html", "", "pages.zip/x/b.md"},
		{"saved/../../etc/c.html", "", "etc/c.md"},
		{"/abs/c.html", "", "abs/c.md"},
		{"saved/con/a.html", "", "_con/a.md"},
		{"-", "", "page.md"},
		{"", "https://quay.example/2026/ferry.html?x=1", "quay.example/2026/ferry.md"},
		{"", "https://quay.example/2026/", "quay.example/2026/index.md"},
		{"", "https://quay.example", "quay.example/index.md"},
		{"", "", "page.md"},
	} {
		r := &output.Record{}
		r.File, r.URL = tt.file, tt.url
		if got := nameOf("{dir}/{file}.md", r, []string{"saved/"}); got != tt.want {
			t.Errorf("%s %s: %s, want %s", tt.file, tt.url, got, tt.want)
		}
	}
	if err := CheckName("a{dir}/{file}"); err == nil {
		t.Error("{dir} may stand in a name")
	}
}

// TestLeftoversAreCleared opens a folder in which a killed process was writing.
func TestLeftoversAreCleared(t *testing.T) {
	dir := t.TempDir()
	half := filepath.Join(dir, temporaryPrefix+"1"+temporaryEnding)
	if err := os.WriteFile(half, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := Open(dir, "{id}.json", output.JSON)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(record(t, object)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 2 || entries[0].Name() != indexName || entries[1].Name() != "a1.json" {
		t.Errorf("the folder holds %v", entries)
	}
}
