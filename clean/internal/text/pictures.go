package text

import (
	"strconv"
	"strings"
)

// Pixels reads a width or height attribute; 0 where it is none.
func Pixels(s string) int {
	s = strings.TrimSuffix(strings.TrimSpace(s), "px")
	if v, err := strconv.ParseFloat(s, 64); err == nil && v >= 1 && v < 100_000 {
		return int(v)
	}
	return 0
}
