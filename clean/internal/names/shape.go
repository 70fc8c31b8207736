package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsclip/clean/article"
	"newsclip/selectors"
)

// This file compares names and tells their shapes.

// ShareWord reports whether two names have a word in common.
func ShareWord(a, b string) bool {
	for _, w := range Words(a) {
		if slices.Contains(Words(b), w) {
			return true
		}
	}
	return false
}

// accountDigits is how many digits an account's name ends with that may be in capitals.
const accountDigits = 3

// IsAccount reports whether a name is that of an account: one word of ASCII that is no
// capitalised name (jdoe, jo.doe, JoD), or has a number at its end that no channel has
// (JD4711).
func IsAccount(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] == ' ' || s[i] >= utf8.RuneSelf {
			return false
		}
	}
	if len(s)-len(strings.TrimRight(s, "0123456789")) >= accountDigits {
		return true
	}
	return len(s) > 1 && s != strings.ToUpper(s) && (s[1:] != strings.ToLower(s[1:]) || !unicode.IsUpper(rune(s[0])))
}

// IsAgency reports whether a name is that of a news agency.
func IsAgency(name string) bool {
	return selectors.BylineGroupsOf(strings.ToLower(name))&selectors.BylineAgency != 0
}

// AreHalves reports whether two words are hardly anything but the first name and the
// surname of one person: each of letters with a capital, and no word of bylines.
func AreHalves(a, b string) bool {
	if strings.ContainsAny(a+b, " .,") || !LooksLikePerson(TitleCase([]string{a, b})) {
		return false
	}
	return selectors.BylineGroupsOf(strings.ToLower(a)) == 0 && selectors.BylineGroupsOf(strings.ToLower(b)) == 0
}

// TitleCase joins words of a name, each of which is written in capitals or not.
func TitleCase(words []string) string {
	out := make([]string, len(words))
	for k, w := range words {
		out[k] = w
		if first, size := utf8.DecodeRuneInString(w); unicode.IsUpper(first) && w == strings.ToUpper(w) {
			out[k] = w[:size] + strings.ToLower(w[size:])
		}
	}
	return strings.Join(out, " ")
}

// WithoutJoined drops the last author where the name is that of all before, one behind
// another: systems add a field of the whole byline to those of each name.
func WithoutJoined(as []article.Author) []article.Author {
	last := len(as) - 1
	if last < 2 {
		return as
	}
	all := ""
	for _, a := range as[:last] {
		all += Key(a.Name)
	}
	if Key(as[last].Name) == all {
		return as[:last]
	}
	return as
}

// WithoutTopics drops the words in small letters that follow a name of the usual shape:
// what its bearer writes about.
func WithoutTopics(signed []string) []string {
	if len(signed) < 2 || !LooksLikePerson(signed[0]) {
		return signed
	}
	out := signed[:1]
	for _, s := range signed[1:] {
		if c, _ := utf8.DecodeRuneInString(s); unicode.IsLower(c) && !strings.Contains(s, " ") && selectors.BylineGroupsOf(s)&selectors.BylineAgency == 0 {
			continue
		}
		out = append(out, s)
	}
	return out
}

// CapitalsAreNames reports whether two words with capitals are hardly anything but a name
// in the reader's language: headings have capitals in English, nouns in German.
func (n NameReader) CapitalsAreNames() bool {
	switch n.Lang {
	case "", "de", "en", "lb":
		return false
	}
	return true
}

// IsSmall reports whether a text begins with a small letter, as a job behind a name does.
func IsSmall(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(c)
}

// isThaiPerson reports whether s has the shape of a first name and a surname in Thai, which
// has a space between them and none between words.
func isThaiPerson(s string) bool {
	first, last, ok := strings.Cut(s, " ")
	thai := func(w string) bool {
		return w != "" && len(w) <= maxCaselessWord && !strings.ContainsFunc(w, func(c rune) bool { return !unicode.Is(unicode.Thai, c) || unicode.IsDigit(c) })
	}
	return ok && thai(first) && thai(last) && selectors.BylineGroupsOf(first)|selectors.BylineGroupsOf(last) == 0
}

// Lengths of a name in a script without capitals: its words, and the bytes of each.
const (
	maxCaselessWords = 4
	maxCaselessWord  = 40
)

// IsCaselessPerson reports whether s has the shape of a person's name in a script that has
// spaces between words and no capitals: two to four words of its letters, none of which is a
// word of bylines, dates or a page's interface. A section has that shape, too.
func IsCaselessPerson(s string) bool {
	if !isCaseless(s) || strings.Count(s, " ") >= maxCaselessWords || !strings.Contains(s, " ") {
		return false
	}
	for w := range strings.SplitSeq(s, " ") {
		if _, month := selectors.MonthOf(w, ""); month || len(w) > maxCaselessWord || utf8.RuneCountInString(w) < minName || !isCaseless(w) || selectors.BylineGroupsOf(w)&^selectors.BylineAnd != 0 ||
			strings.ContainsFunc(w, func(c rune) bool {
				return !unicode.IsLetter(c) && !unicode.IsMark(c) && c != '\'' && c != '׳' && c != '-' && c != '\u200c'
			}) {
			return false
		}
	}
	m := selectors.MatchPhrase(s)
	return m.Line|m.Prefix == 0 && selectors.BylineGroupsOf(s) == 0 && !isNewsroom(s)
}
