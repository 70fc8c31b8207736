package body

import (
	"strings"

	"newsclip/clean/internal/judge"
)

// seriesProb is what the models have to think of a line of a numbered series that they
// leave out while they keep half of the series.
const seriesProb = 0.2

// numbered keeps a numbered series whole of which the models keep half: lines that are
// set alike and count on, whatever stands between them.
func numbered(bd *Body, sig *judge.Signals) {
	var run []int
	number := 0 // of the run's last line
	for k := range bd.Blocks {
		n := numberOf(bd.Blocks[k].Text)
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
	kept := 0
	for _, k := range run {
		if bd.Verdicts[k].Keep {
			kept++
		}
	}
	if kept == len(run) || kept*2 < len(run) {
		return
	}
	for _, k := range run {
		v, b := bd.Verdicts[k], &bd.Blocks[k]
		if v.LeftByModels() && bd.Probs[k] >= seriesProb && b.Where&Elsewhere == 0 && !sig.Captions.Has(b) {
			bd.Verdicts[k] = Verdict{Keep: true}
		}
	}
}

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
