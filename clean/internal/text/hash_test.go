package text

import (
	"slices"
	"testing"
)

func TestHashOfWord(t *testing.T) {
	for _, s := range []string{"word", "2nd", "x", "straße", "слово", "が", "가나"} {
		if got, want := HashOfWord(s), AppendWords(nil, s); len(want) != 1 || got != want[0] {
			t.Errorf("%q: %x, want %x", s, got, want)
		}
	}
	for _, s := range []string{"", "Word", "two words", "it's", "言葉"} {
		if got := HashOfWord(s); slices.Contains(AppendWords(nil, s), got) {
			t.Errorf("%q: %x is the hash of a word of it", s, got)
		}
	}
}
