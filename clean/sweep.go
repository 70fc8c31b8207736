package clean

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// repeatWords is how many words make a line that nobody writes twice. Shorter
// ones come again for good reason: a refrain, a table's cell.
const repeatWords = 8

// sweep goes through the blocks that the models keep and takes out what is
// said in another field or was said before. It returns the block that is the
// standfirst, or -1.
func sweep(bd *body, sig *signals) (standfirst int) {
	bs := bd.blocks
	wholeTables(bd)
	notes(bd)
	wholeBoxes(bd, sig)
	furniture(bd)
	leadsAway(bd)
	headsNothing(bd, sig)
	head := -1 // the first kept block that reads like a paragraph
	for k := range bs {
		if bd.verdicts[k].keep && isLong(&bs[k]) {
			head = k
			break
		}
	}
	for k := range bs {
		b := &bs[k]
		switch {
		case !bd.verdicts[k].keep:
		case sig.captions.has(b):
			bd.drop(k, "sweep", "caption")
		case sig.headlines.has(b), sig.titles[b.hash] && k < head:
			bd.drop(k, "sweep", "headline")
		case k < head && (sig.bylines.has(b) || sig.dates.has(b)):
			bd.drop(k, "sweep", "byline")
		}
	}
	standfirst = findStandfirst(bd, sig)
	if standfirst >= 0 {
		bd.drop(standfirst, "sweep", "standfirst")
		for k := range bs {
			if !bd.verdicts[k].keep {
				continue
			}
			if bs[k].hash == bs[standfirst].hash {
				bd.drop(k, "sweep", "standfirst")
				break
			}
			if bs[k].words >= repeatWords {
				break
			}
		}
	}
	pullQuotes(bd)
	sayOnce(bd)
	return standfirst
}

// sayOnce drops the lines of the text that stand there already. A heading
// stays, and what says the same before it goes: a table of contents.
func sayOnce(bd *body) {
	seen := make(map[uint64][]int, len(bd.blocks))
	bd.lines(func(line []int) {
		var h uint64
		var words int32
		for _, k := range line {
			words += bd.blocks[k].words
			if bd.blocks[k].where&inTable == 0 {
				h = unnumbered(bd, k)
				continue
			}
			// However its words are shared out among the cells.
			eachWord(bd.blocks[k].text, func(w uint64) { h = h*0x9e3779b97f4a7c15 + w })
		}
		if bd.blocks[line[0]].where&inOrdered != 0 {
			words++ // its number is a word of the line
		}
		if words < repeatWords {
			return
		}
		again := line
		if first, ok := seen[h]; ok {
			if isHeading(bd.blocks[line[0]].tag) && !isHeading(bd.blocks[first[0]].tag) {
				again, seen[h] = first, slices.Clone(line)
			}
			for _, k := range again {
				bd.drop(k, "sweep", "said before")
			}
			return
		}
		seen[h] = slices.Clone(line)
	})
}

// unnumbered is the hash of a block's words, without the number that it may
// begin with.
func unnumbered(bd *body, k int) uint64 {
	b := &bd.blocks[k]
	if s := strings.TrimLeft(b.text, "0123456789"); len(s) < len(b.text) && len(b.text)-len(s) < 4 &&
		(strings.HasPrefix(s, ".") || strings.HasPrefix(s, ")")) {
		h, _, _ := scan(s)
		return h
	}
	return b.hash
}

