package encodings

import "bytes"

// minEscapes is how many signs a page has at least that were escaped twice: an article on
// markup may show one.
const minEscapes = 2

// escapedSigns are the names of signs of punctuation that nobody shows by their names but
// in code. The names of signs that markup is made of stay: data in attributes have them.
var escapedSigns = [...]string{
	"bdquo", "hellip", "laquo", "ldquo", "lsaquo", "lsquo", "mdash", "nbsp", "ndash", "raquo", "rdquo", "rsaquo", "rsquo", "sbquo", "shy",
	"#39", "#039", "#160", "#8211", "#8212", "#8216", "#8217", "#8220", "#8221", "#8222", "#8230", "#x27", "#x2019",
}

// repairAmpersands is [repairEscapes] and [repairReferences]. Most pages have nothing for
// either: they are told in one pass.
func repairAmpersands(b []byte) []byte {
	for i := 0; ; i++ {
		k := bytes.IndexByte(b[i:], '&')
		if k < 0 {
			return b
		}
		i += k
		end := bytes.IndexByte(b[i:min(len(b), i+maxReference)], ';')
		if end < 0 {
			continue // in an address
		}
		found := false
		switch after := b[i+end+1:]; {
		case string(b[i:i+end]) == "&amp":
			found = namesSign(after)
		case len(after) > 0 && after[0] == '&':
			_, n := signOfReferences(b[i:])
			found = n > 0
		}
		if found {
			return repairReferences(repairEscapes(b))
		}
	}
}

// repairEscapes returns b with the signs put right whose references were escaped a second
// time, as in &amp;rsquo;; b itself where there are few, and on a page with code.
func repairEscapes(b []byte) []byte {
	amp := []byte("&amp;")
	var at []int // the escapes to take out
	for i := 0; ; {
		k := bytes.Index(b[i:], amp)
		if k < 0 {
			break
		}
		i += k + len(amp)
		if namesSign(b[i:]) {
			at = append(at, i)
		}
	}
	if len(at) < minEscapes || bytes.Contains(b, []byte("<code")) || bytes.Contains(b, []byte("<pre")) {
		return b
	}
	out := make([]byte, 0, len(b))
	from := 0
	for _, i := range at {
		out = append(append(out, b[from:i-len(amp)]...), '&')
		from = i
	}
	return append(out, b[from:]...)
}

// namesSign reports whether b begins with the name of one of escapedSigns.
func namesSign(b []byte) bool {
	end := bytes.IndexByte(b[:min(len(b), maxEscape)], ';')
	if end < 0 {
		return false
	}
	for _, name := range escapedSigns {
		if string(b[:end]) == name {
			return true
		}
	}
	return false
}

// maxEscape is the length of the longest name of a sign with its semicolon.
const maxEscape = len("lsaquo;")
