package body

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"newsclip/clean/internal/page"
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

// liveEntries keeps the entries of a live blog that stand after the text and of which the
// models keep none: boxes of one class beside each other, each of which begins with a time of
// day and has a sentence. Those in a box that is named as furniture stay out.
func liveEntries(bd *Body) {
	t := bd.Tree
	for k := 0; k < len(bd.Blocks); k++ {
		if bd.Verdicts[k].Keep || !beginsWithClock(bd, k) {
			continue
		}
		list := t.Nodes[entryOf(bd, k)].Parent
		if list <= t.Body {
			continue
		}
		first, last := bd.BlocksIn(list)
		if lines := entryLines(bd, list, k, last); len(lines) > 0 && followsText(bd, list, first) {
			for _, j := range lines {
				bd.Verdicts[j] = Verdict{Keep: true}
			}
		}
		k = last - 1
	}
}

// entryOf is the box of the entry whose time is block k: the element that the time stands in,
// or the one around that where it has the time alone.
func entryOf(bd *Body, k int) int32 {
	el := bd.Blocks[k].El
	if k+1 < len(bd.Blocks) && bd.Blocks[k+1].From < bd.Tree.Nodes[el].End {
		return el
	}
	return bd.Tree.Nodes[el].Parent
}

// beginsWithClock reports whether a block is a time of day, with nothing else or with the name
// of the writer behind it.
func beginsWithClock(bd *Body, k int) bool {
	b := &bd.Blocks[k]
	first := bd.Tree.Nodes[b.From].Data
	return b.Words <= clockWords && b.LinkWords == 0 && len(first) <= maxClock && showsClock(first)
}

// clockWords is how many words a line has at most that shows a time and a name.
const clockWords = 6

// entryLines are the lines to keep of the entries in a list, the first of which begins at block
// k; none where it holds anything else or fewer than minEntries.
func entryLines(bd *Body, list int32, k, last int) (lines []int) {
	t := bd.Tree
	class, entries := t.Attr(entryOf(bd, k), "class"), 0
	for ; k < last; entries++ {
		box := entryOf(bd, k)
		from, to := bd.BlocksIn(box)
		if from != k || !beginsWithClock(bd, k) || t.Nodes[box].Parent != list || t.Attr(box, "class") != class || t.Nodes[box].Roles&BoxRoles != 0 {
			return nil
		}
		said := false
		for j := from; j < to; j++ {
			b, v := &bd.Blocks[j], &bd.Verdicts[j]
			closes := ClosesSentence(b.Text) && b.Words > clockWords
			switch {
			case v.Keep:
				return nil
			case v.Stage != "pick" || b.Where&Elsewhere != 0 || b.Phrases().Line != 0 || b.LinkWords*2 > b.Words:
			case closes || j == from && showsClock(b.Text) || page.IsHeading(b.Tag) && b.LinkWords == 0:
				lines = append(lines, j)
				said = said || closes
			}
		}
		if !said {
			return nil
		}
		k = to
	}
	if entries < minEntries {
		return nil
	}
	return lines
}

// followsText reports whether a list stands right behind the text: the block before it is kept,
// in the box around the list or in the one around that, and no box between is furniture.
func followsText(bd *Body, list int32, first int) bool {
	t := bd.Tree
	if first == 0 || !bd.Verdicts[first-1].Keep {
		return false
	}
	box := list
	for range 2 {
		if t.Nodes[box].Roles&BoxRoles != 0 {
			return false
		}
		if box = t.Nodes[box].Parent; box <= t.Body {
			return false
		}
		if el := bd.Blocks[first-1].El; el > box && el < t.Nodes[box].End {
			return true
		}
	}
	return false
}
