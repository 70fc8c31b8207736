package text

import "strings"

// IsShortcode reports whether s is a command to the content system that nothing
// has replaced: [gallery ids="3,5"], [ad_1], {{< figure src="a.png" >}}.
func IsShortcode(s string) bool {
	if strings.HasPrefix(s, "{{<") && strings.HasSuffix(s, ">}}") || strings.HasPrefix(s, "{%") && strings.HasSuffix(s, "%}") {
		return true
	}
	inside, open := strings.CutPrefix(s, "[")
	inside, closed := strings.CutSuffix(inside, "]")
	name, rest, _ := strings.Cut(inside, " ")
	if !open || !closed || name == "" || strings.Index(rest, "=") < 1 && !(rest == "" && strings.Contains(name, "_")) || strings.ContainsAny(inside, "[]") {
		return false
	}
	return strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") == ""
}
