package show

import (
	"golang.org/x/text/unicode/bidi"
)

// directionBytes is how much of a text is read for its direction.
const directionBytes = 4096

// Direction returns the direction in which most letters of a text run, "rtl" or
// "ltr". It is "ltr" where there are none.
func Direction(text string) string {
	left, right := 0, 0
	for at := 0; at < len(text) && at < directionBytes; {
		p, n := bidi.LookupString(text[at:])
		if n == 0 {
			break
		}
		switch p.Class() {
		case bidi.L:
			left++
		case bidi.R, bidi.AL:
			right++
		}
		at += n
	}
	if right > left {
		return "rtl"
	}
	return "ltr"
}
