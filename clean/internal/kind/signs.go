package kind

import (
	"math"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/source"
	"newsclip/clean/internal/text"
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
	NSigns       = kClue0 + clueColumns
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
func dateRank(from source.Kind) float32 {
	switch from {
	case source.Nowhere:
		return 0
	case source.Tail, source.LDModified:
		return 1
	case source.Address:
		return 2
	case source.LDPage, source.LDCreated, source.LDUploaded:
		return 3
	case source.LDPublished:
		return 6
	case source.Meta:
		return 5
	}
	return 4
}

// authorRank does the same for the source of the authors.
func authorRank(from source.Kind) float32 {
	switch from {
	case source.Nowhere:
		return 0
	case source.Tail, source.LDPerson:
		return 1
	case source.LDAuthor:
		return 4
	case source.MetaAuthor:
		return 3
	}
	return 2
}

func log1(v int) float32 { return float32(math.Log1p(float64(v))) }

// Signs returns the columns of the page, and reports whether its address is
// that of a page about the publisher itself.
func (d *Page) Signs() (row []float32, house bool) {
	row = make([]float32, NSigns)
	w := workspaces.Get().(*workspace)
	defer w.release()
	d.textSigns(row, w)
	d.saidSigns(row)
	d.addressSigns(row)
	w.elementKinds(d.Body.Tree)
	d.elementSigns(row, w.kinds)
	d.postSigns(row, w)
	d.speechSigns(row)
	house = d.clueSigns(row, w)
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
func (d *Page) saidSigns(r []float32) {
	m := d.Meta
	r[kPublished] = dateRank(m.From.Published.Of)
	r[kDateShown] = judge.Bit(len(m.DateNodes) > 0)
	r[kModified] = dateRank(m.From.Modified.Of)
	r[kAuthors] = authorRank(m.From.Authors.Of)
	r[kAuthorShown] = judge.Bit(len(m.BylineNodes) > 0)
	switch {
	case m.OGType == "article":
		r[kOGType] = 3
	case m.OGType == "":
		r[kOGType] = 1
	case m.OGType == "website":
	case strings.Contains(m.OGType, "product"):
		r[kOGType] = -1
	default:
		r[kOGType] = 2
	}
	for _, s := range m.LdTypes {
		if strings.HasSuffix(s, "Article") || s == "BlogPosting" {
			r[kLDArticle] = 1
		}
	}
	r[kTitleWords] = min(float32(text.CountWords(m.Title)), maxTitleCount)
	r[kTitleNumber] = judge.Bit(strings.ContainsAny(m.Title, "0123456789"))
	r[kTitleAsks] = judge.Bit(strings.ContainsAny(m.Title, "?:!–—“\"？："))
	if m.Published != "" && m.Modified != "" && len(m.Published) >= 10 && len(m.Modified) >= 10 {
		a, _ := strconv.Atoi(m.Published[:4])
		b, _ := strconv.Atoi(m.Modified[:4])
		r[kDateGap] = max(0, min(float32(b-a), maxDateGap))
		if m.Published[:10] == m.Modified[:10] {
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
func (d *Page) clueSigns(r []float32, w *workspace) (house bool) {
	seen := d.cluesSeen(w)
	for id, e := range ClueTable().list {
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

// SignName names a column.
func SignName(c int) string {
	if c < kClue0 {
		return signNames[c]
	}
	c -= kClue0
	return selectors.ClueKinds[c/clueGroups] + "-" + [clueGroups]string{"address", "says", "class", "line", "title"}[c%clueGroups]
}

// pageURL is the page's address: that of the input, else its canonical URL, else
// empty.
func (d *Page) pageURL() string {
	if u := d.Body.Tree.Page.Address; u != "" {
		return u
	}
	return page.Unarchived(d.Meta.CanonicalURL)
}

// addressSigns reads the shape of the page's address.
func (d *Page) addressSigns(r []float32) {
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
		text.EachWord(slug, func(h uint64) {
			n++
			if d.Signals.TitleSet.Has(h) {
				hit++
			}
		})
		r[kSlugTitle] = float32(min(hit, maxSlugTitle))
	}
	_, dated := dates.OfURL(u.Path)
	r[kURLDate] = judge.Bit(dated)
	r[kURLQuery] = judge.Bit(u.RawQuery != "")
}

// An elementKind stands for the page's elements of one tag and class.
type elementKind struct {
	first int32 // the node of the first of them
	n     int32 // how many there are
}

// elementKinds lists the page's kinds of element, and the elements that are a
// byline, a date or a time.
func (w *workspace) elementKinds(t *page.Tree) {
	of := &w.kindOf
	of.Room(256)
	kinds, signed := w.kinds[:0], w.signed[:0]
	for i := range t.Nodes {
		nd := &t.Nodes[i]
		if nd.Sig == 0 {
			continue // text
		}
		k := of.At(uint64(nd.Sig))
		if *k == 0 {
			kinds = append(kinds, elementKind{first: int32(i)})
			*k = int32(len(kinds))
		}
		kinds[*k-1].n++
		if nd.Roles&(selectors.Byline|selectors.Date) != 0 {
			signed = append(signed, int32(i))
		}
	}
	w.kinds, w.signed = kinds, append(signed, t.Times...)
}

// elementSigns counts the elements that articles have few of, and those that
// they have.
func (d *Page) elementSigns(r []float32, kinds []elementKind) {
	t := d.Body.Tree
	var buttons, inputs, bylines, articles int32
	for _, g := range kinds {
		nd := &t.Nodes[g.first]
		switch nd.DataAtom {
		case atom.Button:
			buttons += g.n
		case atom.Input, atom.Select, atom.Textarea:
			inputs += g.n
		case atom.Article:
			articles += g.n
		}
		if nd.Roles&selectors.Byline != 0 && nd.Depth > 2 {
			bylines += g.n
		}
	}
	r[kButtons], r[kInputs] = log1(int(buttons)), log1(int(inputs))
	r[kBylines], r[kArticles] = log1(int(bylines)), log1(int(articles))
	r[kTimes], r[kImgs] = log1(len(t.Times)), log1(len(t.Imgs))
}
