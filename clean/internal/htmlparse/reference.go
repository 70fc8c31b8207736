package htmlparse

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// rawData returns s with U+FFFD for NUL, and with references its character
// references resolved.
func (z *tokenizer) rawData(s string, references bool) string {
	if z.hasNUL {
		s = z.replaceNUL(s)
	}
	if references {
		// As x/net: those of comments and CDATA sections too.
		s = z.decode(s, false)
	}
	return s
}

func (z *tokenizer) attributeValue(s string) string {
	if z.hasNUL {
		s = z.replaceNUL(s)
	}
	return z.decode(s, true)
}

// refers reports whether there is an ampersand in a part of the page, which comes after
// those that it was asked of before: most parts are short and have none, and the next one
// is searched for once.
func (z *tokenizer) refers(from, to int) bool {
	if z.ampersand < from {
		k := strings.IndexByte(z.src[from:], '&')
		if k < 0 {
			k = len(z.src)
		}
		z.ampersand = from + k
	}
	return z.ampersand < to
}

// decode returns s with its character references resolved (13.2.5.72 to 80).
func (z *tokenizer) decode(s string, attribute bool) string {
	var b *strings.Builder
	from, at := 0, 0 // of what b has from s; of the next search
	start := 0       // in b
	for {
		k := strings.IndexByte(s[at:], '&')
		if k < 0 {
			break
		}
		at += k
		r, r2, n := reference(s[at:], attribute)
		if n == 0 {
			at++
			continue
		}
		if b == nil {
			b = z.room(len(s))
			start = b.Len()
		}
		b.WriteString(s[from:at])
		b.WriteRune(r)
		if r2 != 0 {
			b.WriteRune(r2)
		}
		at += n
		from = at
	}
	if b == nil {
		return s
	}
	b.WriteString(s[from:])
	return b.String()[start:]
}

// longestName is the length of "&CounterClockwiseContourIntegral;", the longest
// named reference.
const longestName = 33

// reference reads the character reference that s begins with: one character or
// two, and its length. The length is 0 where it is none.
func reference(s string, attribute bool) (r, r2 rune, n int) {
	if len(s) < 3 {
		return namedReference(s, attribute)
	}
	if s[1] == '#' {
		return numericReference(s)
	}
	// The most frequent by far.
	switch {
	case strings.HasPrefix(s, "&amp;"):
		return '&', 0, len("&amp;")
	case strings.HasPrefix(s, "&quot;"):
		return '"', 0, len("&quot;")
	case strings.HasPrefix(s, "&nbsp;"):
		return '\u00a0', 0, len("&nbsp;")
	case strings.HasPrefix(s, "&lt;"):
		return '<', 0, len("&lt;")
	case strings.HasPrefix(s, "&gt;"):
		return '>', 0, len("&gt;")
	}
	return namedReference(s, attribute)
}

func numericReference(s string) (r, r2 rune, n int) {
	n = len("&#")
	base := rune(10)
	if s[n] == 'x' || s[n] == 'X' {
		base = 16
		n++
	}
	digits := n
	for n < len(s) {
		d := digit(s[n])
		if d >= base {
			break
		}
		if r <= utf8.MaxRune {
			r = base*r + d
		}
		n++
	}
	if n == digits {
		return 0, 0, 0
	}
	if n < len(s) && s[n] == ';' {
		n++
	}
	switch {
	case r == 0, !utf8.ValidRune(r):
		r = utf8.RuneError
	case 0x80 <= r && r <= 0x9f:
		// The characters of Windows-1252: the library has the table.
		r, _ = utf8.DecodeRuneInString(html.UnescapeString(s[:n]))
	}
	return r, 0, n
}

// digit returns the value of a digit to the base 16, and 16 for anything else.
func digit(c byte) rune {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10
	}
	return 16
}

// namedReference looks up the longest name that s begins with. The table of names
// is the library's.
func namedReference(s string, attribute bool) (r, r2 rune, n int) {
	n = 1
	for n < len(s) && n < longestName && (isLetter(s[n]) || '0' <= s[n] && s[n] <= '9') {
		n++
	}
	if n == 1 {
		return 0, 0, 0
	}
	whole := n == len(s) || !isLetter(s[n]) && !('0' <= s[n] && s[n] <= '9')
	switch {
	case n < len(s) && s[n] == ';':
		n++
	case attribute && (!whole || n < len(s) && s[n] == '='):
		return 0, 0, 0
	}
	name := s[:n]
	text := html.UnescapeString(name)
	if text == name {
		return 0, 0, 0
	}
	r, size := utf8.DecodeRuneInString(text)
	rest := text[size:]
	switch {
	case rest == "":
		return r, 0, n
	case !strings.HasSuffix(name, rest):
		r2, _ = utf8.DecodeRuneInString(rest)
		return r, r2, n
	case attribute:
		// A name goes on in letters: it is a part of an address.
		return 0, 0, 0
	}
	return r, 0, n - len(rest)
}
