package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"newsclip/clean"
)

// records has every field, fields of other programs, and values that have no
// place in a field of clean.Article.
var records = map[string]string{
	"every field": `{"id":"a1","url":"https://quay.example/a?x=1&y=2","canonical_url":"https://quay.example/a","kind":"article",
		"title":"Cats & <dogs>","subtitle":"A \"short\" story","description":"Told elsewhere, and twice.",
		"authors":[{"name":"Mara Lindqvist","url":"https://quay.example/staff/mara"},{"name":"QNA"}],
		"published":"2026-03-04T09:30:00+02:00","modified":"2026-03-05","site":{"name":"The Quay Post","domain":"quay.example"},
		"language":"en-GB","section":"Harbour","tags":["cats","dogs, and more"],"free_access":false,
		"rights":{"noai":true,"noindex":true,"tdm_reservation":true,"license":"https://creativecommons.org/licenses/by/4.0/"},
		"images":[{"url":"https://quay.example/a.jpg","alt":"A cat","caption":"A cat.","credit":"M. Lindqvist","width":640,"height":480,"lead":true},{"url":"/b.jpg"}],
		"text":"First.\n\nSecond, with a \"quote\".","markdown":"First.\n","html":"<p>First.</p>","word_count":2,"content_hash":"0a",
		"confidence":0.97,"fetched_at":"2026-03-04T08:00:00.123456789Z","status":200,"truncated":true,"rendered":true,
		"removed":[{"stage":"sweep","rule":"related","text":"Related Stories"}],
		"evidence":[{"field":"published","value":"2026-03-04T09:30:00+02:00","from":"time","at":"header > time","text":"4 March","confidence":0.95,"others":[{"value":"2026-03-05","from":"meta date"}]}],
		"duplicate_of":"https://quay.example/b","revision":2,"previous_hash":"0b","diff":{"added":["New."],"removed":["Old.","Older."]},"labels":{"country":"fi","tier":"1"}}`,
	"failure":          `{"id":"b","url":"https://quay.example/b","error":{"code":"gone","message":"the page is not there any more"}}`,
	"free":             `{"id":"c","kind":"article","free_access":true}`,
	"unknown":          `{"id":"d","kind":"article","zeta":{"b":1,"a":[null,1e3,9007199254740993]},"alpha":"x","Title":"not title"}`,
	"empty values":     `{"id":"e","kind":"article","title":"","tags":[],"word_count":0,"site":{},"text":null,"free_access":null}`,
	"nested unknown":   `{"id":"f","kind":"article","authors":[{"name":"A","email":"a@quay.example"}],"site":{"name":"S","country":"NO"}}`,
	"other types":      `{"id":7,"kind":"article","authors":["A","B"],"word_count":"12","published":1772609400,"confidence":"high","images":{"url":"a"}}`,
	"offset of a time": `{"id":"g","kind":"article","fetched_at":"2026-03-04T10:00:00+02:00","published":"yesterday, at noon"}`,
	"carriage return":  `{"id":"h","kind":"article","text":"one\r\ntwo\rthree","title":" padded, \"quoted\" "}`,
	"signs":            `{"id":"i","kind":"article","title":"=1+1","text":"\u0000\u2028\ufeff ☃ 𝄞"}`,
	"nothing":          `{}`,
}

// canonical is a JSON object in the form of RFC 8785, but with the numbers as
// they are written, so that large ones are compared in full.
func canonical(t *testing.T, object string) string {
	t.Helper()
	v := jsontext.Value(object)
	if err := v.Format(jsontext.CanonicalizeRawInts(false), jsontext.CanonicalizeRawFloats(false), jsontext.ReorderRawObjects(true)); err != nil {
		t.Fatalf("%v: %s", err, object)
	}
	return string(v)
}

func TestDecodeLosesNothing(t *testing.T) {
	for name, object := range records {
		t.Run(name, func(t *testing.T) {
			r, err := Decode([]byte(object))
			if err != nil {
				t.Fatal(err)
			}
			for _, indent := range []string{"", "  "} {
				var buf bytes.Buffer
				if err := encode(&buf, r, indent); err != nil {
					t.Fatal(err)
				}
				if got, want := canonical(t, buf.String()), canonical(t, object); got != want {
					t.Errorf("got\n%s\nwant\n%s", got, want)
				}
				if lines := strings.Count(buf.String(), "\n"); indent == "" && lines != 1 {
					t.Errorf("%d lines", lines)
				}
			}
		})
	}
}

