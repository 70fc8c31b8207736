package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsclip/clean/internal/dates"
	"newsclip/selectors"
)

// This file takes off a name what is none of it.

// isCredential reports whether a part of a byline goes with the name before it:
// "MD", "Ph.D.", "Jr.", "RYT 500".
func isCredential(s string) bool {
	s = strings.TrimRight(strings.TrimRight(s, "0123456789"), " ")
	if len(s) > maxCredential || len(s) < minName {
		return false
	}
	return selectors.BylineGroupsOf(strings.ToLower(strings.ReplaceAll(s, ".", "")))&selectors.BylineCredential != 0
}

// nobodysLines are the lines of a page's interface that stand where names do: "View comments".
const nobodysLines = selectors.PhraseShare | selectors.PhraseUI | selectors.PhraseListen | selectors.PhraseFollow | selectors.PhraseLogin | selectors.PhraseComments | selectors.PhraseReadMore | selectors.PhraseNewsletter

// Clean returns the name in a part of a byline, or "" where there is none. A
// job title counts as a name where jobs is set.
func (n NameReader) Clean(s string, jobs bool) string {
	if k := strings.IndexAny(s, "(<[{（［"); k >= 0 && !isInnerName(s, k) {
		s = s[:k]
	}
	if rest, ok := n.CutBy(s); ok {
		s = rest
	}
	if rest, ok := strings.CutPrefix(s, "the "); ok && IsAgency(rest) {
		s = rest
	}
	s = cutMail(cutDate(cutPicture(s)))
	if k := strings.Index(s, " @"); k > 0 {
		s = s[:k]
		if k := strings.LastIndexByte(s, ' '); k > 0 && selectors.BylineGroupsOf(strings.ToLower(s[k+1:]))&selectors.BylineNobody != 0 {
			s = s[:k] // "Jo Doe Follow @jodoe"
		}
	}
	if !jobs {
		s = CutJob(cutAgency(s))
	}
	s = withStop(s, strings.Trim(s, " \u00a0.,:;|*\"'“”„‚‘’»«-–—@©"))
	if k := strings.LastIndexByte(s, ' '); k > 0 && selectors.BylineGroupsOf(strings.ToLower(s[k+1:]))&selectors.BylineNobody != 0 {
		if w := strings.LastIndexByte(s[:k], ' '); w > 0 && selectors.BylineIn(s[w+1:k], selectors.BylineDate, n.Lang) {
			s = s[:w] // "ana el miércoles"
		}
	}
	if k := strings.LastIndexByte(s, ' '); strings.Contains(s[:max(k, 0)], " ") && selectors.BylineIn(s[k+1:], selectors.BylineDate, n.Lang) {
		s = s[:k] // "Ana Ferrer am", and the day in an element of its own
	}
	size := utf8.RuneCountInString(s)
	if countQuotes(s)%2 != 0 || dates.HasHebrewYear(s) {
		return "" // a part of what is quoted, or a day
	}
	if size < minName || size > maxName || strings.ContainsAny(s, "@{}<>=#:/：＝") || strings.Count(s, ".") > 2 && !strings.Contains(s, " ") {
		return ""
	}
	lower := strings.ToLower(s)
	g := selectors.BylineGroupsOf(lower)
	if selectors.MatchPhrase(s).Line&nobodysLines != 0 || n.IsBy(lower) || selectors.BylineIn(lower, selectors.BylineDate, n.Lang) || g&(selectors.BylineNobody|selectors.BylineUpdated|selectors.BylinePublished|selectors.BylineReview) != 0 ||
		g&selectors.BylineJob != 0 && !jobs {
		return ""
	}
	words := strings.Fields(lower)
	if len(words) > maxNameWords {
		return ""
	}
	if len(words) > 1 {
		two := selectors.BylineGroupsOf(words[0] + " " + words[1])
		if !jobs && two&selectors.BylineJob != 0 && !isNewsroom(lower) || two&(selectors.BylinePublished|selectors.BylineUpdated) != 0 {
			return ""
		}
	}
	if first, last := strings.Fields(s)[0], strings.Fields(s)[len(words)-1]; len(words) > 1 && (isSmallEnglish(first) || isSmallEnglish(last) ||
		last == words[len(words)-1] && selectors.BylineIn(last, selectors.BylineBy, n.Lang)) {
		return "" // "of this article", "Insights from", "Ein Bericht von"
	}
	if f := strings.Fields(s); len(f) > 2 && !n.Stated && dates.StartsBig(f[0]) && isSmallLatin(f[len(f)-1]) {
		return "" // "Harbour Radio enthusiast"
	}
	if strings.Trim(words[0], "0123456789") == "+" {
		return "" // "10+ years of experience"
	}
	letters := false
	for _, w := range words {
		g := selectors.BylineGroupsOf(w)
		if g&selectors.BylineJob != 0 && !jobs && !isNewsroom(lower) || g&(selectors.BylineUpdated|selectors.BylinePublished) != 0 {
			return ""
		}
		for _, c := range w {
			letters = letters || unicode.IsLetter(c)
		}
	}
	if !letters {
		return ""
	}
	return s
}

// withStop returns a name, cut out of s, with the full stop of the short word for "junior" or
// "senior" at its end: "Jo Doe Jr."
func withStop(s, name string) string {
	k := len(name) - len(" jr")
	if k <= 0 || name[k] != ' ' || name[k+2] != 'r' || !strings.Contains(s, name+".") {
		return name
	}
	if w := name[k+1]; w != 'J' && w != 'S' {
		return name
	}
	return name + "."
}

