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
// The stages, in the order in which [Cleaner.DraftOf] and [Draft.Article] call
// them:
//
//	decode    bytes become UTF-8, by evidence and not by label alone
//	parse     once, into one tree, which nothing changes
//	rules     what the user's rules for the site name on the page
//	metadata  JSON-LD, meta elements, microdata, the visible head
//	pictures  the content pictures, their captions and credits
//	blocks    the lines of text outside what is never the article, such as
//	          navigation, footers and dialogs, which are pruned
//	signals   what metadata and pictures tell of the blocks
//	pick      which blocks are the article's, and all of a document that is
//	          nothing but one; the user's rules override it
//	sweep     captions, standfirst, share lines and repetitions out of the text
//	carried   where next to nothing is kept: the body that the page has in
//	          JSON-LD, in the data of its scripts or in escaped HTML goes
//	          through the stages from parse on
//	learn     what the site repeats out of the text, where a Series or the
//	          caller has learnt it from other pages
//	render    the kept blocks as text, and on request as Markdown and HTML
//	kind      the kind of page, and how likely the text is right
//	explain   on request, what was taken out, by which stage and rule
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
// little, and takes several times what the rest of cleaning does. A crawler, which has no
// use for other pages than articles, spares it most of the rest by
// [Cleaner.DraftOfArticle].
//
// # What is promised
//
// The same page and options give the same record, byte for byte. No input makes
// Clean fail other than by an [*Error]; its Code says which. Time and memory are
// linear in the size of a page, and pages over [DefaultMaxBytes] are refused.
package clean

import (
	"cmp"
	"sync"
	"time"

	"newsclip/clean/article"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/kind"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// Options set how a [Cleaner] works. The zero value is ready to use.
type Options struct {
	// Rules are the rules of particular sites; nil means none.
	Rules *selectors.Set
	// Markdown and HTML ask for those fields of the record.
	Markdown bool
	HTML     bool
	// Explain fills [Article.Removed] and [Article.Evidence].
	Explain bool
	// Timeout is how long a page may take where [Within] runs the cleaning; 0
	// means no limit.
	Timeout time.Duration
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
	go selectors.ReadTables()
	go func() {
		judge.Model()
		kind.PageKinds()
		kind.ClueTable()
		kind.TrustWeights()
		kind.Pronouns()
	}()
})

// Failed returns the record that stands in the output for an input that could
// not be cleaned.
func Failed(in page.Input, err error) *article.Article {
	e, ok := err.(*article.Error)
	if !ok {
		e = &article.Error{Code: article.CodeRead, Message: err.Error()}
	}
	if short := article.ShortMessage(e.Message); short != e.Message {
		e = &article.Error{Code: e.Code, Message: short}
	}
	in.URL = page.EscapeControls(in.URL)
	a := &article.Article{ID: in.ID, URL: in.URL, File: in.File, Source: in.Source, Error: e}
	if key := cmp.Or(in.URL, in.File, in.Source); a.ID == "" && key != "" {
		a.ID = shortHash(key)
	}
	return a
}
