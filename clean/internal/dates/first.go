package dates

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"newsclip/selectors"
)

// Limits of a sentence about the first day of its article, in bytes: all of it, what stands
// between its subject and the word for "first", and between that and the day; and the words
// behind the day, where nothing tells of a change.
const (
	maxFirstLine  = 300
	maxToFirst    = 24
	maxToFirstDay = 40
	maxBehindDay  = 12
)

// FirstPublished reads the day in a sentence that says of its own article when that first
// came out, and the day of the last change where it tells that too: "This article was
// originally published on 6 May 2019 but has been updated since." Where the sentence goes on
// in another way, the article came out elsewhere, and is new where it stands.
func FirstPublished(s, lang string) (pub, mod Date, ok bool) {
	if n := CountYears(s); n == 0 || n > 2 || len(s) > maxFirstLine {
		return pub, mod, false
	}
	s = strings.TrimLeft(s, beforeFirst)
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return pub, mod, false // a letter whose small form is longer: places would differ
	}
	words := selectors.Dates()
	k := slices.IndexFunc(words.Articles, func(w string) bool { return strings.HasPrefix(low, w) && strings.HasPrefix(low[len(w):], " ") })
	if k < 0 {
		return pub, mod, false
	}
	at := -1 // behind the word for "first"
	head := len(words.Articles[k])
	for _, w := range words.Firsts {
		if n := strings.Index(low[head:min(len(low), head+maxToFirst+len(w))], " "+w+" "); n >= 0 {
			at = max(at, head+n+len(w)+1)
		}
	}
	if at < 0 {
		return pub, mod, false
	}
	year := strings.IndexFunc(low[at:], unicode.IsDigit)
	if year < 0 || year > maxToFirstDay || namesAnother(s[at:at+year], lang) {
		return pub, mod, false
	}
	year = at + yearEnd(low[at:])
	if pub, ok = ParseDate(s[at:year], lang); !ok {
		return pub, mod, false
	}
	rest := s[year:]
	changed := slices.ContainsFunc(dateMarks(rest), func(m dateMark) bool { return m.updated })
	if changed {
		mod, _ = ParseDate(rest, lang)
		return pub, mod, true
	}
	if n := CountYears(rest); n == 1 && endsSentence(rest, lang) {
		mod, _ = ParseDate(rest, lang)
	}
	return pub, mod, endsSentence(rest, lang)
}

// beforeFirst are the signs that may stand before such a sentence.
const beforeFirst = " \n\r\t*([—–-"

// firstStarts are the first bytes of what such sentences begin with.
var firstStarts = sync.OnceValue(func() map[[3]byte]bool {
	starts := map[[3]byte]bool{}
	for _, w := range selectors.Dates().Articles {
		starts[[3]byte([]byte(w + "  ")[:3])] = true
	}
	return starts
})

// MayTellFirst reports whether a text may be a sentence that [FirstPublished] reads, by its
// first letters.
func MayTellFirst(s string) bool {
	if s != "" && (s[0]|' ' < 'a' || s[0]|' ' > 'z') { // seldom, which saves the search
		s = strings.TrimLeft(s, beforeFirst)
	}
	if len(s) < 3 || s[0] >= utf8.RuneSelf {
		return s != ""
	}
	start := [3]byte{s[0], s[1], s[2]}
	for k, c := range start {
		if c >= 'A' && c <= 'Z' {
			start[k] = c + 'a' - 'A'
		}
	}
	return firstStarts()[start] || start[1] >= utf8.RuneSelf || start[2] >= utf8.RuneSelf
}

// namesAnother reports whether a name stands before the day, that of who had the text first: a
// word with a capital that is no month and no day of the week.
func namesAnother(s, lang string) bool {
	return slices.ContainsFunc(strings.Fields(s), func(w string) bool {
		w = strings.Trim(w, ",.")
		return StartsBig(w) && !IsMonth(w, lang) && selectors.BylineGroupsOf(strings.ToLower(w))&selectors.BylineNobody == 0
	})
}

// StartsBig reports whether s begins with a capital letter.
func StartsBig(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(c)
}

// yearEnd returns where the first number of four digits that may be a year ends, or 0.
func yearEnd(s string) int {
	for i := 0; i < len(s); i++ {
		k := i
		for k < len(s) && s[k] >= '0' && s[k] <= '9' {
			k++
		}
		if k-i == 4 && mayBeYear(s[i:i+2]) {
			return k
		}
		i = k
	}
	return 0
}

// endsSentence reports whether what stands behind the day ends its sentence without a name:
// "veröffentlicht.", "y se actualizó el 6 de mayo de 2024."
func endsSentence(rest, lang string) bool {
	rest, _, _ = strings.Cut(rest+" ", ". ")
	return len(strings.Fields(rest)) <= maxBehindDay && !namesAnother(rest, lang)
}
