//go:build unix

package postgres

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"newsclip/output"
	"newsclip/output/remote"
)

// cluster is a PostgreSQL server of the test's own, on a socket in a folder.
type cluster struct {
	dir  string
	user *syscall.Credential // not root, which PostgreSQL refuses
	bin  string
	cmd  *exec.Cmd
}

func newCluster(t *testing.T) *cluster {
	t.Helper()
	initdb, err := exec.LookPath("initdb")
	if err != nil {
		found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
		if len(found) == 0 {
			t.Skip("PostgreSQL is not installed here")
		}
		initdb = found[len(found)-1]
	}
	c := &cluster{bin: filepath.Dir(initdb)}
	// Not t.TempDir, whose path another user cannot reach and is too long for a
	// socket.
	if c.dir, err = os.MkdirTemp("", "pg"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(c.dir) })
	if os.Getuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Skip("PostgreSQL does not run as root, and there is no user postgres")
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		c.user = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(c.dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := c.command("initdb", "-D", filepath.Join(c.dir, "data"), "-A", "trust", "-U", "postgres", "-N", "-E", "UTF8").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	c.start(t)
	t.Cleanup(c.stop)
	return c
}

func (c *cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.bin, name), args...)
	cmd.Dir = c.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.user}
	return cmd
}

func (c *cluster) address() string { return "postgres://postgres@/postgres?host=" + c.dir }

// start starts the server and waits until it answers.
func (c *cluster) start(t *testing.T) {
	t.Helper()
	c.cmd = c.command("postgres", "-D", filepath.Join(c.dir, "data"), "-k", c.dir, "-h", "", "-F")
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for range 600 {
		if conn, err := pgx.Connect(context.Background(), c.address()); err == nil {
			conn.Close(context.Background())
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the server does not start")
}

// stop stops the server at once, with what is going on in it.
func (c *cluster) stop() {
	c.cmd.Process.Signal(syscall.SIGQUIT)
	c.cmd.Wait()
}

func (c *cluster) query(t *testing.T, q string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), c.address())
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
	w, err := Open(t.Context(), c.address(), remote.Options{MaxAge: time.Hour})
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
	for r, err := range ReadAll(c.address()) {
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
	`"text":"One.","word_count":1,"confidence":0.97,"fetched_at":"2026-03-04T10:00:00.123456789+02:00","rating":{"votes":[9007199254740993,1e3]}}`

func TestPostgres(t *testing.T) {
	c := newCluster(t)
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
	t.Run("the server goes away", func(t *testing.T) {
		w, err := Open(t.Context(), c.address(), remote.Options{MaxRecords: 10, MaxAge: time.Hour, AttemptTime: 5 * time.Second, FirstWait: 50 * time.Millisecond})
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
		c.stop()
		back := make(chan bool)
		go func() {
			defer close(back)
			time.Sleep(time.Second)
			c.start(t)
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
	t.Run("another version", func(t *testing.T) {
		c.query(t, "WITH x AS (UPDATE newsclip.version SET version = 99 RETURNING version) SELECT version::text FROM x")
		if _, err := Open(t.Context(), c.address(), remote.Options{}); err == nil || !strings.Contains(err.Error(), "another version of newsclip") {
			t.Error(err)
		}
		for r, err := range ReadAll(c.address()) {
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
