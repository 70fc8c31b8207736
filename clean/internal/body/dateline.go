package body

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

const (
	// datelineWords is how many words a dateline on a line of its own has at most.
	datelineWords = 6
	// datelineProb is what the models have to think of it. They take it for a label.
	datelineProb = 0.05
)

// dateline keeps the place that opens a report where it stands on a line of its own
// before the first paragraph: "LISBON —". Nothing else is written so: it may stand in a box
// of its own. In small letters, "Lisbon —", it is a paragraph beside that.
func dateline(bd *Body) {
	first := bd.FirstParagraph()
	if first <= 0 {
		return
	}
	for k := range first {
		if b, next := &bd.Blocks[k], &bd.Blocks[k+1]; bd.Verdicts[k].LeftByModels() && bd.Verdicts[k+1].Keep && b.Tag == atom.P && next.Tag == atom.P && b.Words <= datelineWords && b.LinkWords == 0 && endsWithDash(b.Text) &&
			bd.Tree.Nodes[b.El].Parent == bd.Tree.Nodes[next.El].Parent && b.Where&Elsewhere == 0 {
			bd.Verdicts[k] = Verdict{Keep: true}
		}
	}
	k := first - 1
	b := &bd.Blocks[k]
	if !bd.Verdicts[k].Keep && b.Words <= datelineWords && b.LinkWords == 0 && bd.Probs[k] >= datelineProb && isDateline(b.Text) && b.Where&Elsewhere == 0 {
		bd.Verdicts[k] = Verdict{Keep: true}
	}
}

const (
	// stampWords is how many words a line has at most that tells when a text was written,
	// and stampLetters how many of them have letters: the day of the week, the month,
	// "Updated". One that says more tells when something takes place.
	stampWords   = 14
	stampLetters = 3
	// leastMeta and mostMeta bound the words of a line of what is told of a text: a date alone
	// may be that of something in it.
	leastMeta = 6
	mostMeta  = 40
)

// leadingDay cuts the day off the first paragraph where it stands at its head in an element
// of its own, whose class names it: nothing parts it from a text that has no element itself.
func leadingDay(bd *Body) {
	k := bd.FirstParagraph()
	if k < 0 {
		return
	}
	b, t := &bd.Blocks[k], bd.Tree
	e := t.Nodes[b.From].Parent
	day := strings.TrimSpace(t.Nodes[b.From].Data)
	if e <= b.El || t.Nodes[e].Roles&selectors.Date == 0 || t.Nodes[e].End != b.From+1 || !dates.HasDigit(day) || len(day) == len(b.Text) || !strings.HasPrefix(b.Text, day) || wordsWithLetters(day) > stampLetters {
		return
	}
	if _, ok := dates.ParseDate(day, ""); ok {
		bd.cut(k, span{0, len(day)}, "date")
	}
}

// isStamp reports whether a line is nothing but dates with a time.
func isStamp(b *page.Block) bool {
	if b.Words > stampWords || b.LinkWords > 0 || b.Where&(page.InList|page.InTable) != 0 || !strings.ContainsAny(b.Text, "0123456789") {
		return false
	}
	d, ok := dates.ParseDate(b.Text, "")
	return ok && d.HasTime && wordsWithLetters(b.Text) <= stampLetters
}

func wordsWithLetters(s string) int {
	n := 0
	for w := range strings.FieldsSeq(s) {
		if text.HasLetter(w) {
			n++
		}
	}
	return n
}

// isMetaLine reports whether a line with a date is no sentence and stands in a box for such,
// as its class says: "Posted 5 March, updated 1 April, in Linux, 1.2k words, 4 minutes".
func isMetaLine(bd *Body, b *page.Block) bool {
	if bd.Tree.Nodes[b.El].Roles&(selectors.Byline|selectors.Date) == 0 || b.Words < leastMeta || b.Words > mostMeta || EndsLine(b.Text) {
		return false
	}
	_, ok := dates.ParseDate(b.Text, "")
	return ok
}

// endsWithDash reports whether a line of words ends with a dash.
func endsWithDash(s string) bool { return text.HasLetter(s) && strings.TrimRight(s, "-–—") != s }

// isDateline reports whether s is in capitals and ends with a dash.
func isDateline(s string) bool {
	place := strings.TrimRight(s, "-–— ")
	return place != s && strings.IndexFunc(place, unicode.IsLower) < 0 && strings.IndexFunc(place, unicode.IsUpper) >= 0
}

// maxDateline is how many bytes the dateline of an agency's report has at most.
const maxDateline = 60

// OpensReport reports whether a paragraph begins with the place of a report in capitals and
// a dash, as the first of an agency's reports do: "SAN FRANCISCO (AP) —", "LISBON, Portugal –".
func OpensReport(s string) bool {
	head := s[:min(len(s), maxDateline)]
	k := max(strings.Index(head, " — "), strings.Index(head, " – "), strings.Index(head, " -- "))
	if k < 0 {
		return false
	}
	place, _, _ := strings.Cut(head[:k], ",")
	place, _, _ = strings.Cut(place, " (")
	return len(place) >= minPlace && place == strings.ToUpper(place) && strings.IndexFunc(place, func(r rune) bool { return !unicode.IsUpper(r) && r != ' ' && r != '.' && r != '-' && r != '\'' }) < 0
}

// minPlace is how many bytes a place has at least: shorter ones are short for something.
const minPlace = 4
