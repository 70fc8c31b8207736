package names

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Key makes two spellings of a name equal: its letters and digits, lower
// case, without spaces or signs.
func Key(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, c := range s {
		switch {
		case !isPart(c):
		case c < utf8.RuneSelf:
			b.WriteByte(byte(unicode.ToLower(c)))
		default:
			b.WriteRune(unicode.ToLower(c))
		}
	}
	return b.String()
}

// HasKey reports whether key is the [Key] of s.
func HasKey(s, key string) bool {
	var buf [utf8.UTFMax]byte
	for _, c := range s {
		if !isPart(c) {
			continue
		}
		n := utf8.EncodeRune(buf[:], unicode.ToLower(c))
		if len(key) < n || key[:n] != string(buf[:n]) {
			return false
		}
		key = key[n:]
	}
	return key == ""
}

// isPart reports whether c is a part of a word.
func isPart(c rune) bool {
	if c < utf8.RuneSelf {
		return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
	}
	// The block of dashes and quotation marks is left out at once.
	return (c < 0x2000 || c >= 0x2070) && (unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c))
}

// maxCompared is how many bytes of a text Words reads. What is longer is no title, section
// or name.
const maxCompared = 4096

// Words returns the lower-case words of s. The marks of a letter belong to its word,
// unlike in the words of package text: titles, sections and names are compared as they
// are spelled.
func Words(s string) []string {
	var words []string
	for w := range eachWord(strings.ToLower(s[:min(len(s), maxCompared)])) {
		if words == nil {
			words = make([]string, 0, commonWords)
		}
		words = append(words, w)
	}
	return words
}

// commonWords is as many words as most titles and names have.
const commonWords = 16

// CountWords returns how many [Words] s has.
func CountWords(s string) (n int) {
	for range eachWord(s[:min(len(s), maxCompared)]) {
		n++
	}
	return n
}

// eachWord yields the words of s as they are spelled.
func eachWord(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		from := -1
		for k, c := range s {
			switch part := isPart(c); {
			case part && from < 0:
				from = k
			case !part && from >= 0:
				if !yield(s[from:k]) {
					return
				}
				from = -1
			}
		}
		if from >= 0 {
			yield(s[from:])
		}
	}
}
