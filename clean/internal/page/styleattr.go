package page

import "strings"

// styleWords are what a style attribute says.
type styleWords struct {
	hides, fades, block, inline bool // see hidesByStyle, fadesByStyle and displayOf
	unselectable, lined         bool
	inlineBlock                 bool // as scripts part the words of a heading that they move
}

func styleWordsOf(style string) styleWords {
	display := displayOf(style)
	return styleWords{
		hides: hidesByStyle(style), fades: fadesByStyle(style), block: display == "block", inline: display == "inline",
		unselectable: strings.Contains(style, "user-select") && strings.Contains(style, "none"),
		lined:        showsLines(style),
		inlineBlock:  display == "inline-block",
	}
}

// displayOf returns how a style attribute displays an element, such as "block", on lines of
// its own, or "inline", in its line; "" where it does not say.
func displayOf(style string) string {
	k := strings.Index(style, "display")
	if k < 0 {
		return ""
	}
	v, ok := strings.CutPrefix(strings.TrimSpace(style[k+len("display"):]), ":")
	if !ok {
		return ""
	}
	v, _, _ = strings.Cut(v, ";")
	return strings.TrimSpace(v)
}
