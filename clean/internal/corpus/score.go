package corpus

import (
	"strings"
	"unicode"
)

// TruthWords splits a text into the words that [Score] compares: runs of
// letters, digits and _. Soft hyphens are no part of a word and end none: some
// truths have them, others not, and a text has none.
func TruthWords(s string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(s, "\u00ad", ""), func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
}

// Scores tell how near a text is to the truth, each from 0 to 1.
type Scores struct {
	P     float64 // precision: share of the text's runs that are the truth's
	R     float64 // recall: share of the truth's runs that are in the text
	F     float64 // harmonic mean of both, F1
	Exact float64 // 1 where the words are the truth's, in order
}

// runWords is how many words make a run. Single words would forgive a text its
// order, and longer runs punish a lost word many times.
const runWords = 4

// runs counts the runs of words in w. Fewer words than make a run are a run.
func runs(w []string) map[string]int {
	m := map[string]int{}
	if len(w) == 0 {
		return m
	}
	for i := 0; i < max(1, len(w)-runWords+1); i++ {
		m[strings.Join(w[i:min(len(w), i+runWords)], " ")]++
	}
	return m
}

// Score compares the words of a text with the truth's by runs of four, of which
// each counts as often as it stands in both. Where either has no words,
// precision and recall are 0.
func Score(truth, got []string) Scores {
	var sc Scores
	a, b := runs(truth), runs(got)
	both, na, nb := 0, 0, 0
	for g, n := range a {
		both += min(n, b[g])
		na += n
	}
	for _, n := range b {
		nb += n
	}
	if na > 0 && nb > 0 {
		sc.P = float64(both) / float64(nb)
		sc.R = float64(both) / float64(na)
	}
	if sc.P+sc.R > 0 {
		sc.F = 2 * sc.P * sc.R / (sc.P + sc.R)
	}
	if strings.Join(truth, " ") == strings.Join(got, " ") {
		sc.Exact = 1
	}
	return sc
}
