package embedded

import (
	"strconv"
	"strings"
)

// A literalReader reads what a script writes as the value of an object or a list, which
// need not be JSON: keys without quotes, strings in any quotes, commas too many, and
// values that must be computed, which are read as none.
type literalReader struct {
	s   string
	k   int  // how much of s is read
	bad bool // it is no literal
}

// readLiteral reads the object or list at the beginning of s, and says how many bytes it
// took; ok tells whether it ended.
func readLiteral(s string) (v any, n int, ok bool) {
	r := literalReader{s: s}
	v = r.value(0)
	return v, r.k, !r.bad && (s[r.k-1] == '}' || s[r.k-1] == ']')
}

// fail ends the reading of what is no literal, or too deep.
func (r *literalReader) fail() { r.k, r.bad = len(r.s), true }

// next passes over white space and comments, and returns the sign that follows; 0 at the
// end.
func (r *literalReader) next() byte {
	for r.k < len(r.s) {
		switch c := r.s[r.k]; {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			r.k++
		case strings.HasPrefix(r.s[r.k:], "//"):
			r.k += lineEnd(r.s[r.k:])
		case strings.HasPrefix(r.s[r.k:], "/*"):
			end := strings.Index(r.s[r.k+2:], "*/")
			if end < 0 {
				r.k = len(r.s)
				return 0
			}
			r.k += end + 4
		default:
			return c
		}
	}
	return 0
}

// value reads one value up to what ends it; nil for one that must be computed.
func (r *literalReader) value(depth int) any {
	if depth > maxDepth {
		r.fail()
		return nil
	}
	var v any
	switch c := r.next(); c {
	case '{':
		v = r.object(depth)
	case '[':
		v = r.list(depth)
	case '"', '\'', '`':
		v = r.text()
	default:
		word := r.word()
		if n, err := strconv.ParseFloat(word, 64); err == nil {
			v = n
		}
	}
	if depth == 0 {
		return v
	}
	if c := r.next(); c != ',' && c != '}' && c != ']' {
		r.skip()
		return nil
	}
	return v
}

func (r *literalReader) object(depth int) any {
	m := map[string]any{}
	r.k++
	for {
		key := ""
		switch c := r.next(); c {
		case 0:
			r.bad = true
			return m
		case '}':
			r.k++
			return m
		case ',':
			r.k++
			continue
		case ']':
			r.fail()
			return m
		case '"', '\'', '`':
			key = r.text()
		default:
			key = r.word()
		}
		if r.next() != ':' {
			r.skip() // a method, or a variable's name
			continue
		}
		r.k++
		m[key] = r.value(depth + 1)
	}
}

func (r *literalReader) list(depth int) any {
	l := []any{}
	r.k++
	for {
		switch r.next() {
		case 0:
			r.bad = true
			return l
		case ']':
			r.k++
			return l
		case ',':
			r.k++
			continue
		case '}':
			r.fail()
			return l
		}
		l = append(l, r.value(depth+1))
	}
}

// text reads a string; one that does not end takes the rest.
func (r *literalReader) text() string {
	quote := r.s[r.k]
	from := r.k + 1
	r.k = from
	for ; r.k < len(r.s); r.k++ {
		switch r.s[r.k] {
		case '\\':
			r.k++
		case quote:
			r.k++
			return unescape(r.s[from : r.k-1])
		}
	}
	r.k = len(r.s)
	return ""
}

// word reads a name or a number; "" where there is none.
func (r *literalReader) word() string {
	from := r.k
	for r.k < len(r.s) {
		c := r.s[r.k]
		if c != '_' && c != '$' && c != '.' && c != '-' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') && c < 0x80 {
			break
		}
		r.k++
	}
	return r.s[from:r.k]
}

// skip passes over the rest of a value that must be computed, up to the comma or the
// bracket after it.
func (r *literalReader) skip() {
	for depth := 0; ; {
		switch c := r.next(); c {
		case 0:
			return
		case '"', '\'', '`':
			r.text()
			continue
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth == 0 {
				if c == ')' {
					r.fail()
				}
				return
			}
			depth--
		case ',':
			if depth == 0 {
				return
			}
		}
		r.k++
	}
}
