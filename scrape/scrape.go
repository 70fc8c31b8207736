// Package scrape crawls sites: it fetches what seeds lead to, and calls a handler
// with each page, which decides whether the page is an article.
//
// # Use
//
//	sum, err := scrape.Crawl(ctx, scrape.Options{
//		Seeds: []string{"https://news.example/"},
//		Delay: time.Second,
//		Sink:  sink,
//	}, handle)
//
// [newsclip/scrape/articles] has a handler and a sink that make the records which
// newsclip writes; [FetchPage] fetches a single page, and a [Fetcher] several.
//
// [Watch] crawls sites again and again, and writes what is new and what has changed.
// [Site] has options for one of the sites.
//
// The handler is called from many goroutines. It does not write: the [Outcome]
// that it returns has a function that makes the bytes of the record. That
// function is called only if the record is to be written, and one goroutine
// passes the bytes to the [Sink]. In between, the crawl decides what a page alone
// cannot tell: whether the article was written already from another of its URLs,
// whether the budget allows it, whether its text is nearly that of an earlier
// one, and whether it changed since the last crawl.
//
// A page is parsed once and handled once, with two exceptions: it is handled
// again when the following pages of its article were fetched, and when its outcome
// was [Outcome.Early]. In the latter case it is parsed again where the memory for its
// tree is taken by others.
//
// # The way of a URL
//
// A URL that a page, a sitemap or a feed names is normalised ([Normalize]) and
// enters the [frontier] once, if it is in the [Scope], matches Include and
// Exclude, and is not a trap. What is left out is counted by its [SkipCause]. A
// worker takes the URL when the pace of its host allows a request, checks
// robots.txt, and fetches it through Colly. A redirect is not followed: its
// target enters the frontier as a URL of its own, so that every rule holds for
// each hop. A page's links and its record are in the frontier before the page is
// finished there. So a process may be killed at any moment, and the next one
// continues, with no article lost or written twice.
//
// What is probably a new article is fetched first: URLs of news sitemaps, then of
// feeds, then those with a date in them, the newest first.
//
// # Guarantees
//
//   - robots.txt is obeyed by RFC 9309 and fetched once for each host: 4xx allows
//     everything, 5xx and no answer close the host, Crawl-delay is kept.
//   - A host gets requests over PerHost connections with Delay between two of
//     them, and longer pauses where Crawl-delay, Retry-After or slow answers ask
//     for them. Hosts do not wait for each other. A host that cannot be reached
//     is given up, and the log says so.
//   - Budgets are exact over all workers and restarts: MaxPages 5 fetches 5.
//   - A private or loopback address is reached only where a seed spells it out: a
//     name that leads to one is refused.
//   - Header fields and credentials go to the hosts of seeds alone.
//   - A body is decoded up to MaxBody bytes. The links in that part of a longer
//     page are followed, but it is not written.
//   - An article that has several URLs is written from one of them, over all
//     workers and restarts: from the canonical URL, or, if that cannot be
//     fetched, from a page that names it as its canonical URL.
//   - Memory grows by what the frontier keeps for a URL, and by about 150 bytes
//     for each article, and up to 65 MB in the frontier, to find near-duplicates.
//
// # Limits
//
// Pages are read as they are sent, unless Options.Render says otherwise: then their
// scripts run in a browser ([newsclip/scrape/browser]). Near-duplicates are found
// over all workers and restarts of a job that has a state or servers. The delay
// is kept between an answer and the next request; net/http may repeat a request
// without it when the server has closed an idle connection.
package scrape
