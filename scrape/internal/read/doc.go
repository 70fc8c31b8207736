// Package read finds the URLs in what a crawl has fetched: [Links] in a page,
// [Sitemap] in a sitemap or an index of them, [Feed] in RSS, Atom and JSON feeds.
//
// # Guarantees
//
// References are returned as written, in the order of the document; package address
// resolves them. A sitemap is read as a stream: one entry is in memory at a time,
// and a compressed one is cut at [MaxSitemap].
//
// # Limits
//
// No script runs: of buttons that load more, only addresses in the known data
// attributes are found. A feed is read as a whole.
package read
