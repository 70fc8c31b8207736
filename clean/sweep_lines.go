package clean

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// furnitureWords is how many words a line of buttons and times may have.
const furnitureWords = 14

// furniturePhrases are what buttons say. A line of one of them alone is the
// models' to judge: they have its place on the page as well.
const furniturePhrases = selectors.PhraseAd | selectors.PhraseComments | selectors.PhraseFollow | selectors.PhraseListen |
	selectors.PhraseLogin | selectors.PhraseNewsletter | selectors.PhraseReadTime | selectors.PhraseShare | selectors.PhraseSkip | selectors.PhraseUI

// furniture drops kept lines of which every part is a button, a time or a
// counter: "06:40 Copy link", "Print | Back to top", "1 / 5".
func furniture(bd *body) {
	for k := range bd.blocks {
		b := &bd.blocks[k]
		if !bd.verdicts[k].keep || b.words > furnitureWords || isHeading(b.tag) || b.where&inPre != 0 {
			continue
		}
		if b.where&inTable == 0 && isPlace(b.text) {
			bd.drop(k, "sweep", "counter")
		} else if rule := buttons(bd, b); rule != "" {
			bd.drop(k, "sweep", rule)
		}
	}
}

// leadsAway drops lines that only send the reader to another page: "Read
// more: …". The models are divided on them where they have not read the
// language.
func leadsAway(bd *body) {
	for k := range bd.blocks {
		b := &bd.blocks[k]
		if bd.verdicts[k].keep && b.words <= 40 && b.linkWords*2 > b.words && b.where&(inTable|inList|inPre) == 0 &&
			selectors.MatchPhrase(b.text).Prefix&selectors.PhraseReadMore != 0 {
			bd.drop(k, "sweep", "phrase "+selectors.PhraseReadMore.String())
		}
	}
}

// headsNothing drops kept headings over sections of which nothing is kept:
// what they head was a box of links or a form. A picture is something.
func headsNothing(bd *body, sig *signals) {
	for k := range bd.blocks {
		b := &bd.blocks[k]
		if !bd.verdicts[k].keep || !isHeading(b.tag) {
			continue
		}
		out := 0
		j := k + 1
		for ; j < len(bd.blocks) && !isHeading(bd.blocks[j].tag); j++ {
			if bd.verdicts[j].keep {
				break
			}
			if !sig.captions.has(&bd.blocks[j]) {
				out++
			}
		}
		if out > 0 && (j == len(bd.blocks) || isHeading(bd.blocks[j].tag) && headingLevel(bd.blocks[j].tag) <= headingLevel(b.tag)) {
			bd.drop(k, "sweep", "heads nothing")
		}
	}
}

