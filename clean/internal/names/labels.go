package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsclip/clean/internal/dates"
	"newsclip/selectors"
)

// This file tells what the words at a date label it as.

// AroundDate returns what stands before the first number of s, or all of it where
// nothing does: "2024年5月6日 更新", "12 comments | Updated 6 May 2024".
func AroundDate(s string) string {
	if k := strings.IndexAny(s, "0123456789"); k > 0 {
		if before := strings.Trim(s[:k], " :|-–·•,("); before != "" {
			return before
		}
	}
	return s
}

// maxLabelWords is the number of words of the longest label of a date.
const maxLabelWords = 3

// LabelIn returns what the first word of s that labels a date labels it as, or the
// last such word.
func LabelIn(s string, last bool) (published, updated bool) {
	g := LabelOf(s, last)
	return g&selectors.BylinePublished != 0, g&selectors.BylinePublished == 0 && g&selectors.BylineUpdated != 0
}

// IsOtherFact reports whether the head of a table's row labels another day than those of
// publication and change: "Founded".
func IsOtherFact(head string) bool {
	return head != "" && LabelOf(head, true)&^selectors.BylineOther == 0 && !selectors.Dates().DayLabels[strings.ToLower(strings.TrimRight(head, " :："))]
}

// LabelOf is LabelIn for every label of a date; 0 is none.
func LabelOf(s string, last bool) selectors.BylineGroups {
	const labels = selectors.BylinePublished | selectors.BylineUpdated | selectors.BylineOther
	words := Words(s)
	all := strings.Join(words, " ")
	var arr [64]int
	starts := append(arr[:0], 0) // of the words in all, and of one more
	for _, w := range words {
		starts = append(starts, starts[len(starts)-1]+len(w)+1)
	}
	for n := range words {
		k := n
		if last {
			k = len(words) - 1 - n
		}
		p := selectors.BylineGroups(0)
		for to := k + 1; to <= min(k+maxLabelWords, len(words)); to++ {
			p |= selectors.BylineGroupsOf(all[starts[k] : starts[to]-1])
		}
		if p&labels != 0 {
			return p & labels
		}
	}
	return 0
}

// cutLabel cuts a byline at the label of something else, which a colon tells, behind
// the name: "投稿者：佐藤由美　投稿日：2024年5月6日". A slash tells one in Chinese: 文/王小明 图/李华.
func cutLabel(s string) string {
	const spaces = " \u00a0\u3000"
	for at := 0; ; {
		k := strings.IndexAny(s[at:], ":：/／")
		if k < 0 {
			return s
		}
		colon, cut := at+k, 0
		slash := s[colon] == '/' || strings.HasPrefix(s[colon:], "／")
		for from, words := colon, 0; from > 0 && words < maxLabelWords; words++ {
			if from = strings.LastIndexAny(s[:from], spaces); from < 0 {
				from = 0
			}
			word := strings.Trim(s[from:colon], spaces)
			if slash && (utf8.RuneCountInString(word) != 1 || !MayHaveCJK(word)) {
				break
			}
			label := selectors.BylineGroupsOf(strings.ToLower(word))
			if label&(selectors.BylinePublished|selectors.BylineUpdated|selectors.BylineOther|selectors.BylineReview|selectors.BylineNobody) == 0 && !slash {
				continue
			}
			if from == 0 {
				return s
			}
			cut = from
		}
		if cut > 0 {
			return strings.TrimRight(s[:cut], spaces+",;|/–—-·")
		}
		_, size := utf8.DecodeRuneInString(s[colon:])
		at = colon + size
	}
}

// sentenceWords is how many words in small letters a sentence has at least, of a line with
// a date.
const sentenceWords = 3

// IsSentence reports whether a line with a date is a sentence, about the day of an event,
// and does not tell when or by whom the article was published: "The regatta takes place on
// 6 May 2024."
func IsSentence(s string) bool {
	if !strings.HasSuffix(s, ".") || LabelOf(s, false) != 0 {
		return false
	}
	small := 0
	for _, w := range strings.Fields(s) {
		if c, _ := utf8.DecodeRuneInString(w); unicode.IsLower(c) {
			small++
		}
		if selectors.BylineGroupsOf(strings.ToLower(strings.Trim(w, ".,:")))&selectors.BylineBy != 0 {
			return false
		}
	}
	return small > sentenceWords
}

// TellsWhen reports whether a line with a label of publication is what a content system
// writes of a text: it begins with the label, or ends as no sentence does.
func TellsWhen(s string) bool {
	first, _, _ := strings.Cut(s, " ")
	published, _ := LabelIn(first, false)
	return published || !strings.ContainsAny(s[len(s)-1:], ".!?")
}

