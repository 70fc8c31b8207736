package articles

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"newsclip/output"
)

// TestSkipWritten delivers records again, as a repaired frontier does.
func TestSkipWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.jsonl")
	const held = `{"id":"a","title":"One"}` + "\n" + `{"id":"b","revision":1}` + "\n"
	if err := os.WriteFile(path, []byte(held+`{"id":"c","ti`), 0o666); err != nil {
		t.Fatal(err)
	}
	s, err := NewSink(path, nil, output.JSONL)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	note, err := json.Marshal(sinkNote{"/elsewhere/out.jsonl", 5})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Resume(note); err != nil {
		t.Fatal(err)
	}
	if err := s.SkipWritten(); err != nil {
		t.Fatal(err)
	}
	for _, r := range []string{`{"id":"a"}`, `{"id":"b"}`, `{"id":"b","revision":2}`, `{"id":"c"}`, `{"id":"c"}`, `{"id":"a","revision":1}`} {
		if err := s.Write([]byte(r + "\n")); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Commit(); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	want := held + `{"id":"b","revision":2}` + "\n" + `{"id":"c"}` + "\n" + `{"id":"a","revision":1}` + "\n"
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}
