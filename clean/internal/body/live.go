package body

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"newsclip/clean/internal/text"
)

const (
	// minEntries is how many lines with a time make a live blog.
	minEntries = 3
	// maxClock is how many bytes a line has at most that shows a time of day: 18:15 Uhr.
	maxClock = 20
	// maxZone is how many bytes of words may stand at the time: a.m., Uhr, GMT.
	maxZone = 8
)

// entryTimes keeps the times over a live blog's entries, and the years of a history: lines
// of one class, each with a time of day or a year alone and a kept block right after it, or after its heading. What stands
// beside them in the box of an entry is kept in all of them where it is in one.
func entryTimes(bd *Body) {
	var bySig map[uint32][]int
	for k := 0; k+2 < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k+1].Keep && !bd.Verdicts[k+2].Keep || len(b.Text) > maxClock || b.LinkWords > 0 || !showsClock(b.Text) && !IsYear(b.Text) {
			continue
		}
		if bySig == nil {
			bySig = map[uint32][]int{}
		}
		bySig[b.Sig] = append(bySig[b.Sig], k)
	}
	for _, sig := range slices.Sorted(maps.Keys(bySig)) {
		lines := bySig[sig]
		if len(lines) < minEntries {
			continue
		}
		for _, k := range lines {
			bd.Verdicts[k] = Verdict{Keep: true}
		}
		alikeEntries(bd, lines)
	}
}

// alikeEntries keeps the lines of one class in all entries where one is kept. An entry is
// the box around its time, if that stands beside those of the others.
func alikeEntries(bd *Body, times []int) {
	t := bd.Tree
	kept := map[uint32]bool{}
	each := func(f func(k int)) {
		parent, before := int32(-1), int32(-1)
		for _, k := range times {
			box := t.Nodes[bd.Blocks[k].El].Parent
			if parent < 0 {
				parent = t.Nodes[box].Parent
			}
			// Many times may stand in one box.
			if box <= t.Body || box == before || t.Nodes[box].Parent != parent {
				continue
			}
			before = box
			for j, last := bd.BlocksIn(box); j < last; j++ {
				f(j)
			}
		}
	}
	each(func(k int) {
		if bd.Verdicts[k].Keep {
			kept[bd.Blocks[k].Sig] = true
		}
	})
	each(func(k int) {
		if b := &bd.Blocks[k]; !bd.Verdicts[k].Keep && bd.Verdicts[k].Stage == "pick" && kept[b.Sig] && b.LinkWords == 0 && b.Where&Elsewhere == 0 && b.Phrases().Line == 0 {
			bd.Verdicts[k] = Verdict{Keep: true}
		}
	})
}

// IsYear reports whether a text is a year and nothing else: 1963, 1963年.
func IsYear(s string) bool {
	s = strings.TrimRight(s, "年년.: ")
	return len(s) == 4 && (s[0] == '1' || strings.HasPrefix(s, "20")) && text.IsDigits(s)
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