// StartsWithBy reports whether a line begins with a "by" and a name: "by Ana Ferrer at 10:15
// on 6 May 2024".
func (n NameReader) StartsWithBy(s string) bool {
	rest, by := n.CutBy(s)
	words := strings.Fields(rest)
	return by && len(words) > 2 && LooksLikePerson(words[0]+" "+strings.TrimRight(words[1], ",;"))
}

// IsOtherLabel reports whether a word, lower case, labels something else than who wrote.
func IsOtherLabel(word string) bool {
	return selectors.BylineGroupsOf(word)&(selectors.BylineNobody|selectors.BylinePublished|selectors.BylineUpdated|selectors.BylineOther|selectors.BylineReview) != 0
}

// AfterDay returns the names behind a "by" that a day precedes in one line: "6 May 2024 | By
// Jo Doe", "입력 2024-05-06 10:15 / 글 홍길동 기자", "Dodano: 6 maja 2024 r., autor: Jan Kowal", or
// behind such a label before it: "Source: Harbour Post | Author: Jo Doe | 6 May 2024".
func (n NameReader) AfterDay(s string) []string {
	if !dates.HasDigit(s) {
		return nil
	}
	for _, sep := range []string{" | ", " / ", " • ", " · ", " – ", " — ", " - "} {
		if !strings.Contains(s, sep) {
			continue
		}
		dated := false
		var before []string // behind a label with a colon, before the day
		for part := range strings.SplitSeq(s, sep) {
			if !dated {
				_, isDay := dates.ParseDate(part, n.Lang)
				if dated = isDay; len(part) > maxDayBefore {
					return nil
				}
				if signed, by := n.CutBy(part); by && before == nil && strings.Contains(part[:len(part)-len(signed)], ":") {
					before = n.Split(part, false)
				}
				if isDay && before != nil {
					return before
				}
				continue
			}
			signed, by := n.CutBy(part)
			if name, ok := Attached(signed); ok {
				return []string{name}
			}
			if by {
				return n.Split(part[:len(part)-len(signed)]+beforeLabel(signed), false)
			}
		}
		return nil
	}
	return n.rightAfterDay(s)
}

// rightAfterDay returns the people behind a "by" that no sign parts from the day before it.
// Words of the day, of its label and of a source may stand there: "6 mai 2024 à 10h15, par
// Ana Ferrer", "发布时间：2024年5月6日 来源：本站 作者：王小明".
func (n NameReader) rightAfterDay(s string) []string {
	for at := 0; ; {
		k := strings.IndexAny(s[at:], " \u3000")
		if k < 0 || utf8.RuneCountInString(s[:at+k]) > maxDayBefore {
			return nil
		}
		_, size := utf8.DecodeRuneInString(s[at+k:])
		at += k + size
		if !selectors.MayBeginBy(s[at:]) || !dates.HasDigit(s[:at]) {
			continue
		}
		rest, by := n.CutBy(s[at:])
		if !by {
			continue
		}
		if _, isDay := dates.ParseDate(s[:at], n.Lang); !isDay || !hasOneYear(s[:at]) || IsReview(s[:at]) {
			return nil
		}
		rest, _, _ = strings.Cut(rest, "\u3000") // the next label
		rest = beforeLabel(rest)
		if k := strings.LastIndexByte(rest, ' '); k > 0 && selectors.BylineIn(rest[k+1:], selectors.BylinePlace, n.Lang) {
			rest = rest[:k] // "par Ana Ferrer dans", and the section's link
		}
		signed := n.Split(rest, false)
		for _, name := range signed {
			if !IsPerson(name) && !IsCJKName(name) && !IsCaselessPerson(name) && !isThaiPerson(name) && !IsNewsroom(name) && !(name == rest && IsPerson(TitleCase(strings.Fields(name)))) {
				return nil
			}
		}
		return signed
	}
}

// hasOneYear reports whether a text has one year, or its digits are those of another script.
func hasOneYear(s string) bool {
	n := dates.CountYears(s)
	return n == 1 || n == 0 && !strings.ContainsAny(s, "0123456789")
}

// beforeLabel cuts a text before the next word with a colon, the label of something else:
// "Ana Ferrer | Hits: 1234".
func beforeLabel(s string) string {
	for at := 0; ; {
		k := strings.Index(s[at:], ": ")
		if k < 0 {
			return s
		}
		if w := strings.LastIndexByte(s[:at+k], ' '); w > 0 {
			return strings.TrimRight(s[:w], beforeDay+"/")
		}
		at += k + 1
	}
}

