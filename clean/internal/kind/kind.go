package kind

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html/atom"

	"newsclip/clean/article"
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/clean/internal/trees"
	"newsclip/selectors"
)

// ArticleCut is how likely a page must be an article to be called one. On
// pages of publishers that the model has not read, 97% of articles and 14%
// of other pages are over it.
const ArticleCut = 0.4

// itemsCut is how likely a page may be an article at most whose items are kept. An
// article that is taken for such a page loses 2 points of F1 on average.
const itemsCut = 0.2

// listCut is how likely a page may be an article at most that is its lists: a short
// article with long lists of others around it looks like one.
const listCut = 0.02

// kindModel tells articles from other pages, and listings from the rest.
type kindModel struct{ article, listing *trees.Forest }

var PageKinds = sync.OnceValue(func() kindModel {
	m, err := readKindModel()
	if err != nil {
		panic("clean: model: " + err.Error())
	}
	return m
})

func readKindModel() (m kindModel, err error) {
	if m.article, err = judge.ReadForest("model/kind.txt", NSigns, SignName); err != nil {
		return m, err
	}
	m.listing, err = judge.ReadForest("model/listing.txt", NSigns, SignName)
	return m, err
}

// A Page is what a page's kind and its confidence are read from.
type Page struct {
	Body     *body.Body
	Meta     *meta.Metadata
	Signals  *judge.Signals
	Probs    []float32 // how likely each block is the article's
	Subtitle int       // the standfirst's block, or -1
}

// A Reading is what the kind models and rules need of a page. It depends
// on the verdicts: one that was read before they changed is out of date.
type Reading struct {
	row     []float32 // the models' columns
	house   bool      // the address is of a page about the publisher itself
	Article float32   // how likely the page is an article
}

func (d *Page) Read() Reading {
	row, house := d.Signs()
	return Reading{row, house, PageKinds().article.Prob(row)}
}

// Kind returns the page's kind. The model tells articles from other pages;
// rules tell the kinds of article apart, because a page that is a gallery or a
// live blog shows it in few ways.
func (d *Page) Kind(a *article.Article, seen Reading) string {
	if slices.Contains(d.Meta.LdTypes, "LiveBlogPosting") {
		return article.KindLiveblog
	}
	said := d.SaidKind(seen)
	switch {
	case said == article.KindOther:
		return said
	case d.isPictureStory(a):
		return article.KindGallery
	case seen.row[kPublished] > 0 && seen.row[kURLDepth] != 0 && d.isVideo(a):
		return article.KindVideo
	case said == article.KindIndex:
		return said
	case said == "" && seen.Article < ArticleCut:
		if seen.looksListing() {
			return article.KindIndex
		}
		return article.KindOther
	case d.isGallery(a):
		return article.KindGallery
	case d.isVideo(a):
		return article.KindVideo
	}
	return article.KindArticle
}

// SaidKind returns the kind of a page that states it so plainly that there is
// nothing to weigh, else "". Each of these was wrong on at most two of 909
// articles.
func (d *Page) SaidKind(seen Reading) string {
	row := seen.row
	says := func(kind int) float32 { return row[kClue0+kind*clueGroups+clueSays] }
	dated, longRead := row[kPublished] > 0, row[kRun] >= log1(8)
	switch {
	case says(clueForum) > 0 && !d.newsType():
		return article.KindOther
	case says(clueList) > 0 && !longRead && (says(clueArticle) < 2 || !dated):
		return article.KindIndex
	case says(clueProduct) > 0 && !dated:
		return article.KindOther
	case row[kURLDepth] == 0 && !longRead && !d.newsType() && !(row[kURLQuery] > 0 && dated && says(clueArticle) > 0):
		return article.KindIndex
	case !dated && row[kRun] < log1(2) && row[kLinkHeads] >= log1(3) && row[kHeadingLinks] >= 0.5:
		return article.KindIndex // headings that lead elsewhere, and nothing to read
	case !dated && seen.house:
		return article.KindOther
	case dated && d.newsType():
		return article.KindArticle
	}
	return ""
}

// IsThread reports whether a page, which is no article, is a thread of posts: it
// declares itself to be one, or its address does in two ways.
func (d *Page) IsThread(seen Reading) bool {
	forum := seen.row[kClue0+clueForum*clueGroups:][:clueGroups]
	return seen.Article < ArticleCut && (forum[clueSays] > 0 || forum[clueAddress] >= 2) && !d.newsType()
}

// HasItems reports whether what a page has to say may stand in items: it is surely no
// article, and not a product's page, whose items are other products and reviews.
func (d *Page) HasItems(seen Reading) bool {
	return seen.Article < itemsCut && !seen.saysProduct() && !d.newsType()
}

// IsLists reports whether what a page has to say may be the lines of its lists alone. A
// list of goods may call itself a product, as a page of one does.
func (d *Page) IsLists(seen Reading) bool {
	return (seen.Article < listCut && (!seen.saysProduct() || seen.looksListing()) || seen.Article < itemsCut && seen.IsListing()) && !d.newsType()
}

