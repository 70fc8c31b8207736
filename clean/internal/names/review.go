package names

import (
	"strings"

	"newsclip/clean/internal/dates"
	"newsclip/selectors"
)

// maxReviewWords is the number of words that a label of IsReview may have, a
// name after it included.
const maxReviewWords = 8

// maxReviewBytes is what so many words take at most, in the longest of scripts: a longer
// text is not taken apart.
const maxReviewBytes = 2000

// maxByLabel is the length of a label of several words for who wrote, in bytes.
const maxByLabel = 60

// IsReview reports whether s has a label such as "Fact checked by" and is short
// enough to be one.
func IsReview(s string) bool {
	if len(s) > maxReviewBytes || CountWords(s) > maxReviewWords {
		return false
	}
	words := Words(s)
	for _, end := range []string{":", "：", " ", "\u3000"} { // "Tekst og foto: NAME", "글·사진 NAME"
		label, _, ok := strings.Cut(s, end)
		if ok && selectors.BylineGroupsOf(strings.ToLower(label))&selectors.BylineBy != 0 && CountWords(label) > 1 {
			return false
		}
	}
	for n := 2; n <= min(len(words), selectors.MaxBylineWords); n++ { // "Words and photos by NAME"
		if selectors.BylineGroupsOf(strings.Join(words[:n], " "))&selectors.BylineBy != 0 {
			return false
		}
	}
	for i := range words {
		for n := i + 1; n <= min(len(words), i+reviewWords); n++ {
			if saysReview(strings.Join(words[i:n], " ")) {
				return true
			}
		}
	}
	return false
}

// reviewWords is how many words a label has at most for what another than the writer did.
const reviewWords = 3

// saysReview reports whether a phrase, in small letters, is such a label.
func saysReview(s string) bool {
	return selectors.BylineGroupsOf(s)&selectors.BylineReview != 0
}

// IsCredit reports whether s is the credit of a picture, name and label, which says nothing of
// the name after it: "Getty Images", "Ana Ferrer photo".
func IsCredit(s string) bool {
	words := strings.Fields(s)
	last := len(words) - 1
	isReview := func(w string) bool { return saysReview(strings.ToLower(w)) }
	return last > 0 && dates.StartsBig(s) && isReview(words[last]) && !isReview(words[0]) && !isReview(words[last-1]+" "+words[last])
}

// isOthersLabel reports whether a word with a colon behind a name begins the name of
// someone who did not write: "Jo Doe | Editor: Ana Ferrer".
func isOthersLabel(word, before string) bool {
	g := selectors.BylineGroupsOf(word)
	return g&selectors.BylineReview != 0 || g&(selectors.BylineJob|selectors.BylineBy) == selectors.BylineJob && LooksLikeName(strings.TrimRight(before, " |/–—-·"))
}

// CutReview returns what stands before a label such as "Photo:" or "Edited by" inside a
// line, or s where there is none.
func CutReview(s string) string {
	if strings.IndexByte(s, '(') > 0 {
		if cut := cutRoles(s); cut != s {
			return cut
		}
	}
	from := 0
	for from < len(s) {
		k := strings.IndexAny(s[from:], " \u3000")
		if k < 0 {
			return s
		}
		for from += k; strings.HasPrefix(s[from:], "\u3000"); {
			from += len("\u3000")
		}
		from = max(from, len(s)-len(strings.TrimPrefix(s[from:], " ")))
		first, more, _ := strings.Cut(s[from:], " ")
		if end := from + len(first); end <= maxByLabel && selectors.BylineGroupsOf(strings.ToLower(strings.TrimRight(s[:end], ":：")))&selectors.BylineBy != 0 {
			continue // "Tekst og foto: Ingrid Moe"
		}
		if and := strings.Fields(s[:min(from, maxByLabel)]); from <= maxByLabel && len(and) == 2 && selectors.BylineGroupsOf(strings.ToLower(and[1]))&selectors.BylineAnd != 0 {
			continue // "Words and photos by Ana Ferrer"
		}
		if at := strings.IndexAny(first, joiners+"："); at > 0 && saysReview(first[:at]) {
			return strings.TrimRight(s[:from], " \u3000;,|/–—-·") // "文＝山田花子　写真＝鈴木一郎"
		}
		second, third, _ := strings.Cut(more, " ")
		third, _, _ = strings.Cut(third, " ")
		one := strings.ToLower(strings.TrimRight(first, ":,."))
		labelled := strings.HasSuffix(first, ":") || strings.HasSuffix(first, "：")
		if labelled && isOthersLabel(one, s[:from]) || more != "" && saysReview(one+" "+strings.ToLower(second)) ||
			third != "" && saysReview(one+" "+strings.ToLower(second+" "+third)) ||
			more != "" && len(one) < len(first)+1 && !dates.StartsBig(first) && saysReview(one) {
			return strings.TrimRight(s[:from], " ;,|/–—-·")
		}
		if more != "" && len(one) > maxNameLike && len(one) == len(first) && saysReview(one) && LooksLikePerson(more) && LooksLikePerson(lastWords(s[:from-1])) {
			return s[:from-1] // "Tekst Femke Visser Fotografie Daan Bos"
		}
	}
	return s
}

// cutRoles returns a byline without the roles in brackets, and without the names of those who
// did not write, or s where it has none of both: "Von Jan Holm (Text) und Eva Muster (Fotos)".
func cutRoles(s string) string {
	wrote, others := "", false
	for rest := s; rest != ""; {
		before, after, ok := strings.Cut(rest, "(")
		role, next, closed := strings.Cut(after, ")")
		if !ok || !closed {
			wrote += rest
			break
		}
		rest = next
		switch g := selectors.BylineGroupsOf(strings.ToLower(strings.TrimSpace(role))); {
		case g&selectors.BylineBy != 0:
			wrote += before
		case g&selectors.BylineReview != 0:
			wrote, others = wrote+beforeLastAnd(before), true
		default:
			return s
		}
	}
	words := strings.Fields(wrote)
	if len(words) > 0 && isAnyAnd(words[0]) {
		words = words[1:]
	}
	if !others || len(words) == 0 {
		return s
	}
	return strings.Trim(strings.Join(words, " "), " ,;|/&–—-·")
}

// beforeLastAnd returns what stands before the last "and" or sign between the names in s.
func beforeLastAnd(s string) string {
	words := strings.Fields(s)
	for k := len(words) - 1; k >= 0; k-- {
		if isAnyAnd(words[k]) {
			return strings.Join(words[:k], " ")
		}
		if strings.HasSuffix(words[k], ",") {
			return strings.Join(words[:k+1], " ")
		}
	}
	return ""
}

// isAnyAnd reports whether a word as it is written parts two names in some language.
func isAnyAnd(w string) bool {
	return w == "/" || w == "," || w == "|" || selectors.BylineGroupsOf(w)&selectors.BylineAnd != 0
}

// lastWords returns the last two words of s.
func lastWords(s string) string {
	words := strings.Fields(s)
	return strings.Join(words[max(0, len(words)-2):], " ")
}
