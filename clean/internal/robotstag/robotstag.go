// Package robotstag reads what a page asks of programs that read it. [Read] takes the
// value of X-Robots-Tag, or of a meta element named robots.
package robotstag

import (
	"strings"
)

// Tag is what a page asks of programs that read it, in the X-Robots-Tag
// header or in a meta element named robots. The zero value asks for nothing.
type Tag struct {
	NoIndex  bool // noindex, none
	NoFollow bool // nofollow, none
	NoAI     bool // noai, noimageai: not to be used to train models
}

// robotsAgent is the product token under which directives are newsclip's own.
const robotsAgent = "newsclip"

// valuedDirectives are those that have a value after a colon, as an agent has
// its directives.
var valuedDirectives = map[string]bool{
	"max-image-preview": true, "max-snippet": true, "max-video-preview": true, "unavailable_after": true,
}

// Read reads the value of X-Robots-Tag or of a meta element named
// robots: directives with commas or spaces between them, in upper or lower
// case. Several headers stand on lines of their own. A line may name the
// product token of the program that its further directives are for, such as
// "googlebot: noindex"; those for others than newsclip do not count.
func Read(value string) Tag {
	var t Tag
	for line := range strings.SplitSeq(strings.ToLower(value), "\n") {
		ours := true
		for item := range strings.FieldsFuncSeq(line, func(c rune) bool { return c == ',' || c == ';' }) {
			if name, rest, ok := strings.Cut(item, ":"); ok {
				name = strings.TrimSpace(name)
				if valuedDirectives[name] {
					continue
				}
				if isProductToken(name) {
					ours, item = name == robotsAgent, rest
				}
			}
			if ours {
				t.read(item)
			}
		}
	}
	return t
}

// read takes directives in lower case with spaces between them.
func (t *Tag) read(directives string) {
	for w := range strings.FieldsSeq(directives) {
		switch w {
		case "noindex":
			t.NoIndex = true
		case "nofollow":
			t.NoFollow = true
		case "none":
			t.NoIndex, t.NoFollow = true, true
		case "noai", "noimageai":
			t.NoAI = true
		}
	}
}

// isProductToken reports whether s is the name of a crawler (RFC 9309, 2.2.1).
func isProductToken(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz-_") == ""
}
