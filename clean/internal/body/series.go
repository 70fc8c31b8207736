package body

import (
	"strconv"
	"strings"
	"unicode"

	"newsclip/clean/internal/judge"
)

// seriesProb is what the models have to think of a line of a numbered series that they
// leave out while they keep half of the series.
const seriesProb = 0.2

// maxStep is how many bytes the word of a numbered step has at most.
const maxStep = 24

// numbered keeps a numbered series whole of which the models keep half: lines that are
// set alike and count on, whatever stands between them.
func numbered(bd *Body, sig *judge.Signals) {
	var run []int
	number := 0 // of the run's last line
	for k := range bd.Blocks {
		n := numberOf(bd.Blocks[k].Text)
		if n == 0 {
			n = stepOf(bd.Blocks[k].Text)
		}
		if n == 0 {
			continue
		}
		if len(run) > 0 {
			if last := &bd.Blocks[run[len(run)-1]]; n != number+1 || last.Tag != bd.Blocks[k].Tag || last.Sig != bd.Blocks[k].Sig {
				keepSeries(bd, sig, run)
				run = run[:0]
			}
		}
		run, number = append(run, k), n
	}
	keepSeries(bd, sig, run)
}

func keepSeries(bd *Body, sig *judge.Signals, run []int) {
	kept, heads := 0, true // each stands over what is kept
	for _, k := range run {
		if bd.Verdicts[k].Keep {
			kept++
		}
		heads = heads && stepOf(bd.Blocks[k].Text) > 0 && k+1 < len(bd.Blocks) && bd.Verdicts[k+1].Keep
	}
	if kept == len(run) || kept == 0 || !heads && kept*2 < len(run) {
		return
	}
	for _, k := range run {
		v, b := bd.Verdicts[k], &bd.Blocks[k]
		if v.LeftByModels() && bd.Probs[k] >= seriesProb && b.Where&Elsewhere == 0 && !sig.Captions.Has(b) {
			bd.Verdicts[k] = Verdict{Keep: true}
		}
	}
}

// IsNumbered reports whether a line is one of a numbered series: "3. The old quay".
func IsNumbered(s string) bool { return numberOf(s) > 0 }

// numberOf returns the number that a line begins with: "3. ", "3) ", "[3] ", "#3 "; 0 for
// none.
func numberOf(s string) (number int) {
	sign := s != "" && (s[0] == '[' || s[0] == '#')
	if sign {
		s = s[1:]
	}
	n := 0
	for ; n < len(s) && n < 3 && s[n]-'0' < 10; n++ {
		number = number*10 + int(s[n]-'0')
	}
	if n == 0 || n == len(s) || !sign && s[n] != '.' && s[n] != ')' {
		return 0
	}
	if rest := strings.TrimLeft(s[n:], ".)] "); rest == "" || rest[0]-'0' < 10 {
		return 0 // of a decimal, or a date
	}
	return number
}

// stepOf returns the number of a line that is one word with it: "Step 3", "Schritt 3:"; 0
// for none.
func stepOf(s string) int {
	word, number, ok := strings.Cut(strings.TrimRight(s, " :."), " ")
	if !ok || len(number) > 3 || len(word) > maxStep || strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) >= 0 {
		return 0
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		return 0
	}
	return n
}
