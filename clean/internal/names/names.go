package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsclip/clean/article"
	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/jsonld"
	"newsclip/selectors"
)

// This file decides what in a byline's text is a name.

// Limits of a byline's text and of a name.
const (
	maxBylineField = 600 // bytes of a field with authors
	maxAuthors     = 30  // of one article; a longer list is no byline
	minName        = 2   // letters and signs
	maxName        = 60  // letters and signs
	maxNameWords   = 7
	maxCredential  = 12 // bytes
	maxForm        = 8  // bytes of the form of a company
	maxPersonWords = 3  // of what has no other sign of being a name
	maxShapeWords  = 5  // of what has the shape of a name
	maxParticle    = 4  // bytes of a word of a name that begins small: van, della
)

// A NameReader reads names in the language of a page. Words such as "Par", "Von",
// "Dan" and "Ed" mean "by" or "and" in one language and are names in another: they
// are words only in their own language.
type NameReader struct {
	Lang string // primary, or empty where it is not known
	// stated is set for what a page states for machines: no word in it is taken for
	// a "by" or "and" that may be a name.
	Stated bool
}

// maxNameLike is the length of a word for "by" that may also be a name, in letters
// of the Latin script: Par, Von, Af, Di.
const maxNameLike = 3

// IsBy reports whether a phrase, lower case, is a "by".
func (n NameReader) IsBy(phrase string) bool {
	if selectors.BylineGroupsOf(phrase)&selectors.BylineBy == 0 {
		return false
	}
	if len(phrase) > maxNameLike || phrase == "by" || strings.Contains(phrase, " ") {
		return true
	}
	return !n.Stated && selectors.BylineIn(phrase, selectors.BylineBy, n.Lang)
}

// IsAnd reports whether a word as it is written is an "and".
func (n NameReader) IsAnd(word string) bool {
	lower := strings.ToLower(word)
	if selectors.BylineGroupsOf(lower)&selectors.BylineAnd == 0 || lower != word && lower != "and" {
		return false
	}
	return word == "&" || selectors.BylineIn(lower, selectors.BylineAnd, "en") || selectors.BylineIn(lower, selectors.BylineAnd, n.Lang)
}

