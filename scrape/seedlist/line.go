package seedlist

import "strings"

// seedOf returns the URL of a line, which may be followed by a comment or by other
// columns, or stand in one of them. A line without any is returned as it is; one of
// white space or a comment is "".
func seedOf(line string) string {
	line = strings.TrimSpace(strings.ReplaceAll(line, "\x00", ""))
	if line == "" || line[0] == '#' {
		return ""
	}
	first := ""
	for i, field := range strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' || r == '|' }) {
		if field[0] == '#' {
			break
		}
		if i == 0 {
			first = field
		}
		if s := inField(field); s != "" {
			return s
		}
	}
	return strings.Trim(first, `"'<>,;`)
}

// inField returns the URL in a field that may hold several columns. Commas and
// semicolons are part of URLs: they end one only behind a quotation mark, and where
// they stand behind the host, or at the end.
func inField(field string) string {
	for i := range field {
		if i > 0 && strings.IndexByte(`,;"'<`, field[i-1]) < 0 || !isURL(field[i:]) {
			continue
		}
		s := field[i:]
		if i > 0 && strings.IndexByte(`"'<`, field[i-1]) >= 0 {
			s, _, _ = strings.Cut(s, map[byte]string{'"': `"`, '\'': `'`, '<': `>`}[field[i-1]])
		}
		authority := strings.Index(s, "://") + len("://")
		if end := strings.IndexAny(s[authority:], "/?#,;"); end >= 0 {
			end += authority
			if s[end] == '/' && end+1 < len(s) {
				end++
			}
			if s[end] == ',' || s[end] == ';' {
				s = s[:end]
			}
		}
		return strings.TrimRight(s, `,;"'>`)
	}
	return ""
}
