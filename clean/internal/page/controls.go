package page

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

func isC1(r rune) bool { return r >= '\u0080' && r <= '\u009f' }

// repairC1 returns s without C1 controls. A text holds them that was once read as
// ISO-8859-1: where they and the letter before them are the bytes of a sign in UTF-8,
// it is put in their place; elsewhere it is the sign that windows-1252 has there, as
// in a character reference (HTML 13.2.5.80). Those that are neither are left out.
func repairC1(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for len(s) > 0 {
		if r, n := twiceEncoded(s); n > 0 {
			b.WriteRune(r)
			s = s[n:]
			continue
		}
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case !isC1(r):
			b.WriteString(s[:n])
		default:
			if v := charmap.Windows1252.DecodeByte(byte(r)); v != utf8.RuneError && !isC1(v) {
				b.WriteRune(v)
			}
		}
		s = s[n:]
	}
	return b.String()
}

// twiceEncoded returns the sign whose bytes in UTF-8 are the signs that s begins
// with, a C1 control among them, and the length of these; 0 where there is none.
func twiceEncoded(s string) (rune, int) {
	var bytes [utf8.UTFMax]byte
	n, at, c1 := 0, 0, false
	for n < len(bytes) && at < len(s) {
		r, size := utf8.DecodeRuneInString(s[at:])
		if r < 0x80 || r > 0xff || n == 0 && r < 0xc2 {
			break
		}
		bytes[n] = byte(r)
		n, at, c1 = n+1, at+size, c1 || isC1(r)
		if r, size := utf8.DecodeRune(bytes[:n]); r != utf8.RuneError && size == n {
			if c1 && !isC1(r) {
				return r, at
			}
			break
		}
	}
	return 0, 0
}

// NoControls returns s without the characters that a terminal obeys or that turn
// text around; see also repairC1. Tabs and line breaks stay. It is s itself where
// there are none.
func NoControls(s string) string {
	if !hasControl(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == '\u007f' || r == '\u202d' || r == '\u202e' {
			return -1
		}
		return r
	}, repairC1(s))
}

func hasControl(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c-' ' < 0x7f-' ': // most
		case c < ' ' && c != '\t' && c != '\n', c == 0x7f:
			return true
		case c < utf8.RuneSelf || i+1 == len(s):
		case c == 0xc2 && s[i+1] < 0xa0: // C1
			return true
		case c == 0xe2 && s[i+1] == 0x80 && i+2 < len(s) && (s[i+2] == 0xad || s[i+2] == 0xae): // U+202D, U+202E
			return true
		}
	}
	return false
}

// EscapeControls returns an address without tabs and line breaks, and with the other
// control characters escaped, as browsers read it (URL Standard, 4.4).
func EscapeControls(ref string) string {
	if !hasControl(ref) && !strings.ContainsAny(ref, "\t\n") {
		return ref
	}
	var b strings.Builder
	for _, r := range ref {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
		case r < ' ' || r >= '\u007f' && r <= '\u009f' || r == '\u202d' || r == '\u202e':
			b.WriteString(url.PathEscape(string(r)))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
