package clean

import (
	"strings"
	"sync"

	"newsclip/selectors"
)

// This file fills the columns of pageSigns that are read from the page's blocks.

// Limits of the columns that blocks are counted in, and what counts as a line of
// links, a price or a card.
const (
	minLinkLine   = 5  // words of a line that is links by more than four fifths
	maxPriceLine  = 12 // words of a line with a price
	minCards      = 4  // boxes of one kind, half of them links, that are cards
	maxHeadings   = 10 // for each paragraph
	maxMeanWords  = 100
	maxHeadGap    = 60
	minHeadGap    = -20
	noHeadGap     = maxHeadGap + 1
	maxBeforeHead = 200
)

// textSigns reads the kept blocks: how much of the page is text, how sure the
// models are of it, and where it is on the page.
func (d *kindPage) textSigns(r []float32) {
	bs := d.body.blocks
	var page, long, longLeft int32 // words
	var kept, keptLinks, keptLong, code int32
	var nKept, nLong, ends, run, longestRun int
	var chars, digits int32
	var hit, likely float64
	first, title := -1, -1 // the first kept paragraph, the headline
	for k := range bs {
		b := &bs[k]
		p := float64(d.probs[k]) * float64(b.words)
		likely += p
		page += b.words
		if isHeading(b.tag) && b.linkWords*2 > b.words {
			run = 0
		}
		if title < 0 && b.words > 1 && d.signals.titles[b.hash] {
			title = k
		}
		isLong := isLong(b)
		if isLong {
			long += b.words
		}
		if !d.body.verdicts[k].keep {
			if isLong {
				longLeft += b.words
				run = 0
			}
			continue
		}
		nKept++
		kept += b.words
		keptLinks += b.linkWords
		hit += p
		if b.where&inPre != 0 {
			code += b.words
		}
		chars += b.spelling.chars
		digits += b.spelling.digits
		if isLong {
			if first < 0 {
				first = k
			}
			nLong++
			keptLong += b.words
			if b.sents > 0 {
				ends++
			}
			run++
			longestRun = max(run, longestRun)
		}
	}
	r[kPageWords] = log1(int(page))
	r[kPageLong] = share(long, page)
	r[kKeptWords] = log1(int(kept))
	r[kKeptShare] = share(kept, page)
	r[kKeptLinkShare] = share(keptLinks, kept)
	r[kKeptLong] = log1(nLong)
	r[kKeptEnds] = share(int32(ends), int32(nLong))
	r[kKeptMeanWords] = min(share(kept, int32(nKept)), maxMeanWords)
	r[kLongLeft] = share(longLeft, longLeft+keptLong)
	r[kRun] = log1(longestRun)
	r[kCodeShare] = share(code, kept)
	if kept > 0 {
		r[kExpected] = float32(2 * hit / (float64(kept) + likely))
	}
	r[kDigits] = share(digits, chars) * 100
	r[kHeadGap] = noHeadGap
	if title >= 0 && first >= 0 {
		r[kHeadGap] = max(minHeadGap, min(float32(first-title), maxHeadGap))
	}
	r[kBeforeTitle] = min(float32(max(title, 0)), maxBeforeHead)
	d.listingSigns(r, page, nLong)
}

// listingSigns reads all blocks for what listings and shops have: links, headings
// that are links, prices, boxes of one kind. page is the number of words on the
// page, nLong that of kept paragraphs.
func (d *kindPage) listingSigns(r []float32, page int32, nLong int) {
	var links, linkLine int32 // words
	var headings, headingLinks, linkLines, prices int
	type group struct{ n, words, links int32 }
	var groups hashSet[group]
	groups.room(128)
	for k := range d.body.blocks {
		b := &d.body.blocks[k]
		links += b.linkWords
		isLink := b.linkWords*2 > b.words
		g := groups.at(uint64(b.sig))
		g.n++
		g.words += b.words
		if isLink {
			g.links++
		}
		if isHeading(b.tag) {
			headings++
			if isLink {
				headingLinks++
			}
		}
		if b.linkWords >= minLinkLine && b.linkWords*5 > b.words*4 {
			linkLines++
			linkLine += b.words
		}
		if b.words <= maxPriceLine && b.spelling.digits > 0 && hasPrice(b.text) {
			prices++
		}
	}
	var cards, cardWords int32
	for k := range groups.slots {
		g := groups.slots[k].value
		if g.n >= minCards && g.links*2 >= g.n {
			cardWords += g.words
			cards = max(cards, g.n)
		}
	}
	r[kPageLinkShare] = share(links, page)
	r[kHeadings] = min(float32(headings)/float32(max(nLong, 1)), maxHeadings)
	r[kHeadingLinks] = share(int32(headingLinks), int32(headings))
	r[kLinkHeads] = log1(headingLinks)
	r[kLinkLines] = log1(linkLines)
	r[kLinkLineShare] = share(linkLine, page)
	r[kCards] = log1(int(cards))
	r[kCardWords] = share(cardWords, page)
	r[kPrices] = log1(prices)
}

