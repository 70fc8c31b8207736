package clean

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// A verdict says whether a block stays in the text and, where it does not,
// which stage and rule took it out.
type verdict struct {
	keep  bool
	stage string
	rule  string
}

// repeatWords is how many words make a line that nobody writes twice. Shorter
// ones come again for good reason: a refrain, a table's cell.
const repeatWords = 8

// sweep goes through the blocks that the models keep and takes out what is
// said in another field or was said before. It returns the block that is the
// standfirst, or -1.
func (d *draft) sweep() (standfirst int) {
	bs := d.bs
	d.wholeTables()
	d.notes()
	d.wholeBoxes()
	d.furniture()
	d.leadsAway()
	d.headsNothing()
	head := -1 // the first kept block that reads like a paragraph
	for k := range bs {
		if d.verdicts[k].keep && isLong(&bs[k]) {
			head = k
			break
		}
	}
	for k := range bs {
		b := &bs[k]
		switch {
		case !d.verdicts[k].keep:
		case d.facts.captions.has(b):
			d.drop(k, "sweep", "caption")
		case d.facts.headlines.has(b), d.facts.titles[b.hash] && k < head:
			d.drop(k, "sweep", "headline")
		case k < head && (d.facts.bylines.has(b) || d.facts.dates.has(b)):
			d.drop(k, "sweep", "byline")
		}
	}
	standfirst = d.standfirst()
	if standfirst >= 0 {
		d.verdicts[standfirst] = verdict{stage: "sweep", rule: "standfirst"}
	}
	if standfirst >= 0 {
		for k := range bs {
			if !d.verdicts[k].keep {
				continue
			}
			if bs[k].hash == bs[standfirst].hash {
				d.drop(k, "sweep", "standfirst")
				break
			}
			if bs[k].words >= repeatWords {
				break
			}
		}
	}
	d.pullQuotes()
	d.sayOnce()
	return standfirst
}

// sayOnce drops the lines of the text that stand there already. A heading
// stays, and what says the same before it goes: a table of contents.
func (d *draft) sayOnce() {
	seen := make(map[uint64][]int, len(d.bs))
	d.lines(func(line []int) {
		var h uint64
		var words int32
		for _, k := range line {
			words += d.bs[k].words
			if d.bs[k].where&inTable == 0 {
				h = d.unnumbered(k)
				continue
			}
			// However its words are shared out among the cells.
			eachWord(d.bs[k].text, func(w uint64) { h = h*0x9e3779b97f4a7c15 + w })
		}
		if d.bs[line[0]].where&inOrdered != 0 {
			words++ // its number is a word of the line
		}
		if words < repeatWords {
			return
		}
		again := line
		if first, ok := seen[h]; ok {
			if isHeading(d.bs[line[0]].tag) && !isHeading(d.bs[first[0]].tag) {
				again, seen[h] = first, slices.Clone(line)
			}
			for _, k := range again {
				d.drop(k, "sweep", "said before")
			}
			return
		}
		seen[h] = slices.Clone(line)
	})
}

// unnumbered is the hash of a block's words, without the number that it may
// begin with.
func (d *draft) unnumbered(k int) uint64 {
	b := &d.bs[k]
	if s := strings.TrimLeft(b.text, "0123456789"); len(s) < len(b.text) && len(b.text)-len(s) < 4 &&
		(strings.HasPrefix(s, ".") || strings.HasPrefix(s, ")")) {
		h, _, _ := scan(s)
		return h
	}
	return b.hash
}

// pullQuotes drops the quotations that only repeat a sentence of the text in
// large letters, and the name under them.
func (d *draft) pullQuotes() {
	asked := 0
	for k := range d.bs {
		b := &d.bs[k]
		if !d.verdicts[k].keep || b.words < pullQuoteMin || b.words > pullQuoteMax {
			continue
		}
		box := d.quoteBox(b)
		if box < 0 {
			continue
		}
		if asked++; asked > maxPullQuotes {
			break
		}
		if !d.says(b.toks, box) {
			continue
		}
		d.drop(k, "sweep", "pull quote")
		for j, last := d.blocksIn(box); j < last; j++ {
			if n := &d.bs[j]; d.verdicts[j].keep && n.words < pullQuoteMin*2 && n.to <= d.t.nodes[box].end {
				d.drop(j, "sweep", "pull quote")
			}
		}
	}
}

// A pull quote has as many words as these; shorter ones are refrains, longer
// ones documents.
const (
	pullQuoteMin = 4
	pullQuoteMax = 60
	// maxPullQuotes is how many quotations of a page are looked for in its
	// text: a page of more is a collection of them.
	maxPullQuotes = 200
)

