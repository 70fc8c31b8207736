package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsclip/clean/internal/dates"
	"newsclip/selectors"
)

// This file tells places and houses from names.

// isPlace reports whether a part of a byline after a name is a place and no name:
// "à Bruxelles", "de Lisboa", a city of two words, or one word at the end of what
// readers see, "Berlin".
func (n NameReader) isPlace(before, part string, stated, last bool) bool {
	lower := strings.ToLower(part)
	if isCity(lower) {
		return !stated || strings.Contains(part, " ")
	}
	first, rest, more := strings.Cut(part, " ")
	if more {
		second, _, _ := strings.Cut(rest, " ")
		two := strings.ToLower(first + " " + second)
		return first == strings.ToLower(first) && dates.StartsBig(rest) && n.Lang != "" && (selectors.BylineIn(first, selectors.BylinePlace, n.Lang) ||
			!stated && len(first) < maxParticle && strings.Count(rest, " ") < 2 && !IsAgency(rest) && LooksLikePerson(before)) ||
			selectors.BylineIn(two, selectors.BylinePlace, "en") || selectors.BylineIn(two, selectors.BylinePlace, n.Lang)
	}
	if part == strings.ToUpper(part) && !isCaseless(part) && dates.StartsBig(part) && before != strings.ToUpper(before) && LooksLikePerson(before) &&
		!stated && utf8.RuneCountInString(part) >= minCapsPlace && selectors.BylineGroupsOf(lower) == 0 {
		return true // "Ayşe Demir / İSTANBUL"
	}
	return !stated && last && (dates.StartsBig(part) || isCaseless(part)) && (part != strings.ToUpper(part) || isCaseless(part)) && selectors.BylineGroupsOf(lower) == 0
}

// beforeBracket cuts off what stands in brackets at a part's end: "Ankara (DHA)".
func beforeBracket(part string) string {
	if k := strings.IndexByte(part, '('); k > 0 && strings.HasSuffix(part, ")") {
		return strings.TrimRight(part[:k], " ")
	}
	return part
}

// onlyAgencies reports whether the parts of a byline are agencies, each of one word: TT.
func onlyAgencies(parts []string) bool {
	return !slices.ContainsFunc(parts, func(p string) bool {
		return !IsAgency(p)
	})
}

// describes reports whether a part of a byline behind a name says what its bearer does: it
// begins with a job in a script without capitals, or with a word in small letters that is
// too long for a particle: "corespondență din Cluj"; or is what someone is of something:
// "Head of Harbours".
func (n NameReader) describes(before, part string) bool {
	first, _, more := strings.Cut(part, " ")
	if !more {
		return false
	}
	if isCaseless(part) {
		return selectors.BylineGroupsOf(first)&selectors.BylineJob != 0
	}
	if LooksLikePerson(before) && strings.Contains(part, " of ") {
		return true
	}
	c, _ := utf8.DecodeRuneInString(first)
	if !unicode.IsLower(c) || utf8.RuneCountInString(first) <= maxParticle || !LooksLikePerson(before) {
		return false
	}
	_, by := n.CutBy(part)
	return !by
}

// minCapsPlace is how many letters a place in capitals has at least behind a name that is
// not: shorter ones are initials.
const minCapsPlace = 4

// isCity reports whether a text in small letters is the name of a city that bylines.txt
// has.
func isCity(lower string) bool {
	return selectors.BylineGroupsOf(strings.TrimRight(strings.ReplaceAll(lower, ".", ""), " "))&selectors.BylineCity != 0
}

// cutSignedPlace cuts off the place that Japanese papers print before a name: ローマ＝山田太郎.
func cutSignedPlace(s string) string {
	for _, sign := range []string{"＝", "="} {
		place, name, ok := strings.Cut(s, sign)
		first := name
		if k := strings.IndexAny(name, "·ㆍ・、,"); k > 0 {
			first = name[:k] // 부산=박바다·이파도 기자
		}
		if ok && IsCJKName(first) && place != "" && !strings.ContainsAny(place, " :：") && !isLabel(place) {
			return name
		}
	}
	return s
}

// isLabel reports whether a text is what a byline begins with, or what names someone
// who did not write.
func isLabel(s string) bool {
	return selectors.BylineGroupsOf(s)&(selectors.BylineBy|selectors.BylineReview|selectors.BylineNobody) != 0
}

// isCaseless reports whether s begins with a letter of a script that has spaces between
// words and no capitals.
func isCaseless(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.In(c, unicode.Hebrew, unicode.Arabic, unicode.Devanagari, unicode.Bengali, unicode.Tamil, unicode.Telugu, unicode.Gujarati, unicode.Gurmukhi, unicode.Kannada, unicode.Malayalam, unicode.Georgian)
}

// isUnit reports whether a part of a byline after a name is the house that its bearer
// works for, by its name in capitals: "BBC News".
func isUnit(name, part string) bool {
	first, _, more := strings.Cut(part, " ")
	return more && len(first) > 2 && first == strings.ToUpper(first) && strings.Trim(first, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" && part != strings.ToUpper(part) && LooksLikePerson(name)
}

// cutHousePlace cuts off the place that a dash parts from the house behind a name: "Jo Doe,
// UOL — Recife". A person's name between comma and dash is no house.
func cutHousePlace(s string) string {
	for _, dash := range []string{" — ", " – "} {
		before, place, ok := strings.Cut(s, dash)
		if k := strings.LastIndexByte(before, ','); ok && k > 0 && dates.StartsBig(place) && !strings.ContainsAny(place, ",;|/") &&
			LooksLikePerson(beforeComma(before)) && !LooksLikeName(before[k+1:]) {
			return before
		}
	}
	return s
}

// cutPlace cuts off what follows a name: "in Port Meridian", "for the Post".
func (n NameReader) cutPlace(s string) string {
	words := strings.Split(s, " ")
	for k := 2; k+1 < len(words); k++ {
		if two := strings.ToLower(words[k] + " " + words[k+1]); k+2 < len(words) && n.Lang != "" && selectors.BylineIn(two, selectors.BylinePlace, n.Lang) {
			if name := strings.Join(words[:k], " "); LooksLikeName(name) {
				return name // "JO DOE Special to the Post"
			}
		}
		host := k+2 == len(words) && strings.Contains(words[k+1], ".") // "Jo Doe For Harbourpost.Com"
		if words[k] != strings.ToLower(words[k]) && !host || n.Lang == "" || !selectors.BylineIn(strings.ToLower(words[k]), selectors.BylinePlace, n.Lang) {
			continue
		}
		name := strings.Join(words[:k], " ")
		if LooksLikeName(name) && !hasPhrase(name, selectors.BylineInstitution) && selectors.BylineGroupsOf(strings.ToLower(words[k-1])) == 0 &&
			(dates.StartsBig(words[k+1]) || k+2 < len(words) && dates.StartsBig(words[k+2])) {
			return name
		}
	}
	return s
}

// cutAgency cuts the agency off that a name is written together with: "JO DOE
// Associated Press".
func cutAgency(s string) string {
	words := strings.Fields(s)
	for k := 2; k < len(words); k++ {
		if IsAgency(strings.Join(words[k:], " ")) {
			return strings.Join(words[:k], " ")
		}
	}
	return s
}
