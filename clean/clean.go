// Package clean turns one HTML page into one [Article]: the words a reader came
// for, said once, and in fields of their own who wrote them, when, and the
// pictures' captions and credits.
//
// Make one [Cleaner] with [New], and call [Cleaner.Clean] for each page, from
// any goroutine. Where the pages of a site come one after another, a [Series]
// takes drafts ([Cleaner.Draft]) and leaves out what the site repeats on them.
// A crawler that has parsed a page already uses [Parse] and [Cleaner.Article],
// which read the same tree.
//
// The stages, each in a file of its name:
//
//	decode    bytes become UTF-8, by evidence and not by label alone
//	parse     once, into one tree, which nothing changes
//	metadata  JSON-LD, meta elements, microdata, the visible head
//	prune     navigation, footers, dialogs: never the article
//	pick      which blocks are the article's
//	sweep     captions, standfirst, share lines and repetitions out of the text
//	render    blocks to text, Markdown, HTML
//
// # How the article is picked
//
// The page is listed as blocks, runs of text that stand on lines of their own.
// Two small forests of decision trees judge each, by its words, its place and
// the elements around it, the second with what the first thought of its
// neighbours; their weights are data in the folder model. Kept is what makes the
// expected F1 greatest. Where they expect an F1 under 0.8 of their own choice,
// which is on about one page in eighty of publishers that they have not read,
// go-readability is asked for the main content of the page, and its answer
// weighs in on each block. It is not asked on other pages: there it changed
// little, and takes several times what the rest of cleaning does.
//
// # What is promised
//
// The same page and options give the same record, byte for byte. No input makes
// Clean fail other than by an [*Error]; its Code says which. Time and memory are
// linear in the size of a page, and pages over [DefaultMaxBytes] are refused.
package clean

import (
	"cmp"
	"net/url"
	"sync"
	"time"

	"github.com/PuerkitoBio/goquery"

	"newsclip/selectors"
)

// Input is one page as it was fetched or saved.
type Input struct {
	// ID is passed through to [Article.ID]; empty means that one is made.
	ID string
	// URL is where the page came from; empty where nobody knows.
	URL string
	// File and Source are passed through to the [Article]: the file that the
	// page was read from, and the line of a file of pages. Both may be empty.
	File, Source string
	// ContentType is the Content-Type header's value; empty means unknown.
	ContentType string
	// HTML is the page's bytes in whatever encoding. Clean does not keep it.
	HTML []byte
	// MaxBytes is the size over which a page is refused with the error code
	// too_large; 0 means [DefaultMaxBytes].
	MaxBytes int
	// Header fields of the fetch that carry rights, such as X-Robots-Tag and
	// tdm-reservation, by lower-case name. May be nil.
	Header map[string]string
	// Status and FetchedAt are of the fetch; zero where there was none.
	Status    int
	FetchedAt time.Time
}

// Page is a decoded, parsed page. Cleaning reads the tree and does not change
// it, so links and article can be read from one Page, in any order.
type Page struct {
	Input
	// Doc is the tree.
	Doc *goquery.Document
	// Base is what relative URLs on the page resolve against: URL, or the
	// page's base element. Nil where the page tells neither.
	Base *url.URL
}

// Options set how a [Cleaner] works. The zero value is ready to use.
type Options struct {
	// Rules are the rules of particular sites; nil means none.
	Rules *selectors.Set
	// Markdown and HTML ask for those fields of the record.
	Markdown bool
	HTML     bool
	// Explain fills [Article.Removed].
	Explain bool
}

// Cleaner cleans pages. It is safe for concurrent use.
type Cleaner struct {
	opts Options
}

// New returns a Cleaner. The first one has the tables read in the background,
// so that they are there once the first page is parsed.
func New(opts Options) *Cleaner {
	readTables()
	return &Cleaner{opts: opts}
}

var readTables = sync.OnceFunc(func() {
	go selectors.ReadPhrases()
	go func() {
		model()
		pageKinds()
		clueTable()
		trustWeights()
		speakers()
	}()
})

// Failed returns the record that stands in the output for an input that could
// not be cleaned.
func Failed(in Input, err error) *Article {
	e, ok := err.(*Error)
	if !ok {
		e = &Error{Code: "read", Message: err.Error()}
	}
	a := &Article{ID: in.ID, URL: in.URL, File: in.File, Source: in.Source, Error: e}
	if key := cmp.Or(in.URL, in.File, in.Source); a.ID == "" && key != "" {
		a.ID = shortHash(key)
	}
	return a
}
