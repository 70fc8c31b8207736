package dates

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// This file reads the dates in lines that say more than a date: a dateline, a line with
// the day of publication and that of the last change.

// Limits of a line: the words of a date that stands alone and of a label, the bytes of
// the former, the bytes in which a dateline stands, and its places' words.
const (
	maxLoneWords     = 7
	maxLoneDate      = 40
	maxLabelWords    = 3
	maxDateline      = 90
	maxDatelinePlace = 5
	maxLowerWord     = 3 // letters of a word there that begins small: le, den
)

// A dateMark is a label of a date in a line: bytes [from, to).
type dateMark struct {
	from, to       int
	updated, other bool // other is set for the label of another day than these two
}

// dateMarks finds the labels in a line, in its order.
func dateMarks(s string) []dateMark {
	var marks []dateMark
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return nil // a letter whose small form is longer: places would differ
	}
	isWord := func(c rune) bool {
		if c < utf8.RuneSelf {
			return 'a' <= c && c <= 'z' // low has no others
		}
		return unicode.IsLetter(c) || unicode.IsMark(c)
	}
	for at := 0; at < len(low); {
		k := strings.IndexFunc(low[at:], isWord)
		if k < 0 {
			break
		}
		at += k
		g, end := dateGroups(low, at, isWord)
		if g != 0 {
			const dated = selectors.BylinePublished | selectors.BylineUpdated
			marks = append(marks, dateMark{at, end, g&selectors.BylineUpdated != 0, g&dated == 0})
		} else if !text.IsASCII(low[at:end]) {
			// Scripts without spaces: the label is a part of a run of signs.
			for _, l := range selectors.SpacelessDateLabels() {
				if n := strings.Index(low[at:end], l.Text); n >= 0 {
					marks = append(marks, dateMark{at + n, at + n + len(l.Text), l.Updated, false})
					break
				}
			}
		}
		at = end
	}
	return marks
}

// dateGroups returns the groups of the longest label that begins at a word, and where
// it ends; without one, where the word ends.
func dateGroups(low string, at int, isWord func(rune) bool) (g selectors.BylineGroups, end int) {
	const dated = selectors.BylinePublished | selectors.BylineUpdated | selectors.BylineOther
	first := 0
	for n, to := 0, at; n < maxLabelWords; n++ {
		k := wordEnd(low[to:], isWord)
		if k == 0 {
			break
		}
		to += k
		if n == 0 {
			first = to
		}
		if found := selectors.BylineGroupsOf(low[at:to]) & dated; found != 0 {
			g, end = found, to
		}
		if to == len(low) || low[to] != ' ' {
			break
		}
		to++
	}
	if end == 0 {
		end = first
	}
	return g, end
}

// wordEnd returns the bytes of the word that s begins with.
func wordEnd(s string, isWord func(rune) bool) int {
	if k := strings.IndexFunc(s, func(c rune) bool { return !isWord(c) }); k >= 0 {
		return k
	}
	return len(s)
}

// SplitLine reads the day of publication and that of the last change out of a line
// that labels both, or the second one alone, or the first one beside days of other
// things, without the second. Labels stand before their dates, or after them where the
// line ends with one.
func SplitLine(s, lang string) (pub, mod Date, ok bool) {
	marks := dateMarks(s)
	if len(marks) == 0 || len(marks) > 4 {
		return pub, mod, false
	}
	others := false
	after := !HasDigit(s[marks[len(marks)-1].to:])
	part := func(from, to int, m dateMark) {
		d, found := ParseDate(s[from:to], lang)
		switch {
		case !found:
		case m.other:
			others = true
		case m.updated && !mod.Ok():
			mod = d
		case !m.updated && !pub.Ok():
			pub = d
		}
	}
	if after {
		from := 0
		for _, m := range marks {
			part(from, m.from, m)
			from = m.to
		}
		return pub, mod, pub.Ok() && (mod.Ok() || others)
	}
	part(0, marks[0].from, dateMark{})
	for k, m := range marks {
		to := len(s)
		if k+1 < len(marks) {
			to = marks[k+1].from
		}
		part(m.to, to, m)
	}
	return pub, mod, pub.Ok() && (mod.Ok() || others)
}

