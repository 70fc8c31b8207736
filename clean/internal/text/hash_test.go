package text

import "testing"

func TestHashOfWord(t *testing.T) {
	for _, s := range []string{"word", "2nd", "x", "", "Word", "two words", "straße", "it's", "a_b"} {
		var want []uint64
		EachWord(s, func(h uint64) { want = append(want, h) })
		h, ok := HashOfWord(s)
		if plain := s == "word" || s == "2nd" || s == "x"; ok != plain || ok && (len(want) != 1 || h != want[0]) {
			t.Errorf("%q: %x %v, want %x", s, h, ok, want)
		}
	}
}
