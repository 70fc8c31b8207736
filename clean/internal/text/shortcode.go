package text

import "strings"

// commands are the signs around what a template's program replaces: {{ promo }}, {% ad %},
// ${title}, <!-- more -->, %%sitename%%.
var commands = [...][2]string{{"{{", "}}"}, {"{%", "%}"}, {"${", "}"}, {"<!--", "-->"}, {"%%", "%%"}}

// IsShortcode reports whether s is one or more commands to the content system that nothing
// has replaced: [gallery ids="3,5"], [ad_1], [vc_row][vc_column], {{< figure src="a.png" >}}.
func IsShortcode(s string) bool {
	if s == "" || strings.IndexByte("[{$<%", s[0]) < 0 {
		return false // as nearly all
	}
	for s != "" {
		rest, ok := cutCommand(s)
		if !ok {
			return false
		}
		s = strings.TrimLeft(rest, " ")
	}
	return true
}

// cutCommand cuts the command that s begins with.
func cutCommand(s string) (rest string, ok bool) {
	for _, around := range commands {
		if after, begins := strings.CutPrefix(s, around[0]); begins {
			inside, rest, ends := strings.Cut(after, around[1])
			return rest, ends && inside != ""
		}
	}
	after, begins := strings.CutPrefix(s, "[")
	inside, rest, ends := strings.Cut(after, "]")
	inside, closes := strings.CutPrefix(inside, "/")
	name, args, _ := strings.Cut(inside, " ")
	if !begins || !ends || name == "" || strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" || strings.Contains(args, "[") {
		return s, false
	}
	if url, after, ok := strings.Cut(rest, "[/"+name+"]"); ok && args == "" && strings.HasPrefix(url, "http") && !strings.Contains(url, " ") {
		return after, true
	}
	return rest, closes && args == "" || strings.Index(args, "=") >= 1 || args == "" && strings.Contains(name, "_")
}
