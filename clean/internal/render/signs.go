package render

import "strings"

// escapeAt writes a backslash before each of the places in s.
func escapeAt(s string, places []int) string {
	if len(places) == 0 {
		return s
	}
	var b strings.Builder
	from := 0
	for _, at := range places {
		b.WriteString(s[from:at])
		b.WriteByte('\\')
		from = at
	}
	b.WriteString(s[from:])
	return b.String()
}

// bangReference is the sign of exclamation before a bracket. Within a link, the program
// marked takes "!\[a\](b)" for a picture though its brackets are escaped.
const bangReference = "&#33;"

// longestRun returns how often c stands in s in a row at most.
func longestRun(s string, c byte) (longest int) {
	n := 0
	for k := range len(s) {
		if s[k] != c {
			n = 0
			continue
		}
		n++
		longest = max(longest, n)
	}
	return longest
}
