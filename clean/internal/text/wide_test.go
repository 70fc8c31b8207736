package text

import (
	"testing"
	"unicode"
)

// TestKindOf compares what is known of all signs outside ASCII with package unicode.
func TestKindOf(t *testing.T) {
	for r := rune(unicode.MaxASCII + 1); r <= unicode.MaxRune; r++ {
		k := kindOf(r)
		if k&isLetter != 0 != unicode.IsLetter(r) || k&isDigit != 0 != unicode.IsDigit(r) ||
			k&isUpper != 0 != unicode.IsUpper(r) || k&hasLower != 0 != (unicode.ToLower(r) != r) {
			t.Errorf("%U: got %b", r, k)
		}
	}
}
