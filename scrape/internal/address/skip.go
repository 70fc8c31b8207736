package address

// A SkipCause is the reason why a URL is not fetched, or its page not written,
// although nothing failed. The causes here are those of [Trap].
type SkipCause string

const (
	SkipCalendar SkipCause = "calendar" // trap: a calendar's day or month
	SkipDepth    SkipCause = "depth"    // too many links from a seed, or too deep a path
	SkipFacet    SkipCause = "facet"    // trap: another view of a page
	SkipLong     SkipCause = "long"     // trap: a URL over 2,000 characters
	SkipRepeated SkipCause = "repeated" // trap: a path segment three times
)
