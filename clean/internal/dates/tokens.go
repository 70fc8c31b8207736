package dates

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A dateToken is a number, a word, or one sign.
type dateToken struct {
	num    int
	digits int    // of a number, else 0
	word   string // lower case, of a word
	sign   byte
	unit   rune // of a sign: the one for year, month or day that it stands for
	glued  bool // of a number: a Latin letter stands right before it
}

// maxDateTokens is how much of a string is read for a date: several times what the
// longest form of a date has, with its label and time.
const maxDateTokens = 48

// maxDigits is how many digits of a number are read: what fits into 64 bits.
const maxDigits = 18

// dateTokens cuts the head of s into tokens. Digits of any script count.
func dateTokens(s string, buf []dateToken) []dateToken {
	toks := buf[:0]
	for i := 0; i < len(s) && len(toks) < maxDateTokens; {
		r, n := utf8.DecodeRuneInString(s[i:])
		if v, ok := DigitOf(r); ok {
			t := dateToken{glued: i > 0 && isLatin(s[i-1])}
			for ok && t.digits < maxDigits {
				t.num = t.num*10 + v
				t.digits++
				i += n
				r, n = utf8.DecodeRuneInString(s[i:])
				v, ok = DigitOf(r)
			}
			toks = append(toks, t)
			continue
		}
		switch {
		case isCJKDateSign(r):
			toks = append(toks, dateToken{sign: '.', unit: r})
		case isWordSign(r):
			from := i
			for i < len(s) && (isWordSign(r) || r == '\u200d') && !isCJKDateSign(r) {
				i += n
				r, n = utf8.DecodeRuneInString(s[i:])
			}
			word := strings.ToLower(s[from:i])
			if num, ok := numeral(word); ok && isCJKDateSign(r) {
				toks = append(toks, dateToken{num: num, digits: len(strconv.Itoa(num))})
				continue
			}
			toks = append(toks, dateToken{word: word})
			continue
		case r == ' ' || r == '\u00a0' || r == '\u200e' || r == '\u200f' || r == '\u202f' || r == '\t' || r == '\n':
		case r < utf8.RuneSelf:
			toks = append(toks, dateToken{sign: byte(r)})
		case r == '–' || r == '‑' || r == '−' || r == '—':
			toks = append(toks, dateToken{sign: '-'})
		case r == '．' || r == '·' || r == '•' || r == '・':
			toks = append(toks, dateToken{sign: '.'})
		case r == '／':
			toks = append(toks, dateToken{sign: '/'})
		case r == '：':
			toks = append(toks, dateToken{sign: ':'})
		default:
			toks = append(toks, dateToken{sign: ','})
		}
		i += n
	}
	return toks
}

// mayHaveDay reports whether a text may have a day: it has two numbers, one of eight digits
// or more, or a letter of a script that may have numbers of its own.
func mayHaveDay(s string) bool {
	numbers, digits := 0, 0
	for k := 0; k < len(s); k++ {
		switch c := s[k]; {
		case c >= 0xd9 && c != 0xe2: // from U+0660 on; dashes and quotation marks are from U+2000 on
			return true
		case c-'0' >= 10:
			digits = 0
			continue
		}
		if digits++; digits == 1 {
			numbers++
		}
		if numbers == 2 || digits == 8 {
			return true
		}
	}
	return false
}

func isLatin(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// isWordSign reports whether r is part of a word. The Chinese zero is, though
// Unicode counts it among the numbers.
func isWordSign(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || r == '〇' }

// isCJKDateSign reports whether r is the Chinese, Japanese or Korean sign for
// year, month or day.
func isCJKDateSign(r rune) bool {
	return r == '年' || r == '月' || r == '日' || r == '년' || r == '월' || r == '일'
}

// DigitOf reads a decimal digit of the scripts that dates are printed in.
func DigitOf(r rune) (int, bool) {
	if r >= '0' && r <= '9' {
		return int(r - '0'), true
	}
	if r < 0x660 {
		return 0, false
	}
	// Arabic-Indic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil,
	// Telugu, Kannada, Malayalam, Thai, Lao, Tibetan, Myanmar, Khmer, full width.
	for _, zero := range [...]rune{0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0xFF10} {
		if r >= zero && r < zero+10 {
			return int(r - zero), true
		}
	}
	return 0, false
}

// ASCIILetters counts the letters of ASCII in a text: what is not collapsed of it.
func ASCIILetters(s string) (n int) {
	for k := range len(s) {
		if isLatin(s[k]) {
			n++
		}
	}
	return n
}
