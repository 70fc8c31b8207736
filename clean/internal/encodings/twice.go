package encodings

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// A misreading is what UTF-8 became that was read in another encoding and
// written as UTF-8 again: GrÃ¼ÃŸe, РџСЂРёРІРµС‚, Ř§Ů„, pĹ™Ă­liv.
type misreading struct {
	// lead and second are the first byte in UTF-8 of the signs with which a misread
	// sign begins, and the bytes that may come after it; all, where there are none.
	lead   byte
	second string
	// leads are the bytes with which signs of a script begin that is written so alone,
	// beside those of punctuation; all, where there are none.
	leads string
	// byteOf returns the byte that was read as a sign.
	byteOf func(rune) (byte, bool)
	// atLeast is how many misread signs in a row tell a misreading where the
	// signs are letters of a language that is written so.
	atLeast int
}

var misreadings = []misreading{
	{0xC3, "", "", windows1252, 2},
	{0xC4, "\x82\xB9", "\xC2\xC3\xC4\xC5", byteIn(charmap.Windows1250), 2},
	{0xD0, "\xA0\xA1", "\xD0\xD1", windows1251, 3},
	{0xCE, "\x9E\x9F", "\xCE\xCF", byteIn(charmap.Windows1253), 3},
	{0xD8, "\xB7\xB8", "\xD8\xD9\xDA\xDB", byteIn(charmap.Windows1256), 3},
}

// repairTwice returns b with the signs put right that were encoded twice or three
// times; b itself where there are none. A page may have both: a template in UTF-8
// around a text that was read wrongly. So it judges each text between two tags, and
// each tag.
func repairTwice(b []byte) []byte {
	for range 2 {
		was := b
		for k := range misreadings {
			b = misreadings[k].repair(b)
		}
		if len(b) == len(was) {
			break
		}
	}
	return b
}

// minTwice is how many misread signs a page has at least, but for punctuation: a
// page that shows one word of the kind tells of it.
const minTwice = 3

func (m *misreading) repair(b []byte) []byte {
	var out []byte
	from, signs := 0, 0
	for i := 0; i < len(b); {
		k := bytes.IndexByte(b[i:], m.lead)
		if k < 0 || i+k+1 >= len(b) {
			break
		}
		i += k
		if m.second != "" && strings.IndexByte(m.second, b[i+1]) < 0 {
			i += 2 // most letters of the script
			continue
		}
		if _, n := m.sign(b[i:]); n == 0 {
			i++
			continue
		}
		start := from + bytes.LastIndexAny(b[from:i], "<>") + 1
		end := len(b)
		if k := bytes.IndexAny(b[i:], "<>"); k >= 0 {
			end = i + k
		}
		if whole, n := m.text(b[start:end]); n > 0 {
			out = append(append(out, b[from:start]...), whole...)
			from = end
			signs += n
		}
		i = end
	}
	if signs < minTwice {
		return b
	}
	return append(out, b[from:]...)
}

// text returns a text with its misread signs put right, and how many there were: 0
// where it was not misread. It was where most of what could begin a misread sign
// does, and there are some in a row, or one where no language sets such a letter.
// A sign of punctuation counts as minTwice.
func (m *misreading) text(s []byte) ([]byte, int) {
	out := make([]byte, 0, len(s))
	signs, others, row, longest := 0, 0, 0, 0
	sure, punct := false, false
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			if s[i] != ' ' {
				row = 0
			}
			out = append(out, s[i])
			i++
			continue
		}
		r, n := m.sign(s[i:])
		if n == 0 {
			if s[i] == m.lead && m.beginsSign(s[i:]) {
				others++
			}
			row = 0
			_, n = utf8.DecodeRune(s[i:])
			out = append(out, s[i:i+n]...)
			i += n
			continue
		}
		if m.atLeast == 2 || r >= 0x370 && r < 0x2000 { // punctuation beside letters tells nothing
			signs++
			row++
			longest = max(longest, row)
		}
		if m.atLeast == 2 {
			punct = punct || r >= 0x2000 && r < 0x2100
			sure = sure || punct || r < 0xC0 || i > 0 && s[i-1] >= 'a' && s[i-1] <= 'z' || m.leads == "" && i+n < len(s) && s[i+n] >= 'a' && s[i+n] <= 'z'
		}
		out = utf8.AppendRune(out, r)
		i += n
	}
	switch {
	case signs < 3*others || !sure && longest < m.atLeast:
		return nil, 0
	case punct:
		return out, max(signs, minTwice)
	}
	return out, signs
}

