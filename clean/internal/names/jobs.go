package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsclip/clean/internal/dates"
	"newsclip/selectors"
)

// This file cuts job titles off names.

// CutJob cuts a job title off a name: "Chief Reporter Jo Doe", "Anker-Redakteurin
// Jo Doe", "Jo Doe Staff Writer", and in the scripts that have no space between,
// 홍길동 기자, 山田太郎記者. What is left has the shape of a name, or nothing is cut.
func CutJob(s string) string {
	if MayHaveCJK(s) {
		for _, job := range selectors.AttachedJobs() {
			rest, ok := strings.CutSuffix(s, job)
			if !ok {
				rest, ok = strings.CutPrefix(s, job)
			}
			if ok {
				if rest = withoutPaper(cutSignedPlace(strings.Trim(rest, " \u00a0\u3000:：・/"))); IsCJKName(rest) {
					return rest
				}
			}
		}
	}
	words := strings.Fields(s)
	isJob := func(w string) bool {
		w = strings.ToLower(strings.Trim(w, ".,:"))
		k := strings.LastIndexByte(w, '-')
		return isJobWord(w) || k > 0 && selectors.BylineGroupsOf(w[k+1:])&selectors.BylineJob != 0
	}
	if last := len(words) - 1; last > 2 && last <= maxTitleWords+1 && isJob(words[last]) && !isJob(words[0]) && !isJob(words[1]) && !isNewsroom(strings.ToLower(s)) {
		// "Jo Doe Chief Political Correspondent"
		if name := strings.Join(words[:2], " "); LooksLikePerson(name) && !strings.ContainsAny(s, ",&") {
			return name
		}
	}
	if len(words) == 3 && isJob(words[2]) && !dates.StartsBig(words[2]) && !isNewsroom(strings.ToLower(s)) {
		if name := strings.Join(words[:2], " "); LooksLikePerson(name) || isCaseless(name) && !isJob(words[0]) {
			return name // "Kovács János újságíró"
		}
	}
	for k, w := range words {
		if !isJob(w) {
			continue
		}
		if name := strings.Join(words[k+1:], " "); k <= maxJobWords && (LooksLikePerson(name) || hasParticle(words[k+1:])) {
			if k+1 < len(words) && !isJob(words[k+1]) {
				return name
			}
			continue
		}
	}
	for k := 2; k+1 < len(words); k++ {
		// Two words are a title for sure; one may be of a newsroom's name.
		if selectors.BylineGroupsOf(strings.ToLower(words[k]+" "+words[k+1]))&selectors.BylineJob != 0 {
			if name := strings.Join(words[:k], " "); LooksLikePerson(name) {
				return name
			}
		}
	}
	return s
}

// withoutPaper cuts the newspaper off that stands before a name in Korean: 만신문 김민수.
// A surname of one sign before a space is the person's.
func withoutPaper(name string) string {
	paper, own, two := strings.Cut(name, " ")
	if c, size := utf8.DecodeRuneInString(name); !two || !unicode.Is(unicode.Hangul, c) || len(paper) == size || !IsHanName(own) {
		return name
	}
	return own
}

// maxJobLine is how many words a line has at most that is a job title.
const maxJobLine = 5

// IsJob reports whether a line is a job title, as under a name: "Chief Harbour
// Correspondent", "Redakteurin Politik".
func IsJob(s string) bool {
	words := strings.Fields(s)
	return len(words) > 0 && len(words) <= maxJobLine && dates.StartsBig(s) && !isNewsroom(strings.ToLower(s)) && hasJob(words)
}

// hasJob reports whether one of the words is a job.
func hasJob(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return isJobWord(strings.ToLower(strings.Trim(w, ".,:"))) })
}

// Lengths of the parts of a job in one word, in bytes: what it is about, and the job.
const (
	minJobTopic = 3
	minJobPart  = 7
)

