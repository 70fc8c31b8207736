package embedded

import (
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// maxTries is how many objects and lists of a script are tried as JSON that are
// none.
const maxTries = 200

// scripts finds the bodies in the data of scripts.
func (f *finder) scripts() {
	var flight strings.Builder
	for i := range f.t.Nodes {
		nd := &f.t.Nodes[i]
		if nd.DataAtom != atom.Script || nd.FirstChild == nil {
			continue
		}
		s := nd.FirstChild.Data
		if len(s) < minBytes && !strings.Contains(s, "__next_f") || !f.take(len(s)) {
			continue
		}
		kind := strings.ToLower(f.t.Attr(int32(i), "type"))
		from := "script " + scriptName(f.t.Attr(int32(i), "id"), kind)
		switch {
		case strings.Contains(kind, "ld+json"):
		case strings.Contains(kind, "json"):
			if strings.HasPrefix(strings.TrimSpace(s), "{&q;") && f.works(len(s)) {
				s = angular.Replace(s)
			}
			f.string(from, s, "", titleNone, 0)
		case strings.Contains(kind, "template") || kind == "text/html" || kind == "text/plain":
			f.string(from, s, "", titleNone, 0)
		case kind == "" || strings.Contains(kind, "javascript") || kind == "module":
			f.javascript(s, &flight)
		default:
			f.string(from, s, "", titleNone, 0)
		}
	}
	if flight.Len() > 0 {
		f.flight(flight.String())
	}
}

// angular puts back the signs for which Angular's servers write others in the state that
// they send (TransferState).
var angular = strings.NewReplacer("&q;", `"`, "&l;", "<", "&g;", ">", "&s;", "'", "&a;", "&")

func scriptName(id, kind string) string {
	if id != "" && len(id) < 60 {
		return id
	}
	return kind
}

// javascript reads the values that a script sets or hands to a function: those
// that are JSON, and its long strings. What the calls of __next_f push goes into
// flight.
func (f *finder) javascript(s string, flight *strings.Builder) {
	if strings.Contains(s, ":undefined") {
		s = strings.ReplaceAll(s, ":undefined", ":null")
	}
	name, tries, literals := "", 0, 0
	pushes := strings.Contains(s, "__next_f")
	for k := 0; k < len(s); {
		switch c := s[k]; {
		case c == '/' && strings.HasPrefix(s[k:], "//"):
			k += lineEnd(s[k:])
		case c == '/' && strings.HasPrefix(s[k:], "/*"):
			end := strings.Index(s[k+2:], "*/")
			if end < 0 {
				return
			}
			k += end + 4
		case c == '"' || c == '\'' || c == '`':
			v, n, read := literal(s[k:])
			if n == 0 {
				if !f.works(read) {
					return
				}
				k++
				continue
			}
			if n >= minBytes {
				f.string("script "+name, v, "", titleNone, 0)
			}
			k += n
		case (c == '{' || c == '[') && (len(s)-k >= minBytes || pushes) && tries < maxTries && isValue(s[:k]):
			dec := json.NewDecoder(strings.NewReader(s[k:]))
			var v any
			if err := dec.Decode(&v); err != nil {
				var fault *json.SyntaxError
				read := len(s) - k
				if errors.As(err, &fault) {
					read = int(fault.Offset)
				}
				if tries++; !f.take(read) {
					return
				}
				if k >= literals {
					// Strings in it are looked at by themselves too.
					v, n, ok := readLiteral(s[k:])
					if !f.take(n) {
						return
					}
					literals = k + n
					if ok {
						f.value("script "+setName(s[:k], name), v, titleNone, 0)
					}
				}
				k++
				continue
			}
			if list, ok := v.([]any); ok && pushes && len(list) == 2 && strings.HasSuffix(trimSpaces(s[:k]), "push(") {
				if part, ok := list[1].(string); ok {
					flight.WriteString(part)
				}
			} else {
				f.value("script "+setName(s[:k], name), v, titleNone, 0)
			}
			k += int(dec.InputOffset())
		case c == '=' && !strings.HasPrefix(s[k:], "=="):
			name = setName(s[:k+1], name)
			k++
		default:
			k++
		}
	}
}

// isValue reports whether what comes after the script's beginning s is a value:
// after a sign that sets it or hands it to a function, or where one returns it.
func isValue(s string) bool {
	s = trimSpaces(s)
	return strings.HasSuffix(s, "return") || s != "" && (s[len(s)-1] == '=' || s[len(s)-1] == '(' || s[len(s)-1] == ',')
}

func trimSpaces(s string) string { return strings.TrimRight(s, " \t\r\n") }

// setName is the name that a script sets at the end of s, or else.
func setName(s, otherwise string) string {
	s = trimSpaces(s)
	if !strings.HasSuffix(s, "=") {
		return otherwise
	}
	s = strings.TrimRight(trimSpaces(s[:len(s)-1]), `"']`)
	from := len(s)
	for from > 0 && (s[from-1] == '_' || s[from-1] == '$' || s[from-1] >= '0' && s[from-1] <= '9' || s[from-1]|0x20 >= 'a' && s[from-1]|0x20 <= 'z') {
		from--
	}
	if from == len(s) || len(s)-from > 60 {
		return otherwise
	}
	return s[from:]
}

func lineEnd(s string) int {
	if k := strings.IndexByte(s, '\n'); k >= 0 {
		return k + 1
	}
	return len(s)
}

// literal reads a string literal of JavaScript at the beginning of s, and the
// bytes that it takes; 0 where it does not end. It has looked at the first read bytes.
func literal(s string) (v string, n, read int) {
	quote := s[0]
	end := 1
	for escaped := false; ; end++ {
		if end >= len(s) || s[end] == '\n' && quote != '`' {
			return "", 0, end
		}
		if escaped {
			escaped = false
		} else if s[end] == '\\' {
			escaped = true
		} else if s[end] == quote {
			break
		}
	}
	if end < minBytes {
		return "", end + 1, end + 1
	}
	return unescape(s[1:end]), end + 1, end + 1
}

// unescape replaces the escapes of a string literal.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for k := 0; k < len(s); {
		if s[k] != '\\' || k+1 == len(s) {
			b.WriteByte(s[k])
			k++
			continue
		}
		c := s[k+1]
		k += 2
		switch c {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case 'r', 'b', 'f', 'v', '0':
			b.WriteByte(' ')
		case '\n':
		case 'x':
			if r, ok := hex(s[k:], 2); ok {
				b.WriteRune(r)
				k += 2
			}
		case 'u':
			r, n := codePoint(s[k:])
			k += n
			if utf16.IsSurrogate(r) && strings.HasPrefix(s[k:], `\u`) {
				low, n := codePoint(s[k+2:])
				if whole := utf16.DecodeRune(r, low); whole != utf8.RuneError {
					r = whole
					k += 2 + n
				}
			}
			b.WriteRune(r)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// codePoint reads what follows \u: four digits, or some in braces.
func codePoint(s string) (r rune, n int) {
	if rest, ok := strings.CutPrefix(s, "{"); ok {
		if end := strings.IndexByte(rest, '}'); end > 0 && end <= 6 {
			if r, ok := hex(rest, end); ok {
				return r, end + 2
			}
		}
		return utf8.RuneError, 0
	}
	if r, ok := hex(s, 4); ok {
		return r, 4
	}
	return utf8.RuneError, 0
}

// hex reads n digits.
func hex(s string, n int) (r rune, ok bool) {
	if len(s) < n {
		return 0, false
	}
	for k := range n {
		c := s[k]
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return r, true
}
