package names

import (
	"strings"

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
