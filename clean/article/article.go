package article

import (
	"time"
)

// Kinds of page that [Article.Kind] tells apart.
const (
	KindArticle  = "article"
	KindLiveblog = "liveblog"
	KindGallery  = "gallery"
	KindVideo    = "video"
	KindIndex    = "index"
	KindOther    = "other"
)

// IsArticle reports whether pages of a kind hold an article, in words, pictures
// or film: those that a crawl writes.
func IsArticle(kind string) bool {
	switch kind {
	case KindArticle, KindLiveblog, KindGallery, KindVideo:
		return true
	}
	return false
}

// Article is one cleaned page: the record that newsclip writes. A field
// without a value is empty and left out of JSON.
type Article struct {
	// ID is the input's own id, else a stable hash of CanonicalURL, URL or File,
	// else of Text.
	ID string `json:"id,omitempty"`
	// URL is where the page was fetched from, or what the caller said.
	URL string `json:"url,omitempty"`
	// File is the file that the page was read from, and the member of it where
	// it is an archive: pages.zip!/a/b.html. Standard input is "-". It is empty
	// where the page was fetched.
	File string `json:"file,omitempty"`
	// Source is the line that the page was read from, of a file of pages:
	// pages.jsonl:17.
	Source string `json:"source,omitempty"`
	// CanonicalURL is rel=canonical or og:url, absolute.
	CanonicalURL string `json:"canonical_url,omitempty"`
	// Kind is one of the Kind constants.
	Kind string `json:"kind,omitempty"`
	// Title is the headline, without the site's name.
	Title string `json:"title,omitempty"`
	// Subtitle is the standfirst that the reader sees. It does not stand at
	// the head of Text as well.
	Subtitle string `json:"subtitle,omitempty"`
	// Description is the page's meta description.
	Description string `json:"description,omitempty"`
	// Authors are people or agencies, in the order of the byline.
	Authors []Author `json:"authors,omitempty"`
	// Published and Modified are RFC 3339 date-times with offset, or dates
	// (2006-01-02) where the page tells no time.
	Published string `json:"published,omitempty"`
	Modified  string `json:"modified,omitempty"`
	// Site is the publisher.
	Site *Site `json:"site,omitempty"`
	// Language is a BCP 47 tag.
	Language string   `json:"language,omitempty"`
	Section  string   `json:"section,omitempty"`
	Tags     []string `json:"tags,omitempty"`
	// FreeAccess is false where the page says that it is behind a paywall,
	// true where it says that it is not, nil where it says nothing.
	FreeAccess *bool `json:"free_access,omitempty"`
	// Rights are the machine-readable opt-outs found.
	Rights *Rights `json:"rights,omitempty"`
	Images []Image `json:"images,omitempty"`
	// Text is the body: paragraphs, sub-headings, lists and quotes in reading
	// order, a blank line between blocks.
	Text string `json:"text,omitempty"`
	// Markdown and HTML are the same body, only where [Options] asks for
	// them. HTML has passed an allow-list and is safe to show.
	Markdown string `json:"markdown,omitempty"`
	HTML     string `json:"html,omitempty"`
	// WordCount counts the words of Text.
	WordCount int `json:"word_count,omitempty"`
	// ContentHash is equal for articles whose normalised Text is equal.
	ContentHash string `json:"content_hash,omitempty"`
	// Confidence, 0 to 1, says how sure newsclip is that Subtitle and Text are
	// the whole article and nothing else: how likely they share so many runs
	// of words with it that their F1 is 0.86 or more. Of pages whose
	// publishers the models had not read, 85% have 0.9 or more, and those a
	// mean F1 of 0.974; under 0.5 hardly one in two is right. It says nothing
	// of the other fields, nor whether the page is an article: Kind does.
	Confidence float64 `json:"confidence,omitempty"`
	// FetchedAt and Status are of the fetch, in a crawl.
	FetchedAt *time.Time `json:"fetched_at,omitempty"`
	Status    int        `json:"status,omitempty"`
	// Truncated is set where less of the page came than its server has announced:
	// the end of Text may be missing.
	Truncated bool `json:"truncated,omitempty"`
	// Rendered is set where the page was cleaned as its scripts have made it in a
	// browser.
	Rendered bool `json:"rendered,omitempty"`
	// Removed lists what was taken out, where [Options.Explain] is set.
	Removed []Removed `json:"removed,omitempty"`
	// Evidence tells for title, authors, published and modified where the value
	// was read, where [Options.Explain] is set.
	Evidence []Evidence `json:"evidence,omitempty"`
	// Error says why an input could not be cleaned. Such a record has ID,
	// URL, File, Source and Error, and nothing else.
	Error *Error `json:"error,omitempty"`

	// The rest is known to a crawl alone: see the package scrape/articles.

	// DuplicateOf is the URL of an earlier article of the crawl whose text is
	// nearly the same.
	DuplicateOf string `json:"duplicate_of,omitempty"`
	// Revision is 0 for the first record of a page, and one more each time
	// that a recrawl writes a changed page again; PreviousHash is then the
	// ContentHash of the record before.
	Revision     int    `json:"revision,omitempty"`
	PreviousHash string `json:"previous_hash,omitempty"`
	// Diff has the paragraphs of Text in which a changed page differs from the
	// record before, where the crawl has kept that.
	Diff *Diff `json:"diff,omitempty"`
	// Labels are what the user's list of seeds says of the publisher.
	Labels map[string]string `json:"labels,omitempty"`
}

