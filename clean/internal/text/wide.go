package text

import (
	"sync"
	"unicode"
)

// A wideKind is what a sign outside ASCII is.
type wideKind uint8

const (
	isLetter wideKind = 1 << iota
	isDigit
	isUpper
	hasLower // its small form is another sign
)

// kindOf returns what a sign outside ASCII is. Those of alphabets are looked up.
func kindOf(r rune) wideKind {
	if r < alphabets {
		return wideKinds()[r]
	}
	return findKind(r)
}

// alphabets is the end of the blocks of Latin, Greek, Cyrillic and Hebrew.
const alphabets = 0x600

var wideKinds = sync.OnceValue(func() *[alphabets]wideKind {
	var t [alphabets]wideKind
	for r := range t {
		t[r] = findKind(rune(r))
	}
	return &t
})

// isPunctuation reports whether a sign is in the block of dashes, quotation marks and
// spaces, which texts have most of outside their alphabet. It has no letter, digit or mark.
func isPunctuation(r rune) bool { return r >= 0x2000 && r < 0x2070 }

func findKind(r rune) (k wideKind) {
	if isPunctuation(r) {
		return 0
	}
	if unicode.IsLetter(r) {
		k = isLetter
	} else if unicode.IsDigit(r) {
		k = isDigit
	}
	if CJK(r) {
		return k // without capitals
	}
	if unicode.IsUpper(r) {
		k |= isUpper
	}
	if unicode.ToLower(r) != r {
		k |= hasLower
	}
	return k
}

// CJK reports whether a letter's script is written without spaces, so that
// every letter counts as a word.
func CJK(r rune) bool {
	return r >= 0x2e80 && (r < 0xa000 || r >= 0xf900 && r < 0xfb00 || r >= 0x20000 && r < 0x30000)
}

// endsWide reports whether a sign outside ASCII ends a sentence.
func endsWide(r rune) bool {
	switch r {
	case '。', '！', '？', '।', '؟', '…':
		return true
	}
	return false
}
