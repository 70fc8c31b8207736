package judge

import (
	"strings"
	"testing"

	"newsclip/clean/internal/text"
)

// A word of the model is found where a page has it.
func TestModelWordsAreSingleWords(t *testing.T) {
	n := 0
	err := ReadOdds("model/words.txt", func(w string, _ float32) {
		n++
		if got, want := text.HashOfWord(w), text.AppendWords(nil, w); len(want) != 1 || got != want[0] {
			t.Errorf("%q: %x, want %x", w, got, want)
		}
	})
	if err != nil || n == 0 {
		t.Errorf("%d words: %v", n, err)
	}
}

// TestModelColumns has models with other columns than the program's refused,
// by the first that differs.
func TestModelColumns(t *testing.T) {
	column := func(k int) string { return [...]string{"words", "links", "depth"}[k] }
	for _, c := range []struct{ columns, want string }{
		{"words links depth", ""},
		{"words depth links", `column 1 is "depth", want "links"`},
		{"words links", `column 2 is missing, want "depth"`},
		{"words links depth brs", `column 3 is "brs", want no more than 3 columns`},
	} {
		got := ""
		if err := checkColumns(strings.Fields(c.columns), 3, column); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.columns, got, c.want)
		}
	}
	// The embedded models, read for other columns than theirs.
	other := func(k int) string { return "other-" + BlockColumn(k) }
	if _, err := ReadForest("model/first.txt", NBase, other); err == nil || !strings.Contains(err.Error(), `model/first.txt: column 0 is "words", want "other-words"`) {
		t.Errorf("a model of other columns is read: %v", err)
	}
	if _, err := ReadForest("model/first.txt", NAll, BlockColumn); err == nil {
		t.Error("the first model is read as the second")
	}
}