// EndsWithBy reports whether a text is a day with a "by" behind it: "06.05.2024 10:15, von",
// and the name in the link that follows.
func (n NameReader) EndsWithBy(s string) bool {
	k := strings.LastIndexByte(s, ' ')
	if k < 0 || len(s) > maxDayBefore || !n.IsBy(s[k+1:]) {
		return false
	}
	_, isDay := dates.ParseDate(s[:k], n.Lang)
	return isDay
}

// maxPeople is how many bytes a line of names has at most, and maxBetween those that stand
// between two.
const (
	maxPeople  = 200
	maxBetween = 5
)

// withoutHelpers cuts off who helped behind a sign: "Anna Nowak, współpraca Piotr Wilk", "Ana
// Ferrer. Traducción de Jo Doe".
func withoutHelpers(s string) string {
	cut := CutReview(s)
	if cut == s {
		return s
	}
	if strings.Contains(s, "(") {
		return cut
	}
	name := strings.TrimRight(cut, " .،؛")
	if sign := strings.TrimLeft(s[len(name):], " "); sign != "" && strings.ContainsAny(sign[:1], ",;.|/") || strings.HasPrefix(sign, "،") || strings.HasPrefix(sign, "؛") {
		return name
	}
	return s
}

// described returns the names in a line that ends with what their bearer is or where: "Ana
// Ferrer, Redakteurin", "أحمد سالم - القاهرة", "Jonas Petraitis, post.example". It returns nil
// for any other line.
func (n NameReader) described(s string) []string {
	for _, sep := range []string{" - ", " – ", " — ", ", ", "، "} {
		k := strings.LastIndex(s, sep)
		if k < 0 {
			continue
		}
		name, rest := s[:k], s[k+len(sep):]
		lower := strings.ToLower(rest)
		host := isHost(rest)
		if words := strings.Fields(rest); !host && !isCity(lower) && selectors.BylineGroupsOf(lower)&selectors.BylineJob == 0 &&
			!(len(words) <= maxJobLine && hasJob(words[len(words)-1:])) || isNewsroom(lower) {
			continue
		}
		if IsPerson(name) && n.Clean(name, false) == name || IsCaselessPerson(name) {
			return n.partAnd(name)
		}
		if signed := n.Split(name, false); host && len(signed) > 1 && !slices.ContainsFunc(signed, func(a string) bool { return !IsPerson(a) }) {
			return signed
		}
		return nil
	}
	return nil
}

// isHost reports whether a word is the address of a site, as papers sign with it.
func isHost(s string) bool {
	k := strings.LastIndexByte(s, '.')
	return k > 1 && len(s)-k > 2 && len(s) <= maxByLabel && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789.-") == ""
}

// People returns the names that are all of a line: of one person, or of several with an
// "and" between the last two. It returns nil where there is anything else.
func (n NameReader) People(s string) []string {
	s = withoutHelpers(s)
	if signed := n.described(s); signed != nil {
		return signed
	}
	if IsPerson(s) && IsReview(s) {
		return nil // "Photographs by Ana Ferrer"
	}
	if IsPerson(s) {
		lower := strings.ToLower(s)
		if first, _, _ := strings.Cut(lower, " "); n.Clean(s, false) != s || isCity(lower) || selectors.BylineIn(first, selectors.BylinePlace, n.Lang) {
			return nil
		}
		return []string{s}
	}
	if IsCaselessPerson(s) {
		return n.partAnd(s)
	}
	if len(s) > maxPeople {
		return nil
	}
	signed := n.several(s, IsPerson)
	size := (len(signed) - 1) * maxBetween
	for _, name := range signed {
		size += len(name)
	}
	if size < len(s) {
		return nil
	}
	return signed
}

// several returns the names in a line of two or more with an "and" between, or nil where one
// of them has not the shape of a person's.
func (n NameReader) several(s string, isPerson func(string) bool) []string {
	if !slices.ContainsFunc(strings.Fields(s), n.IsAnd) {
		return nil
	}
	signed := n.Split(s, false)
	if len(signed) < 2 || slices.ContainsFunc(signed, func(name string) bool { return !isPerson(name) }) {
		return nil
	}
	return signed
}