// cutPicture cuts off what says that a portrait is shown: "Jo Doe's Picture".
func cutPicture(s string) string {
	at := strings.LastIndexAny(s, "'’")
	if at <= 0 {
		return s
	}
	switch strings.ToLower(strings.TrimLeft(s[at:], "'’")) {
	case "s picture", "s photo", "s avatar", "s profile picture":
		return s[:at]
	}
	return s
}

// cutMail cuts the address off that follows a name of several words: "Jo Doe jdoe@post.example".
func cutMail(s string) string {
	at := strings.IndexByte(s, '@')
	if at < 0 {
		return s
	}
	k := strings.LastIndexByte(s[:at], ' ')
	if k < 0 || k == at-1 || !strings.Contains(s[:k], " ") {
		return s
	}
	return strings.TrimRight(s[:k], " |,-–—")
}

// isInnerName reports whether the bracket at k holds a name of birth, a nickname or initials,
// between a first name and a surname: "Ana (Ferrer) Holt", "Jo (The Gull) Holt",
// "Jo (J.R.) Holt". What an agency's name stands before is a name of its own.
func isInnerName(s string, k int) bool {
	inside, after, closed := strings.Cut(s[k+1:], ")")
	before := strings.TrimSpace(s[:k])
	if !closed || s[k] != '(' || !strings.HasPrefix(after, " ") || strings.ContainsAny(before+after[1:], " ,") || strings.Count(inside, " ") > 1 || strings.Contains(inside, ",") {
		return false
	}
	initials := strings.HasSuffix(inside, ".") && len(inside) <= maxCredential
	return (initials || inside != strings.ToUpper(inside)) && LooksLikePerson(before+after) && LooksLikeName(before+" "+inside+after) &&
		!IsAgency(before)
}

// IsCompany reports whether the last word of a name is the form of a company: "Harbour
// Press GmbH", "Inc.".
func IsCompany(name string) bool {
	form := name[strings.LastIndexByte(name, ' ')+1:]
	if len(form) > maxForm {
		return false
	}
	form = strings.ReplaceAll(form, ".", "")
	return selectors.BylineGroupsOf(strings.ToLower(form))&selectors.BylineCompany != 0
}

// isSmallEnglish reports whether a word is a preposition of English in small letters,
// with which no name begins or ends.
func isSmallEnglish(w string) bool {
	return w == strings.ToLower(w) && (selectors.BylineIn(w, selectors.BylinePlace, "en") || selectors.BylineIn(w, selectors.BylineInstitution, "en"))
}

// isSmallLatin reports whether a word begins with a small letter of the Latin script.
func isSmallLatin(w string) bool {
	c, _ := utf8.DecodeRuneInString(w)
	return unicode.IsLower(c) && unicode.Is(unicode.Latin, c)
}

// cutDate cuts a part of a byline at the date that follows the name: at the
// first word with a digit, or a month's name before one.
func cutDate(s string) string {
	at := 0
	prev := -1 // where the word before began
	for at < len(s) {
		end := len(s)
		if k := strings.IndexByte(s[at:], ' '); k >= 0 {
			end = at + k
		}
		w := s[at:end]
		if isDateWord(w) && (at > 0 || w[0] >= utf8.RuneSelf || startsWithDate(s)) {
			cut := at
			if prev >= 0 {
				if _, ok := selectors.MonthOf(strings.ToLower(strings.Trim(s[prev:at], " .,")), ""); ok {
					cut = prev
				}
			}
			s = strings.TrimRight(s[:cut], " ")
			if isSmallLatin(s) && len(strings.TrimSuffix(s, ".")) <= maxParticle && !strings.Contains(s, " ") {
				return "" // "ma 6 mei 2024": the weekday
			}
			if k := strings.LastIndexByte(s, ' '); k >= 0 {
				if two := strings.LastIndexByte(s[:k], ' '); two > 0 && selectors.BylineGroupsOf(s[two+1:])&selectors.BylineDate != 0 {
					return s[:two] // "w dniu"
				}
				if selectors.BylineGroupsOf(strings.ToLower(s[k+1:]))&(selectors.BylineDate|selectors.BylinePublished|selectors.BylineUpdated) != 0 {
					s = strings.TrimRight(s[:k], " ,;|·–-") // "Ana Ferrer Updated"
				}
			}
			return s
		}
		prev = at
		at = end + 1
	}
	return s
}

// isDateWord reports whether a word is a number as dates have them: 26, 26th,
// 2024, 11:15, 8h05, 6.5.2024, 2024年5月6日.
func isDateWord(w string) bool {
	if w[0] < '0' || w[0] > '9' {
		c, _ := utf8.DecodeRuneInString(w)
		_, ok := dates.DigitOf(c)
		return ok && c >= utf8.RuneSelf
	}
	rest := strings.TrimLeft(w, "0123456789.:/-,")
	if rest == "" || selectors.Dates().Suffixes[rest] {
		return true
	}
	sign, size := utf8.DecodeRuneInString(rest)
	return sign == 'h' && strings.Trim(rest[size:], "0123456789") == "" || strings.ContainsRune("年月日時时년월일시", sign)
}

// startsWithDate reports whether a date can be read in s.
func startsWithDate(s string) bool {
	_, ok := dates.ParseDate(s, "")
	return ok
}