// Values that fields hold are there, beside those in Extra.
func TestDecodeFillsFields(t *testing.T) {
	r, err := Decode([]byte(records["nested unknown"]))
	if err != nil || len(r.Authors) != 1 || r.Authors[0].Name != "A" || r.Site.Name != "S" {
		t.Errorf("%+v, %v", r, err)
	}
	r, err = Decode([]byte(records["every field"]))
	if err != nil || len(r.Extra) > 0 || r.Revision != 2 {
		t.Errorf("%v, %v", r.Extra, err)
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, object := range []string{``, `[]`, `"a"`, `{"id":`, `{"id":"a"} {"id":"b"}`, `{"id":"a",}`, `{"title":"` + "\xff" + `"}`, `{"id":"a","id":"b"}`} {
		if r, err := Decode([]byte(object)); err == nil {
			t.Errorf("%s gives %+v", object, r)
		}
	}
}

// Each format that can be read gives the records that were written.
func TestRoundTrip(t *testing.T) {
	for _, f := range Readable(Formats()) {
		t.Run(f.Name, func(t *testing.T) {
			var buf bytes.Buffer
			w := f.New(&buf)
			var want []string
			for _, object := range records {
				r, err := Decode([]byte(object))
				if err != nil {
					t.Fatal(err)
				}
				if err := w.Write(r); err != nil {
					t.Fatal(err)
				}
				want = append(want, canonical(t, object))
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			got := lines(t, f.Read(&buf))
			if len(got) != len(want) {
				t.Fatalf("%d records, want %d", len(got), len(want))
			}
			for i := range want {
				if got := canonical(t, got[i]); got != want[i] {
					t.Errorf("got\n%s\nwant\n%s", got, want[i])
				}
			}
		})
	}
}

// lines returns the records as JSON, and an error as "error: …".
func lines(t *testing.T, records iter.Seq2[*Record, error]) []string {
	t.Helper()
	var all []string
	for r, err := range records {
		if err != nil {
			all = append(all, fmt.Sprintf("error: %v", err))
			continue
		}
		var buf bytes.Buffer
		if err := encode(&buf, r, ""); err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.TrimSpace(buf.String()))
	}
	return all
}

func TestReadErrors(t *testing.T) {
	tests := []struct {
		name   string
		format Format
		in     string
		want   []string
	}{
		{"a line that is broken", JSONL, "\ufeff{\"id\":\"a\"}\n\n{\"id\":\n[1]\n{\"id\":\"b\"}", []string{`{"id":"a"}`, "error: line 3: broken JSON", "error: line 4: no JSON object", `{"id":"b"}`}},
		{"no lines", JSONL, "", nil},
		{"an array", JSON, `[{"id":"a"}, {"id":"b"}]`, []string{`{"id":"a"}`, `{"id":"b"}`}},
		{"an empty array", JSON, `[]`, nil},
		{"several objects", JSON, "{\"id\":\"a\"}\n{\"id\":\"b\"}", []string{`{"id":"a"}`, `{"id":"b"}`}},
		{"an array that is cut off", JSON, `[{"id":"a"}, {"id"`, []string{`{"id":"a"}`, "error: record 2: broken JSON"}},
		{"an array in an array", JSON, `[[{"id":"a"}]]`, []string{"error: record 1: an array"}},
		{"a number among objects", JSON, `[1,{"id":"a"}]`, []string{"error: record 1: no JSON object", `{"id":"a"}`}},
		{"columns of others", CSV, "id,title,rating\na,One,5\nb,,\n", []string{`{"id":"a","title":"One","rating":"5"}`, `{"id":"b"}`}},
		{"words where a number is due", CSV, "id,word_count\na,many\n", []string{`{"id":"a","word_count":"many"}`}},
		{"rows of other lengths", CSV, "id,title\na\nb,Two\nc,3,4\nd,Four\n", []string{
			"error: line 2: 1 values for 2 columns", `{"id":"b","title":"Two"}`, "error: line 4: 3 values for 2 columns", `{"id":"d","title":"Four"}`}},
		{"a row with a stray quotation mark", CSV, "id,title\na,\"One\" 1\nb,Two\n", []string{
			`error: parse error on line 2, column 7: extraneous or missing " in quoted-field`, `{"id":"b","title":"Two"}`}},
		{"as Excel writes it", CSV, "\ufeffid;title\r\na;\"One; two\r\nthree\"\r\n", []string{`{"id":"a","title":"One; two\nthree"}`}},
		{"tabs", CSV, "id\ttitle\na\tOne, two\n", []string{`{"id":"a","title":"One, two"}`}},
		{"UTF-16, CSV", CSV, "\xff\xfei\x00d\x00\n\x00a\x00\n\x00", []string{`{"id":"a"}`}},
		{"UTF-16, JSON Lines", JSONL, "\xfe\xff\x00{\x00\"\x00i\x00d\x00\"\x00:\x00\"\x00\xe4\x00\"\x00}\x00\n", []string{`{"id":"ä"}`}},
		{"a mark before JSON", JSON, "\ufeff[{\"id\":\"a\"}]", []string{`{"id":"a"}`}},
		{"no rows", CSV, "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := lines(t, tt.format.Read(strings.NewReader(tt.in)))
			if len(got) != len(tt.want) {
				t.Fatalf("%q, want %q", got, tt.want)
			}
			for i, want := range tt.want {
				if got[i] != want && !(strings.HasPrefix(want, "error: ") && strings.HasPrefix(got[i], want)) {
					t.Errorf("%s, want %s", got[i], want)
				}
			}
		})
	}
}

