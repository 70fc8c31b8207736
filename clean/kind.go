package clean

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/trees"
	"newsclip/selectors"
)

// articleCut is how likely a page must be an article to be called one. On
// pages of publishers that the model has not read, 97% of articles and 11%
// of other pages are over it.
const articleCut = 0.4

// kindModel tells articles from other pages, and listings from the rest.
type kindModel struct{ article, listing *trees.Forest }

var pageKinds = sync.OnceValue(func() kindModel {
	m, err := readKindModel()
	if err != nil {
		panic("clean: model: " + err.Error())
	}
	return m
})

func readKindModel() (m kindModel, err error) {
	if m.article, err = readForest("model/kind.txt", nSigns, signName); err != nil {
		return m, err
	}
	m.listing, err = readForest("model/listing.txt", nSigns, signName)
	return m, err
}

// A kindPage is what a page's kind and its confidence are read from.
type kindPage struct {
	body     *body
	meta     *metadata
	signals  *signals
	probs    []float32 // how likely each block is the article's
	subtitle int       // the standfirst's block, or -1
}

// A kindReading is what the kind models and rules need of a page. It depends
// on the verdicts: one that was read before they changed is out of date.
type kindReading struct {
	row     []float32 // the models' columns
	house   bool      // the address is of a page about the publisher itself
	article float32   // how likely the page is an article
}

func (d *kindPage) read() kindReading {
	row, house := d.signs()
	return kindReading{row, house, pageKinds().article.Prob(row)}
}

// kind returns the page's kind. The model tells articles from other pages;
// rules tell the kinds of article apart, because a page that is a gallery or a
// live blog shows it in few ways.
func (d *kindPage) kind(a *Article, seen kindReading) string {
	if slices.Contains(d.meta.ldTypes, "LiveBlogPosting") {
		return KindLiveblog
	}
	said := d.saidKind(seen)
	switch {
	case said == KindIndex, said == KindOther:
		return said
	case said == "" && seen.article < articleCut:
		if pageKinds().listing.Prob(seen.row) >= 0.5 {
			return KindIndex
		}
		return KindOther
	case d.isGallery(a):
		return KindGallery
	case d.isVideo(a):
		return KindVideo
	}
	return KindArticle
}

// saidKind returns the kind of a page that states it so plainly that there is
// nothing to weigh, else "". Each of these was wrong on at most two of 909
// articles.
func (d *kindPage) saidKind(seen kindReading) string {
	row := seen.row
	says := func(kind int) float32 { return row[kClue0+kind*clueGroups+clueSays] }
	dated, longRead := row[kPublished] > 0, row[kRun] >= log1(8)
	switch {
	case says(clueForum) > 0 && !d.newsType():
		return KindOther
	case says(clueList) > 0 && !longRead && (says(clueArticle) < 2 || !dated):
		return KindIndex
	case says(clueProduct) > 0 && !dated:
		return KindOther
	case row[kURLDepth] == 0 && !longRead && !d.newsType():
		return KindIndex
	case !dated && row[kRun] < log1(2) && row[kLinkHeads] >= log1(3) && row[kHeadingLinks] >= 0.5:
		return KindIndex // headings that lead elsewhere, and nothing to read
	case !dated && seen.house:
		return KindOther
	case dated && d.newsType():
		return KindArticle
	}
	return ""
}

// newsType reports whether the page's JSON-LD is about one article of a
// newsroom.
func (d *kindPage) newsType() bool {
	return len(d.meta.ldTypes) > 0 && strings.HasSuffix(d.meta.ldTypes[0], "NewsArticle")
}

// isGallery reports whether the pictures and their captions are what the page
// has to say, and the text introduces them.
func (d *kindPage) isGallery(a *Article) bool {
	n := 0
	for k := range a.Images {
		if a.Images[k].Caption != "" {
			n++
		}
	}
	if d.mainType("ImageGallery") || d.mainType("MediaGallery") {
		return n >= 3
	}
	return n >= 4 && a.WordCount <= 20*n
}

// videoWords is how many words a text that goes with a video has at most.
// Longer ones are articles with a video in them.
const videoWords = 200

// isVideo reports whether the page is about one video: its metadata says so, or
// a player stands before the text's first paragraph.
func (d *kindPage) isVideo(a *Article) bool {
	if a.WordCount > videoWords {
		return false
	}
	return d.mainType("VideoObject") || strings.HasPrefix(d.meta.ogType, "video") || d.leadPlayer()
}

func (d *kindPage) mainType(t string) bool {
	return len(d.meta.ldTypes) > 0 && d.meta.ldTypes[0] == t
}

// leadPlayer reports whether a video stands between the headline and the first
// paragraph.
func (d *kindPage) leadPlayer() bool {
	from, to := int32(-1), int32(-1)
	for k := range d.body.blocks {
		b := &d.body.blocks[k]
		if from < 0 && (d.signals.headlines.has(b) || d.signals.titles[b.hash]) {
			from = b.to
		}
		if d.body.verdicts[k].keep && isLong(b) {
			to = b.from
			break
		}
	}
	if from < 0 || to < 0 {
		return false
	}
	for i := from; i < to; i++ {
		nd := &d.body.tree.nodes[i]
		switch nd.DataAtom {
		case atom.Video:
			return d.body.tree.nodes[i].roles&selectors.Ad == 0
		case atom.Iframe:
			src := d.body.tree.attr(i, "src")
			if strings.Contains(src, "youtube") || strings.Contains(src, "vimeo") || strings.Contains(src, "dailymotion") {
				return true
			}
		}
	}
	return false
}
