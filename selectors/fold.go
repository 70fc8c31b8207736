package selectors

import (
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxFolded is how many bytes of a folded line are looked at: more than any
// phrase of the table has, so that a longer line is no phrase.
const maxFolded = 128

// firstFolded is enough for most lines' first word.
const firstFolded = 24

// folds maps the letters of the Latin, Greek and Cyrillic blocks to lower case
// without accents. Publishers set headings in capitals and drop the accents
// there ("A LIRE AUSSI", "ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ"), so both sides are compared
// without.
var folds = sync.OnceValue(func() *foldTable {
	var f foldTable
	var buf [utf8.UTFMax]byte
	for _, block := range [...][2]rune{{0, 0x250}, {0x370, 0x530}, {0x1e00, 0x2000}} {
		for r := block[0]; r < block[1]; r++ {
			if f[r] = uint16(foldLetter(foldSlow(r, buf[:]))); f[r] == 0 {
				f[r] = unseen
			}
		}
	}
	return &f
})

// foldTable has what a letter folds to, unseen, or 0 where it is not known.
type foldTable [0x2000]uint16

// unseen stands for a sign that is not seen.
const unseen = 0xffff

func foldSlow(r rune, buf []byte) rune {
	if r < utf8.RuneSelf {
		return unicode.ToLower(r)
	}
	// Properties allocates nothing.
	if d := norm.NFD.Properties(buf[:utf8.EncodeRune(buf, r)]).Decomposition(); d != nil {
		r, _ = utf8.DecodeRune(d)
	}
	return unicode.ToLower(r)
}

// foldLetter is fold of what foldSlow has returned.
func foldLetter(r rune) rune {
	switch r {
	case '\t', '\n', '\r', '\f', '\v', 0xa0:
		return ' '
	case 0xad: // soft hyphen
		return 0
	case 'ı':
		return 'i'
	case 'ς':
		return 'σ'
	case '`', '´', 'ʼ':
		return '\''
	case '«', '»':
		return '"'
	}
	return r
}

// fold returns r in lower case and without accents, 0 for a sign that is
// not seen, and a space for every kind of space.
func (f *foldTable) fold(r rune) rune {
	if r < 0x2000 && f[r] != 0 {
		if f[r] == unseen {
			return 0
		}
		return rune(f[r])
	}
	switch {
	case r >= 0x300 && r < 0x370, r == 0x640, r >= 0x64b && r <= 0x65f:
		return 0 // combining accents, Arabic tatweel and vowel signs
	case r >= 0x600 && r < 0x700:
		switch {
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		}
		switch r {
		case 'أ', 'إ', 'آ':
			return 'ا'
		case 'ي', 'ى':
			return 'ی'
		case 'ك':
			return 'ک'
		}
	case r >= 0x2000 && r < 0x2070:
		switch {
		case r == 0x200c: // zero-width non-joiner: a space to most who type
			return ' '
		case r <= 0x200a || r == 0x2028 || r == 0x2029 || r == 0x202f:
			return ' '
		case r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060:
			return 0
		case r <= 0x2015:
			return '-'
		case r == '‘' || r == '’' || r == '‚' || r == '‛' || r == '′':
			return '\''
		case r == '“' || r == '”' || r == '„' || r == '″':
			return '"'
		}
	case r == 0x3000:
		return ' '
	case r >= 0x900 && r < 0xd80 && r&0x7f >= 0x66 && r&0x7f < 0x70:
		return r&0x7f - 0x66 + '0' // the digits of the scripts of India
	case r >= 0x700 && r < 0x10a0, r >= 0x2e80 && r < 0xa640, r >= 0xac00 && r < 0xd7b0:
		return r // scripts without capitals
	case r == 'ⓒ' || r == 'Ⓒ':
		return '©'
	case r >= 0xfe00 && r <= 0xfe0f || r == 0xfeff:
		return 0 // variation selectors, byte order mark
	case r > 0xff00 && r < 0xff5f:
		return unicode.ToLower(r - 0xff00 + 0x20) // full-width ASCII
	}
	return unicode.ToLower(r)
}

// plainFolds has what those signs of ASCII are folded to that are folded alone, whatever
// stands before them but for a space before a space; 0 for the others.
var plainFolds = func() (t [256]byte) {
	for c := rune(' '); c <= '~'; c++ {
		if c != ':' && !isDigit(c) {
			t[c] = byte(foldLetter(unicode.ToLower(c)))
		}
	}
	return t
}()

// appendFolded appends the folded form of line to buf: fold of its signs,
// runs of spaces as one, numbers as '#', no space before a colon, nothing
// before the first letter, number or ©. It stops after limit bytes, maxFolded
// at most, and returns false then.
func appendFolded(buf []byte, line string, limit int) ([]byte, bool) {
	table, start := folds(), len(buf)
	n, last := start, start+limit-utf8.UTFMax
	buf = slices.Grow(buf, limit)[:start+limit]
	for k := 0; k < len(line); {
		if n > last {
			return buf[:n], false
		}
		from := k
		for n > start && n <= last && k < len(line) {
			c := plainFolds[line[k]]
			if c == 0 || buf[n-1]+c == 2*' ' {
				break
			}
			buf[n] = c
			n++
			k++
		}
		if k > from {
			continue
		}
		r, size := rune(line[k]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(line[k:])
		}
		k += size
		if r == 'ß' || r == 'ẞ' {
			n += copy(buf[n:], "ss")
			continue
		}
		r = table.fold(r)
		switch {
		case r == 0:
		case isDigit(r):
			if n-start >= 2 && buf[n-2] == '#' && (buf[n-1] == '.' || buf[n-1] == ',') {
				n-- // 1,234 is one number
			} else if n == start || buf[n-1] != '#' {
				buf[n] = '#'
				n++
			}
		case n == start && r != '©' && r != '#' && !isLetter(r):
		case r == ' ':
			if buf[n-1] != ' ' {
				buf[n] = ' '
				n++
			}
		case r == ':' && buf[n-1] == ' ':
			buf[n-1] = ':'
		case r < utf8.RuneSelf:
			buf[n] = byte(r)
			n++
		default:
			n += utf8.EncodeRune(buf[n:], r)
		}
	}
	return buf[:n], true
}

// isLetter is unicode.IsLetter, fast for the commonest letters.
func isLetter(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r|0x20 >= 'a' && r|0x20 <= 'z'
	case r >= 0x400 && r < 0x482, r >= 0x4e00 && r < 0xa000, r >= 0xac00 && r < 0xd7a4:
		return true
	}
	return unicode.IsLetter(r)
}

// isDigit is unicode.IsDigit, fast for what is none.
func isDigit(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r >= '0' && r <= '9'
	case r < 0x660, r >= 0x2e80 && r < 0xa000, r >= 0xac00 && r < 0xd7b0:
		return false
	}
	return unicode.IsDigit(r)
}

// trimEnd cuts what is no letter and no number off the end of a folded line.
// Marks stay: the vowel signs of Hindi and Thai are marks.
func trimEnd(b []byte) []byte {
	for len(b) > 0 {
		if b[len(b)-1]-'a' < 26 {
			break
		}
		r, n := utf8.DecodeLastRune(b)
		if r == '#' || r == '©' || isLetter(r) || unicode.IsMark(r) {
			break
		}
		b = b[:len(b)-n]
	}
	return b
}

// unspaced reports whether words of r's script are written without spaces
// between them, or with endings that no space sets off.
func unspaced(r rune) bool {
	return r >= 0x0e00 && r < 0x0f00 || r >= 0x3040 && r < 0xa000 || r >= 0xac00 && r < 0xd7b0
}
