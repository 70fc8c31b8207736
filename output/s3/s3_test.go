package s3

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"newsclip/output"
	"newsclip/output/remote"
	"newsclip/output/s3/s3test"
	"newsclip/testdata"
)

// quick are options for a store that is away for a short time.
var quick = remote.Options{FirstWait: time.Millisecond, Patience: 5 * time.Second}

func serve(t *testing.T) (*s3test.Store, string) {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", "mara")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	store := &s3test.Store{Bucket: "press"}
	srv := httptest.NewServer(store)
	t.Cleanup(srv.Close)
	return store, "s3://press/2026/march?endpoint=" + url.QueryEscape(srv.URL)
}

func openAt(t *testing.T, address string, k kind, l limits) *Writer {
	t.Helper()
	w, err := open(t.Context(), address, k, quick, l)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func write(t *testing.T, w *Writer, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		r := &output.Record{}
		r.ID, r.Text = fmt.Sprintf("%03d", i), strings.Repeat("words ", 20)
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
}

// ids returns those of all records in the store, in their order.
func ids(t *testing.T, store *s3test.Store, k kind) (all []string) {
	t.Helper()
	for _, name := range store.Names() {
		if !strings.HasPrefix(name, "2026/march/part-") || !strings.HasSuffix(name, k.ending()) {
			t.Errorf("an object is called %s", name)
		}
		records, err := k.decode(bytes.NewReader(store.Object(name)), math.MaxInt)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range records {
			r, err := output.Decode(bytes.TrimSpace(b))
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, r.ID)
		}
	}
	return all
}

func numbers(n int) (want []string) {
	for i := range n {
		want = append(want, fmt.Sprintf("%03d", i))
	}
	return want
}

var kinds = map[string]kind{"parquet": kindParquet, "jsonl": kindJSONL}

// A store that is away, breaks off, or says that it has what it has not, gets each record once; parts end where they
// are full.
func TestEachRecordOnce(t *testing.T) {
	for name, k := range kinds {
		t.Run(name, func(t *testing.T) {
			store, address := serve(t)
			store.Away(503, 500, s3test.Lie, 0, 429)
			w := openAt(t, address, k, limits{full: 2000, committed: 1000})
			write(t, w, 0, 40)
			if err := errors.Join(w.Close(), w.Close()); err != nil {
				t.Fatal(err)
			}
			if got := ids(t, store, k); !slices.Equal(got, numbers(40)) {
				t.Errorf("%v", got)
			}
			if n := len(store.Names()); n != 3 || store.Puts() != 4 {
				t.Errorf("%d parts, written %d times: %v", n, store.Puts(), store.Names())
			}
		})
	}
}

// A part that was committed grows with the next commits, and ends sooner.
func TestCommittedPartGrows(t *testing.T) {
	store, address := serve(t)
	w := openAt(t, address, kindJSONL, limits{full: 2000, committed: 1000})
	for i := range 8 {
		write(t, w, i, i+1)
		if err := errors.Join(w.Commit(), w.Commit()); err != nil {
			t.Fatal(err)
		}
		if got := ids(t, store, kindJSONL); !slices.Equal(got, numbers(i+1)) {
			t.Fatalf("after %d commits %v", i+1, got)
		}
	}
	if n := len(store.Names()); n != 2 || store.Puts() != 8 {
		t.Errorf("%d parts, written %d times", n, store.Puts())
	}
}

// A writer that goes on for one that was killed takes out what that wrote after
// the commit which is known.
func TestResume(t *testing.T) {
	for name, k := range kinds {
		for _, known := range []int{0, 3, 9, 20} {
			t.Run(fmt.Sprint(name, known), func(t *testing.T) {
				store, address := serve(t)
				l := limits{full: 2000, committed: 1000}
				w := openAt(t, address, k, l)
				write(t, w, 0, known)
				if err := w.Commit(); err != nil {
					t.Fatal(err)
				}
				note := w.Note()
				write(t, w, known, 30)
				if err := w.Commit(); err != nil {
					t.Fatal(err)
				}
				w = openAt(t, address, k, l)
				if err := w.Resume(note); err != nil {
					t.Fatal(err)
				}
				if got := ids(t, store, k); !slices.Equal(got, numbers(known)) {
					t.Fatalf("resumed with %v", got)
				}
				write(t, w, known, 30)
				if err := w.Close(); err != nil {
					t.Fatal(err)
				}
				if got := ids(t, store, k); !slices.Equal(got, numbers(30)) {
					t.Errorf("%v", got)
				}
			})
		}
	}
	_, address := serve(t)
	if err := openAt(t, address, kindParquet, limits{}).Resume([]byte("17")); err == nil || !strings.Contains(err.Error(), "of another output") {
		t.Error(err)
	}
}

func TestErrors(t *testing.T) {
	store, address := serve(t)
	for _, tt := range []struct{ address, want string }{
		{strings.Replace(address, "press", "attic", 1), "there is no bucket attic"},
		{"s3:///prefix", "write it as s3://bucket/prefix"},
		{"s3://press/?endpoint=quay.example", "is not the address of a store"},
		{"s3://press/?endpont=http://quay.example", `unknown parameter "endpont"`},
		{"s3://press/?endpoint=http://127.0.0.1:1", "refused"},
	} {
		if _, err := open(t.Context(), tt.address, kindJSONL, quick, limits{}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.address, err, tt.want)
		}
	}
	// What trying again does not mend ends the writing at once.
	store.Away(403)
	w := openAt(t, address, kindJSONL, limits{full: 2000, committed: 1000})
	write(t, w, 0, 1)
	if err := w.Commit(); err == nil || !strings.Contains(err.Error(), "s3://press/2026/march/part-") {
		t.Error(err)
	}
}

type endless string

func (e endless) Read(p []byte) (int, error) { return copy(p, e[:min(len(p), len(e))]), nil }

// Of a part that has no end no more is read than one may have, and no more records than
// were written.
func TestEndlessPartIsBounded(t *testing.T) {
	if testdata.RaceDetector {
		t.Skip("takes far longer with the race detector")
	}
	line := endless(`{"id":"a","text":"` + strings.Repeat("x", 1<<20) + "\"}\n")
	content := io.MultiReader(strings.NewReader(string(line)), strings.NewReader(string(line)), endless("x"))
	if records, err := kindJSONL.decode(content, 2); err != nil || len(records) != 2 {
		t.Errorf("%d records, %v", len(records), err)
	}
	lines := make([]io.Reader, 300)
	for i := range lines {
		lines[i] = strings.NewReader(string(line))
	}
	if _, err := kindJSONL.decode(io.MultiReader(lines...), math.MaxInt); !errors.Is(err, errPart) {
		t.Errorf("an object of %d MB: %v", len(lines), err)
	}
}
