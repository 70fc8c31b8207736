package address

import (
	"time"
)

// Date returns the day or the month that a path names, as articles' paths do:
// /2024/05/, /2024-05-12, /20240512.
func Date(path string) (time.Time, bool) {
	for i := 0; i+6 <= len(path); i++ {
		if path[i] != '1' && path[i] != '2' || i > 0 && isDigit(path[i-1]) {
			continue
		}
		if t, ok := dateAt(path[i:]); ok {
			return t, true
		}
	}
	return time.Time{}, false
}

// dateAt reads a year and a month, and the day where there is one, that s
// begins with.
func dateAt(s string) (time.Time, bool) {
	digits := make([]byte, 0, 8)
	rest := s
	for len(rest) > 0 && len(digits) < 8 {
		switch {
		case isDigit(rest[0]):
			digits = append(digits, rest[0])
		case (rest[0] == '/' || rest[0] == '-' || rest[0] == '_') && (len(digits) == 4 || len(digits) == 6):
		default:
			rest = ""
			continue
		}
		rest = rest[1:]
	}
	if len(rest) > 0 && isDigit(rest[0]) {
		return time.Time{}, false // a longer number
	}
	switch len(digits) {
	case 8:
		t, err := time.Parse("20060102", string(digits))
		return t, err == nil && t.Year() >= 1990 && t.Year() < 2100
	case 6:
		if len(s) < 7 || isDigit(s[4]) {
			return time.Time{}, false // 202405 alone is as likely a number
		}
		t, err := time.Parse("200601", string(digits))
		return t, err == nil && t.Year() >= 1990 && t.Year() < 2100
	}
	return time.Time{}, false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
