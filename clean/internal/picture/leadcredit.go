package picture

import (
	"strings"
	"unicode/utf8"

	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// maxLeadLabel is how many bytes stand at most before the name in a line that tells who
// made the lead picture.
const maxLeadLabel = 60

// LeadCredit returns whom a line names as the maker of the lead picture: "Title picture:
// NAME", "Featured image by NAME". It returns "" where the line says something else.
func LeadCredit(line string) string {
	p := selectors.Pictures()
	if !p.MayBeginLead(line) {
		return ""
	}
	label, rest, ok := cutColon(line)
	if !ok || len(label) > maxLeadLabel {
		label, rest, ok = cutLeadBy(line)
	}
	label = strings.ToLower(strings.TrimSpace(label))
	for ok && !p.LeadLabels[label] {
		label, ok = withoutLastBy(label)
	}
	if !ok {
		return ""
	}
	return joinCredits([]string{rest})
}

// withoutLastBy cuts the word for "by" or "source" off the end of a label.
func withoutLastBy(label string) (string, bool) {
	for by := range selectors.Pictures().LeadBys {
		if rest, ok := strings.CutSuffix(label, by); ok && rest != "" && (strings.HasSuffix(rest, " ") || text.CJK(lastSign(by))) {
			return strings.TrimRight(rest, " "), true
		}
	}
	return "", false
}

func lastSign(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// cutColon cuts a line at its first colon.
func cutColon(line string) (label, rest string, ok bool) {
	k := strings.IndexAny(line, ":：")
	if k < 0 {
		return "", "", false
	}
	_, n := utf8.DecodeRuneInString(line[k:])
	return line[:k], line[k+n:], true
}

// cutLeadBy cuts a line after a label and the words for "by" or "from" behind it.
func cutLeadBy(line string) (label, rest string, ok bool) {
	p := selectors.Pictures()
	lower := strings.ToLower(line)
	if len(lower) != len(line) {
		return "", "", false
	}
	for k := range line[:min(len(line), maxLeadLabel)] {
		if !p.LeadLabels[lower[:k]] {
			continue
		}
		rest = line[k:]
		by := 0
		for n := range rest[:min(len(rest), maxLeadBy)] { // in scripts without spaces
			if p.LeadBys[rest[:n]] {
				by = n
			}
		}
		if by > 0 {
			return line[:k], rest[by:], true
		}
		for {
			word, after, spaced := strings.Cut(strings.TrimPrefix(rest, " "), " ")
			if !spaced || !p.LeadBys[strings.ToLower(word)] {
				break
			}
			rest, ok = after, true
		}
		if ok && !text.EndsSentence(line) {
			return line[:k], rest, true
		}
	}
	return "", "", false
}

// maxLeadBy is how many bytes such a word has at most, and one.
const maxLeadBy = 10
