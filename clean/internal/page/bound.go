package page

import (
	"bytes"
	"fmt"

	"newsclip/clean/article"
)

// A parser that follows the standard opens formatting elements again that a
// block has closed ("reconstruct the active formatting elements", HTML 13.2.4.3):
// 39 kB of them can become ten million nodes. The two limits below are on what
// the bytes of a page could become at most, whatever is comment, script or
// attribute in it, so that no reading of the page can go past them.
const (
	maxTags  = 500_000   // over it a page is refused: code too_complex
	maxNodes = 1_000_000 // over it a page loses its formatting elements' attributes, or the elements, and no words
)

// formatting are the names of the formatting elements. The element a is not
// among them: one closes the one before.
var formatting = [...]string{"b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}

// bounded returns b, without its formatting elements where they could become
// too many nodes. It returns an [*article.Error] where b has too many tags.
func bounded(b []byte) ([]byte, error) {
	tags, open := mayOpen(b)
	if tags > maxTags {
		return nil, &article.Error{Code: article.CodeTooComplex, Message: fmt.Sprintf("the page has %d tags; at most %d are read", tags, maxTags)}
	}
	if !multiplies(tags, open) {
		return b, nil
	}
	// Without attributes no more than three of each name stay open.
	plain := rewriteFormatting(b, false)
	if tags, open = mayOpen(plain); !multiplies(tags, open) {
		return plain, nil
	}
	return rewriteFormatting(b, true), nil
}

// multiplies reports whether a page could have more than maxNodes: 512 is the
// depth at which the parser gives up.
func multiplies(tags, open int) bool { return tags*min(open, 512) > maxNodes }

// mayOpen counts the tags in b, and the formatting elements that can be open
// at once: of equal ones, the standard keeps three.
func mayOpen(b []byte) (tags, open int) {
	var seen map[string]int
	var bare [len(formatting)]int
	for {
		k := bytes.IndexByte(b, '<')
		if k < 0 || k+1 >= len(b) {
			return tags, open
		}
		b = b[k+1:]
		c := b[0] | 0x20
		if (c < 'a' || c > 'z') && b[0] != '/' && b[0] != '!' && b[0] != '?' {
			continue
		}
		tags++
		f, n := formattingName(b)
		if f < 0 {
			continue
		}
		if n < len(b) && b[n] == '>' {
			if bare[f]++; bare[f] <= 3 {
				open++
			}
			continue
		}
		raw := b
		if end := bytes.IndexByte(b, '>'); end >= 0 {
			raw = b[:end]
		}
		// A quoted value may hold the sign that ends a tag: such tags may differ
		// after it.
		if bytes.Count(raw, []byte{'"'})%2 != 0 || bytes.IndexByte(raw, '\'') >= 0 {
			open++
			continue
		}
		if seen == nil {
			seen = make(map[string]int)
		}
		if seen[string(raw)]++; seen[string(raw)] <= 3 {
			open++
		}
	}
}

// formattingName returns which formatting element's name b begins with, and
// the name's length; -1 for none.
func formattingName(b []byte) (which, n int) {
	switch b[0] | 0x20 {
	case 'b', 'c', 'e', 'f', 'i', 'n', 's', 't', 'u':
	default:
		return -1, 0
	}
	for i, name := range formatting {
		n := len(name)
		if len(b) >= n && (len(b) == n || isNameEnd(b[n])) && bytes.EqualFold(b[:n], []byte(name)) {
			return i, n
		}
	}
	return -1, 0
}

func isNameEnd(c byte) bool {
	return c == '>' || c == '/' || c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'
}

// rewriteFormatting leaves out the attributes of formatting elements; with
// spans, it makes a span of each, which no block opens again.
func rewriteFormatting(b []byte, spans bool) []byte {
	var out bytes.Buffer
	out.Grow(len(b))
	for {
		k := bytes.IndexByte(b, '<')
		if k < 0 || k+1 >= len(b) {
			out.Write(b)
			return out.Bytes()
		}
		k++
		if b[k] == '/' && k+1 < len(b) {
			k++
		}
		out.Write(b[:k])
		b = b[k:]
		f, n := formattingName(b)
		switch {
		case f < 0:
			continue
		case spans:
			out.WriteString("span")
		default:
			out.WriteString(formatting[f])
		}
		b = b[n:]
		b = b[attributes(b):]
	}
}

// attributes returns how many bytes of b, which stands in a tag, are the tag's
// attributes.
func attributes(b []byte) int {
	value := false // after an equals sign
	for k := 0; k < len(b); k++ {
		switch c := b[k]; {
		case c == '>':
			return k
		case c == '=':
			value = true
		case (c == '"' || c == '\'') && value:
			end := bytes.IndexByte(b[k+1:], c)
			if end < 0 {
				return len(b)
			}
			k += end + 1
			value = false
		case c > ' ':
			value = false
		}
	}
	return len(b)
}
