// Package titles cuts titles into their parts, the headline, a section, the site, and
// compares their words.
package titles

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"newsclip/clean/internal/names"
	"newsclip/selectors"
)

// Limits of titles: the parts that one is cut into at most, and the letters and digits
// of a headline at least, as [names.Key] has them.
const (
	MaxParts = 6
	MinKey   = 8
)

// maxTitleWords is how many words Overlap compares at most; no title has more.
const maxTitleWords = 80

// Overlap returns the share of the words of the longer list that the other
// has too, 0 to 1.
func Overlap(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 || len(a) > maxTitleWords || len(b) > maxTitleWords {
		return 0
	}
	var used [maxTitleWords]bool
	n := 0
	for _, w := range a {
		for j, v := range b {
			if !used[j] && v == w {
				used[j] = true
				n++
				break
			}
		}
	}
	return float64(n) / float64(max(len(a), len(b)))
}

// starts are the first bytes of separators, and of those that begin with a space, as
// most do, the bytes after it.
type starts struct{ first, afterSpace [256]bool }

var separatorStarts = sync.OnceValue(func() *starts {
	var t starts
	for _, list := range [][]string{selectors.Signs().Separators, selectors.Signs().SeparatorsCJK} {
		for _, s := range list {
			t.first[s[0]] = true
			if s[0] == ' ' {
				t.afterSpace[s[1]] = true
			}
		}
	}
	return &t
})

// begin reports whether a separator may begin at a byte of s.
func (t *starts) begin(s string, at int) bool {
	return t.first[s[at]] && (s[at] != ' ' || at+1 < len(s) && t.afterSpace[s[at+1]])
}

// Bounds returns where the parts of a title begin and end that a separator stands
// between.
func Bounds(title string) [][2]int {
	var bounds [][2]int
	from, may := 0, separatorStarts()
	for at := 0; at < len(title); {
		if !may.begin(title, at) {
			at++
			continue
		}
		sep := ""
		for _, s := range selectors.Signs().Separators {
			if strings.HasPrefix(title[at:], s) && len(s) > len(sep) {
				sep = s
			}
		}
		for _, s := range selectors.Signs().SeparatorsCJK {
			if strings.HasPrefix(title[at:], s) && len(s) > len(sep) && besideCJK(title, at, at+len(s)) {
				sep = s
			}
		}
		if sep == "" || at == from {
			at++
			continue
		}
		bounds = append(bounds, [2]int{from, at})
		at += len(sep)
		from = at
	}
	if from < len(title) {
		bounds = append(bounds, [2]int{from, len(title)})
	}
	return bounds
}

// besideCJK reports whether the letter before or after a part of s is Chinese, Japanese
// or Korean.
func besideCJK(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	return isCJK(before) || isCJK(after)
}

func isCJK(c rune) bool {
	return unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// minPiece is how many words a piece of a heading has that is the headline by itself.
const minPiece = 3

// IsLong reports whether s has the length of a headline.
func IsLong(s string) bool {
	return names.CountWords(s) >= minPiece || besideCJK(s, 0, 0) && utf8.RuneCountInString(s) >= MinKey
}

// IsPart reports whether a stated title is a headline, or has it as one of its parts.
func IsPart(key, stated string) bool {
	if names.Key(stated) == key {
		return true
	}
	bounds := Bounds(stated)
	if len(bounds) < 2 || len(bounds) > MaxParts {
		return false
	}
	for _, b := range bounds {
		if names.Key(stated[b[0]:b[1]]) == key && !strings.HasPrefix(stated[b[1]:], ":") {
			return true
		}
	}
	return false
}

// inAddress is the overlap of words from which on an address spells a title out.
const inAddress = 0.95

// InAddress returns the part of a title that an address spells out, whose words are given, or
// "": in "Storm at sea - News - Harbour Post" and "storm-at-sea" the headline. A colon parts
// no more than halves of one.
func InAddress(title string, address []string) string {
	if len(address) < minPiece {
		return ""
	}
	for _, b := range Bounds(title) {
		if strings.HasPrefix(title[b[1]:], ":") || strings.HasSuffix(strings.TrimRight(title[:b[0]], " "), ":") {
			continue
		}
		if part := strings.Trim(title[b[0]:b[1]], " "); Overlap(names.Words(part), address) >= inAddress {
			return part
		}
	}
	return ""
}

// SiteAffix returns the site's name where one title has it behind the headline and
// another before it: "Storm at sea - Harbour Post", "Harbour Post: Storm at sea". It is
// the shorter of the two.
func SiteAffix(a, b string) string {
	x, y := Bounds(a), Bounds(b)
	if len(x) != 2 || len(y) != 2 {
		return ""
	}
	first, last := names.Key(a[x[0][0]:x[0][1]]), names.Key(a[x[1][0]:x[1][1]])
	if first == "" || first != names.Key(b[y[1][0]:y[1][1]]) || last != names.Key(b[y[0][0]:y[0][1]]) {
		return ""
	}
	if len(first) < len(last) {
		return first
	}
	return last
}

// Tail returns what Key makes of the last of several parts of a title: in "Storm at sea –
// The Harbour Post", the site.
func Tail(title string) string {
	b := Bounds(title)
	if len(b) < 2 {
		return ""
	}
	return names.Key(title[b[len(b)-1][0]:b[len(b)-1][1]])
}

// Begins reports whether a name is the first of a title's parts, as systems put the name of
// their site there.
func Begins(title, name string) bool {
	rest, ok := strings.CutPrefix(strings.TrimSpace(title), name)
	if !ok || name == "" {
		return false
	}
	for _, sep := range selectors.Signs().Separators {
		if strings.HasPrefix(rest, sep) {
			return true
		}
	}
	return false
}