// OfDateline returns the day of the dateline that a paragraph begins with.
func OfDateline(s, lang string) (Date, bool) {
	head := strings.TrimLeft(s[:min(len(s), maxDateline)], " (")
	// The place: words that begin with capitals, and what ends it.
	at := strings.IndexFunc(head, func(c rune) bool { _, ok := DigitOf(c); return ok })
	if at < 0 {
		return Date{}, false
	}
	before := head[:at]
	if k := strings.LastIndexByte(strings.TrimRight(before, " ."), ' '); at > 0 {
		if w := strings.Trim(before[k+1:], " .,("); IsMonth(w, lang) {
			before, at = before[:k+1], k+1
		}
	}
	words := strings.Fields(before)
	if len(words) > maxDatelinePlace || len(words) > 0 && !strings.ContainsAny(before, ",(:–—-/|;") {
		return Date{}, false
	}
	for _, w := range words {
		c := []rune(strings.TrimLeft(w, "(–—-/|,;:"))
		if len(c) > 0 && !unicode.IsUpper(c[0]) && len(c) > maxLowerWord {
			return Date{}, false
		}
	}
	rest := head[at:]
	end := strings.IndexAny(rest, ")|–—:/„“\"«»")
	for _, sep := range []string{" - ", " -- ", " (", ".- ", ".-"} {
		if k := strings.Index(rest, sep); k > 0 && (end < 0 || k < end) {
			end = k
		}
	}
	if end < 0 {
		return Date{}, false
	}
	if slash := rest[end] == '/'; slash {
		if end+1 < len(rest) && rest[end+1] >= '0' && rest[end+1] <= '9' { // 6/5/2024
			k := strings.IndexAny(rest[end:], " )|")
			if k < 0 {
				return Date{}, false
			}
			end += k
		}
	}
	day := strings.TrimSpace(rest[:end])
	if len(strings.Fields(day)) > maxLoneWords || CountYears(day) != 1 {
		return Date{}, false
	}
	return ParseDate(day, lang)
}

// IsMonth reports whether s is the name of a month.
func IsMonth(s, lang string) bool {
	s = strings.Trim(s, " .,")
	var arr [32]byte
	low := arr[:0]
	for k := range len(s) {
		c := s[k]
		if c >= utf8.RuneSelf || len(low) == len(arr) {
			_, ok := selectors.MonthOf(strings.ToLower(s), lang)
			return ok
		}
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		low = append(low, c)
	}
	_, ok := selectors.MonthOf(string(low), lang)
	return ok
}

// IsLone reports whether a text is a date and nothing else: short, with one
// year, and beginning or ending with a number.
func IsLone(s string) bool {
	return len(s) <= maxLoneDate && CountYears(s) == 1 && len(strings.Fields(s)) <= maxLoneWords &&
		(s[0] >= '0' && s[0] <= '9' || s[len(s)-1] >= '0' && s[len(s)-1] <= '9')
}

// Limits of the hour behind a day: the bytes of each of its words ("horas"), and how many
// there are.
const (
	maxHourWord  = 6
	maxHourWords = 5
)

// WithoutHour cuts the hour behind the year off a date: "6 de mayo de 2024 a las 08:42".
func WithoutHour(s string) string {
	year := -1 // the end of the last number of four digits
	for i := 0; i < len(s); i++ {
		k := i
		for k < len(s) && s[k] >= '0' && s[k] <= '9' {
			k++
		}
		if k-i == 4 {
			year = k
		}
		i = k
	}
	if year < 0 || !strings.ContainsAny(s[year:], "0123456789") {
		return s
	}
	words := strings.Fields(s[year:])
	if len(words) > maxHourWords {
		return s
	}
	for _, w := range words {
		if len(w) > maxHourWord {
			return s
		}
	}
	return s[:year]
}

