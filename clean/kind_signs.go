package clean

import (
	"math"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// The columns that the page models read. Counts are taken as logarithms and
// capped, so that one huge page does not make a scale of its own.
const (
	kPublished = iota // where the date of publication was read from
	kDateShown        // the page shows a date at its head
	kModified         // as kPublished, of the last change
	kAuthors          // where the authors were read from
	kAuthorShown
	kOGType
	kLDArticle // JSON-LD has an article
	kURLDepth  // segments of the path; -1 where there is no address
	kURLWords  // of the segment that has most
	kURLDate
	kURLQuery
	kPageWords
	kPageLinkShare
	kPageLong // share of the words that stand in paragraphs
	kKeptWords
	kKeptShare
	kKeptLinkShare
	kKeptLong // paragraphs
	kKeptEnds // share of the paragraphs that end a sentence
	kKeptMeanWords
	kLongLeft // share of the paragraphs' words that were left out
	kRun      // paragraphs that follow each other, no other in between
	kCodeShare
	kHeadings     // for each paragraph
	kHeadingLinks // share of the headings that are links
	kCards        // boxes of one kind that are links
	kCardWords    // share of the words in such boxes
	kExpected     // F1 that the block models expect
	kTimes
	kBylines
	kButtons
	kInputs
	kImgs
	kPrices
	kDigits
	kBeforeTitle // blocks
	kHeadGap     // blocks from the headline to the first paragraph
	kPosts       // boxes of one kind with text and a time or name
	kPostShare
	kWe  // how often the house speaks of itself
	kYou // and to its customer
	kPhones
	kTitleWords
	kTitleNumber
	kTitleAsks // the title has a question mark, a colon, a quote
	kSlugWords // words of the last segment
	kSlugTitle // how many of them the title has
	kDateGap   // years from publication to the last change; -1 for the same day
	kTeasers   // classes of an article that stand often, as in teasers
	kMore      // how often a listing's label stands there ("Read more")
	kLinkHeads
	kLinkLines
	kLinkLineShare
	kArticles    // article elements
	kClueArticle // the clues for an article, weighed
	kClueOther   // those for the other kind that has most
	kClue0       // the clues of each kind, by place
	nSigns       = kClue0 + clueColumns
)

var signNames = [kClue0]string{
	"published", "date-shown", "modified", "authors", "author-shown", "og-type", "ld-article",
	"url-depth", "url-words", "url-date", "url-query", "page-words", "page-link-share", "page-long",
	"kept-words", "kept-share", "kept-link-share", "kept-long", "kept-ends", "kept-mean-words", "long-left",
	"run", "code-share", "headings", "heading-links", "cards", "card-words", "expected",
	"times", "bylines", "buttons", "inputs", "imgs", "prices", "digits",
	"before-title", "head-gap", "posts", "post-share", "we", "you", "phones",
	"title-words", "title-number", "title-asks", "slug-words", "slug-title", "date-gap", "teasers",
	"more", "link-heads", "link-lines", "link-line-share", "articles", "clue-article", "clue-other",
}

// dateRank orders where a date was read from by how strong a sign it is that
// the page is an article.
func dateRank(from sourceOf) float32 {
	switch from {
	case fromNowhere:
		return 0
	case fromTail, fromLDModified:
		return 1
	case fromAddress:
		return 2
	case fromLDPage, fromLDCreated, fromLDUploaded:
		return 3
	case fromLDPublished:
		return 6
	case fromMeta:
		return 5
	}
	return 4
}

// authorRank does the same for the source of the authors.
func authorRank(from sourceOf) float32 {
	switch from {
	case fromNowhere:
		return 0
	case fromTail, fromLDPerson:
		return 1
	case fromLDAuthor:
		return 4
	case fromMetaAuthor:
		return 3
	}
	return 2
}

func log1(v int) float32 { return float32(math.Log1p(float64(v))) }

// signs returns the columns of the page, and reports whether its address is
// that of a page about the publisher itself.
func (d *kindPage) signs() (row []float32, house bool) {
	row = make([]float32, nSigns)
	d.textSigns(row)
	d.saidSigns(row)
	d.addressSigns(row)
	kinds, signed := d.body.tree.elementKinds()
	d.elementSigns(row, kinds)
	d.postSigns(row, signed)
	d.speechSigns(row)
	house = d.clueSigns(row, kinds)
	return row, house
}

// saidSigns reads what the metadata says.
func (d *kindPage) saidSigns(r []float32) {
	m := d.meta
	r[kPublished] = dateRank(m.from.published.of)
	r[kDateShown] = bit(len(m.dateNodes) > 0)
	r[kModified] = dateRank(m.from.modified.of)
	r[kAuthors] = authorRank(m.from.authors.of)
	r[kAuthorShown] = bit(len(m.bylineNodes) > 0)
	switch {
	case m.ogType == "article":
		r[kOGType] = 3
	case m.ogType == "":
		r[kOGType] = 1
	case m.ogType == "website":
	case strings.Contains(m.ogType, "product"):
		r[kOGType] = -1
	default:
		r[kOGType] = 2
	}
	for _, s := range m.ldTypes {
		if strings.HasSuffix(s, "Article") || s == "BlogPosting" {
			r[kLDArticle] = 1
		}
	}
	r[kTitleWords] = min(float32(countWords(m.title)), 25)
	r[kTitleNumber] = bit(strings.ContainsAny(m.title, "0123456789"))
	r[kTitleAsks] = bit(strings.ContainsAny(m.title, "?:!–—“\"？："))
	if m.published != "" && m.modified != "" && len(m.published) >= 10 && len(m.modified) >= 10 {
		a, _ := strconv.Atoi(m.published[:4])
		b, _ := strconv.Atoi(m.modified[:4])
		r[kDateGap] = max(0, min(float32(b-a), 10))
		if m.published[:10] == m.modified[:10] {
			r[kDateGap] = -1
		}
	}
}

// textSigns reads the blocks: how much of the page is text, how sure the
// models are of it, and how it stands on the page.
func (d *kindPage) textSigns(r []float32) {
	bs := d.body.blocks
	var page, links, long, longLeft int32 // words
	var kept, keptLinks, keptLong, code, linkLine int32
	var nKept, nLong, ends, run, longestRun int
	var headings, headingLinks, linkLines, prices int
	var chars, digits int32
	var hit, likely float64
	type group struct{ n, words, links int32 }
	var groups hashSet[group]
	groups.room(128)
	first, title := -1, -1 // the first kept paragraph, the headline
	for k := range bs {
		b := &bs[k]
		p := float64(d.probs[k]) * float64(b.words)
		likely += p
		page += b.words
		links += b.linkWords
		g := groups.at(uint64(b.sig))
		g.n++
		g.words += b.words
		if b.linkWords*2 > b.words {
			g.links++
		}
		if isHeading(b.tag) {
			headings++
			if b.linkWords*2 > b.words {
				headingLinks++
				run = 0
			}
		}
		if b.linkWords >= 5 && b.linkWords*5 > b.words*4 {
			linkLines++
			linkLine += b.words
		}
		if b.words <= 12 && b.spelling.digits > 0 && hasPrice(b.text) {
			prices++
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
	r[kPageLinkShare] = share(links, page)
	r[kPageLong] = share(long, page)
	r[kKeptWords] = log1(int(kept))
	r[kKeptShare] = share(kept, page)
	r[kKeptLinkShare] = share(keptLinks, kept)
	r[kKeptLong] = log1(nLong)
	r[kKeptEnds] = share(int32(ends), int32(nLong))
	r[kKeptMeanWords] = min(share(kept, int32(nKept)), 100)
	r[kLongLeft] = share(longLeft, longLeft+keptLong)
	r[kRun] = log1(longestRun)
	r[kCodeShare] = share(code, kept)
	r[kHeadings] = min(float32(headings)/float32(max(nLong, 1)), 10)
	r[kHeadingLinks] = share(int32(headingLinks), int32(headings))
	r[kLinkHeads] = log1(headingLinks)
	r[kLinkLines] = log1(linkLines)
	r[kLinkLineShare] = share(linkLine, page)
	var cards, cardWords int32
	for k := range groups.slots {
		g := groups.slots[k].value
		if g.n >= 4 && g.links*2 >= g.n {
			cardWords += g.words
			cards = max(cards, g.n)
		}
	}
	r[kCards] = log1(int(cards))
	r[kCardWords] = share(cardWords, page)
	if kept > 0 {
		r[kExpected] = float32(2 * hit / (float64(kept) + likely))
	}
	r[kPrices] = log1(prices)
	r[kDigits] = share(digits, chars) * 100
	r[kHeadGap] = 61
	if title >= 0 && first >= 0 {
		r[kHeadGap] = max(-20, min(float32(first-title), 60))
	}
	r[kBeforeTitle] = min(float32(max(title, 0)), 200)
}

// teasers is how often a class that articles have must stand on a page to be
// its teasers'.
const teasers = 4

// clueSigns counts what speaks for each kind, and sums it up. It reports
// whether the address is that of a page about the publisher itself.
func (d *kindPage) clueSigns(r []float32, kinds []elementKind) (house bool) {
	seen := d.cluesSeen(kinds)
	for id, e := range clueTable().list {
		n := seen[id]
		if n == 0 {
			continue
		}
		if e.group == clueLine && e.kinds&(1<<clueList) != 0 {
			r[kMore] = max(r[kMore], log1(int(n)))
		}
		if e.group == clueHouse {
			house = true
			continue
		}
		for k := range clueKinds {
			switch {
			case e.kinds&(1<<k) == 0:
			case k == 0 && e.group == clueClass && n >= teasers:
				r[kTeasers]++
			default:
				r[kClue0+k*clueGroups+int(e.group)]++
			}
		}
	}
	r[kTeasers] = min(r[kTeasers], 8)
	for k := range clueColumns {
		r[kClue0+k] = min(r[kClue0+k], 8)
	}
	weight := [clueGroups]float32{2, 2, 1, 0.5, 0.5}
	for k := range clueKinds {
		var v float32
		for g, w := range weight {
			v += w * min(r[kClue0+k*clueGroups+g], 4)
		}
		if k == 0 {
			r[kClueArticle] = v
		} else {
			r[kClueOther] = max(r[kClueOther], v)
		}
	}
	return house
}

// signName names a column.
func signName(c int) string {
	if c < kClue0 {
		return signNames[c]
	}
	c -= kClue0
	return clueKinds[c/clueGroups] + "-" + [clueGroups]string{"address", "says", "class", "line", "title"}[c%clueGroups]
}

// hasPrice says that a line has a sign of a currency beside a number.
func hasPrice(s string) bool {
	for _, sign := range [...]string{"$", "€", "£", "₹", "¥"} {
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

// pageURL is where the page stands, as far as anyone knows.
func (d *kindPage) pageURL() string {
	if u := d.body.tree.page.URL; u != "" {
		return u
	}
	return d.meta.canonicalURL
}

// addressSigns reads the shape of the page's address.
func (d *kindPage) addressSigns(r []float32) {
	u, err := url.Parse(d.pageURL())
	if err != nil || u.Host == "" {
		r[kURLDepth] = -1
		return
	}
	parts := strings.FieldsFunc(u.Path, func(c rune) bool { return c == '/' })
	r[kURLDepth] = min(float32(len(parts)), 8)
	longest := 0
	for _, p := range parts {
		longest = max(longest, 1+strings.Count(p, "-")+strings.Count(p, "_"))
	}
	if len(parts) == 0 {
		longest = 0
	}
	r[kURLWords] = min(float32(longest), 15)
	if len(parts) > 0 {
		slug := parts[len(parts)-1]
		r[kSlugWords] = min(float32(1+strings.Count(slug, "-")+strings.Count(slug, "_")), 15)
		var n, hit int32
		eachWord(slug, func(h uint64) {
			n++
			if d.signals.titleSet.has(h) {
				hit++
			}
		})
		r[kSlugTitle] = float32(min(hit, 10))
	}
	_, dated := dateInURL(u.Path)
	r[kURLDate] = bit(dated)
	r[kURLQuery] = bit(u.RawQuery != "")
}

// An elementKind are the page's elements of one tag and class.
type elementKind struct {
	first int32 // of them
	n     int32
}

// elementKinds lists the page's kinds of element, and the elements that are a
// byline, a date or a time.
func (t *tree) elementKinds() (kinds []elementKind, signed []int32) {
	var of hashSet[int32] // of a sig: the kind's number from 1 on
	of.room(256)
	kinds = make([]elementKind, 0, 256)
	for i := range t.nodes {
		nd := &t.nodes[i]
		if nd.sig == 0 {
			continue // text
		}
		k := of.at(uint64(nd.sig))
		if *k == 0 {
			kinds = append(kinds, elementKind{first: int32(i)})
			*k = int32(len(kinds))
		}
		kinds[*k-1].n++
		if nd.roles&(selectors.Byline|selectors.Date) != 0 {
			signed = append(signed, int32(i))
		}
	}
	return kinds, append(signed, t.times...)
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
			if g.n >= 3 && (g.words > best.words || g.words == best.words && g.n > best.n) {
				best = *g
			}
		}
		all += d.body.blocks[k].words
	}
	r[kPosts] = log1(int(best.n))
	r[kPostShare] = share(best.words, all)
}

// runningWords is how many words a block of a post has at least.
const runningWords = 8

// Words with which a house speaks of itself, and to its customer.
const (
	weWords  = "we our us ours wir unser unsere unseren nous notre nos nosotros nuestro nuestra nuestros noi nostro nostra nostri wij onze ons nosso nossa"
	youWords = "you your yours sie ihr ihre ihren ihnen vous votre vos usted su sus voi vostro vostra uw u você seu sua"
)

// speakers says of a word's hash who is meant: 1 the house, 2 its customer.
var speakers = sync.OnceValue(func() *hashSet[int8] {
	set := &hashSet[int8]{}
	eachWord(weWords, func(h uint64) { set.set(h, 1) })
	eachWord(youWords, func(h uint64) { set.set(h, 2) })
	return set
})

// speechWords is how many of the text's words speechSigns reads.
const speechWords = 300

// speechSigns counts who is spoken of at the text's beginning.
func (d *kindPage) speechSigns(r []float32) {
	who := speakers()
	var n int32
	var said [3]int32
	for k := range d.body.blocks {
		if n >= speechWords {
			break
		}
		if !d.body.verdicts[k].keep || d.body.blocks[k].words < 5 {
			continue
		}
		for _, h := range d.body.blocks[k].toks {
			v, _ := who.get(h)
			said[v]++
		}
		n += int32(len(d.body.blocks[k].toks))
	}
	r[kWe], r[kYou] = share(said[1], n)*100, share(said[2], n)*100
	phones := 0
	for _, i := range d.body.tree.anchors {
		if strings.HasPrefix(d.body.tree.attr(i, "href"), "tel:") {
			phones++
		}
	}
	r[kPhones] = log1(phones)
}

// elementSigns counts the elements that articles have few of, and those that
// they have.
func (d *kindPage) elementSigns(r []float32, kinds []elementKind) {
	t := d.body.tree
	var buttons, inputs, bylines, articles int32
	for _, g := range kinds {
		nd := &t.nodes[g.first]
		switch nd.DataAtom {
		case atom.Button:
			buttons += g.n
		case atom.Input, atom.Select, atom.Textarea:
			inputs += g.n
		case atom.Article:
			articles += g.n
		}
		if nd.roles&selectors.Byline != 0 && nd.depth > 2 {
			bylines += g.n
		}
	}
	r[kButtons], r[kInputs] = log1(int(buttons)), log1(int(inputs))
	r[kBylines], r[kArticles] = log1(int(bylines)), log1(int(articles))
	r[kTimes], r[kImgs] = log1(len(t.times)), log1(len(t.imgs))
}

// roleIndex is where a block's roleDepth has a role.
func roleIndex(role selectors.Roles) int {
	for k := range roleCount {
		if selectors.Roles(1)<<k == role {
			return k
		}
	}
	panic("clean: no such role")
}
