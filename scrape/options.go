package scrape

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"

	"newsclip/clean"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
)

// SiteRules are what rules of single sites tell a crawl. Addresses are as they stand
// on the page, and empty where no rule finds one. Its methods are called from
// several goroutines.
type SiteRules interface {
	// Parse parses a page.
	Parse(in clean.Input) (*clean.Page, error)
	// SinglePage returns the address of the page with the whole of an article.
	SinglePage(p *clean.Page) string
	// NextPage returns the address of the following page of an article.
	NextPage(p *clean.Page) string
}

// Options say what is crawled, and how. Only Seeds or Sites must be set.
type Options struct {
	// Seeds are the URLs to begin with, http or https. The crawl keeps to their
	// hosts, or to what Scope makes of them.
	Seeds []string
	// Sites are more of them, with options of their own.
	Sites []Site
	// Frontier says where the crawl's URLs are kept: in temporary
	// files (the zero value), in a folder or in a cluster.
	Frontier frontier.Options
	// Sink takes the records. Where it is nil they stay in the frontier, for
	// [Collect] in another process.
	Sink Sink
	// Direct writes records to Sink without storing them in the frontier first:
	// for a job whose workers each write an output of their own.
	Direct bool

	// UserAgent is the User-Agent header; empty means "newsclip". Whatever it
	// is, the rules of robots.txt for RobotsToken are obeyed.
	UserAgent string
	// RobotsToken is the product token whose group of a robots.txt is obeyed, or the
	// group for all where there is none; empty means "newsclip".
	RobotsToken string
	// Workers is the number of requests at once, over all hosts; 0 means
	// [DefaultWorkers]. Three eighths of them may go to hosts that have not
	// answered yet, an eighth to those that fail, a quarter to slow ones. Of the answers, two a processor are cleaned at once, or 16 if that
	// is more, but never more than Workers.
	Workers int
	// PerHost is the number of connections to one host; 0 means 1.
	PerHost int
	// Delay is the time between two requests to one host; 0 means none. A
	// longer Crawl-delay of the host's robots.txt is honoured.
	Delay time.Duration

	// MaxPages and MaxArticles end the crawl after exactly that many fetched
	// pages and records; 0 sets no limit. Both count over all workers and
	// restarts of a job.
	MaxPages, MaxArticles int
	// MaxPerHost and MaxArticlesPerHost end the crawl of one host after that many
	// pages and records; 0 sets no limit. What was left out then is not fetched when
	// the limit is larger in a later run.
	MaxPerHost, MaxArticlesPerHost int
	// MaxFoundPerHost is how many URLs of one host this process adds to the frontier:
	// a few megabytes of sitemaps can list millions, and a million takes half a
	// gigabyte. 0 means DefaultMaxFoundPerHost, less no limit. What is left out is
	// counted under SkipHostFull.
	MaxFoundPerHost int
	// MaxDepth is the largest distance of a page from a seed, in links; 0 means
	// 200, negative means that only the seeds are fetched.
	MaxDepth int
	// MaxTime ends the run; 0 sets no limit.
	MaxTime time.Duration
	// Since and Until leave out entries of sitemaps and feeds with an earlier or
	// a later date; zero sets no limit. Articles are left out by the handler.
	Since, Until time.Time
	// Include matches the URLs whose articles are written; without any, all are.
	// URLs that match one of Exclude are not fetched, apart from seeds, sitemaps and
	// feeds.
	Include, Exclude []*regexp.Regexp
	// Follow matches the URLs of pages whose links are followed, apart from seeds.
	// With it, only URLs that match one of Follow or Include are fetched. Without
	// any, all links are followed.
	Follow []*regexp.Regexp
	// Scope decides which links are followed; empty means ScopeHost.
	Scope Scope

	// SiteRules are rules of single sites for parsing pages and for finding the
	// rest of an article; a [*clean.Cleaner] has those that it was made with. Nil
	// means none.
	SiteRules SiteRules

	// IgnoreRobots fetches URLs that robots.txt disallows. The sitemaps that it
	// names are read all the same, and its Crawl-delay is obeyed.
	IgnoreRobots bool
	// RespectTDM leaves out pages that reserve the rights to text and data
	// mining, or that have the directive noai.
	RespectTDM bool
	// IgnoreCanonical writes every page from its own URL, whatever canonical URL
	// it names.
	IgnoreCanonical bool
	// Recrawl fetches the pages of a finished job again.
	Recrawl bool
	// NoDiscovery ignores sitemaps and feeds: only links are followed.
	NoDiscovery bool

	// SitemapsOnly and FeedsOnly take pages from sitemaps or from feeds alone, or
	// from both where both are set: no links are followed.
	SitemapsOnly, FeedsOnly bool
	// FollowNofollow follows links in spite of nofollow, in rel, meta robots and
	// X-Robots-Tag. IgnoreRobots does so as well.
	FollowNofollow bool
	// List fetches seeds, sitemaps and feeds only, and writes a [Listed] for each
	// page that they lead to, in place of records of articles.
	List bool

	// Render says which pages Renderer renders; empty means RenderNever. Without a
	// Renderer no page is rendered, whatever Render is. The caller closes it.
	Render   RenderMode
	Renderer Renderer

	// MaxRedirects is how many redirects may lead to one page; 0 means 20, as in
	// browsers, and negative means that none is followed.
	MaxRedirects int
	// FollowSeedRedirect crawls the site that a seed redirects to whatever it is.
	// Otherwise it must be the same one by name, or have the page under the same
	// path.
	FollowSeedRedirect bool

	// Header fields are sent with the requests to the hosts of seeds. Other hosts
	// get those of them that are not secret, such as Accept-Language.
	//
	// A user and a password in a seed go to its host alone, unless Header has an
	// Authorization.
	Header http.Header
	// CookieJar holds the cookies; nil means a new jar that keeps those of each site
	// apart. NoCookies sends and keeps none.
	CookieJar http.CookieJar
	NoCookies bool
	// Proxies take turns. Where there are none, Proxy, if set, returns the proxy of
	// a URL, or nil; otherwise requests go to the hosts directly.
	Proxies []*url.URL
	Proxy   func(*url.URL) (*url.URL, error)
	// Roots are trusted in place of the system's certificates, which nil means, and
	// Insecure accepts any certificate.
	Roots    *x509.CertPool
	Insecure bool
	// PublicOnly refuses private and loopback addresses also where a seed spells
	// them out: for programs that crawl what strangers name.
	PublicOnly bool
	// RandomDelay makes the time between two requests to a host vary between half
	// and one and a half times Delay, but never less than its Crawl-delay.
	RandomDelay bool
	// Timeout is how long a connection may be silent; 0 means 30 s.
	Timeout time.Duration
	// MaxBody caps a page's decoded body in bytes; 0 means 10 MiB.
	MaxBody int64
	// WARC, if set, gets every answer; the caller closes it.
	WARC *fetch.WARC

	// Log gets failures; nil discards them.
	Log *slog.Logger
	// OnProgress, if set, is called about four times a second from one
	// goroutine, and once at the end.
	OnProgress func(Progress)
	// OnRound, if set, is called by [Watch] after each round, with what it has counted
	// and when the next one begins.
	OnRound func(s *Summary, next time.Time)

	// watch is set for a round of Watch, and clock by its tests.
	watch *watch
	clock clock
	// everythingDue makes a recrawl fetch every page, for tests.
	everythingDue bool
	// logins are the seeds that have a user and a password.
	logins []*url.URL
	// sites are Sites, checked.
	sites []*site
}

