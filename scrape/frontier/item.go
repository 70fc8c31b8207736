package frontier

import "time"

// Class is an item's priority within its host: items of a lower class are given
// out first. Within a class the newest LastMod comes first, then items without
// LastMod; equal items keep the order in which they were added.
type Class uint8

// The classes, in the order in which a host's items are given out.
const (
	ClassControl Class = iota // robots.txt, sitemap indexes and sitemaps: they list other URLs
	ClassSeed                 // given by the user
	ClassNews                 // listed by a news sitemap
	ClassFeed                 // listed by a feed
	ClassDated                // the URL itself names a date
	ClassOther                // everything else
	classes
)

var classNames = [classes]string{"control", "seed", "news", "feed", "dated", "other"}

// String returns the class's name in lower case.
func (c Class) String() string {
	if c >= classes {
		return "unknown"
	}
	return classNames[c]
}

// Item is one URL to fetch. The caller owns it; Add copies what it keeps.
type Item struct {
	// URL is what to fetch. Required.
	URL string
	// Host is the group of items that share a pace: one worker at a time holds all
	// items of a Host, and Next calls its ready function with it. Required. Lower
	// case, with the port where it is not the scheme's default.
	Host string
	// Key is the identity: of two items with the same Host and Key, Add refuses
	// the second. Empty means URL.
	Key string
	// Kind is chosen by the caller (page, sitemap, feed, …); the frontier only
	// stores it.
	Kind string
	// Class is the priority within the host.
	Class Class
	// Depth is the distance from a seed in links.
	Depth int
	// Referrer is the URL of the page that links to this one; empty for a seed.
	Referrer string
	// LastMod is when the page was changed last, by its sitemap or feed; zero
	// means unknown.
	LastMod time.Time
	// Redirects are the URLs that redirected here, in the order of the redirects.
	Redirects []string
	// Meta are small values that the caller stores with the item.
	Meta map[string]string

	// Attempt is set by Next: 1 at first, one more after each Retry. An attempt
	// that ended with its process does not count. Add ignores it.
	Attempt int
	// Memo is set by Next in a recrawl: Result.Memo of the last Done. Add ignores
	// it.
	Memo []byte
}
