//go:build unix

package postgres

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"newsclip/output"
	"newsclip/output/postgres/postgrestest"
	"newsclip/output/remote"
)

// cluster is a server with the tables of newsclip.
type cluster struct{ *postgrestest.Server }

func (c *cluster) query(t *testing.T, q string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), c.Address())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var got *string
	if err := conn.QueryRow(t.Context(), q).Scan(&got); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	if got == nil {
		return ""
	}
	return *got
}

func (c *cluster) write(t *testing.T, objects ...string) {
	t.Helper()
	w, err := Open(t.Context(), c.Address(), remote.Options{MaxAge: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
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
}

func (c *cluster) read(t *testing.T) (objects []string) {
	t.Helper()
	for r, err := range ReadAll(c.Address()) {
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := output.NewJSONL(&b).Write(r); err != nil {
			t.Fatal(err)
		}
		objects = append(objects, strings.TrimSpace(b.String()))
	}
	return objects
}

const object = `{"id":"a1","url":"https://quay.example/a","kind":"article","title":"Night ferry \u0000","authors":[{"name":"Mara Lindqvist"},{"name":"QNA"}],` +
	`"published":"2026-03-04T09:30:00+02:00","modified":"2026-03-05","site":{"name":"The Quay Post"},"language":"en","tags":["b","a"],"free_access":false,` +
	`"text":"One.","word_count":1,"confidence":0.97,"fetched_at":"2026-03-04T10:00:00.123456789+02:00","labels":{"country":"fi","tier":"1\u0000"},"rating":{"votes":[9007199254740993,1e3]}}`

func TestPostgres(t *testing.T) {
	c := &cluster{postgrestest.Start(t)}
	t.Run("round trip", func(t *testing.T) {
		want := []string{object, `{"id":"b","error":{"code":"gone","message":"the page is not there any more"}}`, `{"kind":"other"}`, `{"id":7,"title":""}`}
		c.write(t, want...)
		got := c.read(t)
		if len(got) != len(want) {
			t.Fatalf("%d records, want %d", len(got), len(want))
		}
		for i := range want {
			if !same(t, got[i], want[i]) {
				t.Errorf("got\n%s\nwant\n%s", got[i], want[i])
			}
		}
	})
	t.Run("queries", func(t *testing.T) {
		for q, want := range map[string]string{
			"SELECT title FROM newsclip.articles WHERE 'QNA' = ANY (authors)":                                                  "Night ferry \ufffd",
			"SELECT (published AT TIME ZONE 'UTC')::text || ' ' || published_precision FROM newsclip.articles WHERE id = 'a1'": "2026-03-04 07:30:00 second",
			"SELECT record -> 'error' ->> 'code' FROM newsclip.articles WHERE id = 'b'":                                        "gone",
			"SELECT count(*)::text FROM newsclip.articles WHERE error_code = 'gone' AND text IS NULL":                          "1",
			"SELECT id || (labels ->> 'tier') FROM newsclip.articles WHERE labels ->> 'country' = 'fi'":                        "a11\ufffd",
			"SELECT count(*)::text FROM newsclip.articles WHERE labels IS NULL":                                                "3",
			"SELECT count(*)::text FROM newsclip.revisions":                                                                    "0",
		} {
			if got := c.query(t, q); got != want {
				t.Errorf("%s: %q, want %q", q, got, want)
			}
		}
	})
	t.Run("revisions", func(t *testing.T) {
		day, dusk := strings.Replace(object, "Night", "Day", 1), strings.Replace(object, "Night", "Dusk", 1)
		c.write(t, object, day, day, dusk)
		c.write(t, dusk)
		got := c.read(t)
		if len(got) != 6 || !same(t, got[0], object) || !same(t, got[1], day) || !same(t, got[5], dusk) {
			t.Errorf("%s", strings.Join(got, "\n"))
		}
	})
	c.write(t, `{"id":"from","file":"a.html","source":"pages.jsonl:3"}`)
	t.Run("the server goes away", func(t *testing.T) {
		w, err := Open(t.Context(), c.Address(), remote.Options{MaxRecords: 10, MaxAge: time.Hour, AttemptTime: 5 * time.Second, FirstWait: 50 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		put := func(from, to int) {
			for i := from; i < to; i++ {
				r := &output.Record{}
				r.ID = fmt.Sprintf("away-%d", i)
				if err := w.Write(r); err != nil {
					t.Fatal(err)
				}
			}
		}
		put(0, 15)
		c.Stop()
		back := make(chan bool)
		go func() {
			defer close(back)
			time.Sleep(time.Second)
			c.Start(t)
		}()
		put(15, 40) // waits for the server
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		<-back
		if got := c.query(t, "SELECT count(*)::text FROM newsclip.articles WHERE id LIKE 'away-%'"); got != "40" {
			t.Errorf("%s records", got)
		}
		if got := c.query(t, "SELECT count(*)::text FROM newsclip.revisions WHERE id LIKE 'away-%'"); got != "0" {
			t.Errorf("%s records came twice", got)
		}
	})
	testVersions(t, c)
}

// testVersions changes what version the tables are of.
func testVersions(t *testing.T, c *cluster) {
	t.Run("an earlier version", func(t *testing.T) {
		conn, err := pgx.Connect(t.Context(), c.Address())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(context.Background())
		if _, err := conn.Exec(t.Context(), "UPDATE newsclip.version SET version = 1; ALTER TABLE newsclip.articles DROP file, DROP source, DROP truncated, DROP labels"); err != nil {
			t.Fatal(err)
		}
		before := c.read(t)
		c.write(t, `{"id":"new","file":"b.html","truncated":true}`)
		if got := c.query(t, "SELECT file || ' ' || truncated FROM newsclip.articles WHERE id = 'new'"); got != "b.html true" {
			t.Errorf("%q", got)
		}
		if got := c.query(t, "SELECT file || ' ' || source || ' ' || (truncated IS NULL) FROM newsclip.articles WHERE id = 'from'"); got != "a.html pages.jsonl:3 true" {
			t.Errorf("%q", got)
		}
		if got := c.query(t, "SELECT (labels ->> 'country') || (labels ->> 'tier') FROM newsclip.articles WHERE id = 'a1'"); got != "fi1\ufffd" {
			t.Errorf("%q", got)
		}
		if after := c.read(t); len(after) != len(before)+1 {
			t.Errorf("%d records, and %d before", len(after), len(before))
		}
	})
	t.Run("another version", func(t *testing.T) {
		c.query(t, "WITH x AS (UPDATE newsclip.version SET version = 99 RETURNING version) SELECT version::text FROM x")
		if _, err := Open(t.Context(), c.Address(), remote.Options{}); err == nil || !strings.Contains(err.Error(), "another version of newsclip") {
			t.Error(err)
		}
		for r, err := range ReadAll(c.Address()) {
			if r != nil || err == nil || !strings.Contains(err.Error(), "another version of newsclip") {
				t.Error(r, err)
			}
		}
	})
}

func same(t *testing.T, a, b string) bool {
	t.Helper()
	var v [2]any
	for i, s := range []string{a, b} {
		dec := json.NewDecoder(strings.NewReader(s))
		dec.UseNumber()
		if err := dec.Decode(&v[i]); err != nil {
			t.Fatal(err)
		}
	}
	return reflect.DeepEqual(v[0], v[1])
}

func TestOpenRefuses(t *testing.T) {
	for _, address := range []string{"postgres://mara:secret@127.0.0.1:1/x", "postgres://mara:secret@[::1/x"} {
		if _, err := Open(t.Context(), address, remote.Options{}); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// Each column of the row has its value.
func TestRowHasItsColumns(t *testing.T) {
	r, err := rowOf([]byte(object))
	if err != nil || len(r) != len(columns) {
		t.Errorf("%d values of %d columns, %v", len(r), len(columns), err)
	}
	for _, c := range columns {
		if !slices.Contains(strings.Fields(schema), c) {
			t.Errorf("the schema lacks %s", c)
		}
	}
}
