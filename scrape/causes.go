package scrape

import (
	"errors"

	"newsclip/clean/article"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
)

// A SkipCause is the reason why a URL was not fetched, or its page not written,
// although nothing failed. The causes are keys of [Summary.Skipped].
type SkipCause = address.SkipCause

const (
	SkipBudget    SkipCause = "budget"             // --max-pages or --max-articles was spent
	SkipCalendar            = address.SkipCalendar // trap: a day or month of a calendar
	SkipDate      SkipCause = "date"               // outside --since and --until
	SkipDepth               = address.SkipDepth    // too many links from a seed, or too deep a path
	SkipDuplicate SkipCause = "duplicate"          // the same article is written from another URL
	SkipExcluded  SkipCause = "excluded"           // --include and --exclude
	SkipFacet               = address.SkipFacet    // trap: another view of a page
	SkipHostFull  SkipCause = "host_urls"          // the host has MaxFoundPerHost URLs, or 1,000 sitemaps in its robots.txt, already, or the sitemap 150,000
	SkipInvalid   SkipCause = "invalid"            // not a URL that can be fetched
	SkipLong                = address.SkipLong     // trap: a URL over 2,000 characters
	SkipNofollow  SkipCause = "nofollow"           // rel=nofollow, meta robots or X-Robots-Tag
	SkipNotPage   SkipCause = "not_a_page"         // an image, a PDF, a video
	SkipRepeated            = address.SkipRepeated // trap: a path segment three times
	SkipRights    SkipCause = "rights"             // --respect-tdm
	SkipRobots    SkipCause = "robots"             // robots.txt does not allow it
	SkipScope     SkipCause = "scope"              // outside --scope
	SkipUnchanged SkipCause = "unchanged"          // --recrawl: the page is as it was
)

// Causes of failure beside those of the package fetch. All are keys of
// [Summary.Errors]; an HTTP status of 400 and above that stays is its number.
const (
	errCauseDeadly    = "process_died"
	errCauseHostDead  = "host_given_up"
	errCausePanic     = "panic"
	errCauseParse     = "parse"
	errCauseRedirects = "redirect_chain"
	errCauseLoop      = "redirect_loop"
	errCauseRender    = article.CodeRender
	errCauseRobots    = "robots_unreachable"
	errCauseSitemap   = "sitemap"
	errCauseRecord    = "record_too_large"
)

// CauseOf returns why a page could not be fetched, for an error of FetchPage: a key
// as in Summary.Errors.
func CauseOf(err error) string { return fetch.CauseOf(err) }

// CausePrivate is the cause of an address that is not public.
const CausePrivate = fetch.CausePrivate

// errNeedsScripts is the failure of a page that is not rendered and needs it.
var errNeedsScripts = &article.Error{
	Code: article.CodeNeedsJavaScript, Message: "no article found: the page shows its text by JavaScript, which was not run",
}

// ErrRobots is returned for a page that robots.txt does not allow newsclip to
// fetch.
var ErrRobots = errors.New("robots.txt does not allow it")

// errGivenUp is returned for a host that a crawl does not ask any more.
var errGivenUp = errors.New("the host was given up: too many requests to it failed")
