package output

import (
	"bytes"
	"testing"
)

// FuzzRead: whatever the bytes, the readers of files end, and what one has read is
// the same after it was written and read again.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		`{"id":"a","title":"b","x":[1,{"y":null}]}` + "\n" + `{"id":1}`, "[{\"id\":\"a\"},\n{}]", "id,title,authors\na,b,\"[{\"\"name\"\":\"\"c\"\"}]\"\n", "\ufeff{}\n\n",
		`{"id":"\ud800","title":"\u009b"}`, `{"id":"a","id":"b"}`, "id\n\"a\nb\"\n", `{"images":[{"url":1e400}],"word_count":"x"}`, `[[{}]]`, "{", "id\n\xa2", "]}\n{\"\":1e", "[]]", "a,a\n1,2\n",
	} {
		f.Add([]byte(s))
	}
	formats := []Format{JSONL, JSON, CSV}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, format := range formats {
			n := 0
			for r, err := range format.Read(bytes.NewReader(b)) {
				if n++; n > len(b)+1 {
					t.Fatalf("%s: %d records of %d bytes", format.Name, n, len(b))
				}
				if err != nil {
					if r != nil {
						t.Errorf("%s: a record and an error", format.Name)
					}
					continue
				}
				checkAgain(t, r)
			}
		}
	})
}

// checkAgain writes a record as JSON, reads it and writes it again.
func checkAgain(t *testing.T, r *Record) {
	t.Helper()
	var first, second bytes.Buffer
	if err := encode(&first, r, ""); err != nil {
		return // values that JSON has no form for
	}
	again, err := Decode(first.Bytes())
	if err != nil {
		t.Errorf("%v: %s", err, first.Bytes())
		return
	}
	if err := encode(&second, again, ""); err != nil || !equalJSON(first.Bytes(), second.Bytes()) {
		t.Errorf("%v\n%s\nread and written again\n%s", err, first.Bytes(), second.Bytes())
	}
}
