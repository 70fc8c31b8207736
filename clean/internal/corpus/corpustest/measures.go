package corpustest

import (
	"sort"
	"strings"
	"unicode"
)

// ScoreWords are a text's words as the corpora's score compares them.
func ScoreWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '_'
	})
}

// WordSet returns the different words of list, sorted.
func WordSet(list []string) string {
	words := ScoreWords(strings.Join(list, " "))
	sort.Strings(words)
	set := words[:0]
	for i, w := range words {
		if i == 0 || w != words[i-1] {
			set = append(set, w)
		}
	}
	return strings.Join(set, " ")
}

// Hits counts pages on which a field is right.
type Hits struct{ right, Of int }

// Mark counts a page on which the field is right, or is not.
func (s *Hits) Mark(ok bool) {
	s.Of++
	if ok {
		s.right++
	}
}

// Value is the share of pages that are right; 0 of none.
func (s Hits) Value() float64 { return float64(s.right) / float64(max(1, s.Of)) }

// Head returns the first n bytes of s, or all.
func Head(s string, n int) string { return s[:min(n, len(s))] }

// A Tally counts the places at which a rule of a table holds, and those that
// are the article's by the corpus's truth.
type Tally struct{ All, Kept int }

// Add counts n places.
func (c *Tally) Add(kept bool, n int) {
	c.All += n
	if kept {
		c.Kept += n
	}
}

// Share is the part of the places that are the article's; 0 of none.
func (c Tally) Share() float64 { return float64(c.Kept) / float64(max(c.All, 1)) }

// Folded returns a text's words with single spaces, for comparing.
func Folded(s string) string { return strings.Join(ScoreWords(s), " ") }

// Subset reports whether all of a stand in b.
func Subset(a, b []string) bool {
	set := map[string]bool{}
	for _, w := range b {
		set[w] = true
	}
	for _, w := range a {
		if !set[w] {
			return false
		}
	}
	return true
}

// WordF1 is the harmonic mean of precision and recall of single words, of
// which each counts as often as it stands there.
func WordF1(truth, got []string) float64 {
	n := map[string]int{}
	for _, w := range truth {
		n[w]++
	}
	both := 0
	for _, w := range got {
		if n[w] > 0 {
			n[w]--
			both++
		}
	}
	if both == 0 {
		return 0
	}
	p, r := float64(both)/float64(len(got)), float64(both)/float64(len(truth))
	return 2 * p * r / (p + r)
}

// Repeats reports whether two lines in a row stand twice, each of eight words or
// more and no item of a list, of which the truth has the first only once. A single line comes again
// in many a text for good reason: a step of two recipes, a question to two people.
func Repeats(text, truth string) bool {
	type pair struct{ first, second string }
	seen := map[pair]bool{}
	before := "" // the line before, where it is long
	for line := range strings.SplitSeq(text, "\n") {
		w := ScoreWords(line)
		if len(w) == 0 {
			continue
		}
		if len(w) < 8 || strings.HasPrefix(strings.TrimLeft(line, " "), "- ") {
			before = ""
			continue
		}
		p := pair{before, strings.Join(w, " ")}
		if before = p.second; p.first == "" {
			continue
		}
		if seen[p] && strings.Count(Folded(truth), p.first) < 2 {
			return true
		}
		seen[p] = true
	}
	return false
}
