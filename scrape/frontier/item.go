package frontier

import "time"

// Class is an item's priority within its host: a lower class is given out
// first. Within a class the newest LastMod goes first, items without one come
// after those that have one, and equal items keep the order in which they were
// added.
type Class uint8

// The classes, in the order in which a host's items are given out.
const (
	ClassControl Class = iota // robots.txt, sitemap indexes and sitemaps: they say what else there is
	ClassSeed                 // what the user named
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
	// Host is the pace group: one worker at a time holds all items of a Host,
	// and Next asks its ready function about it. Required; lower case, with
	// the port where it is not the scheme's own.
	Host string
	// Key is the identity: of two items with the same Host and Key the second
	// is refused. Empty means URL.
	Key string
	// Kind is the caller's word for what is behind the URL (page, sitemap,
	// feed, …); the frontier only carries it.
	Kind string
	// Class is the priority within the host.
	Class Class
	// Depth is the distance from a seed in links.
	Depth int
	// Referrer is the URL that named this one; empty for a seed.
	Referrer string
	// LastMod is when the source says that the page changed; zero is unknown.
	LastMod time.Time
	// Redirects are the URLs that led here by redirect, first one first.
	Redirects []string
	// Meta is whatever small thing the caller wants back with the item.
	Meta map[string]string

	// Attempt is set by Next: 1 the first time, one more after each Retry.
	// A worker's death does not count. Add ignores it.
	Attempt int
	// Memo is set by Next, in a recrawl: what the last Done left. Add
	// ignores it.
	Memo []byte
}
