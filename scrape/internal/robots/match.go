package robots

import (
	"strings"

	"github.com/jimsmart/grobotstxt"

	"newsclip/scrape/internal/fetch"
)

// A rule is a line of a group, its pattern as [pattern] returns it.
type rule struct {
	allow   bool
	pattern string
}

func (x rule) writeTo(b *strings.Builder) {
	if x.allow {
		b.WriteString("allow: ")
	} else {
		b.WriteString("disallow: ")
	}
	b.WriteString(x.pattern)
	b.WriteByte('\n')
}

// allowed reports what the rules say of an escaped path with its query. The package
// grobotstxt decides, on the longest of the rules to each effect that match: it reads a
// group anew for each URL, and takes the length of the path for each star.
func allowed(rules []rule, path string) bool {
	if path == "" {
		path = "/"
	}
	var longest [2]rule
	var group strings.Builder
	group.WriteString("user-agent: *\n")
	for _, x := range rules {
		if x.allow && strings.Contains(x.pattern, "/index.htm") {
			x.writeTo(&group) // it matches the folder as well
			continue
		}
		of := &longest[0]
		if x.allow {
			of = &longest[1]
		}
		if len(x.pattern) > len(of.pattern) && matches(path, x.pattern) {
			*of = x
		}
	}
	if longest[0].pattern == "" {
		return true // nothing disallows it
	}
	for _, x := range longest {
		if x.pattern != "" {
			x.writeTo(&group)
		}
	}
	return grobotstxt.AgentAllowed(group.String(), fetch.ProductToken, "http://h"+path)
}

// matches reports whether a path begins as a pattern says (RFC 9309, 2.2.3): a star
// stands for any characters, and $ at its end for the end of the path.
func matches(path, pattern string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	first, rest, more := strings.Cut(pattern, "*")
	path, ok := strings.CutPrefix(path, first)
	if !ok || !more {
		return ok && (!whole || path == "")
	}
	for {
		var piece string
		piece, rest, more = strings.Cut(rest, "*")
		if !more {
			return whole && strings.HasSuffix(path, piece) || !whole && strings.Contains(path, piece)
		}
		at := strings.Index(path, piece)
		if at < 0 {
			return false
		}
		path = path[at+len(piece):]
	}
}