// BeforeDay returns the names that are all of a line but for the day at its end: "Ana
// Ferrer, 6 May 2024", "Ana Ferrer and Jo Doe - 6 May 2024". A line without a day has one.
func (n NameReader) BeforeDay(s string) []string {
	name, hasDay := n.cutDay(s)
	if name = withoutHelpers(name); IsReview(name) {
		return nil // "Nuotr. A. Petkus"
	}
	if hasDay {
		name = n.cutPlace(name) // "Ana Ferrer in Lisbon"
	}
	if k := strings.LastIndexByte(name, ' '); k > 0 && selectors.BylineIn(name[k+1:], selectors.BylinePlace, "en") {
		name = name[:k] // "Ana Ferrer in", and the section's link
	}
	if LooksLikePerson(name) && n.Clean(name, false) == name && !(hasDay && isCity(strings.ToLower(name))) {
		return []string{name}
	}
	if IsCaselessPerson(name) {
		return n.partAnd(name)
	}
	if !hasDay {
		return nil
	}
	if first, rest, ok := strings.Cut(name, ", "); ok && LooksLikePerson(first) && n.Clean(first, false) == first && hasJob(strings.Fields(beforeComma(rest))) {
		return []string{first} // "Ana Ferrer, Reporter, Lisbon"
	}
	if signed := n.Split(name, false); len(signed) > 1 && LooksLikePerson(signed[0]) && onlyAgencies(signed[1:]) {
		return signed // "Ana Ferrer (à Lyon), avec AFP"
	}
	return n.several(name, LooksLikePerson)
}

// beforeDay are the signs that may stand between a name and a day.
const beforeDay = " ,;|·•–—-"

// maxZone is how many bytes the half of the day and the zone behind a time have at most.
const maxZone = 10

// wordsBeforeDay is how many words may stand between a name and a day: "le lundi".
const wordsBeforeDay = 2

// introducesDay reports whether a word behind a name is one that stands before days, or a
// weekday: one behind a sign, or that begins small, since some are names.
func (n NameReader) introducesDay(name, w string) bool {
	low := strings.ToLower(w)
	return selectors.BylineIn(low, selectors.BylineDate, n.Lang) ||
		(low == w || strings.TrimRight(name, "."+beforeDay) != name) && selectors.BylineGroupsOf(low)&selectors.BylineNobody != 0
}

// cutDay cuts the day off a line's end, and the sign and the words before it: "Ana Ferrer,
// le 6 mai 2024".
func (n NameReader) cutDay(s string) (before string, ok bool) {
	for at := 0; ; {
		k := strings.IndexByte(s[at:], ' ')
		if k < 0 {
			return s, false
		}
		at += k + 1
		day := s[at:]
		word, rest, _ := strings.Cut(day, " ")
		next, _, _ := strings.Cut(rest, " ")
		if _, month := selectors.MonthOf(strings.ToLower(strings.Trim(word, ".,")), ""); word == "" || !isDateWord(word) && !(month && next != "" && isDateWord(next)) {
			continue
		}
		lone := strings.TrimRightFunc(day, func(r rune) bool { return !unicode.IsDigit(r) }) // "3:00 p.m. ET"
		if len(day)-len(lone) > maxZone {
			lone = day
		}
		if _, isDay := dates.ParseDate(day, n.Lang); !isDay || !dates.IsLone(lone) && !dates.IsLone(dates.WithoutHour(day)) {
			return s, false
		}
		before = strings.TrimRight(s[:at], beforeDay)
		for range wordsBeforeDay {
			k := strings.LastIndexByte(before, ' ')
			if comma := strings.LastIndex(before, ", ") + 1; comma > 0 && n.introducesDay(before[:comma], before[comma+1:]) {
				k = comma // a weekday of two words
			} else if k < 0 || !n.introducesDay(before[:k], before[k+1:]) {
				break
			}
			before = strings.TrimRight(before[:k], "."+beforeDay)
		}
		return before, true
	}
}

// maxDayBefore is how many bytes the day before a byline has at most, with its label.
const maxDayBefore = 60

// OfBio returns the name of the one about whom a sentence says that he or she writes, or
// "": "Jo Doe is a reporter at the Post".
func (n NameReader) OfBio(s string) string {
	name := n.cutBio(s)
	if name == s {
		return ""
	}
	words := Words(s[len(name):])
	for k, w := range words[:min(len(words), maxBioWords)] {
		if g := selectors.BylineGroupsOf(w); g&selectors.BylineJob != 0 || k > 0 && selectors.BylineGroupsOf(words[k-1]+" "+w)&selectors.BylineJob != 0 {
			return name
		}
	}
	return ""
}

// maxBioWords is how many words after the name have to tell its bearer's job.
const maxBioWords = 8

// cutBio cuts off what a sentence says about its bearer behind a name: "Jo Doe is a
// reporter at the Post".
func (n NameReader) cutBio(s string) string {
	words := strings.Fields(s)
	for k := 2; k < len(words)-1 && k <= maxPersonWords; k++ {
		if selectors.BylineIn(words[k], selectors.BylineIs, n.Lang) {
			if name := strings.Join(words[:k], " "); LooksLikePerson(name) {
				return name
			}
		}
	}
	return s
}
