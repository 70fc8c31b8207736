package encodings

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// minMixed is how many runs of signs beyond ASCII a page in another encoding has
// at least that are UTF-8, before any is read so: one may be so by chance.
const minMixed = 3

// readMixed decodes a page of which parts are in UTF-8 and others in enc, one byte
// a sign: a template with a text from elsewhere. Each run of bytes beyond ASCII is
// in one of them. In a page that is mostly UTF-8, bytes that are the beginning of a
// sign that was cut off are U+FFFD; in another they are words, as В and её are in
// Windows-1251.
func readMixed(b []byte, enc *charmap.Charmap, mostly bool) []byte {
	out := make([]byte, 0, len(b)+len(b)/8)
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			out = append(out, b[i])
			i++
			continue
		}
		end := highRun(b, i)
		run := b[i:end]
		switch next := byte(' '); {
		case utf8.Valid(run):
			out = append(out, run...)
		default:
			if end < len(b) {
				next = b[end]
			}
			if holdsUTF8(run) || mostly && isCut(run, next) {
				out = append(out, bytes.ToValidUTF8(run, replacement)...)
				break
			}
			for _, c := range run {
				out = utf8.AppendRune(out, enc.DecodeByte(c))
			}
		}
		i = end
	}
	return out
}

// highRun is the end of the bytes beyond ASCII from i on.
func highRun(b []byte, i int) int {
	for i < len(b) && b[i] >= utf8.RuneSelf {
		i++
	}
	return i
}

// holdsUTF8 reports whether most of a run is UTF-8.
func holdsUTF8(run []byte) bool {
	good := 0
	for k := 0; k < len(run); {
		r, n := utf8.DecodeRune(run[k:])
		if r != utf8.RuneError || n > 1 {
			good += n
		}
		k += n
	}
	return good*2 > len(run)
}

// isCut reports whether a run is the beginning of a sign of UTF-8.
func isCut(run []byte, next byte) bool {
	for _, c := range run[1:] {
		if c < 0x80 || c > 0xBF {
			return false
		}
	}
	if len(run) == 1 {
		return (run[0] == 0xC2 || run[0] == 0xC3) && (next < 'A' || next > 'Z')
	}
	return run[0] >= 0xE0 && run[0] <= 0xF4
}

// besideUTF8 is the encoding of what is not UTF-8 in a page that mostly is.
func besideUTF8(b []byte, labels []string) *charmap.Charmap {
	for _, label := range labels {
		if c := singleByte(label); c != nil {
			return c
		}
	}
	var rest []byte // what is not UTF-8
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		end := highRun(b, i)
		if run := b[i:end]; !utf8.Valid(run) && len(rest) < sampleBytes {
			rest = append(append(rest, run...), ' ')
		}
		i = end
	}
	if !looksWestern(rest) {
		for _, label := range detect(rest) {
			if c := singleByte(label); c != nil {
				return c
			}
		}
	}
	return charmap.Windows1252
}

// singleByte returns the encoding of a label where it has one byte a sign, else nil.
func singleByte(label string) *charmap.Charmap {
	enc, err := htmlindex.Get(label)
	if err != nil {
		return nil
	}
	c, _ := enc.(*charmap.Charmap)
	return c
}

// holdsParts reports whether a page in an encoding of one byte a sign has parts in
// UTF-8: runs that are, in letters of the same script or in punctuation.
func holdsParts(b []byte, c *charmap.Charmap) bool {
	var script *unicode.RangeTable
	for _, r := range [...]rune{c.DecodeByte(0xE1), c.DecodeByte(0xC9)} {
		for _, t := range []*unicode.RangeTable{unicode.Cyrillic, unicode.Greek, unicode.Hebrew, unicode.Arabic, unicode.Thai} {
			if unicode.Is(t, r) {
				script = t
			}
		}
	}
	if script == nil {
		script = unicode.Latin
	}
	n := 0
	for i := 0; i < len(b) && n < minMixed; {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		end := highRun(b, i)
		if run := b[i:end]; utf8.Valid(run) && fits(run, script) {
			n++
		}
		i = end
	}
	return n >= minMixed
}

// fits reports whether a run of UTF-8 is of letters that words of the script have,
// two at least but in Latin, or of punctuation.
func fits(run []byte, script *unicode.RangeTable) bool {
	letters := 0
	for _, r := range string(run) {
		switch {
		case r >= 0x2010 && r <= 0x2030 || strings.ContainsRune("\u00a0«»€™©®°", r):
		case unicode.Is(script, r) && r < 0x460 && r != 'ª' && r != 'º' || script == unicode.Thai && unicode.Is(script, r):
			letters++
		case script != unicode.Latin && unicode.Is(script, r) && r > 0x500:
			letters++
		default:
			return false
		}
	}
	return letters != 1 || script == unicode.Latin
}
