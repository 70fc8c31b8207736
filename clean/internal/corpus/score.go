package corpus

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

func (s *Hits) Mark(ok bool) {
	s.Of++
	if ok {
		s.right++
	}
}

func (s Hits) Value() float64 { return float64(s.right) / float64(max(1, s.Of)) }

func Head(s string, n int) string { return s[:min(n, len(s))] }

// A Tally counts the places at which a rule of a table holds, and those that
// are the article's by the corpus's truth.
type Tally struct{ All, Kept int }

func (c *Tally) Add(kept bool, n int) {
	c.All += n
	if kept {
		c.Kept += n
	}
}

func (c Tally) Share() float64 { return float64(c.Kept) / float64(max(c.All, 1)) }

func Folded(s string) string { return strings.Join(ScoreWords(s), " ") }

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

// Repeats says whether a line of eight words or more stands twice.
func Repeats(text string) bool {
	seen := map[string]bool{}
	for _, line := range strings.Split(text, "\n") {
		w := ScoreWords(line)
		if len(w) < 8 {
			continue
		}
		key := strings.Join(w, " ")
		if seen[key] {
			return true
		}
		seen[key] = true
	}
	return false
}

// TruthWords splits as the score does: runs of letters, digits and _.
func TruthWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
}

type scores struct{ P, R, Exact, F float64 }

func gramCounts(w []string) map[string]int {
	m := map[string]int{}
	if len(w) == 0 {
		return m
	}
	for i := 0; i < max(1, len(w)-3); i++ {
		m[strings.Join(w[i:min(len(w), i+4)], " ")]++
	}
	return m
}

func Score(truth, got []string) scores {
	var sc scores
	a, b := gramCounts(truth), gramCounts(got)
	tp, na, nb := 0, 0, 0
	for g, n := range a {
		tp += min(n, b[g])
		na += n
	}
	for _, n := range b {
		nb += n
	}
	if nb > 0 {
		sc.P = float64(tp) / float64(nb)
	}
	sc.R = float64(tp) / float64(na)
	if sc.P+sc.R > 0 {
		sc.F = 2 * sc.P * sc.R / (sc.P + sc.R)
	}
	if strings.Join(truth, " ") == strings.Join(got, " ") {
		sc.Exact = 1
	}
	return sc
}