// pullQuotes drops the quotations that only repeat a sentence of the text in
// large letters, and the name under them.
func pullQuotes(bd *body) {
	asked := 0
	for k := range bd.blocks {
		b := &bd.blocks[k]
		if !bd.verdicts[k].keep || b.words < pullQuoteMin || b.words > pullQuoteMax {
			continue
		}
		box := quoteBox(bd, b)
		if box < 0 {
			continue
		}
		if asked++; asked > maxPullQuotes {
			break
		}
		if !saidElsewhere(bd, b.toks, box) {
			continue
		}
		bd.drop(k, "sweep", "pull quote")
		for j, last := bd.blocksIn(box); j < last; j++ {
			if n := &bd.blocks[j]; bd.verdicts[j].keep && n.words < pullQuoteMin*2 && n.to <= bd.tree.nodes[box].end {
				bd.drop(j, "sweep", "pull quote")
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
func quoteBox(bd *body, b *block) int32 {
	if b.where&(inQuote|inAside|inFigure) == 0 && b.roleDepth[quoteRole] == 0 || b.where&(inTable|inList) != 0 {
		return -1
	}
	box := int32(-1)
	for e, up := b.el, 0; e > bd.tree.body && up < 6; e, up = bd.tree.nodes[e].parent, up+1 {
		switch nd := &bd.tree.nodes[e]; {
		case nd.DataAtom == atom.Blockquote, nd.DataAtom == atom.Aside, nd.DataAtom == atom.Figure, nd.roles&selectors.Quote != 0:
			box = e
		}
	}
	return box
}

// saidElsewhere reports whether a kept paragraph outside box has the words in a row.
func saidElsewhere(bd *body, words []uint64, box int32) bool {
	for k := range bd.blocks {
		b := &bd.blocks[k]
		if !bd.verdicts[k].keep || int(b.words) <= len(words) || b.from >= box && b.from < bd.tree.nodes[box].end {
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

// The bounds of a standfirst are those at which it is told best from captions,
// bylines and the body's first paragraph in the corpora of development.
const (
	// standfirstReach is how many blocks after the body's first paragraph a
	// standfirst may still stand: pages show the lead picture, a share bar or
	// the author's box first. Before the headline it may stand
	// standfirstBefore blocks: some pages set it beside a kicker.
	standfirstReach  = 8
	standfirstBefore = 4
	// standfirstNear is how many blocks after the headline one may stand that
	// has nothing but its class to tell it by.
	standfirstNear = 12
	// A standfirst has as many words as these: fewer are a label, more are a
	// paragraph of the text. One that neither its class nor a description
	// tells is a sentence, of standfirstSentence at least.
	standfirstMin      = 4
	standfirstMax      = 120
	standfirstSentence = 8
	// titleShare is the share of a block's words from which on it says the
	// headline again.
	titleShare = 0.6
	// A block says what a description says where these shares of its runs of
	// words stand in the description, and of the description's in the block.
	// A description is often the standfirst cut short, so that a block that
	// has nearly all of one may go on after it.
	descIn, descCover         = 0.8, 0.5
	descInPart, descCoverFull = 0.6, 0.9
	// roleUp is how many elements above its block the one may stand whose
	// class names the standfirst: further up it is the page's head.
	roleUp = 2
)

// How a block is told to be the standfirst, the surest last.
const (
	notStandfirst        = iota
	standfirstByRoleKept // its class, and the models keep it; or its place in a news story
	standfirstByRole     // the class of its own element, under the headline
	standfirstByDesc     // a description, and it is set apart from the body
	standfirstByRoleAndDesc
)

// findStandfirst finds the block between headline and body that is the dek: its
// class says so or a description of the page says the same words, and it is
// set apart from the body's paragraphs.
func findStandfirst(bd *body, sig *signals) int {
	bs := bd.blocks
	body := map[uint32]int32{}
	var main uint32
	for k := range bs {
		if bd.verdicts[k].keep && isLong(&bs[k]) {
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
		if bd.verdicts[k].keep && isLong(&bs[k]) && bs[k].sig == main {
			head = k
			break
		}
	}
	for k := range min(head+1, len(bs)) {
		if sig.headlines.has(&bs[k]) || sig.titles[bs[k].hash] && bs[k].words > 2 {
			title = k
			if first < 0 {
				first = k
			}
		}
	}
	best, bestScore := -1, notStandfirst
	for k := max(0, first-standfirstBefore); k < min(len(bs), max(title, head)+standfirstReach); k++ {
		b := &bs[k]
		if b.words < standfirstMin || b.words > standfirstMax || b.linkWords*2 > b.words || b.where&inHidden != 0 ||
			sig.captions.has(b) || sig.headlines.has(b) || sig.titles[b.hash] || wordOverlap(b, &sig.titleSet) > titleShare {
			continue
		}
		in, cover := sig.described(b)
		said := in >= descIn && cover >= descCover || in >= descInPart && cover >= descCoverFull || sig.descHash[b.hash]
		if !said && (sig.bylines.has(b) || sig.dates.has(b)) {
			continue
		}
		role, depth := b.roleDepth[standfirstRole], int16(bd.tree.nodes[b.el].depth)
		keep := bd.verdicts[k].keep
		score := notStandfirst
		switch {
		case said && role > 0 && depth-role <= roleUp:
			score = standfirstByRoleAndDesc
		case said && b.sig != main:
			score = standfirstByDesc
		case b.sig == main:
		case role == depth && title >= 0 && k > title && k < head && k < title+standfirstNear:
			score = standfirstByRole
		case role > 0 && depth-role <= roleUp && keep:
			score = standfirstByRoleKept
		case sig.news && k == title+1 && k < head && !isHeading(b.tag) && b.words >= standfirstSentence && b.linkWords == 0 && b.where&(inList|inFigure|inFigcaption|inTable) == 0 && endsSentence(b.text):
			score = standfirstByRoleKept
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
