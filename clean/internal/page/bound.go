package page

import (
	"bytes"
	"errors"
	"fmt"

	"newsclip/clean/article"
	"newsclip/clean/internal/htmlparse"
)

// formatting are the names of the formatting elements. The element a is not
// among them: one closes the one before.
var formatting = [...]string{"b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}

// parseTree parses b, in place as [htmlparse.Parse] does. A page that exceeds a limit of the parser is parsed again
// with fewer elements and all of its words: one in which formatting elements are
// opened again too often without their attributes, so that no more than three of
// each name stay open, and then without the elements; one that is nested too
// deep without its deepest wrappers. For one with too many tags it returns an
// [*article.Error].
func parseTree(b []byte, inPlace bool) (*htmlparse.Tree, error) {
	rewritten := 0
	depths := []int{256, 64, 0}
	for {
		tree, err := htmlparse.Parse(b, inPlace)
		switch {
		case errors.Is(err, htmlparse.ErrReopened) && rewritten < 2:
			b = rewriteFormatting(b, rewritten == 1)
			rewritten++
		case errors.Is(err, htmlparse.ErrTooDeep) && len(depths) > 0:
			b = unnest(b, depths[0])
			depths = depths[1:]
		case errors.Is(err, htmlparse.ErrTooManyTags):
			return nil, &article.Error{Code: article.CodeTooComplex, Message: fmt.Sprintf(
				"the page has too many tags or attributes; at most %d and %d are read", htmlparse.MaxTags, htmlparse.MaxAttributes)}
		case err != nil:
			return nil, &article.Error{Code: article.CodeNotHTML, Message: "parsing: " + err.Error()}
		default:
			return tree, nil
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
