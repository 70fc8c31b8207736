package scrape

import (
	"net/http"
	"strings"

	"newsclip/clean"
	"newsclip/scrape/frontier"
)

// Page is one page as the handler gets it.
type Page struct {
	// Page is the parsed page. Its URL is where the answer came from.
	*clean.Page
	// Parts are the following pages of an article that is split over
	// several, in their order, without Page itself.
	Parts []*clean.Page
	// RequestedURL is the URL that led here by redirects; the page's own
	// where there was none.
	RequestedURL string
	// Depth is the distance from a seed in links.
	Depth int
	// Class says how the page was found.
	Class frontier.Class
	// NoAI says that the host's robots.txt closes the site to a crawler that
	// gathers pages for the training of models.
	NoAI bool
	// Last is set where the page is handled again after its outcome was
	// Early, and will not be once more.
	Last bool
	// Gone is set in a recrawl where an article that was written before is
	// not there any more. Such a page has no tree: Doc is nil.
	Gone bool
}

// Outcome is what a handler found a page to be.
type Outcome struct {
	// Article says that the page is to be written.
	Article bool
	// Kind is what else it is, for the summary.
	Kind string
	// Skip, where set, is why an article is not to be written.
	Skip SkipCause
	// CanonicalURL is the page's own word for where it lives; empty means the
	// URL that it was fetched from.
	CanonicalURL string
	// Text is the article's body. What is nearly the same as an earlier one
	// of the crawl is marked as its duplicate.
	Text string
	// ContentHash tells in a recrawl whether the article changed.
	ContentHash string
	// PageHash, where set, is a hash that depends on the page alone, where
	// ContentHash also depends on what was learnt from others: a recrawl takes
	// an article for unchanged where either is the same.
	PageHash string
	// Early says that the article would come out better after others of its
	// host. It is held back, and handled again with Page.Last set: when an
	// article of the host comes whose outcome is not Early, when nothing else
	// is left to fetch, when too many are held, and after half a minute at
	// the latest.
	Early bool
	// Record returns the bytes of the record. It is called at most once, and
	// only where the record will be written.
	Record func(Mark) ([]byte, error)
}

// Mark is what the crawl knows about an article and its page does not.
type Mark struct {
	// DuplicateOf is the URL of an earlier article with nearly the same text.
	DuplicateOf string
	// Revision is 0 for the first record of a page, and one more each time
	// that a recrawl writes it again; PreviousHash is then the content hash
	// that it had.
	Revision     int
	PreviousHash string
}

// rightsHeaders are the fields of an answer that say what may be done with a
// page.
var rightsHeaders = []string{"X-Robots-Tag", "Tdm-Reservation", "Tdm-Policy", "Link", "Content-Language", "Last-Modified"}

// headerOf picks those fields out; several lines of one are kept apart by line
// breaks.
func headerOf(h http.Header) map[string]string {
	var m map[string]string
	for _, name := range rightsHeaders {
		if v := h[name]; len(v) > 0 {
			if m == nil {
				m = make(map[string]string, 2)
			}
			m[strings.ToLower(name)] = strings.Join(v, "\n")
		}
	}
	return m
}
