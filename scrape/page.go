package scrape

import (
	"context"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/scrape/frontier"
)

// Page is a page as a [Handler] gets it.
type Page struct {
	// Page is the parsed page. Its URL is where the answer came from.
	*clean.Page
	// Parts are the following pages of an article that is split over
	// several, in their order, without Page itself.
	Parts []*clean.Page
	// RequestedURL is the first of the URLs that redirected here; the page's own
	// where there was no redirect.
	RequestedURL string
	// Depth is the distance from a seed in links.
	Depth int
	// Class tells how the page was found.
	Class frontier.Class
	// NoAI is set where the host's robots.txt disallows the whole site to a
	// crawler that gathers pages for the training of models.
	NoAI bool
	// Last is set where the page is handled again because its outcome was Early, or is
	// too large to be held back: its outcome is not Early.
	Last bool
	// Kept is the Outcome.Kept of that outcome, with the same Page and Parts, or nil
	// where the memory for it was not there: then the page was parsed again.
	Kept any
	// Part is set where the page may be a later part of an article, and is handled
	// by itself to compare them: nothing of it is written.
	Part bool
	// Values keep what the handler needs later. Nil where the crawl ends with
	// this process.
	Values *Values
	// Gone is set in a recrawl where an article that was written before answers
	// 404 or 410 now. Such a page has no tree: Doc is nil.
	Gone bool

	holdMemory func() (release func())
}

// Hold keeps the page counted among those that are in memory until release is called. A
// handler calls it before work that may go on after the handler has returned, as that
// of [clean.Within] does, and release where the work ends, so that the crawl does not
// take pages up for which there is no room. Release may be called by any goroutine, and
// more than once.
func (p *Page) Hold() (release func()) {
	if p.holdMemory == nil {
		return func() {}
	}
	return p.holdMemory()
}

// Outcome is what a [Handler] decides about a page.
type Outcome struct {
	// Article is set where the page is to be written.
	Article bool
	// NeedsScripts is set where the page is no article, and plainly shows its text by
	// scripts alone: it is rendered, or fails with the cause needs_javascript.
	NeedsScripts bool
	// Kind is the kind of a page that is not an article, for the summary.
	Kind string
	// Skip, if set, is the cause why an article is not written.
	Skip SkipCause
	// CanonicalURL is the canonical URL that the page names; empty means the URL
	// that it was fetched from.
	CanonicalURL string
	// Title, Published (RFC 3339, or its date), Authors and Description are the
	// article's, as far as they are known. By them, by the text and by
	// CanonicalURL an article is told from another page that names it as its
	// canonical URL, or that looks like a later part of it.
	Title, Published, Description string
	Authors                       []string
	// Text is the article's body. An article with nearly the same text as an
	// earlier one of the crawl is marked as its duplicate.
	Text string
	// ContentHash is compared in a recrawl to find whether the article changed.
	ContentHash string
	// PageHash, if set, is a hash that depends on this page alone, while
	// ContentHash may also depend on what was learnt from others: in a recrawl
	// an article is unchanged if either is the same.
	PageHash string
	// Early is set where the article would come out better after others of its
	// host. It is held back, and its page is handled again with Page.Last set: when an article of the host comes whose outcome is not
	// Early, when nothing else is left to fetch, when too many are held back,
	// and after half a minute at the latest.
	Early bool
	// PageDone is set where neither the handler nor what it has returned uses the trees
	// of the page and its parts any more: the pages that come later are then parsed into
	// their memory. An outcome with Kept must not have it.
	PageDone bool
	// Kept, with Early, is what the handler wants to have in Page.Kept when the page is
	// handled again. It is given back once or not at all.
	Kept any
	// Stands, if set with Early, is called where the page would be handled again and its
	// trees were not kept. Where it returns true, the handler would return this outcome
	// again, but for Early: so it is written without the page being parsed once more.
	// Like Record, it must not hold the page. It is called at most once.
	Stands func(ctx context.Context) bool
	// Record returns the bytes of the record. It is called at most once, and
	// only if the record will be written.
	Record func(Mark) ([]byte, error)

	print            uint64 // of Text, once hasPrint is set
	hasPrint, isLong bool   // isLong: Text is long enough for a fingerprint
}

// Mark holds the facts about an article that come from the crawl and not from its
// page.
type Mark struct {
	// DuplicateOf is the URL of an earlier article with nearly the same text.
	DuplicateOf string
	// Revision is 0 for the first record of a page, and one more each time
	// that a recrawl writes it again; PreviousHash is then the content hash
	// that it had.
	Revision     int
	PreviousHash string
	// Diff is what a revision has changed, in a [Watch] that has the text before.
	Diff *article.Diff
	// SiteName and Labels are [Site.Name] and [Site.Labels] of the page's site.
	SiteName string
	Labels   map[string]string
}
