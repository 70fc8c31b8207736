package picture

import (
	"strconv"
	"strings"
)

// candidate is one address of a srcset.
type candidate struct {
	url string
	// width is in pixels, 0 where the descriptor tells none; density is 1
	// where it tells none.
	width   int
	density float64
}

// eachCandidate calls f for each candidate of a srcset attribute, in order. It
// reads as browsers do: a comma ends an address only where it is its last
// sign or where white space follows, since addresses have commas in them.
func eachCandidate(srcset string, f func(candidate)) {
	s := srcset
	for {
		s = strings.TrimLeft(s, " \t\r\n\f,")
		if s == "" {
			return
		}
		c := candidate{density: 1}
		end := strings.IndexAny(s, " \t\r\n\f")
		if end < 0 {
			end = len(s)
		}
		c.url, s = s[:end], s[end:]
		if trimmed := strings.TrimRight(c.url, ","); trimmed != c.url {
			c.url = trimmed
			f(c)
			continue
		}
		desc := s
		if end := strings.IndexByte(s, ','); end >= 0 {
			desc, s = s[:end], s[end+1:]
		} else {
			s = ""
		}
		for d := range strings.FieldsSeq(desc) {
			switch n := d[:len(d)-1]; d[len(d)-1] {
			case 'w':
				if w, err := strconv.Atoi(n); err == nil && w > 0 {
					c.width = w
				}
			case 'x':
				if x, err := strconv.ParseFloat(n, 64); err == nil && x > 0 {
					c.density = x
				}
			}
		}
		f(c)
	}
}

// largest returns the candidate of a srcset that has the most pixels; the
// first of equals. ok is false where it has none that can be fetched.
func largest(srcset string) (best candidate, ok bool) {
	eachCandidate(srcset, func(c candidate) {
		if isPlaceholder(c.url) {
			return
		}
		if !ok || c.width > best.width || c.width == best.width && c.density > best.density {
			best, ok = c, true
		}
	})
	return best, ok
}

// isPlaceholder reports whether an address is no picture that can be fetched:
// nothing, data, script, or a template that the page's script fills in.
func isPlaceholder(u string) bool {
	if u == "" || u == "#" || u == "about:blank" {
		return true
	}
	switch u[0] {
	case 'd', 'D', 'b', 'B', 'j', 'J':
		l := strings.ToLower(u[:min(len(u), 12)])
		if strings.HasPrefix(l, "data:") || strings.HasPrefix(l, "blob:") || strings.HasPrefix(l, "javascript:") {
			return true
		}
	}
	name := u[strings.LastIndexByte(u, '/')+1:]
	if strings.Contains(name, "placeholder") || strings.HasPrefix(name, "spaceball.") || strings.Contains(name, "transparent_") || strings.Contains(name, "-transparent") {
		return true
	}
	return strings.Contains(u, "{{") || strings.Contains(u, "{width}") || strings.Contains(u, "{size}")
}
