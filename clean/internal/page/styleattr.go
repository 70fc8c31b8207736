package page

import "strings"

// styleWords are what a style attribute says.
type styleWords struct {
	hides, fades, block, inline bool // see hidesByStyle, fadesByStyle and displays
	unselectable, lined         bool
	inlineBlock                 bool // as scripts part the words of a heading that they move
}

func styleWordsOf(style string) styleWords {
	return styleWords{
		hides: hidesByStyle(style), fades: fadesByStyle(style), block: displays(style, "block"), inline: displays(style, "inline"),
		unselectable: strings.Contains(style, "user-select") && strings.Contains(style, "none"),
		lined:        showsLines(style),
		inlineBlock:  displays(style, "inline-block"),
	}
}

// displays reports whether a style attribute sets an element on lines of its own, by
// "block", or in its line, by "inline".
func displays(style, how string) bool {
	k := strings.Index(style, "display")
	if k < 0 {
		return false
	}
	v, ok := strings.CutPrefix(strings.TrimSpace(style[k+len("display"):]), ":")
	v, _, _ = strings.Cut(v, ";")
	return ok && strings.TrimSpace(v) == how
}
