package body

import (
	"slices"
	"strings"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
)

const (
	// RepeatWords is how many words make a line that can tell a passage from
	// what comes again for good reason: a refrain, a table's cell.
	RepeatWords = 8
	// A passage of runLines lines and runWords words is one that nobody writes
	// twice. Single lines come again where things are told one by one: the
	// steps of two recipes, the figures of two products, a question that two
	// people answer.
	runLines = 2
	runWords = 16
	// maxTwins is how many earlier places of a line are compared with it.
	maxTwins = 4
)

// A saidLine is a line of the kept text.
type saidLine struct {
	blocks []int
	hash   uint64
	words  int32
	// counts is set for a line that can make a passage: neither an item, nor
	// code, nor a verse's.
	counts bool
}

// sayOnce drops the passages of the text that stand there already, such as a
// form of it for narrow screens: runs of lines, a paragraph right after itself,
// and one in another kind of box than the first, which the page's template
// says again and not the writer.
func sayOnce(bd *Body) {
	lines := saidLines(bd)
	before := make(map[uint64][]int, len(lines))
	for i := 0; i < len(lines); {
		longest := 0
		for _, j := range before[lines[i].hash] {
			if n := sameRun(lines, j, i); n > longest && saysAgain(bd, lines, j, i, n) {
				longest = n
			}
		}
		again := lines[i : i+longest]
		if longest == 1 && headsItself(bd, lines, i) && page.IsHeading(bd.Blocks[again[0].blocks[0]].Tag) {
			again = lines[i-1 : i]
		}
		for _, l := range again {
			for _, k := range l.blocks {
				bd.Drop(k, "sweep", "said before")
			}
		}
		if longest > 0 {
			i += longest
			continue
		}
		if h := lines[i].hash; len(before[h]) < maxTwins {
			before[h] = append(before[h], i)
		}
		i++
	}
}

// sameRun is how many lines from i on say the same as those from j on.
func sameRun(lines []saidLine, j, i int) int {
	n := 0
	for n < maxRun && i+n < len(lines) && j+n < i && lines[i+n].hash == lines[j+n].hash {
		n++
	}
	return n
}

// maxRun bounds a run that is dropped at once: the next begins after it.
const maxRun = 64

// saysAgain reports whether the n lines from i on are a passage that stands
// from j on already.
func saysAgain(bd *Body, lines []saidLine, j, i, n int) bool {
	if j+1 == i && n == 1 && headsItself(bd, lines, i) {
		return true
	}
	count, words, longest := 0, int32(0), int32(0)
	for _, l := range lines[i : i+n] {
		if l.counts {
			count++
			words += l.words
			longest = max(longest, l.words)
		}
	}
	if longest < RepeatWords {
		return false
	}
	if count >= runLines && words >= runWords {
		return true
	}
	first, again := &bd.Blocks[lines[j].blocks[0]], &bd.Blocks[lines[i].blocks[0]]
	if page.IsHeading(again.Tag) || again.Where&page.InTable != 0 {
		return false
	}
	return j+n == i || page.IsLong(again) && first.Sig != again.Sig
}

// headsItself reports whether line i and the one before it are a heading and the same words
// that are none, such as a table's caption or a link, or one long paragraph twice.
func headsItself(bd *Body, lines []saidLine, i int) bool {
	first, again := &bd.Blocks[lines[i-1].blocks[0]], &bd.Blocks[lines[i].blocks[0]]
	if first.Hash != again.Hash || len(lines[i-1].blocks)+len(lines[i].blocks) > 2 || (first.Where|again.Where)&page.InPre != 0 {
		return false
	}
	return page.IsHeading(first.Tag) != page.IsHeading(again.Tag) && again.Words >= headWords || page.IsLong(again) && again.Where&(page.InTable|page.InList) == 0
}

// headWords is how many words a line has at least that is not said for its sound.
const headWords = 2

// saidLines lists the lines of the kept text.
func saidLines(bd *Body) []saidLine {
	lines := make([]saidLine, 0, len(bd.Blocks))
	bd.lines(func(line []int) {
		l := saidLine{blocks: slices.Clone(line)}
		b := &bd.Blocks[line[0]]
		l.counts = b.Where&(page.InList|page.InPre) == 0 && b.Brs != 1
		for _, k := range line {
			l.words += bd.Blocks[k].Words
			if bd.Blocks[k].Where&page.InTable == 0 {
				l.hash = unnumbered(bd, k)
				continue
			}
			// However its words are shared out among the cells.
			text.EachWord(bd.Blocks[k].Text, func(w uint64) { l.hash = l.hash*0x9e3779b97f4a7c15 + w })
		}
		lines = append(lines, l)
	})
	return lines
}

// unnumbered is the hash of a block's words, without the number that it may
// begin with.
func unnumbered(bd *Body, k int) uint64 {
	b := &bd.Blocks[k]
	if s := strings.TrimLeft(b.Text, "0123456789"); len(s) < len(b.Text) && len(b.Text)-len(s) < 4 &&
		(strings.HasPrefix(s, ".") || strings.HasPrefix(s, ")")) {
		h, _, _ := text.Scan(s)
		return h
	}
	return b.Hash
}
