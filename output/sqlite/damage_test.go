package sqlite

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"newsclip/clean"
	"newsclip/output"
)

// made writes a database of n records, runs statements in it, and returns its path.
func made(t testing.TB, n int, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.db")
	w, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		a := clean.Article{ID: fmt.Sprint("a", i), Title: "The ferry", Text: strings.Repeat("It was opened. ", 20), Tags: []string{"sea"}}
		if err := w.Write(&output.Record{Article: a}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := open(path, "&_pragma=journal_mode(DELETE)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%.80s: %v", s, err)
		}
	}
	return path
}

// allocated returns the bytes that reading a file allocates, and how it ends. It takes no
// more than so many records.
func allocated(path string, limit int) (bytes uint64, records int, err error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, e := range ReadFile(path) {
		if e != nil {
			err = e
		} else if records++; records == limit {
			break
		}
	}
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc, records, err
}

// A database of newsclip whose tables are something else, or have more in them than the
// file, is an error.
func TestTablesOfStrangers(t *testing.T) {
	long := strings.Repeat("a", 1<<20)
	columns := func(table string) string {
		return "INSERT INTO " + table + " SELECT key, id, id FROM articles"
	}
	for name, c := range map[string]struct {
		statements []string
		want       string
	}{
		"nothing": {nil, ""},
		"a view without end": {[]string{
			"DROP TABLE revisions",
			"CREATE VIEW revisions AS WITH RECURSIVE c(key) AS (SELECT 1 UNION ALL SELECT key + 1 FROM c) SELECT key, 'a' AS id, '{}' AS record FROM c",
		}, "not a table as newsclip"},
		"a computed column": {[]string{
			"DROP TABLE revisions",
			"CREATE TABLE revisions (key INTEGER PRIMARY KEY, id TEXT, text TEXT, record TEXT AS (hex(zeroblob(100000000))))",
			columns("revisions (key, id, text)"),
		}, "not a table as newsclip"},
		"no key":   {[]string{"DROP TABLE tags", "CREATE TABLE tags (article INTEGER, position INTEGER, tag TEXT)"}, "not a table as newsclip"},
		"no table": {[]string{"DROP TABLE tags"}, "not a table as newsclip"},
		"a long default": {[]string{
			"DROP TABLE tags", "CREATE TABLE tags (article INTEGER, position INTEGER, PRIMARY KEY (article, position))",
			"INSERT INTO tags WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 2000) SELECT 1, n FROM c",
			"ALTER TABLE tags ADD COLUMN tag TEXT DEFAULT '" + long + "'",
		}, "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			took, records, err := allocated(made(t, 3, c.statements...), 1000)
			if c.want == "" && (err != nil || records != 3) || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("%d records, %v, want an error with %q", records, err, c.want)
			}
			if took > 100<<20 {
				t.Errorf("reading took %d MB", took>>20)
			}
		})
	}
}

// A tree whose branches all lead to one page has its records again and again.
func TestBranchesOfOnePage(t *testing.T) {
	path := made(t, 2000)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	size := int(binary.BigEndian.Uint16(b[16:]))
	changed := 0
	for at := size; at < len(b); at += size {
		if b[at] != 5 { // the inner page of a table
			continue
		}
		cells := int(binary.BigEndian.Uint16(b[at+3:]))
		first := -1
		for i := range cells {
			cell := at + int(binary.BigEndian.Uint16(b[at+12+2*i:]))
			if first < 0 {
				first = cell
			}
			copy(b[cell:cell+4], b[first:first+4])
			changed++
		}
		copy(b[at+8:at+12], b[first:first+4])
	}
	if changed < 50 {
		t.Fatalf("%d branches", changed)
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	_, records, err := allocated(path, 100_000)
	if err == nil || records > 2000 {
		t.Errorf("%d records, %v", records, err)
	}
}
