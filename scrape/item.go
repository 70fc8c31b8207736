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
	// metaLevel is the number of indexes above a sitemap.
	metaLevel = "level"
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
)

// newItem makes an item of a normalised URL.
func newItem(u *url.URL, kind string, class frontier.Class, depth int) frontier.Item {
	it := frontier.Item{URL: u.String(), Host: address.Host(u), Kind: kind, Class: class, Depth: depth, Key: address.Identity(u)}
	if kind != kindPage {
		it.Key = kind + " " + it.Key
	}
	return it
}