// isJobWord reports whether a word, lower case, is a job, or one of the languages that write
// what it is about at its front: Sportredakteurin, erhvervskorrespondent.
func isJobWord(w string) bool {
	if selectors.BylineGroupsOf(w)&selectors.BylineJob != 0 {
		return true
	}
	for k := minJobTopic; k+minJobPart <= len(w); k++ {
		if selectors.BylineGroupsOf(w[k:])&selectors.BylineJob != 0 {
			return true
		}
	}
	return false
}

// isLooseJob reports whether a word is the job of a person, with more behind it and no colon:
// sentences begin so, too.
func isLooseJob(word, rest string) bool {
	return selectors.BylineGroupsOf(word)&selectors.BylineJob != 0 && rest[0] != ':' && strings.IndexByte(rest[1:], ' ') == 0 && strings.TrimSpace(rest[1:]) != "" && rest[2] != ':'
}

// hasParticle reports whether words are a name with a particle inside: Jan de Vries.
func hasParticle(words []string) bool {
	last := len(words) - 1
	return last > 1 && dates.StartsBig(words[0]) && dates.StartsBig(words[last]) && len(words[1]) <= maxParticle && !dates.StartsBig(words[1]) && !isSmallEnglish(words[1]) && LooksLikeName(strings.Join(words, " "))
}

// isJobSurname reports whether what follows a "By" is a name of two words of which the
// first is a job title elsewhere: "Author Smith". A title behind another word is one:
// "Staff Writer".
func isJobSurname(s string) bool {
	first, last, two := strings.Cut(s, " ")
	if !two || !LooksLikePerson(s) || strings.Contains(last, " ") || isNewsroom(strings.ToLower(s)) {
		return false
	}
	return selectors.BylineGroupsOf(strings.ToLower(first))&selectors.BylineJob != 0 && selectors.BylineGroupsOf(strings.ToLower(last)) == 0 && selectors.BylineGroupsOf(strings.ToLower(s)) == 0
}

// maxJobWords is how many words may stand before a job title in front of a name:
// "Senior Staff Reporter".
const maxJobWords = 2

// maxTitleWords is how many words a job title behind a name of two words has at most.
const maxTitleWords = 4

// Lengths of a name in Chinese, Japanese or Korean signs, without the space that some
// print.
const (
	minCJKName = 2
	maxCJKName = 6
	maxHanName = 4
)

// IsHanName reports whether s has the shape of a whole name in Chinese.
func IsHanName(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= minCJKName && n <= maxHanName && IsCJKName(s)
}

// hanNames returns the names in a text of names in Chinese with spaces between them, in one
// of names in Arabic or Hebrew with an "and", or the text.
func (n NameReader) hanNames(s string) []string {
	if n.Lang == "zh" {
		if all := strings.Fields(s); len(all) > 1 && !slices.ContainsFunc(all, func(w string) bool { return !IsHanName(w) }) {
			return all
		}
	}
	return n.partAnd(s)
}

// partAnd returns the names in a text in Arabic or Hebrew, where "and" is one letter that is
// written at the next name: "سارة منصور وخالد يوسف". Some names begin with that letter.
func (n NameReader) partAnd(s string) []string {
	and := map[string]string{"ar": "و", "he": "ו"}[n.Lang]
	if and == "" || strings.Count(s, " ") < 3 {
		return []string{s}
	}
	var all []string
	words := strings.Fields(s)
	from := 0
	for k := 2; k+1 < len(words); k++ {
		rest, ok := strings.CutPrefix(words[k], and)
		if !ok || k-from < 2 || utf8.RuneCountInString(rest) < minName || selectors.IsNameWithAnd(words[k]) {
			continue
		}
		all = append(all, strings.Join(words[from:k], " "))
		words[k], from = rest, k
	}
	return append(all, strings.Join(words[from:], " "))
}

// IsCJKName reports whether s has the shape of a name in those scripts.
func IsCJKName(s string) bool {
	count := 0
	for _, c := range s {
		if c == ' ' || c == '\u3000' {
			continue
		}
		if !unicode.In(c, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana) && c != '々' {
			return false
		}
		count++
	}
	return count >= minCJKName && count <= maxCJKName
}