// quoteBox is the outermost element around a block that sets a quotation
// apart from the text, or -1.
func (d *draft) quoteBox(b *block) int32 {
	if b.where&(inQuote|inAside|inFigure) == 0 && b.roleDepth[quoteRole] == 0 || b.where&(inTable|inList) != 0 {
		return -1
	}
	box := int32(-1)
	for e, up := b.el, 0; e > d.t.body && up < 6; e, up = d.t.nodes[e].parent, up+1 {
		switch nd := &d.t.nodes[e]; {
		case nd.DataAtom == atom.Blockquote, nd.DataAtom == atom.Aside, nd.DataAtom == atom.Figure, nd.roles&selectors.Quote != 0:
			box = e
		}
	}
	return box
}

// says tells whether a kept paragraph outside box has the words in a row.
func (d *draft) says(words []uint64, box int32) bool {
	for k := range d.bs {
		b := &d.bs[k]
		if !d.verdicts[k].keep || int(b.words) <= len(words) || b.from >= box && b.from < d.t.nodes[box].end {
			continue
		}
		at := 0 // words found so far
		for _, h := range b.toks {
			switch h {
			case words[at]:
				if at++; at == len(words) {
					return true
				}
			case words[0]:
				at = 1
			default:
				at = 0
			}
		}
	}
	return false
}

func (d *draft) drop(k int, stage, rule string) {
	d.verdicts[k] = verdict{stage: stage, rule: rule}
}

// standfirstReach is how many blocks after the body's first paragraph a
// standfirst may still stand: pages show the lead picture, a share bar or the
// author's box first.
const standfirstReach = 8

// standfirst finds the block between headline and body that is the dek: its
// class says so or a description of the page says the same words, and it is
// set apart from the body's paragraphs.
func (d *draft) standfirst() int {
	bs := d.bs
	body := map[uint32]int32{}
	var main uint32
	for k := range bs {
		if d.verdicts[k].keep && isLong(&bs[k]) {
			body[bs[k].sig] += bs[k].words
			if body[bs[k].sig] > body[main] {
				main = bs[k].sig
			}
		}
	}
	// A page can say its title again over the text: of two, the standfirst may
	// stand under either.
	first, title, head := -1, -1, len(bs)
	for k := range bs {
		if d.verdicts[k].keep && isLong(&bs[k]) && bs[k].sig == main {
			head = k
			break
		}
	}
	for k := range min(head+1, len(bs)) {
		if d.facts.headlines.has(&bs[k]) || d.facts.titles[bs[k].hash] && bs[k].words > 2 {
			title = k
			if first < 0 {
				first = k
			}
		}
	}
	best, bestScore := -1, 0
	for k := max(0, first-4); k < min(len(bs), max(title, head)+standfirstReach); k++ {
		b := &bs[k]
		if b.words < 4 || b.words > 120 || b.linkWords*2 > b.words || b.where&inHidden != 0 ||
			d.facts.captions.has(b) || d.facts.headlines.has(b) || d.facts.titles[b.hash] || wordOverlap(b, &d.facts.titleSet) > 0.6 {
			continue
		}
		in, cover := d.facts.described(b)
		said := in >= 0.8 && cover >= 0.5 || in >= 0.6 && cover >= 0.9 || d.facts.descHash[b.hash]
		if !said && (d.facts.bylines.has(b) || d.facts.dates.has(b)) {
			continue
		}
		role, depth := b.roleDepth[standfirstRole], int16(d.t.nodes[b.el].depth)
		keep := d.verdicts[k].keep
		score := 0
		switch {
		case said && role > 0 && depth-role <= 2:
			score = 4
		case said && b.sig != main:
			score = 3
		case b.sig == main:
		case role == depth && title >= 0 && k > title && k < head && k < title+12:
			score = 2
		case role > 0 && depth-role <= 2 && keep:
			score = 1
		case d.facts.news && k == title+1 && k < head && !isHeading(b.tag) && b.words >= 8 && b.linkWords == 0 && b.where&(inList|inFigure|inFigcaption|inTable) == 0 && endsSentence(b.text):
			score = 1
		}
		if title < 0 && !keep {
			continue
		}
		if score > bestScore {
			best, bestScore = k, score
		}
	}
	return best
}

func endsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?。！？…", r)
}

// Indices in a block's roleDepth.
var (
	quoteRole      = roleIndex(selectors.Quote)
	standfirstRole = roleIndex(selectors.Standfirst)
)
