package render

import "strings"

// maxNesting is how many quotes and lists stand within each other in Markdown. What
// is deeper is written at this depth: each level repeats its marks on every line, and
// no writer goes so far.
const maxNesting = 32

// quote writes the parts of a quote.
func (w *markdownWriter) quote(p int32) string {
	w.nesting++
	s := w.kids(p)
	w.nesting--
	if w.nesting >= maxNesting {
		return s
	}
	return prefixLines(s, "> ")
}

// item writes the parts of an item of a list, whose mark has width signs.
func (w *markdownWriter) item(p int32, width int) string {
	w.nesting++
	s := w.kids(p)
	w.nesting--
	if w.nesting >= maxNesting {
		return s
	}
	return indentLines(s, width)
}

func prefixLines(s, prefix string) string {
	if s == "" {
		return ""
	}
	lines := strings.Split(s, "\n")
	for k, l := range lines {
		lines[k] = strings.TrimRight(prefix, " ")
		if l != "" {
			lines[k] = prefix + l
		}
	}
	return strings.Join(lines, "\n")
}

// indentLines indents all lines but the first.
func indentLines(s string, n int) string {
	lines := strings.Split(s, "\n")
	for k := 1; k < len(lines); k++ {
		if lines[k] != "" {
			lines[k] = strings.Repeat(" ", n) + lines[k]
		}
	}
	return strings.Join(lines, "\n")
}
