package scrape

import (
	"net/url"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
)

// Kinds of item: what is at its URL.
const (
	kindPage    = "page"
	kindSitemap = "sitemap"
	kindFeed    = "feed"
	// kindLead is an address of another host that may lead to a page of the site.
	kindLead = "lead"
	// kindListed is a page that is listed and not fetched.
	kindListed = "listed"
	// kindTwin stands for the decision whether the twin of the page at the URL is
	// written, because nothing was written from that page. Nothing is fetched
	// for it.
	kindTwin = "twin"
)

// Keys of an item's Meta.
const (
	// metaProbe marks a URL that is tried although no page names it: 404 is not
	// a failure.
	metaProbe = "probe"
	// metaGuess is the place of a probe among read.SitemapPaths or read.FeedPaths,
	// where the next of them is tried after it.
	metaGuess = "guess"
	// metaLevel is the number of indexes above a sitemap, or of parts before that of
	// a feed.
	metaLevel = "level"
	// metaFirst is the first address in the part of a feed that led to this one.
	metaFirst = "first"
	// metaSeed is the seed that led to a document through documents alone.
	metaSeed = "seed"
	// metaStale is the index that gives a sitemap a date before --since, and metaAll
	// marks an index whose dates are not believed.
	metaStale, metaAll = "stale", "all"
	// metaBy is what an address was found by: see Listed.
	metaBy = "by"
	// metaTwin is the URL of a page that names this one as its canonical URL, and
	// is written where nothing is written from this one.
	metaTwin = "twin"
	// metaSketch is the sketch of that page, and metaPart is set where it may be
	// a later part of the article here.
	metaSketch = "sketch"
	metaPart   = "part"
	// metaFar is the number of pages in a row that have led here, this one included,
	// whose address ends in a far date.
	metaFar = "far"
	// metaForce marks a page that is written although it names another URL as
	// its canonical one, because nothing was written from that.
	metaForce = "force"
	// metaForm is the URL that is requested in place of the item's, which lacks the
	// session id or the tracking parameter that the server asks for.
	metaForm = "form"
	// metaCookie is set where one of the redirects that led here has set a cookie.
	metaCookie = "cookie"
	// metaAgain marks a page that is requested once more with other cookies.
	metaAgain = "again"
)

// newItem makes an item of a normalised URL.
func newItem(u *url.URL, kind string, class frontier.Class, depth int) frontier.Item {
	it := frontier.Item{URL: u.String(), Host: address.Host(u), Kind: kind, Class: class, Depth: depth, Key: address.Identity(u)}
	if kind != kindPage {
		it.Key = kind + " " + it.Key
	}
	return it
}
