package scrape

import (
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
)

// Options say what is crawled and how. Only Seeds must be set.
type Options struct {
	// Seeds are the URLs to begin with, http or https. Their hosts, or what
	// Scope widens or narrows them to, are the ground of the crawl.
	Seeds []string
	// Frontier says where the crawl's URLs are kept: in memory (the zero
	// value), in a folder or in a cluster.
	Frontier frontier.Options
	// Sink takes the records. Nil leaves them in the frontier for another
	// process to collect.
	Sink Sink
	// Direct hands records to Sink without the frontier between: for one of
	// many workers that each write an output of their own.
	Direct bool

	// UserAgent is the User-Agent header; empty means "newsclip". In
	// robots.txt the crawl answers to "newsclip" whatever it says.
	UserAgent string
	// Workers is how many pages are at work at once; 0 means 16.
	Workers int
	// PerHost is the number of connections to one host; 0 means 1.
	PerHost int
	// Delay is the time between two requests to one host; 0 means none. A
	// longer Crawl-delay of the host's robots.txt is honoured.
	Delay time.Duration

	// MaxPages and MaxArticles end the crawl after exactly so many pages that
	// answered and records; 0 sets no limit. Both count over all workers and
	// restarts of a job.
	MaxPages, MaxArticles int
	// MaxDepth is how many links a page may be away from a seed; 0 means 200,
	// negative means that only the seeds are fetched.
	MaxDepth int
	// MaxTime ends the run; 0 sets no limit.
	MaxTime time.Duration
	// Since and Until leave out what sitemaps and feeds say is older or
	// younger; zero sets no limit.
	Since, Until time.Time
	// Include and Exclude match URLs: one is fetched where one of Include
	// (if there are any) and none of Exclude matches. Seeds, sitemaps and
	// feeds are always fetched.
	Include, Exclude []*regexp.Regexp
	// Scope says which links are followed; empty means ScopeHost.
	Scope Scope

	// IgnoreRobots fetches what robots.txt closes. Its sitemaps are read, and
	// its Crawl-delay holds.
	IgnoreRobots bool
	// RespectTDM leaves pages out that reserve the rights to text and data
	// mining or say noai.
	RespectTDM bool
	// Recrawl asks again for the pages of a finished job.
	Recrawl bool
	// NoDiscovery leaves out sitemaps and feeds: only links are followed.
	NoDiscovery bool

	// Header fields are sent with every request.
	Header http.Header
	// CookieJar keeps cookies; nil sends none and keeps none.
	CookieJar http.CookieJar
	// Proxies take turns; none asks the hosts directly.
	Proxies []*url.URL
	// Timeout is how long a connection may be silent; 0 means 30 s.
	Timeout time.Duration
	// MaxBody caps a page's decoded body in bytes; 0 means 10 MiB.
	MaxBody int64
	// WARC, where set, keeps every answer; the caller closes it.
	WARC *fetch.WARC

	// Log gets what goes wrong; nil discards it.
	Log *slog.Logger
	// OnProgress, where set, is called a few times a second from one
	// goroutine.
	OnProgress func(Progress)

	// everythingDue makes a recrawl ask for every page, for tests.
	everythingDue bool
	// roots are trusted in place of the system's, for tests.
	roots *x509.CertPool
}

// Progress is how a crawl stands.
type Progress struct {
	Pages, Articles, Errors int
	// Queue is what was found and is not finished.
	Queue int
	// Hosts are those at work, the busiest first; at most three.
	Hosts []string
	// HostsPending counts the hosts that have something in the queue.
	HostsPending int
	// Summary is a copy of all counts.
	Summary Summary
}

// Sink is where records stay: a file, or standard output. It is used by one
// goroutine at a time.
type Sink interface {
	// Resume is called once, first, with what the last Commit of an earlier
	// run returned, or nil. A file is cut to the length that this says.
	Resume(note []byte) error
	// Write writes one record, whole.
	Write(record []byte) error
	// Commit makes what was written last, and returns what Resume needs to
	// drop whatever was written after.
	Commit() (note []byte, err error)
}

// Defaults of [Options].
const (
	DefaultWorkers = 16
	DefaultTimeout = 30 * time.Second
	DefaultMaxBody = 10 << 20
)

var (
	// ErrNoSeeds is returned for a crawl of a new job without seeds.
	ErrNoSeeds = errors.New("no URL to begin with")
	// ErrFinished is returned where the job in the frontier is finished and
	// Recrawl is not set.
	ErrFinished = errors.New("this crawl is finished")
)

// withDefaults fills in what is zero and checks the rest.
func (o Options) withDefaults() (Options, []*url.URL, error) {
	if o.UserAgent == "" {
		o.UserAgent = fetch.ProductToken
	}
	if o.Workers <= 0 {
		o.Workers = DefaultWorkers
	}
	if o.PerHost <= 0 {
		o.PerHost = 1
	}
	if o.MaxDepth == 0 {
		o.MaxDepth = defaultMaxDepth
	}
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if o.MaxBody <= 0 {
		o.MaxBody = DefaultMaxBody
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	var seeds []*url.URL
	for _, s := range o.Seeds {
		u, err := address.Resolve(nil, s)
		if err != nil {
			return o, nil, fmt.Errorf("seed: %w", err)
		}
		seeds = append(seeds, u)
	}
	return o, seeds, nil
}

// forClient picks the options of the HTTP client.
func (o *Options) forClient() fetch.Options {
	return fetch.Options{
		UserAgent: o.UserAgent, Header: o.Header, CookieJar: o.CookieJar, Proxies: o.Proxies, Timeout: o.Timeout,
		Workers: o.Workers, PerHost: o.PerHost, Delay: o.Delay, WARC: o.WARC, Roots: o.roots,
	}
}

// defaultMaxDepth is how many links a page may be away from a seed where the
// caller sets no limit: more than any archive that people page through, and an
// end to links that lead on for ever.
const defaultMaxDepth = 200
