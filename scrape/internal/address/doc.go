// Package address decides what a crawl can tell from a URL alone.
//
// Begin with [Resolve], which makes the normalised URL of a reference. All other
// functions take a URL that it has returned. [Identity] is the key under which a
// page enters the frontier once, [Host] what pace and leases belong to, [Origin]
// what a robots.txt belongs to. A [Boundary] holds the scope of the seeds and the
// patterns of Include and Exclude; [Trap] recognises URLs that lead on for ever;
// [Date], [IsMedia] and [PartNumber] read what a path tells about its page.
//
// # Guarantees
//
// A normalised URL is the same when it is normalised again. No function makes a
// request, and none but [Trap], which is given the time, depends on anything but
// its arguments and the tables of package selectors: tracking.txt lists the query
// parameters that are dropped, traps.txt the words of calendars and facets.
//
// # Limits
//
// URLs that differ only in the order of their parameters are different pages. What
// a URL looks like is a guess: a trap may be a page, and is not fetched then.
package address
