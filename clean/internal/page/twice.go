package page

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// minTwice is how many signs of a page must look as if UTF-8 had been read as
// Windows-1252 and written as UTF-8 again, before any is put right.
const minTwice = 3

// twiceLeads are the first signs of what such text consists of: those of Latin
// letters, of punctuation, and of Cyrillic ones.
var twiceLeads = [][]byte{[]byte("Ã"), []byte("Â"), []byte("â€"), []byte("Ð"), []byte("Ñ")}

// repairTwice returns b with the signs put right that were encoded twice, GrÃ¼ÃŸe;
// b itself where there are none. A page may have both: a template in UTF-8 around a
// text that was read wrongly. It leaves b alone where those first signs are mostly
// followed by others, as in SÃO or ESPAÑA.
func repairTwice(b []byte) []byte {
	leads := 0
	for _, l := range twiceLeads {
		leads += bytes.Count(b, l)
	}
	if leads < minTwice {
		return b
	}
	var out bytes.Buffer
	out.Grow(len(b))
	repaired, from := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := onceEncoded(b[i:])
		if n == 0 {
			_, n = utf8.DecodeRune(b[i:])
			i += n
			continue
		}
		out.Write(b[from:i])
		out.WriteRune(r)
		i += n
		from = i
		repaired++
	}
	if repaired < minTwice || repaired*4 < leads*3 {
		return b
	}
	out.Write(b[from:])
	return out.Bytes()
}

// onceEncoded returns the sign that the signs at the beginning of b stand for, where
// they are one of twiceLeads and what completes it, and the bytes that they take.
func onceEncoded(b []byte) (rune, int) {
	var enc [utf8.UTFMax]byte
	size, at := 1, 0
	for k := 0; k < size; k++ {
		r, n := utf8.DecodeRune(b[at:])
		c, ok := windows1252(r)
		switch {
		case !ok:
			return 0, 0
		case k == 0 && (c == 0xC2 || c == 0xC3 || c == 0xD0 || c == 0xD1):
			size = 2
		case k == 0 && c == 0xE2:
			size = 3
		case k == 0 || c < 0x80 || c > 0xBF || k == 1 && size == 3 && c != 0x80 && c != 0x82:
			return 0, 0
		}
		enc[k] = c
		at += n
	}
	r, n := utf8.DecodeRune(enc[:size])
	if n != size {
		return 0, 0
	}
	return r, at
}

// windows1252 returns the byte of a sign; those of the five that have none are read as
// controls.
func windows1252(r rune) (byte, bool) {
	if r >= 0x80 && r < 0xA0 {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}
