package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"newsclip/output/s3/s3test"
)

// Records go to a web server that is away for a moment, from a file and from a
// crawl, and each is there once.
func TestOutputToWebServer(t *testing.T) {
	var mu sync.Mutex
	var got strings.Builder
	keys := make(map[string]bool)
	requests := 0
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if requests++; requests == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		if key := r.Header.Get("Idempotency-Key"); !keys[key] {
			keys[key] = true
			io.Copy(&got, r.Body)
		}
	}))
	defer hook.Close()
	path := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(path, []byte(everyField+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := run([]string{"convert", "-o", hook.URL, path}, strings.NewReader(""), &out, &errs); code != exitOK || out.Len() > 0 {
		t.Fatalf("exit code %d\n%s", code, &errs)
	}
	if strings.Count(errs.String(), "newsclip: warning: the output does not take records, and is tried again: ") != 1 {
		t.Errorf("%s", &errs)
	}
	if strings.Count(got.String(), "\n") != 1 || !reflect.DeepEqual(parsed(t, []byte(got.String())), parsed(t, []byte(everyField))) {
		t.Errorf("%s", got.String())
	}
	got.Reset()
	if code := run([]string{"demo", "-o", hook.URL + "/"}, strings.NewReader(""), &out, &errs); code != exitOK || out.Len() > 0 {
		t.Fatalf("exit code %d\n%s", code, &errs)
	}
	if n := strings.Count(got.String(), "\n"); n < 40 {
		t.Errorf("%d records", n)
	}
}

// Records go to a bucket that is away in the middle of a crawl, and each is there
// once.
func TestOutputToBucket(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "mara")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	store := &s3test.Store{Bucket: "press"}
	srv := httptest.NewServer(store)
	defer srv.Close()
	store.Away(503, 0)
	bucket := "s3://press/?endpoint=" + srv.URL
	var out, errs bytes.Buffer
	if code := run([]string{"demo", "-o", bucket, "--format", "jsonl"}, strings.NewReader(""), &out, &errs); code != exitOK || out.Len() > 0 {
		t.Fatalf("exit code %d\n%s", code, &errs)
	}
	if !strings.Contains(errs.String(), "the output does not take records, and is tried again") {
		t.Errorf("%s", &errs)
	}
	ids := make(map[any]bool)
	dir := t.TempDir()
	for _, name := range store.Names() {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, store.Object(name), 0o666); err != nil {
			t.Fatal(err)
		}
		var lines bytes.Buffer
		if code := run([]string{"convert", path}, strings.NewReader(""), &lines, &errs); code != exitOK {
			t.Fatalf("exit code %d\n%s", code, &errs)
		}
		for line := range bytes.Lines(lines.Bytes()) {
			id := parsed(t, line)["id"]
			if ids[id] {
				t.Errorf("%v is there twice", id)
			}
			ids[id] = true
		}
	}
	if len(ids) < 40 {
		t.Errorf("%d records", len(ids))
	}
	if code := run([]string{"convert", "-o", bucket, filepath.Join(dir, store.Names()[0])}, strings.NewReader(""), &out, &errs); code != exitOK {
		t.Fatalf("exit code %d\n%s", code, &errs)
	}
	if names := store.Names(); !strings.HasSuffix(names[len(names)-1], ".parquet") {
		t.Errorf("%v", names)
	}
}

func TestServerUsage(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"-o", "ftp://mara:secret@quay.example/a", "a.jsonl"}, "there is no server for ftp:// addresses"},
		{[]string{"-o", "https://quay.example/hook", "--format", "csv", "a.jsonl"}, "--format is for files"},
		{[]string{"-o", "s3://press/a", "--format", "csv", "a.jsonl"}, "objects are not written as csv"},
		{[]string{"https://quay.example/a.jsonl"}, "records cannot be read from https:// addresses"},
		{[]string{"-o", "postgres://mara:secret@quay.example/a", "postgres://mara:secret@quay.example/a"}, "is an input too"},
	} {
		var out, errs bytes.Buffer
		code := run(append([]string{"convert"}, tt.args...), strings.NewReader(""), &out, &errs)
		if code != exitUsage || !strings.Contains(errs.String(), tt.want) || strings.Contains(errs.String(), "secret") {
			t.Errorf("%v: exit code %d\n%s", tt.args, code, &errs)
		}
	}
}