// Split returns the names in a byline: no "By", job titles, places,
// addresses or dates. Where the byline comes from a field that holds nothing
// but the author, a job title alone ("Staff Writer") counts as a name.
func (n NameReader) Split(s string, field bool) []string {
	s = jsonld.PlainText(s)
	if s == "" || len(s) > maxBylineField {
		return nil
	}
	if strings.Contains(s, "://") || strings.HasPrefix(s, "www.") || strings.HasPrefix(s, "/") {
		return nil
	}
	if k := strings.Index(s, " www."); k > 0 {
		s = s[:k]
	}
	s = cutSignedPlace(partJobs(outOfBrackets(s)))
	signed, before := false, ""
	for k := range 2 {
		rest, ok := n.CutBy(s)
		if !ok || k > 0 && LooksLikePerson(s) && strings.EqualFold(s[:len(s)-len(rest)], before[:len(before)-len(s)]) {
			n.Stated = n.Stated || ok // the second is a name: "Par Par Lindqvist"
			break
		}
		before, s, signed = s, rest, true
	}
	if first, rest, _ := strings.Cut(s, " "); n.Stated && len(first) >= maxNameLike && n.Lang != "" && selectors.BylineIn(strings.ToLower(first), selectors.BylineBy, n.Lang) &&
		(dates.StartsBig(first) && LooksLikePerson(beforeBracket(beforeComma(rest))) || first == strings.ToLower(first) && strings.Contains(rest, " ") && rest == strings.ToUpper(rest)) {
		s = rest // "Von Jo Doe", "von HARBOUR POST": before a whole name it is no part of one
	}
	s = cutHousePlace(cutLabel(s))
	if rest, ok := strings.CutPrefix(s, "From "); ok && !field && !n.Stated && LooksLikePerson(n.cutPlace(rest)) {
		s = rest
	}
	if signed && isJobSurname(s) {
		return []string{s}
	}
	if n.Stated || field {
		s = turnedEach(s)
	}
	var names []string
	parts := n.parts(s)
	if len(parts) > 1 && !n.Stated && isCity(strings.ToLower(parts[0])) {
		parts = parts[1:] // "القاهرة - أحمد يوسف"
	}
	for k, part := range parts {
		if len(names) > 0 && IsCompany(names[0]) {
			break // its place and country
		}
		if (isCredential(part) || IsCompany(part)) && len(names) > 0 {
			names[len(names)-1] += ", " + part // "Jo Doe, MD", "Harbour Press, Inc."
			continue
		}
		if !field && !n.Stated && (len(names) > 0 && isUnit(names[len(names)-1], part) || isCity(strings.ToLower(part))) {
			continue
		}
		if len(names) > 0 && (IsReview(part) || n.isPlace(names[len(names)-1], beforeBracket(part), field || n.Stated, onlyAgencies(parts[k+1:])) ||
			!field && n.describes(names[len(names)-1], part)) {
			if IsReview(part) {
				break
			}
			continue
		}
		if !field {
			// "Jo Doe on Tuesday", "5 min read", "and Jo Doe"
			part, _, _ = strings.Cut(part, " on ")
			part = n.cutBio(part)
			if first, _, _ := strings.Cut(part, " "); first == "" || isDateWord(first) {
				continue
			}
		}
		if name := n.Clean(n.cutPlace(part), false); name != "" {
			names = append(names, n.hanNames(name)...)
		}
	}
	if len(names) == 0 && field && len(parts) > 0 {
		if name := n.Clean(parts[0], true); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// SplitAfter returns the names in a text that follows names in other elements of the
// byline. What stands there behind a comma may be a place: ", Berlin".
func (n NameReader) SplitAfter(before []string, s string) []string {
	if last := len(before) - 1; last >= 0 && strings.HasPrefix(s, ",") {
		if all := n.Split(before[last]+s, false); len(all) > 0 && all[0] == before[last] {
			return all[1:]
		}
	}
	return n.Split(s, false)
}

// Turned puts the first name in front where an entry of a bibliography has the surname
// there: "Doe, Jo". It returns s where that has no such form.
func Turned(s string) string {
	last, first, ok := strings.Cut(s, ", ")
	if !ok || strings.ContainsAny(first, ",;") || len(strings.Fields(last)) > maxPersonWords || len(strings.Fields(first)) > maxPersonWords {
		return s
	}
	return first + " " + last
}

// turnedEach is turnedOne of each author in a field that parts them by semicolons and has the
// surnames in front: "Doe, Jo Ann; Wit, Piet de". It returns s where one of them has not.
func turnedEach(s string) string {
	all := strings.Split(s, ";")
	for k, one := range all {
		one = strings.TrimSpace(one)
		if all[k] = turnedOne(one, len(all) > 1); all[k] == one {
			return s
		}
	}
	return strings.Join(all, "; ")
}

// turnedOne puts the first name in front where a field has one author with the surname
// there, each of one word, or the first name with an initial: "Doe, Jo", "Doe, Jo M."; or the
// surname's particle behind the first name: "Wit, Piet de". Two first names might be another
// author, unless the field is listed: each of its authors has the same form. Agencies and
// newsrooms are two authors.
func turnedOne(s string, listed bool) string {
	last, first, ok := strings.Cut(s, ", ")
	if ok && strings.Count(first, " ") == 1 && !strings.Contains(last, " ") && hasParticle(strings.Fields(first+" "+last)) {
		return first + " " + last
	}
	if !ok || strings.ContainsAny(s, "&|/;") || !dates.StartsBig(last) || !dates.StartsBig(first) || isCredential(first) || !LooksLikePerson(last+" "+first) || strings.Contains(last, " ") {
		return s
	}
	if _, second, two := strings.Cut(first, " "); two && !listed && !isInitial(second) {
		return s
	}
	for _, w := range []string{strings.ToLower(last), strings.ToLower(first)} {
		if selectors.BylineGroupsOf(w) != 0 || isNewsroom(w) {
			return s
		}
	}
	return first + " " + last
}

// isInitial reports whether a word is the first letter of a name.
func isInitial(w string) bool {
	letter, _ := strings.CutSuffix(w, ".")
	return utf8.RuneCountInString(letter) == 1 && dates.StartsBig(letter)
}

// outOfBrackets returns what a byline has in brackets around it, or behind a place in
// brackets: 【山田太郎】, [서울] 홍길동 기자.
func outOfBrackets(s string) string {
	for _, pair := range [...][2]string{{"[", "]"}, {"【", "】"}, {"(", ")"}, {"（", "）"}} {
		rest, ok := strings.CutPrefix(s, pair[0])
		if !ok {
			continue
		}
		inside, after, closed := strings.Cut(rest, pair[1])
		if after = strings.TrimSpace(after); !closed {
			return s
		} else if after == "" {
			return inside
		}
		return after
	}
	return s
}

// beforeComma returns the first of several names, without what stands behind a comma.
func beforeComma(s string) string {
	first, _, _ := strings.Cut(s, ",")
	return strings.TrimSpace(first)
}

// countQuotes counts the signs that begin or end a quotation. An apostrophe may be a part
// of a name.
func countQuotes(s string) int {
	n := 0
	for _, c := range s {
		if strings.ContainsRune("\"“”„«»", c) {
			n++
		}
	}
	return n
}

// SplitByline splits a byline at commas, signs and the words for "and".
func SplitByline(s string) []string { return NameReader{}.parts(s) }

func (n NameReader) parts(s string) []string {
	var parts []string
	add := func(p string) {
		p = strings.Trim(p, " \u00a0,;|/•·–—-")
		if n.StartsWithAnd(p) {
			_, p, _ = strings.Cut(p, " ")
		}
		if k := strings.LastIndexByte(p, ' '); k > 0 && n.IsAnd(p[k+1:]) {
			p = p[:k] // the next name stands in an element of its own
		}
		if p != "" {
			parts = append(parts, p)
		}
	}
	for _, p := range strings.FieldsFunc(s, func(c rune) bool {
		return c == ',' || c == ';' || c == '|' || c == '/' || c == '•' || c == '·' || c == '、' || c == '，' || c == '\n' || c == '&' || c == '／' || c == '؛' || c == '،'
	}) {
		from, at := 0, 0
		for at < len(p) {
			k := strings.IndexByte(p[at:], ' ')
			end := len(p)
			if k >= 0 {
				end = at + k
			}
			w := p[at:end]
			if at > 0 && end < len(p) && (n.IsAnd(w) || n.isBigAnd(p[from:at], w, p[end:])) && separatesNames(p[from:at], p[end:]) {
				add(p[from:at])
				from = end
			} else if (w == "-" || w == "–" || w == "—") && at > 0 {
				add(p[from:at])
				from = end
			}
			at = end + 1
		}
		add(p[from:])
	}
	return parts
}

// isBigAnd reports whether a word is an "and" between two names of several words, all in
// capitals: "ANA FERRER Y JO DOE".
func (n NameReader) isBigAnd(before, word, after string) bool {
	return word == strings.ToUpper(word) && n.IsAnd(strings.ToLower(word)) && before == strings.ToUpper(before) && after == strings.ToUpper(after) &&
		strings.Contains(strings.TrimSpace(before), " ") && strings.Contains(strings.TrimSpace(after), " ")
}

// separatesNames reports whether an "and" between two texts separates two names.
// It does not in "Centre for Food and Health" or "Research and Development".
func separatesNames(a, b string) bool {
	na, nb := len(strings.Fields(a)), len(strings.Fields(b))
	if hasPhrase(a, selectors.BylineInstitution) {
		return false
	}
	if na >= 2 && selectors.BylineGroupsOf(strings.ToLower(strings.TrimSpace(b)))&(selectors.BylineNobody|selectors.BylineAgency) != 0 {
		return true // "and agencies"
	}
	return na == 0 || na >= 2 && nb >= 2 || na == 1 && nb == 1
}

// hasPhrase reports whether one or two words of s, between others, are of a group
// of bylines.txt.
func hasPhrase(s string, group selectors.BylineGroups) bool {
	words := strings.Fields(s)
	for k := 1; k < len(words); k++ {
		if selectors.BylineGroupsOf(words[k])&group != 0 ||
			k+1 < len(words) && selectors.BylineGroupsOf(words[k]+" "+words[k+1])&group != 0 {
			return true
		}
	}
	return false
}

// isNewsroom reports whether a part of a byline with a job title in it is still a
// name: that of a newsroom that signs together.
func isNewsroom(lower string) bool {
	for _, w := range selectors.Newsrooms() {
		if strings.Contains(lower, w) {
			return true
		}
	}
	return false
}

// IsNewsroom reports whether a name is that of a newsroom that signs together.
func IsNewsroom(name string) bool { return isNewsroom(strings.ToLower(name)) }

// LooksLikePerson is stricter than LooksLikeName: two or three words, letters
// only, each capitalised and not all of them in capitals.
func LooksLikePerson(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > maxPersonWords || s == strings.ToUpper(s) {
		return false
	}
	for _, w := range words {
		for i, c := range w {
			if i == 0 && !unicode.IsUpper(c) || !unicode.IsLetter(c) && c != '.' && c != '-' && c != '\'' && c != '’' && !unicode.IsMark(c) {
				return false
			}
		}
	}
	return true
}

// IsPerson reports whether a text looks like a person's name, also one with a particle in
// small letters: "Jan de Vries".
func IsPerson(s string) bool {
	words := strings.Fields(s)
	return LooksLikePerson(s) || len(words) <= maxPersonWords+1 && !strings.Contains(s, ",") && hasParticle(words) && selectors.BylineGroupsOf(words[1])&selectors.BylineAnd == 0
}

// LooksLikeName reports whether a text has the shape of a person's name or of a
// newsroom's: two to five words that begin with capitals, but for particles.
func LooksLikeName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > maxShapeWords {
		return false
	}
	capitals := 0
	for _, w := range words {
		c, _ := utf8.DecodeRuneInString(w)
		small := unicode.IsLower(c) && !unicode.Is(unicode.Georgian, c) // its small letters have capitals in headings alone
		if small && len(w) > maxParticle {
			return false
		}
		if !small {
			capitals++
		}
	}
	return capitals >= 2
}

func (n NameReader) StartsWithAnd(s string) bool {
	w, _, more := strings.Cut(s, " ")
	return more && n.IsAnd(w)
}

func (n NameReader) EndsWithAnd(s string) bool { return n.IsAnd(s[strings.LastIndexByte(s, ' ')+1:]) }

// CutBy cuts "By", "Von", "Por" and the like off a byline's beginning.
func (n NameReader) CutBy(s string) (string, bool) {
	s = strings.TrimLeft(s, " -–—|•·:/,*©")
	if at := n.byInside(s); at > 0 {
		return s[at:], true
	}
	if !selectors.MayBeginBy(s) {
		return s, false
	}
	cut, published := 0, 0
	end := 0
	for words := 1; words <= selectors.MaxBylineWords && end < len(s); words++ {
		k := strings.IndexAny(s[end:], " :|/\u00a0\u3000："+joiners)
		if k < 0 {
			break
		}
		phrase := strings.ToLower(strings.TrimRight(s[:end+k], ":,."))
		if n.IsBy(phrase) && !(words == 1 && (isNameStart(s[:end+k], s[end+k:]) || isLooseJob(phrase, s[end+k-1:]))) {
			cut = end + k
		} else if selectors.BylineGroupsOf(phrase)&selectors.BylinePublished != 0 {
			published = end + k
		}
		if s[end+k] >= utf8.RuneSelf {
			_, size := utf8.DecodeRuneInString(s[end+k:])
			if end += k + size; strings.HasPrefix(s[end-size:], "：") {
				break
			}
			continue // 取材・文＝
		}
		if s[end+k] != ' ' && s[end+k] != '/' {
			break
		}
		end += k + 1
	}
	if cut == 0 || published > cut { // "Written on"
		return s, false
	}
	return strings.TrimLeft(s[cut:], " :|/-–—\u00a0\u3000："+joiners), true
}

// IsSignature reports whether a line is a "by" and one person: "Von Jo Doe".
func (n NameReader) IsSignature(s string) bool {
	name, ok := n.CutBy(s)
	return ok && LooksLikePerson(name) && n.Clean(name, false) == name
}

// IsPostedBy reports whether a text node begins with a label of two words or more for an
// author: "Posted by", "Eingestellt von".
func IsPostedBy(data string) bool {
	if !selectors.MayBeginBy(strings.TrimLeft(data, " \n\r\t")) {
		return false
	}
	s := jsonld.Collapse(data)
	low := strings.ToLower(s[:min(len(s), maxByLabel)]) // a cut letter is no label's
	for at, words := 0, 1; words <= selectors.MaxBylineWords; words++ {
		k := strings.IndexAny(low[at:]+" ", " :")
		if at += k; words > 1 && selectors.BylineGroupsOf(low[:at])&selectors.BylineBy != 0 {
			return true
		}
		if at++; at > len(low) {
			break
		}
	}
	return false
}

// IsLabel reports whether a text node is one word for an author with a colon: "Author:".
func (n NameReader) IsLabel(data string) bool {
	label, ok := strings.CutSuffix(strings.TrimSpace(data), ":")
	return ok && selectors.MayBeginBy(label) && n.IsBy(strings.ToLower(label))
}

// NickLabel reports whether a text node begins with a label behind which a pen name stands:
// of two words or more, with a colon, or of signs that are written without spaces; or
// whether it is or begins with a lone "by".
func (n NameReader) NickLabel(data string) (label, lone bool) {
	if IsPostedBy(data) || n.IsLabel(data) {
		return true, false
	}
	s := strings.TrimSpace(data)
	if !selectors.MayBeginBy(s) {
		return false, false
	}
	k := strings.IndexAny(s+" ", " \u00a0")
	word := strings.ToLower(s[:k])
	return MayHaveCJK(word) && n.IsBy(word) && k < len(s), n.IsBy(word)
}

// isNameStart reports whether a word that is a label elsewhere is the first one of a
// name of two words: "Author Smith". A colon, or a longer name, makes it a label.
func isNameStart(word, rest string) bool {
	rest = strings.TrimSpace(rest)
	return len(word) > maxNameLike && dates.StartsBig(word) && word != strings.ToUpper(word) && dates.StartsBig(rest) && !strings.ContainsAny(rest, " :.,") &&
		!strings.ContainsAny(word, ":.")
}

// joiners stand between a label and a name in Japanese, Chinese and Armenian.
const joiners = "＝・／｜՝"

// maxBeforeBy is how many words may stand before a "by" of several words: "This post
// was written by".
const maxBeforeBy = 3

// byInside returns where the name begins after a "by" of several words that stands
// inside a line, or 0.
func (n NameReader) byInside(s string) int {
	for at, word := 0, 0; word <= maxBeforeBy; word++ {
		end := at
		for k := 1; k <= selectors.MaxBylineWords; k++ {
			m := strings.IndexByte(s[end:], ' ')
			if m < 0 {
				return 0
			}
			end += m
			if k > 1 && word > 0 && s[at]-'A' >= 26 && dates.StartsBig(s[end+1:]) && selectors.MayBeginBy(s[at:]) {
				phrase := strings.ToLower(s[at:end])
				if selectors.BylineGroupsOf(phrase)&(selectors.BylineBy|selectors.BylineReview) == selectors.BylineBy && s[at] == phrase[0] && !strings.HasSuffix(phrase, " about") {
					return end + 1
				}
			}
			end++
		}
		at += strings.IndexByte(s[at:], ' ') + 1
	}
	return 0
}

// Add appends the names in the text of a field that holds authors, as
// AppendAuthors does.
func (n NameReader) Add(as []article.Author, text, url string) []article.Author {
	return AppendAuthors(as, WithoutTopics(n.Split(text, true)), url)
}

// AppendAuthors appends names, each once. The address goes with a single name
// only.
func AppendAuthors(as []article.Author, names []string, url string) []article.Author {
	if len(names) > 1 {
		url = ""
	}
next:
	for _, n := range names {
		k := Key(n)
		for i := range as {
			if Key(as[i].Name) == k {
				if as[i].URL == "" {
					as[i].URL = url
				}
				continue next
			}
		}
		if len(as) < maxAuthors {
			as = append(as, article.Author{Name: n, URL: url})
		}
	}
	return as
}