// Diff is what has changed in a text: paragraphs, each with its words as they are,
// in their order.
type Diff struct {
	Added   []string `json:"added,omitempty"`
	Removed []string `json:"removed,omitempty"`
}

// Author is a person or an agency.
type Author struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// Site is the publisher of a page.
type Site struct {
	Name   string `json:"name,omitempty"`
	Domain string `json:"domain,omitempty"`
}

// Rights are machine-readable opt-outs and terms.
type Rights struct {
	// NoAI is set by a robots meta or header that says noai.
	NoAI bool `json:"noai,omitempty"`
	// NoIndex is set by a robots meta or header that says noindex.
	NoIndex bool `json:"noindex,omitempty"`
	// TDMReservation is set where tdm-reservation is 1.
	TDMReservation bool   `json:"tdm_reservation,omitempty"`
	License        string `json:"license,omitempty"`
}

// Image is one picture of the article, its caption and credit apart.
type Image struct {
	URL     string `json:"url"`
	Alt     string `json:"alt,omitempty"`
	Caption string `json:"caption,omitempty"`
	Credit  string `json:"credit,omitempty"`
	// Width and Height are in pixels, 0 where the page does not say.
	Width  int `json:"width,omitempty"`
	Height int `json:"height,omitempty"`
	// Lead marks the article's main picture; at most one image has it.
	Lead bool `json:"lead,omitempty"`
}

// Removed is one block that a stage took out, and why.
type Removed struct {
	Stage string `json:"stage"`
	Rule  string `json:"rule"`
	Text  string `json:"text"`
}

// Codes of [Error].
const (
	CodeEmpty     = "empty"      // the input has no bytes
	CodeFetch     = "fetch"      // the address gave no page
	CodeGone      = "gone"       // a recrawl found that the page is not there any more
	CodeInternal  = "internal"   // a fault of newsclip's own
	CodeNoArticle = "no_article" // the page has no running text
	// CodeNeedsJavaScript: the page has no running text, and plainly shows it by
	// scripts alone.
	CodeNeedsJavaScript = "needs_javascript"
	// CodeRender: a browser was to run the page's scripts, and has failed.
	CodeRender   = "render"
	CodeNotHTML  = "not_html"  // the input is of another type
	CodeRead     = "read"      // the input could not be read
	CodeTooLarge = "too_large" // the input is over the limit on its size
	// CodeTimeout: cleaning took longer than it may.
	CodeTimeout = "timeout"
	// CodeTooComplex: the page has more tags than are read of one page.
	CodeTooComplex = "too_complex"
)

// Error is why an input could not be cleaned. Its codes are stable.
type Error struct {
	// Code is one of the Code constants.
	Code string `json:"code"`
	// Message says it in a sentence, with what to do where that is known.
	Message string `json:"message"`
}

func (e *Error) Error() string { return e.Message }
