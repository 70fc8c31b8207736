package meta

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
	maxPersonWords = 3  // of what has no other sign of being a name
	maxShapeWords  = 5  // of what has the shape of a name
	maxParticle    = 4  // bytes of a word of a name that begins small: van, della
)

// splitNames returns the names in a byline: no "By", job titles, places,
// addresses or dates. Where the byline comes from a field that holds nothing
// but the author, a job title alone ("Staff Writer") counts as a name.
func splitNames(s string, field bool) []string {
	s = jsonld.PlainText(s)
	if s == "" || len(s) > maxBylineField {
		return nil
	}
	if strings.Contains(s, "://") || strings.HasPrefix(s, "www.") || strings.HasPrefix(s, "/") {
		return nil
	}
	for range 2 {
		rest, ok := cutBy(s)
		if !ok {
			break
		}
		s = rest
	}
	var names []string
	parts := SplitByline(s)
	for _, part := range parts {
		if isCredential(part) && len(names) > 0 {
			names[len(names)-1] += ", " + part
			continue
		}
		if !field {
			// "Jo Doe on Tuesday", "5 min read", "and Jo Doe"
			part, _, _ = strings.Cut(part, " on ")
			if first, _, _ := strings.Cut(part, " "); first == "" || isDateWord(first) {
				continue
			}
		}
		if n := cleanName(part, false); n != "" {
			names = append(names, n)
		}
	}
	if len(names) == 0 && field && len(parts) > 0 {
		if n := cleanName(parts[0], true); n != "" {
			names = append(names, n)
		}
	}
	return names
}

// SplitByline splits a byline at commas, signs and the words for "and".
func SplitByline(s string) []string {
	var parts []string
	add := func(p string) {
		p = strings.Trim(p, " \u00a0,;|/•·–—-")
		if startsWithAnd(p) {
			_, p, _ = strings.Cut(p, " ")
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
			if at > 0 && end < len(p) && w == strings.ToLower(w) && selectors.BylineGroupsOf(w)&selectors.BylineAnd != 0 && separatesNames(p[from:at], p[end:]) {
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

// separatesNames reports whether an "and" between two texts separates two names.
// It does not in "Centre for Food and Health" or "Research and Development".
func separatesNames(a, b string) bool {
	na, nb := len(strings.Fields(a)), len(strings.Fields(b))
	if hasPhrase(a, selectors.BylineInstitution) {
		return false
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

// isCredential reports whether a part of a byline goes with the name before it:
// "MD", "Ph.D.", "Jr.".
func isCredential(s string) bool {
	if len(s) > maxCredential || len(s) < minName {
		return false
	}
	return selectors.BylineGroupsOf(strings.ToLower(strings.ReplaceAll(s, ".", "")))&selectors.BylineCredential != 0
}

// cleanName returns the name in a part of a byline, or "" where there is none. A
// job title counts as a name where jobs is set.
func cleanName(s string, jobs bool) string {
	if k := strings.IndexAny(s, "(<[{"); k >= 0 {
		s = s[:k]
	}
	if rest, ok := cutBy(s); ok {
		s = rest
	}
	s = cutDate(s)
	s = strings.Trim(s, " \u00a0.,:;|*\"'“”„‚‘’»«-–—@")
	n := utf8.RuneCountInString(s)
	if n < minName || n > maxName || strings.ContainsAny(s, "@{}<>=#:/") || strings.Count(s, ".") > 2 && !strings.Contains(s, " ") {
		return ""
	}
	lower := strings.ToLower(s)
	g := selectors.BylineGroupsOf(lower)
	if g&(selectors.BylineNobody|selectors.BylineBy|selectors.BylineUpdated|selectors.BylinePublished|selectors.BylineReview) != 0 ||
		g&selectors.BylineJob != 0 && !jobs {
		return ""
	}
	words := strings.Fields(lower)
	if len(words) > maxNameWords {
		return ""
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
		if isDateWord(w) && (at > 0 || startsWithDate(s)) {
			cut := at
			if prev >= 0 {
				if _, ok := selectors.MonthOf(strings.ToLower(strings.Trim(s[prev:at], " .,")), ""); ok {
					cut = prev
				}
			}
			s = strings.TrimRight(s[:cut], " ")
			if k := strings.LastIndexByte(s, ' '); k >= 0 && selectors.BylineGroupsOf(s[k+1:])&selectors.BylineDate != 0 {
				s = s[:k]
			}
			return s
		}
		prev = at
		at = end + 1
	}
	return s
}

// isDateWord reports whether a word is a number as dates have them: 26, 26th,
// 2024, 11:15, 6.5.2024.
func isDateWord(w string) bool {
	if w[0] < '0' || w[0] > '9' {
		return false
	}
	rest := strings.TrimLeft(w, "0123456789.:/-,")
	return rest == "" || selectors.Dates().Suffixes[rest]
}

// startsWithDate reports whether a date can be read in s.
func startsWithDate(s string) bool {
	_, ok := dates.ParseDate(s, "")
	return ok
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

// looksLikePerson is stricter than looksLikeName: two or three words, letters
// only, each capitalised and not all of them in capitals.
func looksLikePerson(s string) bool {
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

// looksLikeName reports whether a text has the shape of a person's name or of a
// newsroom's: two to five words that begin with capitals, but for particles.
func looksLikeName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > maxShapeWords {
		return false
	}
	capitals := 0
	for _, w := range words {
		c, _ := utf8.DecodeRuneInString(w)
		if unicode.IsLower(c) && len(w) > maxParticle {
			return false
		}
		if !unicode.IsLower(c) {
			capitals++
		}
	}
	return capitals >= 2
}

func startsWithAnd(s string) bool {
	w, _, _ := strings.Cut(s, " ")
	return selectors.BylineGroupsOf(strings.ToLower(w))&selectors.BylineAnd != 0
}

func endsWithAnd(s string) bool {
	return selectors.BylineGroupsOf(strings.ToLower(s[strings.LastIndexByte(s, ' ')+1:]))&selectors.BylineAnd != 0
}

// cutBy cuts "By", "Von", "Por" and the like off a byline's beginning.
func cutBy(s string) (string, bool) {
	s = strings.TrimLeft(s, " -–—|•·:/,*©")
	cut := 0
	end := 0
	for n := 1; n <= selectors.MaxBylineWords && end < len(s); n++ {
		k := strings.IndexAny(s[end:], " :|\u00a0")
		if k < 0 {
			break
		}
		phrase := strings.ToLower(strings.TrimRight(s[:end+k], ":,."))
		if selectors.BylineGroupsOf(phrase)&selectors.BylineBy != 0 {
			// "Di" and "Da" begin names too; a byline's is followed by one.
			cut = end + k
		}
		if s[end+k] != ' ' {
			break
		}
		end += k + 1
	}
	if cut == 0 {
		return s, false
	}
	return strings.TrimLeft(s[cut:], " :|-–—\u00a0"), true
}

// addNames appends the names in the text of a field that holds authors, as
// AppendAuthors does.
func addNames(as []article.Author, text, url string) []article.Author {
	return AppendAuthors(as, splitNames(text, true), url)
}

// AppendAuthors appends names, each once. The address goes with a single name
// only.
func AppendAuthors(as []article.Author, names []string, url string) []article.Author {
	if len(names) > 1 {
		url = ""
	}
next:
	for _, n := range names {
		k := nameKey(n)
		for i := range as {
			if nameKey(as[i].Name) == k {
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