func TestFindByEnding(t *testing.T) {
	formats := append(Formats(), Format{Name: "db", Endings: []string{".db"}})
	for path, want := range map[string]string{
		"a.jsonl": "jsonl", "dir/a.b.CSV": "csv", "a.md.gz": "markdown", "a.ndjson.zst": "jsonl", "a.db": "db",
		"a.db.gz": "db", "a": "", "a.gz": "", "jsonl": "", "a.jsonl.bak": "", "a.json.gz.gz": "",
	} {
		if f, ok := FindByEnding(formats, path); f.Name != want || ok != (want != "") {
			t.Errorf("%s: %q, want %q", path, f.Name, want)
		}
	}
}

func TestCompress(t *testing.T) {
	text := strings.Repeat("The ferry leaves at nine.\n", 1000)
	for _, ending := range []string{"", ".gz", ".zst"} {
		var buf bytes.Buffer
		for range 2 { // what is added later is a stream of its own
			w, err := Compress(&buf, ending)
			if err != nil {
				t.Fatal(err)
			}
			mustWrite(t, w, text)
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if ending != "" && buf.Len() > len(text)/10 {
			t.Errorf("%s: %d bytes", ending, buf.Len())
		}
		r, err := Decompress(&buf)
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if _, err := got.ReadFrom(r); err != nil || got.String() != text+text {
			t.Errorf("%s: %d bytes, %v", ending, got.Len(), err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestRecordsAreSafeToPrint writes a file's name that a terminal would obey. It is
// read back as it was.
func TestRecordsAreSafeToPrint(t *testing.T) {
	const name = "a\u009b31m\x7f\u202e\x1b[2Jé.html"
	for _, indent := range []string{"", "  "} {
		var buf bytes.Buffer
		r := &Record{Article: clean.Article{File: name}, Extra: map[string]json.RawMessage{"more": json.RawMessage("\"\u0090\"")}}
		if err := encode(&buf, r, indent); err != nil {
			t.Fatal(err)
		}
		if i := bytes.IndexFunc(buf.Bytes(), func(r rune) bool { return isControl(r) || r < ' ' && r != '\n' }); i >= 0 {
			t.Errorf("%q", buf.Bytes()[i:])
		}
		if back, err := Decode(buf.Bytes()); err != nil || back.File != name {
			t.Errorf("%+q, %v", back.File, err)
		}
	}
}
