package address

import (
	"net/url"
	"strings"
)

// Embedded returns the address that a redirector's own address holds, as in
// https://go.example/?url=https%3A%2F%2Fnews.example%2Fstory, or "".
func Embedded(ref string) string {
	const least = len("http://")
	if len(ref) <= 2*least {
		return ""
	}
	lower := strings.ToLower(ref)
	for _, mark := range []string{"http://", "https://", "http%3a%2f%2f", "https%3a%2f%2f"} {
		i := strings.LastIndex(lower, mark)
		if i < least {
			continue
		}
		inner := ref[i:]
		if strings.Contains(mark, "%") {
			inner, _, _ = strings.Cut(inner, "&")
			s, err := url.QueryUnescape(inner)
			if err != nil {
				continue
			}
			inner = s
		}
		return inner
	}
	return ""
}
