package jsonld

import (
	"html"
	"strings"

	"golang.org/x/net/html/atom"
)

// BodyText returns an articleBody as plain text, a line break between blocks.
func BodyText(raw string) string {
	s := UnescapeJSON(raw)
	if strings.Contains(s, "&amp;lt;") && isEscapedHTML(html.UnescapeString(s)) {
		s = html.UnescapeString(s) // of what was escaped twice
	}
	if isEscapedHTML(s) {
		s = html.UnescapeString(s)
	}
	s = StripTags(s)
	lines := strings.Split(s, "\n")
	kept := lines[:0]
	for _, l := range lines {
		if l = PlainText(l); l != "" {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

// isEscapedHTML reports whether a text is HTML whose signs are written as references: it
// has no tags, and where paragraphs or lines end more than once what a tag is written as.
func isEscapedHTML(s string) bool {
	return strings.IndexByte(s, '<') < 0 && strings.Count(s, "&lt;/p&gt;")+strings.Count(s, "&lt;br") > 1
}

// StripTags drops HTML tags; a block's becomes a line break.
func StripTags(s string) string {
	if strings.IndexByte(s, '<') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 || i+1 >= len(s) {
			break
		}
		if c := s[i+1] | 0x20; c != '/'|0x20 && c != '!'|0x20 && (c < 'a' || c > 'z') {
			b.WriteString(s[:i+1])
			s = s[i+1:]
			continue
		}
		end := strings.IndexByte(s[i:], '>')
		if end < 0 {
			break
		}
		b.WriteString(s[:i])
		name := strings.ToLower(strings.TrimPrefix(s[i+1:i+end], "/"))
		if k := strings.IndexAny(name, " \t\n/"); k >= 0 {
			name = name[:k]
		}
		switch atom.Lookup([]byte(name)) {
		case atom.P, atom.Br, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3,
			atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Tr, atom.Table, atom.Figure:
			b.WriteByte('\n')
		}
		s = s[i+end+1:]
	}
	b.WriteString(s)
	return b.String()
}
