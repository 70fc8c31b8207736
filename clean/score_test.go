package clean

import (
	"strings"
	"unicode"
)

// truthWords splits as the score does: runs of letters, digits and _.
func truthWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
}

type scores struct{ p, r, exact, f float64 }

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

func score(truth, got []string) scores {
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
		sc.p = float64(tp) / float64(nb)
	}
	sc.r = float64(tp) / float64(na)
	if sc.p+sc.r > 0 {
		sc.f = 2 * sc.p * sc.r / (sc.p + sc.r)
	}
	if strings.Join(truth, " ") == strings.Join(got, " ") {
		sc.exact = 1
	}
	return sc
}