// MayHaveCJK reports whether s has bytes that a sign of those scripts begins with. Dashes and
// quotation marks, which stand before the radicals of Han, are none.
func MayHaveCJK(s string) bool {
	for k := range len(s) {
		if s[k] < 0xe1 { // U+1100, the first letter of Hangul
			continue
		}
		if s[k] != 0xe2 || k+1 < len(s) && s[k+1] >= 0xba { // U+2E80
			return true
		}
	}
	return false
}

// maxReport is the length, in signs, of a place with the word that it is reported from.
const maxReport = 8

// endsWithReport reports whether a word ends with "reports" as Chinese papers print it
// behind a place.
func endsWithReport(w string) bool {
	return slices.ContainsFunc(selectors.Reports(), func(end string) bool { return strings.HasSuffix(w, end) })
}

// partJobs puts a comma in the place of the job titles between names in Chinese, Japanese
// and Korean, and cuts the line at the one of who did not write: 记者王小明 通讯员 李华
// 编辑 赵明.
func partJobs(s string) string {
	if strings.ContainsAny(s, "、,，/") || utf8.RuneCountInString(s) == len(s) {
		return s
	}
	words := strings.Fields(s)
	if len(words) < 2 {
		return s
	}
	var parts []string
	jobs, reports := 0, 0
	for _, w := range words {
		if dates.HasDigit(w) && len(parts) > 0 {
			break // the day
		}
		bare := strings.Trim(w, ":：")
		if selectors.BylineGroupsOf(bare)&selectors.BylineReview != 0 && IsCJKName(bare) && len(parts) > 0 {
			break
		}
		if len(parts) > 0 && utf8.RuneCountInString(w) <= maxReport && endsWithReport(w) {
			reports++ // 北京报道
			continue
		}
		job := ""
		for _, j := range selectors.AttachedJobs() {
			if strings.HasPrefix(w, j) {
				job = j
				break
			}
		}
		if job != "" {
			jobs++
		}
		name := strings.Trim(strings.TrimPrefix(w, job), ":：")
		switch {
		case job == "":
			parts = append(parts, w)
		case strings.HasPrefix(job, "编") && len(parts) > 0:
			continue // an editor
		case name == "" && len(parts) == 0:
		case name == "":
			continue
		default:
			parts = append(parts, name)
		}
	}
	for _, p := range parts {
		if !IsHanName(p) {
			return s
		}
	}
	if len(parts) == 0 || jobs < 2 && (reports == 0 || jobs+reports < 2 && len(parts) > 1) {
		return s
	}
	return strings.Join(parts, "、")
}

// maxAttached is the length of a line with a name and a job title in Chinese, Japanese
// or Korean, in bytes; an address may follow.
const maxAttached = 80

// Attached returns the name in a line such as 홍길동 기자 hong@example.org, where the
// title tells that it is one.
func Attached(s string) (string, bool) {
	if len(s) > maxAttached || !MayHaveCJK(s) {
		return "", false
	}
	if k := strings.IndexByte(s, '@'); k >= 0 {
		s = s[:k]
		s = strings.TrimRight(s[:strings.LastIndexByte(s, ' ')+1], " (/|")
	}
	s = strings.Trim(s, "[]【】")
	if label, rest, ok := strings.Cut(s, "="); ok && selectors.BylineGroupsOf(label)&selectors.BylineBy != 0 {
		s = rest // 글=홍길동 기자
	}
	if several := partJobs(s); several != s && !endsWithReport(s) {
		return several, true // 记者 王小明 通讯员 李华; a dateline's line is the text's
	}
	for _, part := range []string{s, beforeSlash(s)} {
		if name := CutJob(part); name != part && IsCJKName(name) {
			return name, true
		}
	}
	return CutJob(s), false
}

// beforeSlash returns what stands before a slash, behind which is the place that a report
// comes from: 记者 王小明／台北报导.
func beforeSlash(s string) string {
	if k := strings.IndexAny(s, "/／"); k > 0 {
		return strings.TrimSpace(s[:k])
	}
	return s
}
