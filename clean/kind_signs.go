package clean

import (
	"math"
	"net/url"
	"strconv"
	"strings"

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
	kWe  // how often the owner of the site speaks of itself
	kYou // and to its customers
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

// dateRank ranks where a date was read from: the higher, the more likely the page
// is an article.
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

// Caps of counts in the metadata and the address. The models split them lower:
// what is beyond is an outlier.
const (
	maxTitleCount = 25 // words
	maxDateGap    = 10 // years
	maxURLDepth   = 8  // segments of the path
	maxSlugWords  = 15
	maxSlugTitle  = 10 // words of the slug that the title has
)

// saidSigns reads the metadata.
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
	r[kTitleWords] = min(float32(countWords(m.title)), maxTitleCount)
	r[kTitleNumber] = bit(strings.ContainsAny(m.title, "0123456789"))
	r[kTitleAsks] = bit(strings.ContainsAny(m.title, "?:!–—“\"？："))
	if m.published != "" && m.modified != "" && len(m.published) >= 10 && len(m.modified) >= 10 {
		a, _ := strconv.Atoi(m.published[:4])
		b, _ := strconv.Atoi(m.modified[:4])
		r[kDateGap] = max(0, min(float32(b-a), maxDateGap))
		if m.published[:10] == m.modified[:10] {
			r[kDateGap] = -1
		}
	}
}

// teasers is how often a class that articles have must stand on a page to be that
// of teasers.
const teasers = 4

// Limits and weights of the clues' columns: clues of a kind and group over maxClues
// count no more, in the sum over maxClueSum; the groups weigh by how sure a sign
// each is.
const (
	maxClues   = 8
	maxClueSum = 4
)

var clueWeights = [clueGroups]float32{clueAddress: 2, clueSays: 2, clueClass: 1, clueLine: 0.5, clueTitle: 0.5}

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
	r[kTeasers] = min(r[kTeasers], maxClues)
	for k := range clueColumns {
		r[kClue0+k] = min(r[kClue0+k], maxClues)
	}
	for k := range clueKinds {
		var v float32
		for g, w := range clueWeights {
			v += w * min(r[kClue0+k*clueGroups+g], maxClueSum)
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
	return selectors.ClueKinds[c/clueGroups] + "-" + [clueGroups]string{"address", "says", "class", "line", "title"}[c%clueGroups]
}

// pageURL is the page's address: that of the input, else its canonical URL, else
// empty.
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
	r[kURLDepth] = min(float32(len(parts)), maxURLDepth)
	longest := 0
	for _, p := range parts {
		longest = max(longest, 1+strings.Count(p, "-")+strings.Count(p, "_"))
	}
	if len(parts) == 0 {
		longest = 0
	}
	r[kURLWords] = min(float32(longest), maxSlugWords)
	if len(parts) > 0 {
		slug := parts[len(parts)-1]
		r[kSlugWords] = min(float32(1+strings.Count(slug, "-")+strings.Count(slug, "_")), maxSlugWords)
		var n, hit int32
		eachWord(slug, func(h uint64) {
			n++
			if d.signals.titleSet.has(h) {
				hit++
			}
		})
		r[kSlugTitle] = float32(min(hit, maxSlugTitle))
	}
	_, dated := dateInURL(u.Path)
	r[kURLDate] = bit(dated)
	r[kURLQuery] = bit(u.RawQuery != "")
}

// An elementKind stands for the page's elements of one tag and class.
type elementKind struct {
	first int32 // the node of the first of them
	n     int32 // how many there are
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
