package sketch

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// pageMark matches what tells the pages of an article apart in its title: "page 2",
// "Teil 2 von 3", "(2/3)", and a number alone at the end.
var pageMark = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:page|pagina|página|part|parte|partie|seite|sida|side|teil|strona)\s*\d+(?:\s*(?:/|of|von|de|di|av)\s*\d+)?|\d+\s*/\s*\d+`)
})

// minTitle is how many letters a title has at least that counts where it stands
// within another one.
const minTitle = 10

// SameTitle reports whether two titles are those of pages of one article: the
// letters of one are in the other, as in "A walk" and "A walk – page 2 of 5". Two
// that have other numbers, as "Week 12" and "Week 13", are not.
func SameTitle(a, b string) bool {
	a, b = pageMark().ReplaceAllString(a, ""), pageMark().ReplaceAllString(b, "")
	if m, n := only(a, unicode.IsDigit), only(b, unicode.IsDigit); m != "" && n != "" && m != n {
		return false
	}
	a, b = only(a, unicode.IsLetter), only(b, unicode.IsLetter)
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == b || utf8.RuneCountInString(a) >= minTitle && strings.Contains(b, a)
}

// only returns the characters of s that f wants, in lower case.
func only(s string, f func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if f(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
