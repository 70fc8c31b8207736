package filter

import (
	"testing"

	"newsclip/output"
)

func record(t *testing.T, object string) *output.Record {
	t.Helper()
	r, err := output.Decode([]byte(object))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestKeep(t *testing.T) {
	gone := `{"id":"x","error":{"code":"gone","message":"m"}}`
	near := func(text, key string) string {
		if text == "near" {
			return "an earlier one"
		}
		return ""
	}
	tests := []struct {
		name    string
		o       Options
		objects []string
		keeps   []bool
		dropped string
	}{
		{"everything", Options{}, []string{`{}`, gone, `{"kind":"index"}`}, []bool{true, true, true}, ""},
		{"kinds", Options{Kinds: []string{"article", "video"}}, []string{`{"kind":"article"}`, `{"kind":"index"}`, `{"kind":"video"}`, `{}`, gone}, []bool{true, false, true, false, true}, "2 of another kind"},
		{"languages", Options{Languages: []string{"en", "pt-BR"}}, []string{`{"language":"en-GB"}`, `{"language":"EN"}`, `{"language":"eng"}`, `{"language":"pt"}`, `{"language":"pt-br"}`, `{}`}, []bool{true, true, false, false, true, false}, "3 in another language"},
		{"confidence", Options{MinConfidence: .9}, []string{`{"confidence":0.9}`, `{"confidence":0.89}`, `{}`}, []bool{true, false, false}, "2 of less confidence"},
		{"words", Options{MinWords: 100}, []string{`{"word_count":100}`, `{"word_count":99}`}, []bool{true, false}, "1 with fewer words"},
		{"equal texts", Options{Duplicates: true}, []string{`{"text":"a","content_hash":"1"}`, `{"text":"A","content_hash":"1"}`, `{"text":"b"}`, `{"text":"b"}`, `{}`, `{}`, `{"text":"c","duplicate_of":"d"}`}, []bool{true, false, true, false, true, true, false}, "3 duplicates"},
		{"near texts", Options{Duplicates: true, Nearest: near}, []string{`{"text":"far"}`, `{"text":"near"}`}, []bool{true, false}, "1 duplicates"},
		{"near texts that are wanted", Options{Nearest: near}, []string{`{"text":"near"}`}, []bool{true}, ""},
		// What another reason leaves out is no earlier text.
		{"several", Options{Duplicates: true, MinWords: 2}, []string{`{"text":"a","word_count":1}`, `{"text":"a","word_count":2}`}, []bool{false, true}, "1 with fewer words"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := New(tt.o)
			for i, o := range tt.objects {
				if got := f.Keep(record(t, o)); got != tt.keeps[i] {
					t.Errorf("%s: %t", o, got)
				}
			}
			if got := f.Dropped(); got != tt.dropped {
				t.Errorf("%q, want %q", got, tt.dropped)
			}
		})
	}
}