// hasPrice reports whether a line has the sign of a currency beside a number.
func hasPrice(s string) bool {
	for _, sign := range selectors.Signs().Currencies {
		if k := strings.Index(s, sign); k >= 0 {
			rest := strings.TrimLeft(s[k+len(sign):], " \u00a0")
			if rest != "" && rest[0] >= '0' && rest[0] <= '9' {
				return true
			}
			before := strings.TrimRight(s[:k], " \u00a0")
			if before != "" && before[len(before)-1] >= '0' && before[len(before)-1] <= '9' {
				return true
			}
		}
	}
	return false
}

// postSigns finds boxes of one class that each hold running text and one of
// the signed elements, as the posts of a thread do, and teasers.
func (d *kindPage) postSigns(r []float32, signed []int32) {
	t := d.body.tree
	// Of each node: whether it holds a signed element, and whether it was
	// counted.
	const holds, counted = 1, 2
	marks := make([]uint8, len(t.nodes))
	for _, i := range signed {
		for i = t.nodes[i].parent; i >= 0 && marks[i] == 0; i = t.nodes[i].parent {
			marks[i] = holds
		}
	}
	var all int32 // words of running text
	type group struct{ n, words int32 }
	var groups hashSet[group]
	groups.room(64)
	var best group
	for k := range d.body.blocks {
		if d.body.blocks[k].words < runningWords {
			continue
		}
		to, words := k, int32(0)
		for e := d.body.blocks[k].el; e > t.body && marks[e]&counted == 0; e = t.nodes[e].parent {
			signed := marks[e]&holds != 0
			marks[e] |= counted
			if !signed {
				continue
			}
			for ; to < len(d.body.blocks) && d.body.blocks[to].from < t.nodes[e].end; to++ {
				if d.body.blocks[to].words >= runningWords {
					words += d.body.blocks[to].words
				}
			}
			g := groups.at(uint64(t.nodes[e].sig))
			g.n++
			g.words += words
			if g.n >= minPosts && (g.words > best.words || g.words == best.words && g.n > best.n) {
				best = *g
			}
		}
		all += d.body.blocks[k].words
	}
	r[kPosts] = log1(int(best.n))
	r[kPostShare] = share(best.words, all)
}

// A block of a post has at least runningWords words, and a thread at least minPosts
// posts.
const (
	runningWords = 8
	minPosts     = 3
)

// pronouns are the hashes of the words of pronouns.txt, as eachWord makes them, and
// whom they stand for.
var pronouns = sync.OnceValue(func() *hashSet[int8] {
	set := &hashSet[int8]{}
	words := selectors.Pronouns()
	for _, w := range words.Owner {
		eachWord(w, func(h uint64) { set.set(h, ownerWord) })
	}
	for _, w := range words.Customer {
		eachWord(w, func(h uint64) { set.set(h, customerWord) })
	}
	return set
})

// Whom a pronoun stands for.
const (
	otherWord = iota
	ownerWord
	customerWord
	speakers
)

// speechWords is how many of the text's words speechSigns reads, and minSpeech how
// many a block has at least: labels and buttons are left out.
const (
	speechWords = 300
	minSpeech   = 5
)

// speechSigns reads how often the beginning of the text has words for the owner of
// the site and for its customers.
func (d *kindPage) speechSigns(r []float32) {
	who := pronouns()
	var n int32
	var said [speakers]int32
	for k := range d.body.blocks {
		if n >= speechWords {
			break
		}
		if !d.body.verdicts[k].keep || d.body.blocks[k].words < minSpeech {
			continue
		}
		for _, h := range d.body.blocks[k].toks {
			v, _ := who.get(h)
			said[v]++
		}
		n += int32(len(d.body.blocks[k].toks))
	}
	r[kWe], r[kYou] = share(said[ownerWord], n)*100, share(said[customerWord], n)*100
	phones := 0
	for _, i := range d.body.tree.anchors {
		if strings.HasPrefix(d.body.tree.attr(i, "href"), "tel:") {
			phones++
		}
	}
	r[kPhones] = log1(phones)
}
