// Package robots fetches, parses and caches robots.txt, by RFC 9309.
//
// Begin with [NewCache] and [Cache.Get], or with [Parse] for a text. [Rules] tell
// whether a URL may be fetched, the Crawl-delay, the sitemaps, and whether the site
// reserves its pages from the training of models.
//
// # Guarantees
//
// A robots.txt is fetched once for each origin while its rules are fresh, six
// hours, whatever the number of callers. An answer of 4xx allows everything. 5xx,
// 429 and no answer close the host, and Rules.Again is when to try again. Lines are
// matched by Google's parser.
//
// # Limits
//
// 500 KiB of a file are read. A Crawl-delay is kept up to a minute. The cache is
// bounded; rules that were dropped from it are fetched again.
package robots
