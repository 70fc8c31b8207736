// Package read finds the URLs in what a crawl has fetched: [Links] in a page, and
// [Document] in a sitemap, an index of sitemaps, a list of URLs, and an RSS, Atom or
// JSON feed. [KindOf] tells which of them an answer is, by its bytes.
//
// # Guarantees
//
// References are returned as written, in the order of the document; package address
// resolves them. A document is read as a stream: one entry is in memory at a time,
// and a compressed one is cut at [MaxSitemap]. An entry that cannot be read costs no
// other, and what stood before the end of a document that is cut is returned.
//
// # Limits
//
// No script runs: of buttons that load more, only addresses in the known data
// attributes are found, and of scripts in attributes those that only lead to another
// page. A comment or CDATA section that is not closed hides what follows it.
package read
