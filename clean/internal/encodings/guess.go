package encodings

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// minThai is how many vowels and marks that stand at one side of a consonant a text has
// at least that is taken for Thai.
const minThai = 20

// looksThai reports whether the signs beyond ASCII in b can be Thai in windows-874, which
// the detector does not know. Its vowels and marks above and below stand behind a
// consonant, and the vowels that are written first stand before one.
func looksThai(b []byte) bool {
	high, marks, bad := 0, 0, 0
	consonant := func(k int) bool { return k >= 0 && k < len(b) && b[k] >= 0xA1 && b[k] <= 0xCE }
	for k, c := range b {
		if c < utf8.RuneSelf {
			continue
		}
		high++
		switch {
		case c >= 0xE0 && c <= 0xE4:
			marks++
			if !consonant(k + 1) {
				bad++
			}
		case c == 0xD1 || c >= 0xD4 && c <= 0xD9 || c >= 0xE7 && c <= 0xEC:
			marks++
			if !consonant(k-1) && !consonant(k-2) {
				bad++
			}
		case c > 0xFB, c > 0xDA && c < 0xDF, c < 0xA0 && c != 0x85 && (c < 0x91 || c > 0x97):
			bad++
		}
	}
	return marks >= minThai && marks*6 >= high && bad*30 <= marks
}

// minInverted is how many words a text has at least of which the first letter alone is
// small, before its encoding is taken for a wrong one.
const minInverted = 3

// otherCyrillic returns the encoding that a page in a Cyrillic one is in where it would
// be written in words of capitals that begin with a small letter: KOI8 has the small
// letters where Windows-1251 has the capitals. It returns nil for others.
func otherCyrillic(b []byte, name string) *charmap.Charmap {
	var is, other *charmap.Charmap
	switch name {
	case "windows-1251":
		is, other = charmap.Windows1251, charmap.KOI8R
	case "koi8-r", "koi8-u":
		is, other = charmap.KOI8U, charmap.Windows1251
	default:
		return nil
	}
	inverted, capitals, words := 0, 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		end := highRun(b, i)
		if end-i >= 3 {
			words++
			if unicode.IsUpper(is.DecodeByte(b[i+1])) && unicode.IsUpper(is.DecodeByte(b[end-1])) {
				capitals++
				if unicode.IsLower(is.DecodeByte(b[i])) {
					inverted++
				}
			}
		}
		i = end
	}
	if inverted < minInverted || capitals*10 < words*9 {
		return nil
	}
	return other
}

// minForeign is how often each of the letters must stand in a page that tell that it is
// in another encoding than a Western one.
const minForeign = 2

// notWestern returns the encoding of a page that is called Western and has the letters of
// Turkish or Czech in their places, beside none of the languages that are written with
// the signs which Windows-1252 has there; else nil.
func notWestern(b []byte) *charmap.Charmap {
	var n [256]int
	for _, c := range b {
		switch {
		case c >= 0xC0 && c < 0xE0:
			n[c+0x20]++ // as the small letter
		case c >= utf8.RuneSelf:
			n[c]++
		}
	}
	all := func(letters ...byte) bool {
		for _, c := range letters {
			if n[c] < minForeign {
				return false
			}
		}
		return true
	}
	switch {
	case all('\xFD', '\xFE', '\xF0') && n[0xE1]+n[0xE6]+n[0xED]+n[0xF3] < minForeign: // ı ş ğ; Icelandic has á æ í ó
		return charmap.Windows1254
	case all('\xEC', '\xE8', '\xF8', '\xED') && n[0xE5]+n[0xE6]+n[0xF6] < minForeign: // ě č ř í; Danish has å æ, Swedish ö
		if n[0x9A]+n[0x9E] > 0 { // š ž
			return charmap.Windows1250
		}
		return charmap.ISO8859_2
	}
	return nil
}

// transcodeParts is [transcode] for a page in an encoding of several bytes a sign of which
// parts between tags are in UTF-8.
func transcodeParts(enc encoding.Encoding, b []byte) ([]byte, damage) {
	out := make([]byte, 0, len(b)+len(b)/2)
	var d damage
	for len(b) > 0 {
		end := bytes.IndexAny(b[1:], "<>") + 1
		if end == 0 {
			end = len(b)
		}
		part := b[:end]
		if !hasHigh(part) || utf8.Valid(part) && bytes.IndexFunc(part, isLong) >= 0 {
			out = append(out, part...)
		} else {
			s, x := transcode(enc, part)
			d.signs += x.signs
			d.bad += x.bad
			out = append(out, s...)
		}
		b = b[end:]
	}
	return out, d
}

// isLong reports whether a sign takes three bytes: two signs of another encoding are now
// and then two of two bytes.
func isLong(r rune) bool { return r >= 0x800 }
