package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"newsclip/output"
)

// everyField has each field of a record and one that newsclip does not know.
const everyField = `{"id":"a1","url":"https://quay.example/a?x=1&y=2","file":"pages.zip!/a.html","source":"pages.jsonl:3","truncated":true,"rendered":true,"canonical_url":"https://quay.example/a","kind":"article",` +
	`"title":"Cats & <dogs>","subtitle":"A \"short\" story","description":"Told elsewhere.","authors":[{"name":"Mara Lindqvist","url":"https://quay.example/staff/mara"},{"name":"QNA"}],` +
	`"published":"2026-03-04T09:30:00+02:00","modified":"2026-03-05","site":{"name":"The Quay Post","domain":"quay.example"},"language":"en-GB","section":"Harbour",` +
	`"tags":["cats","dogs, and more"],"free_access":false,"rights":{"noai":true,"noindex":true,"tdm_reservation":true,"license":"https://creativecommons.org/licenses/by/4.0/"},` +
	`"images":[{"url":"https://quay.example/a.jpg","alt":"A cat","caption":"A cat.","credit":"M. Lindqvist","width":640,"height":480,"lead":true},{"url":"/b.jpg"}],` +
	`"text":"First.\r\n\nSecond.","markdown":"First.\n","html":"<p>First.</p>","word_count":2,"content_hash":"0a","confidence":0.97,"fetched_at":"2026-03-04T08:00:00.5Z","status":200,` +
	`"duplicate_of":"https://quay.example/b","revision":2,"previous_hash":"0b","diff":{"added":["New."],"removed":["Old.","Older."]},"labels":{"country":"fi","tier":"1"},"removed":[{"stage":"sweep","rule":"related","text":"Related Stories"}],"evidence":[{"field":"title","value":"N","from":"h1","at":"h1","text":"N.","confidence":0.9,"others":[{"value":"M","from":"og:title"}]}],"rating":{"stars":5,"votes":[1,null]}}`

// A field that the schema gains has to go round too: each format with columns
// needs one for it.
func TestEveryFieldIsThere(t *testing.T) {
	var schema struct {
		Properties map[string]any `json:"properties"`
	}
	if err := json.Unmarshal(output.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	object := parsed(t, []byte(everyField))
	for name := range schema.Properties {
		if _, ok := object[name]; !ok && name != "error" {
			t.Errorf("everyField lacks %s", name)
		}
	}
}

// Records go once round all formats that hold whole ones, and come back as they
// were.
func TestConvertRound(t *testing.T) {
	in := everyField + "\n" + strings.Join([]string{
		`{"id":"b","error":{"code":"gone","message":"the page is not there any more"}}`,
		`{"id":"c","kind":"article","title":"","tags":[],"authors":[{"name":"A","email":"a@quay.example"}]}`,
		`{"id":"d","kind":"article","word_count":"many","published":"yesterday","fetched_at":"2026-03-04T10:00:00+02:00"}`,
		`{"kind":"other"}`,
	}, "\n") + "\n"
	convertRound(t, []byte(in))
}

// The same with the records of real pages, where they are at hand.
func TestConvertRoundCorpora(t *testing.T) {
	in := corpusRecords(t)
	if in == nil {
		t.Skip("NEWSCLIP_CORPORA names no folder of corpora")
	}
	convertRound(t, in)
}

// corpusRecords returns the records of the pages of the corpora, or nil where there
// are none.
func corpusRecords(t *testing.T) []byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(os.Getenv("NEWSCLIP_CORPORA"), "dev-*", "pages"))
	if err != nil || len(files) == 0 {
		return nil
	}
	pages := 0
	for _, dir := range files {
		filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				pages++
			}
			return nil
		})
	}
	records := filepath.Join(t.TempDir(), "pages.jsonl")
	var errs bytes.Buffer
	args := append([]string{"clean", "--no-learn", "--explain", "--with", "markdown,html", "-o", records}, files...)
	if code := run(args, strings.NewReader(""), &bytes.Buffer{}, &errs); code == exitUsage {
		t.Fatal(errs.String())
	}
	in := []byte(readFile(t, records))
	if n := bytes.Count(in, []byte("\n")); n < pages/2 {
		t.Fatalf("%d records of %d pages", n, pages)
	}
	return lastOfEachID(t, in)
}

// lastOfEachID leaves out the records that a later one of the same id follows.
// A database puts them before all others, and two corpora may have one page.
func lastOfEachID(t *testing.T, in []byte) (kept []byte) {
	seen := make(map[any]bool)
	var lines [][]byte
	for line := range bytes.Lines(in) {
		lines = append(lines, line)
	}
	for _, line := range slices.Backward(lines) {
		if id := parsed(t, line)["id"]; id == nil || !seen[id] {
			seen[id] = true
			kept = append(bytes.Clone(line), kept...)
		}
	}
	return kept
}

func convertRound(t *testing.T, in []byte) {
	dir := t.TempDir()
	path := filepath.Join(dir, "0.jsonl")
	if err := os.WriteFile(path, in, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"1.parquet", "2.sqlite", "3.csv.gz", "4.json.zst", "5.jsonl"} {
		next := filepath.Join(dir, name)
		var out, errs bytes.Buffer
		if code := run([]string{"convert", "-o", next, path}, strings.NewReader(""), &out, &errs); code != exitOK || out.Len()+errs.Len() > 0 {
			t.Fatalf("%s: exit code %d\n%s%s", name, code, &out, &errs)
		}
		path = next
	}
	compareRecords(t, []byte(readFile(t, path)), in)
}

// compareRecords compares two files of JSON Lines, record by record.
func compareRecords(t *testing.T, out, in []byte) {
	t.Helper()
	got := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	want := bytes.Split(bytes.TrimSpace(in), []byte("\n"))
	if len(got) != len(want) {
		t.Fatalf("%d records, want %d", len(got), len(want))
	}
	for i := range want {
		if !reflect.DeepEqual(parsed(t, got[i]), parsed(t, want[i])) {
			t.Errorf("got\n%s\nwant\n%s", got[i], want[i])
		}
	}
}

func parsed(t *testing.T, object []byte) (v map[string]any) {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(object))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}
