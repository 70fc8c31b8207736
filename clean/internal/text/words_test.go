package text

import (
	"slices"
	"testing"
)

// TestReadWords holds the counts of one pass against texts in scripts with and
// without spaces.
func TestReadWords(t *testing.T) {
	for _, c := range []struct {
		name, text    string
		words, sents  int32
		toks, letters int
	}{
		{"sentence", "The ferry left. It did not come back!", 8, 2, 8, 28},
		{"apostrophes part words", "don't", 2, 0, 2, 4},
		{"digits are words", "in 1987", 2, 0, 2, 2},
		{"Cyrillic", "Паром ушёл.", 2, 1, 2, 9},
		{"two ideographs are a word", "渡船离开了。", 3, 1, 5, 5},
		{"signs alone", "— … · |", 0, 1, 0, 0},
		{"empty", "", 0, 0, 0, 0},
	} {
		_, words, sents, sp, toks := ReadWords(c.text, nil)
		if words != c.words || sents != c.sents || len(toks) != c.toks || int(sp.Letters) != c.letters {
			t.Errorf("%s: %d words, %d sentences, %d hashes, %d letters; want %d, %d, %d, %d",
				c.name, words, sents, len(toks), sp.Letters, c.words, c.sents, c.toks, c.letters)
		}
	}
}

// TestReadWordsSpelling reads the signs that tell captions, bylines and
// navigation from sentences.
func TestReadWordsSpelling(t *testing.T) {
	_, _, _, sp, _ := ReadWords("Foto: Ida Berg © Kai/dpa | mail@example.org, 12", nil)
	if !sp.Copyright || !sp.At || !sp.Pipe || sp.Commas != 1 || sp.Digits != 2 || sp.Capitals != 4 {
		t.Errorf("got %+v", sp)
	}
}

// TestHashesIgnoreCase has words be the same whatever their case, and texts
// differ by order.
func TestHashesIgnoreCase(t *testing.T) {
	a, b := AppendWords(nil, "Ölmühle am FLUSS"), AppendWords(nil, "ölmühle AM Fluss")
	if !slices.Equal(a, b) {
		t.Errorf("%x and %x differ", a, b)
	}
	x, _, _ := Scan("am fluss")
	y, _, _ := Scan("fluss am")
	if x == y {
		t.Error("texts in another order have one hash")
	}
}