// Defaults of [Options].
const (
	DefaultTimeout = 30 * time.Second
	DefaultMaxBody = 10 << 20
	// DefaultMaxRedirects is the number of browsers.
	DefaultMaxRedirects = 20
)

var (
	// ErrNoSeeds is returned for a new job without seeds.
	ErrNoSeeds = errors.New("no URL to start from")
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
		o.Workers = DefaultWorkers()
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
	switch {
	case o.MaxRedirects == 0:
		o.MaxRedirects = DefaultMaxRedirects
	case o.MaxRedirects < 0:
		o.MaxRedirects = 0
	}
	if o.NoCookies {
		o.CookieJar = nil
	} else if o.CookieJar == nil {
		o.CookieJar = fetch.NewCookieJar()
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	named := slices.Clone(o.Seeds)
	for _, s := range o.Sites {
		own, err := checkedSite(s)
		if err != nil {
			return o, nil, fmt.Errorf("seed: %w", err)
		}
		named = append(named, s.URL)
		o.sites = append(o.sites, own)
	}
	var seeds []*url.URL
	for _, s := range named {
		u, err := address.Resolve(nil, s)
		if err != nil {
			return o, nil, fmt.Errorf("seed: %w", hidePassword(err, s))
		}
		seeds = append(seeds, u)
		if login, err := address.Parse(nil, s); err == nil && login.User != nil {
			at := *u
			at.User = login.User
			o.logins = append(o.logins, &at)
		}
	}
	return o, seeds, nil
}

// forClient picks the options of the HTTP client.
func (o *Options) forClient() fetch.Options {
	return fetch.Options{
		UserAgent: o.UserAgent, Header: o.Header, CookieJar: o.CookieJar, Proxies: o.Proxies, Timeout: o.Timeout,
		Workers: o.Workers, PerHost: o.PerHost, Delay: o.Delay, WARC: o.WARC, Roots: o.Roots, Insecure: o.Insecure,
		Proxy: o.Proxy, Logins: o.logins, PublicOnly: o.PublicOnly,
	}
}

// defaultMaxDepth is how many links a page may be away from a seed where the
// caller sets no limit: more than any archive that people page through, and an
// end to links that lead on for ever.
const defaultMaxDepth = 200

// time returns the present time, or the one that a test has made up.
func (o *Options) time() time.Time {
	if o.clock != nil {
		return o.clock.now()
	}
	return time.Now()
}

// sleepUntil waits until a time, and reports false where ctx ended first.
func (o *Options) sleepUntil(ctx context.Context, at time.Time) bool {
	if ctx.Err() != nil {
		return false
	}
	if o.clock != nil {
		return o.clock.sleepUntil(ctx, at)
	}
	return sleep(ctx, max(0, time.Until(at)))
}

// renders reports whether pages are rendered in a mode.
func (o *Options) renders(mode RenderMode) bool { return o.Renderer != nil && o.Render == mode }
