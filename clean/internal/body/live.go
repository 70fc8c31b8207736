package body

import (
	"strings"
	"unicode"
)

const (
	// minEntries is how many lines with a time make a live blog.
	minEntries = 3
	// maxClock is how many bytes a line has at most that shows a time of day: 18:15 Uhr.
	maxClock = 20
	// maxZone is how many bytes of words may stand at the time: a.m., Uhr, GMT.
	maxZone = 8
)

// entryTimes keeps the times over a live blog's entries: lines of one class, each with
// a time of day alone and a kept block right after it, or after its heading.
func entryTimes(bd *Body) {
	var bySig map[uint32][]int
	for k := 0; k+2 < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		if bd.Verdicts[k].Keep || !bd.Verdicts[k+1].Keep && !bd.Verdicts[k+2].Keep || len(b.Text) > maxClock || b.LinkWords > 0 || !showsClock(b.Text) {
			continue
		}
		if bySig == nil {
			bySig = map[uint32][]int{}
		}
		bySig[b.Sig] = append(bySig[b.Sig], k)
	}
	for _, lines := range bySig {
		if len(lines) < minEntries {
			continue
		}
		for _, k := range lines {
			bd.Verdicts[k] = Verdict{Keep: true}
		}
	}
}

// showsClock reports whether a text is a time of day, with the word for the hour or the
// zone before or after it.
func showsClock(s string) bool {
	clock, letters := false, 0
	for w := range strings.FieldsSeq(s) {
		bare := strings.TrimRight(w, "apmh.")
		switch {
		case !clock && (isClock(bare) || isClock(strings.Replace(bare, "h", ":", 1))):
			clock = true
		case strings.IndexFunc(w, unicode.IsDigit) >= 0:
			return false
		default:
			letters += len(w)
		}
	}
	return clock && letters <= maxZone
}
