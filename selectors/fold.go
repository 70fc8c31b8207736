package selectors

import (
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
	for r := rune(0); r < 0x250; r++ {
		f[r] = uint16(foldSlow(r, buf[:]))
	}
	for r := rune(0x370); r < 0x530; r++ {
		f[r] = uint16(foldSlow(r, buf[:]))
	}
	for r := rune(0x1e00); r < 0x2000; r++ {
		f[r] = uint16(foldSlow(r, buf[:]))
	}
	return &f
})

// foldTable has what a letter folds to, or 0.
type foldTable [0x2000]uint16

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

// fold returns r in lower case and without accents, 0 for a sign that is
// not seen, and a space for every kind of space.
func (f *foldTable) fold(r rune) rune {
	switch {
	case r < 0x2000 && f[r] != 0:
		switch r = rune(f[r]); r {
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
	case r >= 0x300 && r < 0x370, r == 0x640, r >= 0x64b && r <= 0x65f:
		return 0 // combining accents, Arabic tatweel and vowel signs
	case r >= 0x600 && r < 0x700:
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
	case r == 'ⓒ' || r == 'Ⓒ':
		return '©'
	case r >= 0xfe00 && r <= 0xfe0f || r == 0xfeff:
		return 0 // variation selectors, byte order mark
	case r > 0xff00 && r < 0xff5f:
		return unicode.ToLower(r - 0xff00 + 0x20) // full-width ASCII
	}
	return unicode.ToLower(r)
}

// appendFolded appends the folded form of line to buf: fold of its signs,
// runs of spaces as one, numbers as '#', no space before a colon, nothing
// before the first letter, number or ©. It stops after limit bytes, maxFolded
// at most, and returns false then.
func appendFolded(buf []byte, line string, limit int) ([]byte, bool) {
	table, start := folds(), len(buf)
	for k := 0; k < len(line); {
		if len(buf)-start > limit-utf8.UTFMax {
			return buf, false
		}
		c := line[k]
		if c >= 'a' && c <= 'z' {
			buf = append(buf, c)
			k++
			continue
		}
		n := len(buf)
		if c == ' ' {
			if n > start && buf[n-1] != ' ' {
				buf = append(buf, ' ')
			}
			k++
			continue
		}
		r, size := rune(c), 1
		if c >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(line[k:])
		}
		k += size
		if r == 'ß' || r == 'ẞ' {
			buf = append(buf, "ss"...)
			continue
		}
		r = table.fold(r)
		switch {
		case r == 0:
		case r >= '0' && r <= '9' || r > utf8.RuneSelf && unicode.IsDigit(r):
			if n-start >= 2 && buf[n-2] == '#' && (buf[n-1] == '.' || buf[n-1] == ',') {
				buf = buf[:n-1] // 1,234 is one number
			} else if n == start || buf[n-1] != '#' {
				buf = append(buf, '#')
			}
		case n == start && r != '©' && r != '#' && !unicode.IsLetter(r):
		case r == ' ':
			if buf[n-1] != ' ' {
				buf = append(buf, ' ')
			}
		case r == ':' && buf[n-1] == ' ':
			buf[n-1] = ':'
		default:
			buf = utf8.AppendRune(buf, r)
		}
	}
	return buf, true
}

// trimEnd cuts what is no letter and no number off the end of a folded line.
// Marks stay: the vowel signs of Hindi and Thai are marks.
func trimEnd(b []byte) []byte {
	for len(b) > 0 {
		r, n := utf8.DecodeLastRune(b)
		if r == '#' || r == '©' || unicode.IsLetter(r) || unicode.IsMark(r) {
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
