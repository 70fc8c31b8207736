package scrape

import (
	"net/url"
	"strconv"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/read"
)

// A document is a sitemap or feed whose entries are being added to the frontier.
type document struct {
	t     *task
	doc   read.Document
	level int // the number of indexes above a sitemap, of pages before a feed's
	// err is an error of the frontier, or of the crawl's end.
	err error

	base     *url.URL
	pages    []found
	maps     []frontier.Item
	children int          // sitemaps that an index names
	stale    []read.Entry // those of them that seem older than --since
	// foreign are the entries of a feed that lead out of the scope.
	foreign []found
	// entries counts the pages that are listed, and old those before --since.
	entries, old int
	first        string // the address of the first entry
	// taken counts the addresses so far, and isFull is set where there were too many.
	taken  int
	isFull bool
	// next are the other parts of a feed that the header of the answer names.
	next []string
	// siteOpen is set until it is known which site the document is of.
	siteOpen bool
}

func (t *task) newDocument(contentType string) *document {
	level, _ := strconv.Atoi(t.item.Meta[metaLevel])
	return &document{t: t, doc: read.Document{ContentType: contentType}, level: level, base: t.u, siteOpen: t.seedOfDocument() != ""}
}

func (t *task) level() int {
	level, _ := strconv.Atoi(t.item.Meta[metaLevel])
	return level
}

// seedOfDocument returns the seed that the item is, or that led to it through
// indexes and the parts of a feed, and "" for documents that were found otherwise.
func (t *task) seedOfDocument() string {
	if t.item.Kind == kindPage && t.item.Class == frontier.ClassSeed && t.item.Depth == 0 {
		return t.item.URL
	}
	return t.item.Meta[metaSeed]
}
