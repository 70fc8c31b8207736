// Package clean turns one HTML page into one [Article].
package clean

import (
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
	return &Article{ID: in.ID, URL: in.URL, Error: e}
}
