package text

import "strings"

// HasWord reports whether a list of words with spaces between, such as a class, has w.
func HasWord(list, w string) bool {
	for f := range strings.FieldsSeq(list) {
		if f == w {
			return true
		}
	}
	return false
}
