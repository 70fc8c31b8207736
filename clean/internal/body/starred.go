package body

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsclip/clean/internal/judge"
)

const (
	// starProb is what the models have to think of a note after a star. They take such
	// lines for conditions of an offer.
	starProb = 0.3
	// maxStars is how many stars a note has at most: more are drawn as a line.
	maxStars = 3
)

// starred keeps the notes after a star whose mark stands in the kept text: "*The name has
// been changed" for "Ana* left". They are the writer's as other footnotes are.
func starred(bd *Body, sig *judge.Signals) {
	marked, read := false, false
	for k := range bd.Blocks {
		v := bd.Verdicts[k]
		if v.Keep || v.Stage != "pick" || v.Rule != "" || bd.Probs[k] < starProb || !isStarred(bd.Blocks[k].Text) || !IsTail(bd, sig, k) {
			continue
		}
		if !read {
			marked, read = hasMark(bd), true
		}
		if marked {
			bd.Verdicts[k] = Verdict{Keep: true}
		}
	}
}

// isStarred reports whether a line begins with stars and goes on with words.
func isStarred(s string) bool {
	rest := strings.TrimLeft(s, "*")
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " "))
	return len(rest) < len(s) && len(s)-len(rest) <= maxStars && unicode.IsLetter(first)
}

// hasMark reports whether a word of the kept text has a star after it.
func hasMark(bd *Body) bool {
	for k := range bd.Blocks {
		if !bd.Verdicts[k].Keep {
			continue
		}
		s := bd.Blocks[k].Text
		for at := strings.IndexByte(s, '*'); at >= 0; {
			before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s[:at], closers))
			if after, _ := utf8.DecodeRuneInString(s[at+1:]); unicode.IsLetter(before) && !unicode.IsLetter(after) {
				return true
			}
			next := strings.IndexByte(s[at+1:], '*')
			if next < 0 {
				break
			}
			at += 1 + next
		}
	}
	return false
}
