// Package web has the pages that "newsclip serve" shows in a browser: a saved page
// beside its record, the rules that make it so and a way to change them, crawls,
// and the search in an SQLite output. New returns a Site, whose Register adds its
// routes to the server's.
//
// # Pages of strangers
//
// What a page says is escaped wherever it is shown. Its HTML is shown only by the
// routes /pages/{id}/article and /pages/{id}/original, whose Content-Security-Policy
// has them in a sandbox without scripts and without an origin, in frames that have
// the same sandbox. The pages of this package load nothing but their own scripts
// and style sheets, and can be read and used without scripts.
//
// # What is bounded
//
// Bodies are bounded as those of the API are. Pages at hand are kept in memory, the
// oldest of them given up for newer ones.
package web

import (
	"context"
	"iter"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"newsclip/clean"
	"newsclip/cmd/internal/rulebook"
	"newsclip/scrape"
	"newsclip/selectors"
)

// Server is what a Site needs of the server that it belongs to. An error that has
// the methods GetStatus and GetHeaders is answered as they say.
type Server interface {
	// Hold takes n bytes of the budget for bodies in hand.
	Hold(ctx context.Context, n int64) (release func(), err error)
	// SavedPages returns the pages in a file of any form that saved pages have.
	SavedPages(ctx context.Context, raw []byte) iter.Seq2[clean.Input, error]
	// Fetch fetches a page by the rules of a crawl.
	Fetch(ctx context.Context, pageURL string) (clean.Input, error)
	// Draft calls f with the draft of a page once there is a place for it. Where it
	// returns an error, f may go on, so that what f writes must not be read then.
	Draft(ctx context.Context, in clean.Input, rules *selectors.Set, f func(*clean.Draft)) error
	// Crawls returns the state of all crawls, the newest first, and Crawl that of one.
	Crawls() []Crawl
	Crawl(id string) (Crawl, error)
	// BeginCrawl begins a crawl and returns its id. The others change one.
	BeginCrawl(CrawlRequest) (id string, err error)
	PauseCrawl(ctx context.Context, id string) error
	ResumeCrawl(id string) error
	RemoveCrawl(ctx context.Context, id string) error
}

// A Crawl is the state of a crawl.
type Crawl struct {
	ID, State, Error string
	Created          time.Time
	Seeds            []string
	Queue            int
	Running          bool
	Summary          scrape.Summary
	// Health tells how each host fares, the worst first.
	Health []scrape.HostHealth
}

// CrawlRequest is what a form asks to be crawled. The zero value of a number sets no
// limit.
type CrawlRequest struct {
	Seeds                 []string
	MaxPages, MaxArticles int
	Scope, Since          string
}

// Options set how a Site works. Server, MaxBody and Timeout must be set.
type Options struct {
	Server  Server
	MaxBody int64         // of a request, in bytes
	Timeout time.Duration // in which a body must come
	// Rules are the rules of single sites, which may be saved; nil means none.
	Rules *rulebook.Book
	// Search is the path of an SQLite output; "" means that there is none.
	Search string
	// Token is asked for by the page that signs in; "" means that there is none.
	Token string
	// Origins are those whose pages the bookmarklet sends without asking.
	Origins []string
	// Log gets faults of the pages' own.
	Log *slog.Logger
}

// A Site is the pages of one server.
type Site struct {
	o     Options
	pages *store
}

// New returns the pages of a server.
func New(o Options) *Site {
	return &Site{o: o, pages: newStore(max(storeBytes, o.MaxBody))}
}

// Register adds the routes to those of the server.
func (s *Site) Register(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", s.home)
	mux.HandleFunc("POST /pages", s.addPages)
	mux.HandleFunc("GET /pages/{id}", s.showPage)
	mux.HandleFunc("POST /pages/{id}/address", s.setAddress)
	mux.HandleFunc("POST /pages/{id}/rules", s.changeRules)
	mux.HandleFunc("POST /pages/{id}/remove", s.removePage)
	mux.HandleFunc("GET /pages/{id}/record.json", s.record)
	mux.HandleFunc("GET /pages/{id}/record.md", s.record)
	mux.HandleFunc("GET /pages/{id}/article", s.article)
	mux.HandleFunc("GET /pages/{id}/original", s.original)
	mux.HandleFunc("GET /crawls", s.crawls)
	mux.HandleFunc("POST /crawls", s.beginCrawl)
	mux.HandleFunc("GET /crawls/{id}", s.crawl)
	mux.HandleFunc("POST /crawls/{id}/{action}", s.changeCrawl)
	mux.HandleFunc("GET /search", s.search)
	mux.HandleFunc("GET /bookmarklet", s.bookmarklet)
	mux.HandleFunc("GET "+receivePath, s.receive)
	mux.HandleFunc("GET "+loginPath, s.loginPage)
	mux.HandleFunc("POST "+loginPath, s.login)
	mux.HandleFunc("POST /logout", s.logout)
	mux.HandleFunc("GET "+assetPath, s.asset)
}

const (
	loginPath   = "/login"
	receivePath = "/bookmarklet/receive"
	assetPath   = "/assets/{name}"
)

// Owns reports whether a path is one of a Site's, whose errors are answered as pages.
func Owns(path string) bool {
	if path == "/" {
		return true
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch first {
	case "pages", "crawls", "search", "bookmarklet", "login", "logout", "assets":
		return true
	}
	return false
}

// IsOpen reports whether a path tells nothing of pages, so that it needs no token:
// signing in, what the bookmarklet opens, and the files that both load.
func IsOpen(path string) bool {
	return path == loginPath || path == receivePath || strings.HasPrefix(path, "/assets/")
}

// policy is the Content-Security-Policy of all pages but those of strangers.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// secure sets the header fields that all pages have. Of the policy on referrers
// no-referrer would have browsers send forms without an origin, by which requests
// are told from those of other sites.
func secure(h http.Header, policy string) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}
