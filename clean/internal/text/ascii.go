package text

import "unicode/utf8"

// IsDigits reports whether s is one ASCII digit or more, and nothing else.
func IsDigits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

// IsASCII reports whether s has no byte outside ASCII.
func IsASCII(s string) bool {
	for k := range len(s) {
		if s[k] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
