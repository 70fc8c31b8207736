package address

import (
	"time"

	"newsclip/clean"
)

// Date returns the day that a path names, as articles' paths do, or the first of
// the month where it names no day.
func Date(path string) (time.Time, bool) {
	at, _, ok := clean.DateInURL(path)
	return at, ok
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
