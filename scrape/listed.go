package scrape

import "time"

// Listed is the record of an address, where addresses are listed and not fetched
// ([Options.List]).
type Listed struct {
	URL string `json:"url"`
	// FoundIn is the page, sitemap or feed that names the address, and By what
	// that is: link, sitemap or feed.
	FoundIn string `json:"found_in"`
	By      string `json:"by"`
	// LastMod is the date that a sitemap or feed gives, or that of the address
	// itself. Nil means that there is none.
	LastMod *time.Time `json:"lastmod,omitempty"`
	// Depth is the distance from a seed, in links.
	Depth int `json:"depth"`
}
