package clean

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// furnitureWords is how many words a line of buttons and times may have.
const furnitureWords = 14

// furniturePhrases are what buttons say. A line of one of them alone is the
// models' to judge, who see where it stands.
const furniturePhrases = selectors.PhraseAd | selectors.PhraseComments | selectors.PhraseFollow | selectors.PhraseListen |
	selectors.PhraseLogin | selectors.PhraseNewsletter | selectors.PhraseReadTime | selectors.PhraseShare | selectors.PhraseSkip | selectors.PhraseUI

// furniture drops kept lines of which every part is a button, a time or a
// counter: "06:40 Copy link", "Print | Back to top", "1 / 5".
func (d *draft) furniture() {
	for k := range d.bs {
		b := &d.bs[k]
		if !d.verdicts[k].keep || b.words > furnitureWords || isHeading(b.tag) || b.where&inPre != 0 {
			continue
		}
		if b.where&inTable == 0 && isPlace(b.text) {
			d.drop(k, "sweep", "counter")
		} else if rule := d.buttons(b); rule != "" {
			d.drop(k, "sweep", rule)
		}
	}
}

// leadsAway drops lines that only send the reader to another page: "Read
// more: …". The models are divided on them where they have not read the
// language.
func (d *draft) leadsAway() {
	for k := range d.bs {
		b := &d.bs[k]
		if d.verdicts[k].keep && b.words <= 40 && b.linkWords*2 > b.words && b.where&(inTable|inList|inPre) == 0 &&
			selectors.MatchPhrase(b.text).Prefix&selectors.PhraseReadMore != 0 {
			d.drop(k, "sweep", "phrase "+selectors.PhraseReadMore.String())
		}
	}
}

// headsNothing drops kept headings over sections of which nothing is kept:
// what they head was a box of links or a form. A picture is something.
func (d *draft) headsNothing() {
	for k := range d.bs {
		b := &d.bs[k]
		if !d.verdicts[k].keep || !isHeading(b.tag) {
			continue
		}
		out := 0
		j := k + 1
		for ; j < len(d.bs) && !isHeading(d.bs[j].tag); j++ {
			if d.verdicts[j].keep {
				break
			}
			if !d.facts.captions.has(&d.bs[j]) {
				out++
			}
		}
		if out > 0 && (j == len(d.bs) || isHeading(d.bs[j].tag) && headingLevel(d.bs[j].tag) <= headingLevel(b.tag)) {
			d.drop(k, "sweep", "heads nothing")
		}
	}
}

// buttons names what the parts of a line say where they say nothing else.
func (d *draft) buttons(b *block) string {
	var said selectors.Phrases
	parts, times := 0, 0
	prose := false
	d.t.eachInline(b, func(i int32) {
		s := strings.TrimFunc(d.t.nodes[i].Data, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
		switch {
		case s == "" || prose:
		case len(s) > 60:
			prose = true
		case isClock(s) || d.inTime(i, b.el):
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
	case times == parts && d.inTime(b.from, b.el) && b.where&inTable == 0:
		return "time"
	case parts > 1 && said != 0:
		return "phrase " + said.String()
	}
	return ""
}

// inTime says whether a text node stands in a time element of its block.
func (d *draft) inTime(i, el int32) bool {
	for e := d.t.nodes[i].parent; e > el; e = d.t.nodes[e].parent {
		if d.t.nodes[e].DataAtom == atom.Time {
			return true
		}
	}
	return false
}

// isClock knows a time of day: 6:40, 06.40.
func isClock(s string) bool {
	h, m, ok := strings.Cut(s, ":")
	if !ok {
		h, m, ok = strings.Cut(s, ".")
	}
	return ok && len(h) <= 2 && len(m) == 2 && isDigits(h) && isDigits(m)
}

// isPlace knows a place in a series: 3/12, 3 / 12.
func isPlace(s string) bool {
	a, b, ok := strings.Cut(s, "/")
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	return ok && len(a) <= len(b) && len(b) <= 3 && isDigits(a) && isDigits(b)
}

// wholeTables keeps a table of data whole where the models keep most of it:
// a column's head is part of its numbers.
func (d *draft) wholeTables() {
	data := elementMemo{t: d.t, is: (*tree).holdsData}
	for from := 0; from < len(d.bs); {
		if d.bs[from].where&inTable == 0 {
			from++
			continue
		}
		table := d.t.within(d.bs[from].el, atom.Table)
		if !data.of(table) {
			from++ // what follows may stand in a table inside
			continue
		}
		to := from + 1
		for to < len(d.bs) && d.bs[to].from < d.t.nodes[table].end {
			to++
		}
		var kept, all int32
		for k := from; k < to; k++ {
			all += d.bs[k].words
			if d.verdicts[k].keep {
				kept += d.bs[k].words
			}
		}
		if kept*2 > all {
			for k := from; k < to; k++ {
				d.verdicts[k] = verdict{keep: true}
			}
		}
		from = to
	}
}

// notes keeps corrections and other notes to the reader that stand among the
// article's own paragraphs. They read like furniture and the models are
// divided on them.
func (d *draft) notes() {
	for k := range d.bs {
		b := &d.bs[k]
		if d.verdicts[k].keep || b.words < 5 || b.linkWords*2 > b.words {
			continue
		}
		parent := d.t.nodes[b.el].parent
		for j := k - 1; j >= 0 && j > k-4; j-- {
			if d.verdicts[j].keep && isLong(&d.bs[j]) && d.t.nodes[d.bs[j].el].parent == parent {
				if selectors.MatchPhrase(b.text).Prefix&selectors.PhraseNote != 0 {
					d.verdicts[k] = verdict{keep: true}
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
func (d *draft) wholeBoxes() {
	t := d.t
	var kept int32
	for k := range d.bs {
		if d.verdicts[k].keep {
			kept += d.bs[k].words
		}
	}
	weighed := int32(-1) // the box before
	for from := range d.bs {
		if !d.verdicts[from].keep {
			continue
		}
		box := int32(-1)
		for e := d.bs[from].el; e > t.body; e = t.nodes[e].parent {
			if nd := &t.nodes[e]; nd.DataAtom == atom.Aside || nd.roles&boxRoles != 0 {
				box = e
				break
			}
		}
		if box < 0 || box == weighed {
			continue
		}
		weighed = box
		first, last := d.blocksIn(box)
		var in, out int32
		for k := first; k < last; k++ {
			if d.verdicts[k].keep {
				in += d.bs[k].words
			} else {
				out += d.bs[k].words
			}
		}
		// In a news story an aside is beside it whatever it says; a recipe has
		// its ingredients in one.
		aside := d.facts.news && t.nodes[box].DataAtom == atom.Aside
		if in*boxShare > kept || out <= in && !aside {
			continue
		}
		rule := "element aside"
		if r := t.nodes[box].roles & boxRoles; r != 0 {
			rule = "class " + r.String()
		}
		for k := first; k < last; k++ {
			if d.verdicts[k].keep {
				d.drop(k, "sweep", rule)
			}
		}
	}
}

// boxShare guards the text: no box that has more than one in boxShare of its
// words is dropped.
const boxShare = 5

// blocksIn is the range of the blocks that begin under element i.
func (d *draft) blocksIn(i int32) (first, last int) {
	at := func(node int32) int {
		k, _ := slices.BinarySearchFunc(d.bs, node, func(b block, node int32) int { return cmp.Compare(b.from, node) })
		return k
	}
	return at(i), at(d.t.nodes[i].end)
}