// LonePart returns the part of a line, between bars, dots or slashes with spaces around
// them or behind the last bracket, that is a date and nothing else, or the line where it
// has none: "Text: Jo Doe | Editor: Ana Ferrer | 6 May 2024", "Jo Doe (Ghent), 6 May 2024".
func LonePart(s string) string {
	for _, sep := range []string{" | ", " · ", " • ", " / "} {
		if !strings.Contains(s, sep) {
			continue
		}
		for part := range strings.SplitSeq(s, sep) {
			if part = strings.TrimSpace(part); part != "" && IsLone(WithoutHour(part)) {
				return part
			}
		}
	}
	if k := strings.LastIndexByte(s, ')'); k >= 0 {
		if part := strings.TrimSpace(strings.TrimLeft(s[k+1:], " ,;:|-–—")); part != "" && IsLone(part) {
			return part
		}
	}
	return s
}

// HasClock reports whether a text has a time of the day: 10:15, 10h15, 10時15分.
func HasClock(s string) bool {
	for i := 1; i < len(s); i++ {
		if s[i-1]-'0' >= 10 {
			continue
		}
		for _, sep := range [...]string{":", "h", "時"} {
			rest, ok := strings.CutPrefix(s[i:], sep)
			if ok && len(rest) > 1 && rest[0]-'0' < 6 && rest[1]-'0' < 10 {
				return true
			}
		}
	}
	return false
}

// CountYears counts the four-digit numbers that may be years.
func CountYears(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0xD9 && c <= 0xEF && c != 0xE2 && c != 0xDA { // a letter that may be a digit
			k, century := wideNumber(s[i:])
			if century != "" && mayBeYear(century) {
				n++
			}
			i += max(k, 1) - 1
			continue
		}
		k := i
		for k < len(s) && s[k] >= '0' && s[k] <= '9' {
			k++
		}
		if k-i == 4 && mayBeYear(s[i:i+2]) {
			n++
		}
		i = k
	}
	return n
}

// wideNumber returns the bytes of the number in digits of another script that s begins with,
// and the first two of its digits where it has four.
func wideNumber(s string) (size int, century string) {
	var arr [4]byte
	n := 0
	for size < len(s) {
		c, w := utf8.DecodeRuneInString(s[size:])
		v, ok := DigitOf(c)
		if !ok || c < utf8.RuneSelf {
			break
		}
		if n < len(arr) {
			arr[n] = '0' + byte(v)
		}
		n++
		size += w
	}
	if n != len(arr) {
		return size, ""
	}
	return size, string(arr[:2])
}

// mayBeYear reports whether a number of four digits may be a year by the first two: of the
// Gregorian calendar, the Hijri ones or the Buddhist one. Others count readers.
func mayBeYear(century string) bool {
	switch century {
	case "13", "14", "18", "19", "20", "21", "24", "25":
		return true
	}
	return false
}

// HasDigit reports whether s has a digit of some script.
func HasDigit(s string) bool {
	wide := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= '0' && c <= '9' {
				return true
			}
			continue
		}
		// The first bytes that the other scripts' digits begin with.
		wide = wide || c == 0xE5 && strings.HasPrefix(s[i:], "年") || c == 0xD9 || c == 0xDB || c == 0xE0 || c == 0xE1 || c == 0xEF
	}
	if wide {
		before := rune(0)
		for _, c := range s {
			if _, ok := DigitOf(c); ok || c == '年' && strings.ContainsRune(numeralSigns, before) {
				return true
			}
			before = c
		}
	}
	return false
}

// MayHaveTwo reports whether a line has two numbers, or digits of a script
// other than ours: two dates have at least as many.
func MayHaveTwo(s string) bool {
	numbers := 0
	for k := range len(s) {
		switch c := s[k]; {
		case c >= 0xD9:
			return HasDigit(s)
		case '0' <= c && c <= '9' && (k == 0 || s[k-1] < '0' || s[k-1] > '9'):
			numbers++
		}
	}
	return numbers > 1
}
