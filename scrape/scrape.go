// Package scrape turns a site into pages: it fetches what seeds lead to, and
// hands each page, parsed once, to a handler that reports whether it is an
// article.
//
// # Use
//
//	sum, err := scrape.Crawl(ctx, scrape.Options{
//		Seeds: []string{"https://news.example/"},
//		Delay: time.Second,
//		Sink:  sink,
//	}, func(ctx context.Context, p *scrape.Page) (*scrape.Outcome, error) {
//		a, err := cleaner.Article(p.Page)
//		…
//	})
//
// The handler is called from many goroutines. It does not write: the
// [Outcome] that it returns has a function that makes the record's bytes, which
// is called only where the record is wanted, and the bytes reach the [Sink] in
// one goroutine. Between the two the crawl judges what a page alone cannot: is
// this article written already from another of its URLs, is there budget for
// it, is its text nearly that of an earlier one, did it change since the last
// crawl.
//
// # The way of a URL
//
// A URL that something names is normalised ([Normalize]) and enters the
// [frontier], once, if it lies in the [Scope], is wanted by Include and
// Exclude, and is no trap; whatever is left out is counted by its
// [SkipCause]. A worker takes it when its host may be asked, checks robots.txt,
// and fetches it through Colly. A redirect is not followed: its target enters
// as a URL of its own, so that every rule holds for each hop. A page's links
// and its record are in the frontier before it is finished there, so that a
// process may die at any moment and the next one goes on, with no article lost
// or written twice.
//
// What looks like a new article goes first: what a news sitemap lists, then
// feeds, then URLs that name a date, the newest first.
//
// # Guarantees
//
//   - robots.txt by RFC 9309, asked for once a host by one caller: 4xx allows
//     all, 5xx and no answer close the host, Crawl-delay holds.
//   - A host is asked by PerHost connections, with Delay between two requests,
//     longer where it asks for that by Crawl-delay or Retry-After or answers
//     slowly. Hosts do not wait for each other. A host that cannot be reached
//     is given up, and said.
//   - Budgets are exact over all workers and restarts: MaxPages 5 fetches 5.
//   - A private or loopback address is asked only where a seed names its host.
//   - A body is decoded up to MaxBody bytes; a longer page still leads on, and
//     is not written.
//   - An article that has several URLs is written from one of them, over all
//     workers and restarts: the canonical one, or where that cannot be had a
//     twin that names it.
//   - Memory grows by what the frontier keeps of a URL, and about 150 bytes for
//     an article, to find near duplicates.
//
// # Limits
//
// Pages are read as they are sent: no script runs. Near duplicates are found
// among the articles of one process, not across workers or restarts. The
// delay is kept from the answer to the next request; a connection that the
// server had closed is opened again by net/http without asking.
package scrape
