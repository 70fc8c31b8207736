package main

import (
	"os"
	"strings"

	"github.com/rivo/uniseg"
	"golang.org/x/term"
)

// terminalWidth returns the number of columns of the terminal that w is, and 0 where
// it is none.
func terminalWidth(w any) int {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// columns returns the number of a terminal's columns that s takes: two for a Chinese,
// Japanese or Korean character, none for an accent of its own.
func columns(s string) int { return uniseg.StringWidth(s) }

// cutTo cuts s so that it takes no more than n columns, with an ellipsis at its end.
func cutTo(s string, n int) string {
	if columns(s) <= n {
		return s
	}
	if n <= 0 {
		return ""
	}
	var b strings.Builder
	left := n - 1
	for g := uniseg.NewGraphemes(s); g.Next() && g.Width() <= left; {
		left -= g.Width()
		b.WriteString(g.Str())
	}
	return b.String() + "…"
}

// pad fills s with spaces to n columns, before it where right is set.
func pad(s string, n int, right bool) string {
	fill := strings.Repeat(" ", max(0, n-columns(s)))
	if right {
		return fill + s
	}
	return s + fill
}
