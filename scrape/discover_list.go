package scrape

import (
	"encoding/json"

	"newsclip/scrape/frontier"
)

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