// IsOffer reports whether a page may have more to say than the models keep amid its text:
// it has items, and is no listing.
func (d *Page) IsOffer(seen Reading) bool {
	return d.HasItems(seen) && !seen.dated() && !seen.looksListing()
}

func (r Reading) saysProduct() bool { return r.row[kClue0+clueProduct*clueGroups+clueSays] > 0 }

// dated reports whether the page says when it was published.
func (r Reading) dated() bool { return r.row[kPublished] > 0 }

// IsListing reports whether a page that is no article is a listing by far: it says of no
// day that it was published then, as articles do that look like one.
func (r Reading) IsListing() bool { return !r.dated() && r.looksListing() }

func (r Reading) looksListing() bool { return PageKinds().listing.Prob(r.row) >= 0.5 }

// HasData reports whether a page is surely no article, so that its tables and its code
// are what it has to say.
func (d *Page) HasData(seen Reading) bool {
	return seen.Article < itemsCut && !d.newsType()
}

// plainlyNone is how likely a page is an article at most that is plainly none. Of the
// pages that are voted on in the corpora, the vote makes an article of none below it.
const plainlyNone = 0.2

// IsNone reports whether a page with these pictures is no article, by far: more exact
// verdicts would not make it one.
func (d *Page) IsNone(images []article.Image) bool {
	if slices.Contains(d.Meta.LdTypes, "LiveBlogPosting") {
		return false
	}
	if countCaptions(images) >= storyCaptions {
		return false
	}
	seen := d.Read()
	said := d.SaidKind(seen)
	return said == article.KindIndex || said == article.KindOther || said == "" && seen.Article < plainlyNone
}

// newsType reports whether the page's JSON-LD is about one article of a
// newsroom.
func (d *Page) newsType() bool {
	return len(d.Meta.LdTypes) > 0 && strings.HasSuffix(d.Meta.LdTypes[0], "NewsArticle")
}

func countCaptions(images []article.Image) (n int) {
	for k := range images {
		if images[k].Caption != "" {
			n++
		}
	}
	return n
}

// isGallery reports whether the pictures and their captions are what the page
// has to say, and the text introduces them.
func (d *Page) isGallery(a *article.Article) bool {
	n := countCaptions(a.Images)
	if d.mainType("ImageGallery") || d.mainType("MediaGallery") {
		return n >= 3
	}
	return n >= 4 && a.WordCount <= 20*n
}

// A story in pictures has this many captions, of this many words in the mean:
// under the pictures of a listing stand names.
const (
	storyCaptions     = 4
	storyCaptionWords = 8
	storySentence     = 4 // where each is a sentence
)

// isPictureStory reports whether a page tells its story in captions, whatever
// the models, which read text, make of the rest.
func (d *Page) isPictureStory(a *article.Article) bool {
	n, words, sentences := 0, 0, 0
	for k := range a.Images {
		if c := a.Images[k].Caption; c != "" {
			n++
			words += int(text.CountWords(c))
			if strings.ContainsAny(c[max(0, len(c)-3):], ".!?。") {
				sentences++
			}
		}
	}
	least := storyCaptionWords
	if sentences == n {
		least = storySentence
	}
	return n >= storyCaptions && words >= least*n && a.WordCount <= words
}

// videoWords is how many words a text that goes with a video has at most.
// Longer ones are articles with a video in them.
const videoWords = 200

// isVideo reports whether the page is about one video: its metadata says so, or
// a player stands before the text's first paragraph.
func (d *Page) isVideo(a *article.Article) bool {
	if a.WordCount > videoWords {
		return false
	}
	return d.mainType("VideoObject") || strings.HasPrefix(d.Meta.OGType, "video") || d.leadPlayer()
}

func (d *Page) mainType(t string) bool {
	return len(d.Meta.LdTypes) > 0 && d.Meta.LdTypes[0] == t
}

// leadPlayer reports whether a video stands between the headline and the first
// paragraph.
func (d *Page) leadPlayer() bool {
	from, to := int32(-1), int32(-1)
	for k := range d.Body.Blocks {
		b := &d.Body.Blocks[k]
		if from < 0 && (d.Signals.Headlines.Has(b) || d.Signals.Titles[b.Hash]) {
			from = b.To
		}
		if d.Body.Verdicts[k].Keep && page.IsLong(b) {
			to = b.From
			break
		}
	}
	if from < 0 || to < 0 {
		return false
	}
	for i := from; i < to; i++ {
		nd := &d.Body.Tree.Nodes[i]
		switch nd.DataAtom {
		case atom.Video:
			return d.Body.Tree.Nodes[i].Roles&selectors.Ad == 0
		case atom.Iframe:
			src := d.Body.Tree.Attr(i, "src")
			if strings.Contains(src, "youtube") || strings.Contains(src, "vimeo") || strings.Contains(src, "dailymotion") {
				return true
			}
		}
	}
	return false
}
