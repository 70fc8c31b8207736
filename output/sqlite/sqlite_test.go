package sqlite

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"newsclip/output"
)

const object = `{"id":"a1","url":"https://quay.example/a","kind":"article","title":"Night ferry","subtitle":"It sails again","description":"D",` +
	`"authors":[{"name":"Mara Lindqvist","url":"https://quay.example/mara"},{"name":"QNA"}],"published":"2026-03-04T09:30:00+02:00","modified":"2026-03-05",` +
	`"site":{"name":"The Quay Post"},"language":"en","section":"S","tags":["b","a"],"free_access":false,"rights":{"noindex":true,"license":"L"},` +
	`"images":[{"url":"u","alt":"a","caption":"c","credit":"d","width":640,"height":480,"lead":true},{"url":"v"}],` +
	`"text":"One.\n\nÜber zwei.","markdown":"M","html":"<p>H</p>","word_count":3,"content_hash":"0a","confidence":0.97,` +
	`"fetched_at":"2026-03-04T10:00:00.123456789+02:00","status":200,"removed":[{"stage":"sweep","rule":"r","text":"t"}],` +
	`"evidence":[{"field":"title","value":"Night ferry","from":"h1","at":"h1","confidence":0.9,"others":[{"value":"Ferry","from":"og:title"}]}],` +
	`"duplicate_of":"https://quay.example/b","revision":1,"previous_hash":"0b","diff":{"added":["New."],"removed":["Old.","Older."]},"labels":{"country":"fi","tier":"1"},"rating":{"stars":5}}`

