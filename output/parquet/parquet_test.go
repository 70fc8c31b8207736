package parquet

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"newsclip/output"
)

const object = `{"id":"a1","kind":"article","title":"Night ferry","authors":[{"name":"Mara Lindqvist"},{"name":"QNA","url":"https://quay.example/"}],` +
	`"published":"2026-03-04T09:30:00+02:00","modified":"2026-03-05","tags":["a","b"],"free_access":false,"text":"One.\n\nTwo.","word_count":2,` +
	`"confidence":0.97,"fetched_at":"2026-03-04T10:00:00.123456789+02:00","rating":5}`

func write(t *testing.T, objects ...string) string { return writeGroups(t, groupBytes, objects...) }

func writeGroups(t *testing.T, groupBytes int, objects ...string) string {
	t.Helper()
	var buf bytes.Buffer
	w := newWriter(&buf, groupBytes)
	for _, o := range objects {
		r, err := output.Decode([]byte(o))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.parquet")
	if err := os.WriteFile(path, buf.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path string) (lines []string) {
	t.Helper()
	for r, err := range ReadFile(path) {
		if err != nil {
			t.Fatal(err)
		}
		var buf bytes.Buffer
		if err := output.NewJSONL(&buf).Write(r); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, buf.String())
	}
	return lines
}

func TestRoundTrip(t *testing.T) {
	failed := `{"id":"b","error":{"code":"gone","message":"the page is not there any more"}}`
	got := read(t, write(t, object, failed, `{}`))
	for i, want := range []string{object, failed, `{}`} {
		var g, w map[string]any
		if json.Unmarshal([]byte(got[i]), &g) != nil || json.Unmarshal([]byte(want), &w) != nil {
			t.Fatal(got[i])
		}
		gb, _ := json.Marshal(g)
		wb, _ := json.Marshal(w)
		if !bytes.Equal(gb, wb) {
			t.Errorf("got\n%s\nwant\n%s", gb, wb)
		}
	}
}

// A file can be read again whose texts are long, in whatever column.
func TestLongValues(t *testing.T) {
	long := strings.Repeat("a", 5<<20)
	for _, object := range []string{
		`{"title":"` + strings.Repeat(long, 4) + `"}`, `{"url":"https://n.example/` + long + `"}`, `{"id":"` + long + `"}`,
		`{"authors":[{"name":"` + long + `"}]}`, `{"images":[{"url":"https://n.example/` + long + `","alt":"` + long + `"}]}`,
	} {
		if got := read(t, write(t, object, `{"id":"b"}`)); len(got) != 2 || len(got[0]) < len(long) {
			t.Errorf("%.30s: %d records", object, len(got))
		}
	}
}

// The columns have the types that a query needs.
func TestColumns(t *testing.T) {
	path := write(t, object)
	rows, err := parquet.ReadFile[struct {
		Published time.Time `parquet:"published,timestamp(microsecond)"`
		Precision string    `parquet:"published_precision,optional"`
		WordCount int64     `parquet:"word_count,optional"`
		Tags      []string  `parquet:"tags,optional,list"`
	}](path)
	if err != nil {
		t.Fatal(err)
	}
	r := rows[0]
	if want := time.Date(2026, 3, 4, 7, 30, 0, 0, time.UTC); !r.Published.Equal(want) || r.Precision != "second" || r.WordCount != 2 || len(r.Tags) != 2 {
		t.Errorf("%+v", r)
	}
}

// A file's row groups are bounded, so that memory is, however long it gets.
func TestRowGroups(t *testing.T) {
	object := `{"id":"a","text":"` + strings.Repeat("x", 250) + `"}`
	path := writeGroups(t, 1000, object, object, object, object, object, object)
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	fi, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	file, err := parquet.OpenFile(f, fi.Size())
	if err != nil {
		t.Fatal(err)
	}
	if groups := file.RowGroups(); len(groups) != 2 || groups[0].NumRows() != 4 {
		t.Errorf("%d row groups", len(groups))
	}
}

func TestReadRefuses(t *testing.T) {
	dir := t.TempDir()
	other := filepath.Join(dir, "other.parquet")
	if err := parquet.WriteFile(other, []struct {
		ID     string `parquet:"id,optional"`
		Rating int64  `parquet:"rating"`
	}{{"a", 5}}); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(write(t, object))
	if err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(dir, "cut.parquet")
	if err := os.WriteFile(cut, whole[:len(whole)/2], 0o666); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		other: "columns that are not those of records: rating", cut: "not a whole Parquet file", filepath.Join(dir, "missing.parquet"): "missing.parquet",
	} {
		n := 0
		for r, err := range ReadFile(path) {
			n++
			if r != nil || err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", path, err)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d results", path, n)
		}
	}
}