// buttons names what the parts of a line say where they say nothing else.
func buttons(bd *body, b *block) string {
	var said selectors.Phrases
	parts, times := 0, 0
	prose := false
	bd.tree.eachInline(b, func(i int32) {
		s := strings.TrimFunc(bd.tree.nodes[i].Data, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
		switch {
		case s == "" || prose:
		case len(s) > 60:
			prose = true
		case isClock(s) || inTime(bd, i, b.el):
			parts++
			times++
		default:
			parts++
			m := selectors.MatchPhrase(s).Line & furniturePhrases
			if m == 0 {
				prose = true
			}
			said |= m
		}
	})
	switch {
	case prose || parts == 0:
		return ""
	case times == parts && inTime(bd, b.from, b.el) && b.where&inTable == 0:
		return "time"
	case parts > 1 && said != 0:
		return "phrase " + said.String()
	}
	return ""
}

// inTime reports whether a text node stands in a time element of its block.
func inTime(bd *body, i, el int32) bool {
	for e := bd.tree.nodes[i].parent; e > el; e = bd.tree.nodes[e].parent {
		if bd.tree.nodes[e].DataAtom == atom.Time {
			return true
		}
	}
	return false
}

// isClock reports whether s is a time of day: 6:40, 06.40.
func isClock(s string) bool {
	h, m, ok := strings.Cut(s, ":")
	if !ok {
		h, m, ok = strings.Cut(s, ".")
	}
	return ok && len(h) <= 2 && len(m) == 2 && isDigits(h) && isDigits(m)
}

// isPlace reports whether s is a place in a series: 3/12, 3 / 12.
func isPlace(s string) bool {
	a, b, ok := strings.Cut(s, "/")
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	return ok && len(a) <= len(b) && len(b) <= 3 && isDigits(a) && isDigits(b)
}

// wholeTables keeps a table of data whole where the models keep most of it:
// a column's head is part of its numbers.
func wholeTables(bd *body) {
	data := elementMemo{t: bd.tree, is: (*tree).holdsData}
	for from := 0; from < len(bd.blocks); {
		if bd.blocks[from].where&inTable == 0 {
			from++
			continue
		}
		table := bd.tree.within(bd.blocks[from].el, atom.Table)
		if !data.of(table) {
			from++ // what follows may stand in a table inside
			continue
		}
		to := from + 1
		for to < len(bd.blocks) && bd.blocks[to].from < bd.tree.nodes[table].end {
			to++
		}
		var kept, all int32
		for k := from; k < to; k++ {
			all += bd.blocks[k].words
			if bd.verdicts[k].keep {
				kept += bd.blocks[k].words
			}
		}
		if kept*2 > all {
			for k := from; k < to; k++ {
				bd.verdicts[k] = verdict{keep: true}
			}
		}
		from = to
	}
}

// notes keeps corrections and other notes to the reader that stand among the
// article's own paragraphs. They read like furniture and the models are
// divided on them.
func notes(bd *body) {
	for k := range bd.blocks {
		b := &bd.blocks[k]
		if bd.verdicts[k].keep || b.words < 5 || b.linkWords*2 > b.words {
			continue
		}
		parent := bd.tree.nodes[b.el].parent
		for j := k - 1; j >= 0 && j > k-4; j-- {
			if bd.verdicts[j].keep && isLong(&bd.blocks[j]) && bd.tree.nodes[bd.blocks[j].el].parent == parent {
				if selectors.MatchPhrase(b.text).Prefix&selectors.PhraseNote != 0 {
					bd.verdicts[k] = verdict{keep: true}
				}
				break
			}
		}
	}
}

// boxRoles are the roles of boxes that are the article's whole or not at all.
const boxRoles = notArticle | selectors.Author | selectors.CTA | selectors.Infobox | selectors.Paywall | selectors.TOC | selectors.Tags

// wholeBoxes drops what the models keep of a box, such as a heading or an
// item, whose greater part they leave out, and the asides of news stories.
func wholeBoxes(bd *body, sig *signals) {
	t := bd.tree
	var kept int32
	for k := range bd.blocks {
		if bd.verdicts[k].keep {
			kept += bd.blocks[k].words
		}
	}
	weighed := int32(-1) // the box before
	for from := range bd.blocks {
		if !bd.verdicts[from].keep {
			continue
		}
		box := int32(-1)
		for e := bd.blocks[from].el; e > t.body; e = t.nodes[e].parent {
			if nd := &t.nodes[e]; nd.DataAtom == atom.Aside || nd.roles&boxRoles != 0 {
				box = e
				break
			}
		}
		if box < 0 || box == weighed {
			continue
		}
		weighed = box
		first, last := bd.blocksIn(box)
		var in, out int32
		for k := first; k < last; k++ {
			if bd.verdicts[k].keep {
				in += bd.blocks[k].words
			} else {
				out += bd.blocks[k].words
			}
		}
		// In a news story an aside is beside it whatever it says; a recipe has
		// its ingredients in one.
		aside := sig.news && t.nodes[box].DataAtom == atom.Aside
		if in*boxShare > kept || out <= in && !aside {
			continue
		}
		rule := "element aside"
		if r := t.nodes[box].roles & boxRoles; r != 0 {
			rule = "class " + r.String()
		}
		for k := first; k < last; k++ {
			if bd.verdicts[k].keep {
				bd.drop(k, "sweep", rule)
			}
		}
	}
}

// boxShare guards the text: no box that has more than one in boxShare of its
// words is dropped.
const boxShare = 5
