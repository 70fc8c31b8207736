// Package fetch makes HTTP requests for a crawl, through Colly.
//
// Begin with [NewClient] and [Client.Get]. Get makes one request and returns what
// came of it: it does not follow redirects, does not repeat a request, does not read
// robots.txt and does not wait for the pace of a host; those are the work of the
// callers. [CauseOf] gives the cause of an error, [IsTransient] and [IsUnreachable]
// tell what a cause means for the next attempt.
//
// # Guarantees
//
//   - An address that is not public is reached only where a seed spells it out. What
//     DNS answers is checked at each connection.
//   - The user's header fields and credentials go to the hosts of seeds alone.
//   - A body is decoded (gzip, deflate, br, zstd; at most eight on top of each
//     other) up to the Limit of its request, and [Response.Cut] is set exactly where
//     it would have been longer. Of a redirect no more than 16 KiB is read.
//     [Response.Truncated] is set where less came than was announced.
//   - A request ends when no data was received for Options.Timeout, and after ten
//     times that in any case.
//   - The bytes of a body are those of the server: no charset is converted.
//   - A [WARC] has no cookies and no credentials in it.
//
// # Limits
//
// An answer that net/http refuses as malformed is requested once more, over a
// connection on which its header is repaired; over HTTP/2 and behind an https proxy
// it stays an error.
//
// Behind a proxy only addresses that stand in the URL itself can be refused: names
// are resolved by the proxy. net/http repeats a request once on a new connection
// when the server has closed an idle one.
package fetch
