package encodings

import (
	"bytes"
	"html"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// repairReferences returns b with the signs put right that were read as windows-1252 and
// then written as character references: &acirc;&euro;&trade; is ’. B itself is returned
// where there are fewer than [minEscapes] of them.
func repairReferences(b []byte) []byte {
	var out []byte
	from, found := 0, 0
	for i := 0; ; {
		k := bytes.IndexByte(b[i:], '&')
		if k < 0 {
			break
		}
		i += k
		sign, n := signOfReferences(b[i:])
		if n == 0 {
			i++
			continue
		}
		out = append(append(out, b[from:i]...), sign...)
		i += n
		from = i
		found++
	}
	if found < minEscapes {
		return b
	}
	return append(out, b[from:]...)
}

// signOfReferences returns the sign of which the references at the head of b are the bytes
// in windows-1252, and how many bytes they take; 0 where they are none.
func signOfReferences(b []byte) (sign []byte, n int) {
	for n < len(b) && b[n] == '&' && len(sign) < utf8.UTFMax {
		end := bytes.IndexByte(b[n:min(len(b), n+maxReference)], ';')
		if end < 0 || n == 0 && (end+1 >= len(b) || b[end+1] != '&') {
			return nil, 0 // one alone is no byte of another sign
		}
		r, size := utf8.DecodeRuneInString(html.UnescapeString(string(b[n : n+end+1])))
		c, ok := charmap.Windows1252.EncodeRune(r)
		if !ok || c < utf8.RuneSelf || size < 2 || len(sign) == 0 && c < 0xc2 {
			return nil, 0
		}
		sign, n = append(sign, c), n+end+1
		if r, size := utf8.DecodeRune(sign); r != utf8.RuneError && size == len(sign) {
			return sign, n
		}
	}
	return nil, 0
}

// maxReference is the length of the longest name of a sign of windows-1252, with & and ;.
const maxReference = len("&thetasym;")
