package scrape

import (
	"encoding/json"
	"time"

	"newsclip/scrape/frontier"
)

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

// list writes the record of an address that a crawl would fetch.
func (t *task) list() error {
	r := Listed{URL: t.item.URL, FoundIn: t.item.Referrer, By: t.item.Meta[metaBy], Depth: t.item.Depth}
	if at := t.item.LastMod; !at.IsZero() {
		at = at.UTC()
		r.LastMod = &at
	}
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	t.c.tally.add(func(s *Summary) { s.Listed++ })
	return t.deliver(frontier.Result{Records: [][]byte{append(b, '\n')}})
}