// beginsSign reports whether the sign at the beginning of s can begin a misread
// one of two: a capital letter, which words seldom have inside.
func (m *misreading) beginsSign(s []byte) bool {
	r, _ := utf8.DecodeRune(s)
	c, ok := m.byteOf(r)
	return ok && (m.leads == "" && c >= 0xC2 && c <= 0xC3 || strings.IndexByte(m.leads, c) >= 0)
}

// sign returns the sign that the signs at the beginning of s stand for, and the
// bytes that they take; 0 where they stand for themselves.
func (m *misreading) sign(s []byte) (rune, int) {
	var enc [utf8.UTFMax]byte
	size, at := 1, 0
	for k := 0; k < size; k++ {
		r, n := utf8.DecodeRune(s[at:])
		c, ok := m.byteOf(r)
		switch {
		case !ok:
			return 0, 0
		case k > 0 && (c < 0x80 || c > 0xBF):
			return 0, 0
		case k > 0:
		case m.leads != "" && strings.IndexByte(m.leads, c) < 0 && c != 0xC2 && c != 0xE2:
			return 0, 0
		case c >= 0xC2 && c <= 0xDF:
			size = 2
		case c >= 0xE0 && c <= 0xEF:
			size = 3
		case c == 0xF0:
			size = 4
		default:
			return 0, 0
		}
		enc[k] = c
		at += n
	}
	r, n := utf8.DecodeRune(enc[:size])
	if n != size || r == utf8.RuneError || r >= 0x180 && r < 0x370 && !strings.ContainsRune(latinExtended, r) || r >= 0x800 && r < 0x900 ||
		!unicode.IsGraphic(r) && r != 0xAD && (r < 0x200B || r > 0x200F) && r != 0xFEFF {
		return 0, 0
	}
	return r, at
}

// latinExtended are the letters from U+0180 to U+036F of Romanian and Vietnamese.
const latinExtended = "ȘșȚțƠơƯư"

// byteIn returns a function that returns the byte of a sign in an encoding; those that
// have none are read as controls.
func byteIn(c *charmap.Charmap) func(rune) (byte, bool) {
	return func(r rune) (byte, bool) {
		if b, ok := c.EncodeRune(r); ok {
			return b, b >= 0x80
		}
		return byte(r), r >= 0x80 && r < 0xA0
	}
}

// windows1252 returns the byte of a sign; those of the five that have none are read as
// controls.
func windows1252(r rune) (byte, bool) {
	switch {
	case r >= 0x80 && r < 0x100:
		return byte(r), true
	case r >= 0x0152 && r <= 0x2122:
		return charmap.Windows1252.EncodeRune(r)
	}
	return 0, false
}

func windows1251(r rune) (byte, bool) {
	if r >= 0x80 && r < 0xA0 || r >= 0xA0 && r < 0xC0 || r >= 0x0401 && r <= 0x0491 || r >= 0x2013 && r <= 0x2122 {
		if c, ok := charmap.Windows1251.EncodeRune(r); ok {
			return c, true
		}
		return byte(r), r == 0x98
	}
	return 0, false
}

// repairControls returns b, which is UTF-8, with the controls from U+0080 to U+009F
// as the signs that Windows-1252 has in their places: they were never written,
// and browsers show those for references to them.
func repairControls(b []byte) []byte {
	var out []byte
	from := 0
	for i := 0; ; {
		k := bytes.IndexByte(b[i:], 0xC2)
		if k < 0 || i+k+1 >= len(b) {
			break
		}
		i += k
		if c := b[i+1]; c < 0xA0 {
			if r := charmap.Windows1252.DecodeByte(c); r >= 0xA0 {
				out = utf8.AppendRune(append(out, b[from:i]...), r)
				from = i + 2
			}
		}
		i += 2
	}
	if out == nil {
		return b
	}
	return append(out, b[from:]...)
}
