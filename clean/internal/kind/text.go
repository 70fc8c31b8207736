package kind

import (
	"strings"
	"sync"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
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
func (d *Page) textSigns(r []float32, w *workspace) {
	bs := d.Body.Blocks
	var src, long, longLeft int32 // words
	var kept, keptLinks, keptLong, code int32
	var nKept, nLong, ends, run, longestRun int
	var chars, digits int32
	var hit, likely float64
	first, title := -1, -1 // the first kept paragraph, the headline
	for k := range bs {
		b := &bs[k]
		p := float64(d.Probs[k]) * float64(b.Words)
		likely += p
		src += b.Words
		if page.IsHeading(b.Tag) && b.LinkWords*2 > b.Words {
			run = 0
		}
		if title < 0 && b.Words > 1 && d.Signals.Titles[b.Hash] {
			title = k
		}
		isLong := page.IsLong(b)
		if isLong {
			long += b.Words
		}
		if !d.Body.Verdicts[k].Keep {
			if isLong {
				longLeft += b.Words
				run = 0
			}
			continue
		}
		nKept++
		kept += b.Words
		keptLinks += b.LinkWords
		hit += p
		if b.Where&page.InPre != 0 {
			code += b.Words
		}
		chars += b.Spelling.Chars
		digits += b.Spelling.Digits
		if isLong {
			if first < 0 {
				first = k
			}
			nLong++
			keptLong += b.Words
			if b.Sents > 0 {
				ends++
			}
			run++
			longestRun = max(run, longestRun)
		}
	}
	r[kPageWords] = log1(int(src))
	r[kPageLong] = text.Share(long, src)
	r[kKeptWords] = log1(int(kept))
	r[kKeptShare] = text.Share(kept, src)
	r[kKeptLinkShare] = text.Share(keptLinks, kept)
	r[kKeptLong] = log1(nLong)
	r[kKeptEnds] = text.Share(int32(ends), int32(nLong))
	r[kKeptMeanWords] = min(text.Share(kept, int32(nKept)), maxMeanWords)
	r[kLongLeft] = text.Share(longLeft, longLeft+keptLong)
	r[kRun] = log1(longestRun)
	r[kCodeShare] = text.Share(code, kept)
	if kept > 0 {
		r[kExpected] = float32(2 * hit / (float64(kept) + likely))
	}
	r[kDigits] = text.Share(digits, chars) * 100
	r[kHeadGap] = noHeadGap
	if title >= 0 && first >= 0 {
		r[kHeadGap] = max(minHeadGap, min(float32(first-title), maxHeadGap))
	}
	r[kBeforeTitle] = min(float32(max(title, 0)), maxBeforeHead)
	d.listingSigns(r, w, src, nLong)
}

// listingSigns reads all blocks for what listings and shops have: links, headings
// that are links, prices, boxes of one kind. page is the number of words on the
// page, nLong that of kept paragraphs.
func (d *Page) listingSigns(r []float32, w *workspace, src int32, nLong int) {
	var links, linkLine int32 // words
	var headings, headingLinks, linkLines, prices int
	groups := &w.boxes
	groups.Room(128)
	for k := range d.Body.Blocks {
		b := &d.Body.Blocks[k]
		links += b.LinkWords
		isLink := b.LinkWords*2 > b.Words
		g := groups.At(uint64(b.Sig))
		g.n++
		g.words += b.Words
		if isLink {
			g.links++
		}
		if page.IsHeading(b.Tag) {
			headings++
			if isLink {
				headingLinks++
			}
		}
		if b.LinkWords >= minLinkLine && b.LinkWords*5 > b.Words*4 {
			linkLines++
			linkLine += b.Words
		}
		if b.Words <= maxPriceLine && b.Spelling.Digits > 0 && hasPrice(b.Text) {
			prices++
		}
	}
	var cards, cardWords int32
	for k := range groups.Slots {
		g := groups.Slots[k].Value
		if g.n >= minCards && g.links*2 >= g.n {
			cardWords += g.words
			cards = max(cards, g.n)
		}
	}
	r[kPageLinkShare] = text.Share(links, src)
	r[kHeadings] = min(float32(headings)/float32(max(nLong, 1)), maxHeadings)
	r[kHeadingLinks] = text.Share(int32(headingLinks), int32(headings))
	r[kLinkHeads] = log1(headingLinks)
	r[kLinkLines] = log1(linkLines)
	r[kLinkLineShare] = text.Share(linkLine, src)
	r[kCards] = log1(int(cards))
	r[kCardWords] = text.Share(cardWords, src)
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
func (d *Page) postSigns(r []float32, w *workspace) {
	t := d.Body.Tree
	// Of each node: whether it holds a signed element, and whether it was
	// counted.
	const holds, counted = 1, 2
	marks := zeroed(&w.marks, len(t.Nodes))
	for _, i := range w.signed {
		for i = t.Nodes[i].Parent; i >= 0 && marks[i] == 0; i = t.Nodes[i].Parent {
			marks[i] = holds
		}
	}
	var all int32 // words of running text
	groups := &w.posts
	groups.Room(64)
	var best postGroup
	for k := range d.Body.Blocks {
		if d.Body.Blocks[k].Words < runningWords {
			continue
		}
		to, words := k, int32(0)
		for e := d.Body.Blocks[k].El; e > t.Body && marks[e]&counted == 0; e = t.Nodes[e].Parent {
			signed := marks[e]&holds != 0
			marks[e] |= counted
			if !signed {
				continue
			}
			for ; to < len(d.Body.Blocks) && d.Body.Blocks[to].From < t.Nodes[e].End; to++ {
				if d.Body.Blocks[to].Words >= runningWords {
					words += d.Body.Blocks[to].Words
				}
			}
			g := groups.At(uint64(t.Nodes[e].Sig))
			g.n++
			g.words += words
			if g.n >= minPosts && (g.words > best.words || g.words == best.words && g.n > best.n) {
				best = *g
			}
		}
		all += d.Body.Blocks[k].Words
	}
	r[kPosts] = log1(int(best.n))
	r[kPostShare] = text.Share(best.words, all)
}

// A block of a post has at least runningWords words, and a thread at least minPosts
// posts.
const (
	runningWords = 8
	minPosts     = 3
)

// Pronouns are the hashes of the words of pronouns.txt, as EachWord makes them, and
// whom they stand for.
var Pronouns = sync.OnceValue(func() *text.HashSet[int8] {
	set := &text.HashSet[int8]{}
	words := selectors.Pronouns()
	for _, w := range words.Owner {
		text.EachWord(w, func(h uint64) { set.Set(h, ownerWord) })
	}
	for _, w := range words.Customer {
		text.EachWord(w, func(h uint64) { set.Set(h, customerWord) })
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
func (d *Page) speechSigns(r []float32) {
	who := Pronouns()
	var n int32
	var said [speakers]int32
	for k := range d.Body.Blocks {
		if n >= speechWords {
			break
		}
		if !d.Body.Verdicts[k].Keep || d.Body.Blocks[k].Words < minSpeech {
			continue
		}
		for _, h := range d.Body.Blocks[k].Toks {
			v, _ := who.Get(h)
			said[v]++
		}
		n += int32(len(d.Body.Blocks[k].Toks))
	}
	r[kWe], r[kYou] = text.Share(said[ownerWord], n)*100, text.Share(said[customerWord], n)*100
	phones := 0
	for _, i := range d.Body.Tree.Anchors {
		if strings.HasPrefix(d.Body.Tree.Attr(i, "href"), "tel:") {
			phones++
		}
	}
	r[kPhones] = log1(phones)
}
