package text

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"
	"unicode"
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

// TestContentHashOfWords compares with the hash of words that are listed one by one, for
// texts whose words and signs stand at each place of the buffer's end.
func TestContentHashOfWords(t *testing.T) {
	want := func(s string) string {
		words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
		h := sha256.Sum256([]byte(strings.ToLower(strings.Join(words, " "))))
		return hex.EncodeToString(h[:16])
	}
	for _, s := range []string{"", " ", "…", "a", "  A b_c. ", "Straße ½ 渡し船 42", "– Ärger – "} {
		if got := ContentHash(s); got != want(s) {
			t.Errorf("%q: %s, want %s", s, got, want(s))
		}
	}
	for n := range 40 {
		for _, tail := range []string{"", ".", "xy Z.", "é – ß", " Ö, ", "渡し船 9", "… …", strings.Repeat("Ab, é ", 300)} {
			s := strings.Repeat("w", 485+n) + tail
			if got := ContentHash(s); got != want(s) {
				t.Errorf("%d letters and %.20q: %s, want %s", 485+n, tail, got, want(s))
			}
		}
	}
}