func record(t *testing.T, object string) *output.Record {
	t.Helper()
	r, err := output.Decode([]byte(object))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func write(t *testing.T, path string, objects ...string) {
	t.Helper()
	w, err := Open(path)
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

func read(t *testing.T, path string) (objects []string) {
	t.Helper()
	for r, err := range ReadFile(path) {
		if err != nil {
			t.Fatal(err)
		}
		b, err := jsonOf(r)
		if err != nil {
			t.Fatal(err)
		}
		objects = append(objects, string(b))
	}
	return objects
}

func query(t *testing.T, path, q string) string {
	t.Helper()
	db, err := open(path, "&mode=rw&_pragma=query_only(1)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var got sql.NullString
	if err := db.QueryRow(q).Scan(&got); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return got.String
}

func same(t *testing.T, got, want string) bool {
	t.Helper()
	var g, w any
	if err := json.Unmarshal([]byte(got), &g); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		t.Fatal(err)
	}
	return reflect.DeepEqual(g, w)
}

func TestRoundTrip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b%?#.db")
	want := []string{object, `{"id":"b","error":{"code":"gone","message":"the page is not there any more"}}`, `{"kind":"other"}`, `{"id":"c","kind":"article","rights":{},"site":{"domain":"quay.example"}}`, `{"kind":"other"}`}
	write(t, path, want...)
	got := read(t, path)
	if len(got) != len(want) {
		t.Fatalf("%d records, want %d", len(got), len(want))
	}
	for i := range want {
		if !same(t, got[i], want[i]) {
			t.Errorf("got\n%s\nwant\n%s", got[i], want[i])
		}
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 || entries[0].Name() != filepath.Base(path) {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

// The search that README.md shows.
func TestReadmeQuery(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	write(t, path, object, `{"id":"b","kind":"article","title":"Old mill","text":"The harbour of old."}`)
	page, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, q, _ := strings.Cut(string(page), "\n    SELECT articles.title, ")
	q, _, ok := strings.Cut(q, ";\n")
	if got := query(t, path, "SELECT group_concat(title, ', ') FROM (SELECT articles.title, "+q+")"); !ok || got != "Old mill, Night ferry" {
		t.Errorf("%q", got)
	}
}

// What people ask a database for.
func TestQueries(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	write(t, path, object, `{"id":"b","kind":"article","title":"Old mill","text":"A ferry of old."}`)
	for q, want := range map[string]string{
		"SELECT published_at || ' ' || published_precision FROM articles WHERE id = 'a1'":                                                                        "2026-03-04T07:30:00Z second",
		"SELECT datetime(published_at) FROM articles WHERE id = 'a1'":                                                                                            "2026-03-04 07:30:00",
		"SELECT modified_at || ' ' || modified_precision FROM articles WHERE id = 'a1'":                                                                          "2026-03-05T00:00:00Z day",
		"SELECT group_concat(id, ' ') FROM (SELECT id FROM articles_fts JOIN articles ON key = articles_fts.rowid WHERE articles_fts MATCH 'ferry' ORDER BY id)": "a1 b",
		"SELECT id FROM articles_fts JOIN articles ON key = articles_fts.rowid WHERE articles_fts MATCH 'uber'":                                                  "a1",
		"SELECT id FROM articles_fts JOIN articles ON key = articles_fts.rowid WHERE articles_fts MATCH 'subtitle: sails'":                                       "a1",
		"SELECT title FROM articles JOIN authors ON article = key WHERE name = 'QNA'":                                                                            "Night ferry",
		"SELECT count(*) FROM tags":                                       "2",
		"SELECT url FROM images WHERE lead":                               "u",
		"SELECT extra ->> '$.rating.stars' FROM articles WHERE id = 'a1'": "5",
		"PRAGMA journal_mode":                                             "wal",
		"PRAGMA integrity_check":                                          "ok",
	} {
		if got := query(t, path, q); got != want {
			t.Errorf("%s: %q, want %q", q, got, want)
		}
	}
}

// A record that is written again changes nothing; one that changed takes the
// place of the old one, which is kept.
func TestRevisions(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	changed := strings.Replace(object, "Night ferry", "Day boat", 1)
	write(t, path, object, `{"id":"b","kind":"article"}`)
	write(t, path, object)
	if got := query(t, path, "SELECT count(*) FROM revisions"); got != "0" {
		t.Errorf("%s revisions of one record", got)
	}
	write(t, path, changed)
	got := read(t, path)
	if len(got) != 3 || !same(t, got[0], object) || got[1] != `{"id":"b","kind":"article"}` || !same(t, got[2], changed) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	for q, want := range map[string]string{
		"SELECT title FROM articles WHERE id = 'a1'":                         "Day boat",
		"SELECT record ->> 'title' FROM revisions WHERE id = 'a1'":           "Night ferry",
		"SELECT count(*) FROM authors":                                       "2",
		"SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'boat'":  "1",
		"SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'night'": "0",
	} {
		if got := query(t, path, q); got != want {
			t.Errorf("%s: %q, want %q", q, got, want)
		}
	}
}

// While one process writes, others read what is committed; what is written is
// committed soon, even where no more comes.
func TestReadableWhileWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	w, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.Write(record(t, object)); err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := w.Write(record(t, `{"id":"b","kind":"article"}`)); err != nil {
		t.Fatal(err)
	}
	if got := read(t, path); len(got) != 1 {
		t.Errorf("%d records before a commit", len(got))
	}
	for range 600 {
		if len(read(t, path)) == 2 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("what was written is not committed")
}

// Two processes may add to one database.
func TestTwoWriters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	done := make(chan error, 2)
	for k := range 2 {
		go func() {
			w, err := Open(path)
			for i := 0; err == nil && i < 50; i++ {
				r := &output.Record{}
				r.ID = fmt.Sprintf("%d-%d", k, i)
				if err = w.Write(r); err == nil && i%10 == 0 {
					err = w.Commit()
				}
			}
			if err == nil {
				err = w.Close()
			}
			done <- err
		}()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	if got := len(read(t, path)); got != 100 {
		t.Errorf("%d records", got)
	}
}

// A database of an earlier version, with fewer columns, is read as it is, and added
// to.
func TestEarlierVersions(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	const first, second = `{"id":"a","title":"One","evidence":[{"field":"title","value":"One","from":"h1","others":[]}],"labels":{"tier":"1"}}`, `{"id":"b","file":"b.html","title":"Two","labels":{"tier":"2"},"truncated":true}`
	write(t, path, `{"id":"a","title":"One"}`)
	db, err := open(path, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range addedColumns {
		if _, err := db.Exec("ALTER TABLE articles DROP COLUMN " + c.name); err != nil {
			t.Fatal(err)
		}
	}
	// What it did not know is in extra.
	if _, err := db.Exec(`UPDATE articles SET extra = '{"evidence":[{"field":"title","value":"One","from":"h1","others":[]}],"labels":{"tier":"1"}}'`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	same := func(want ...string) {
		t.Helper()
		got := read(t, path)
		for i, w := range want {
			if b, err := jsonOf(record(t, w)); err != nil || i >= len(got) || got[i] != string(b) {
				t.Errorf("got %q\nwant %s", got, b)
			}
		}
	}
	same(first)
	write(t, path, first, second)
	same(first, second)
	if got := read(t, path); len(got) != 2 {
		t.Errorf("%d records: an equal one became a revision", len(got))
	}
}

func TestRefuses(t *testing.T) {
	dir := t.TempDir()
	other, newer, text := filepath.Join(dir, "other.db"), filepath.Join(dir, "newer.db"), filepath.Join(dir, "text.db")
	write(t, newer, object)
	for path, statement := range map[string]string{other: "CREATE TABLE articles (id)", newer: "PRAGMA user_version = 99"} {
		db, err := open(path, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database\n", 100)), 0o666); err != nil {
		t.Fatal(err)
	}
	nowhere := filepath.Join(dir, "nowhere", "a.db")
	for _, tt := range []struct{ path, writing, reading string }{
		{other, "a database of another program", "not a database of newsclip"},
		{newer, "another version of newsclip", "another version of newsclip"},
		{text, "file is not a database", "file is not a database"},
		{nowhere, "there is no folder", "no such file"},
	} {
		if _, err := Open(tt.path); err == nil || !strings.Contains(err.Error(), tt.writing) {
			t.Errorf("%s: %v", tt.path, err)
		}
		var errs []string
		for r, err := range ReadFile(tt.path) {
			if r != nil || err == nil {
				t.Fatal(r, err)
			}
			errs = append(errs, err.Error())
		}
		if len(errs) != 1 || !strings.Contains(errs[0], tt.reading) && tt.path != nowhere {
			t.Errorf("%s: %v", tt.path, errs)
		}
	}
	if b, err := os.ReadFile(text); err != nil || !strings.HasPrefix(string(b), "not a database\n") {
		t.Error("the other file was changed")
	}
	if names, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || slices.Contains(names, nowhere) {
		t.Error(names, err)
	}
}
