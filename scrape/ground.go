package scrape

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"

	"newsclip/scrape/frontier"
)

// ground is what the frontier keeps about where the crawl may go, so that it
// holds for all workers and after a restart.
type ground struct {
	// Seeds are the URLs that users named, of all runs of the job.
	Seeds []string `json:"seeds"`
	// Moved are the places that seeds have redirected to.
	Moved []string `json:"moved,omitempty"`
}

// groundKey is where the frontier keeps it.
const groundKey = "ground"

// loadGround reads what all workers have kept.
func (c *crawler) loadGround(ctx context.Context) error {
	c.groundMu.Lock()
	defer c.groundMu.Unlock()
	return c.readGround(ctx)
}

// readGround is loadGround with groundMu held.
func (c *crawler) readGround(ctx context.Context) error {
	b, err := c.f.Get(ctx, groundKey)
	if errors.Is(err, frontier.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	var g ground
	if err := json.Unmarshal(b, &g); err != nil {
		return err
	}
	c.known = g
	for _, u := range parseAll(g.Seeds) {
		c.ground.AddSeed(u)
		c.client.AllowPrivate(u)
	}
	for _, u := range parseAll(g.Moved) {
		c.ground.AddSeed(u)
	}
	return nil
}

// keepGround adds seeds, or places that seeds have moved to, to the ground. Two
// workers that do so at the same moment may lose one's part, which the next item
// from there brings back.
func (c *crawler) keepGround(ctx context.Context, seeds, moved []*url.URL) error {
	c.groundMu.Lock()
	defer c.groundMu.Unlock()
	if err := c.readGround(ctx); err != nil {
		return err
	}
	changed := false
	add := func(list *[]string, us []*url.URL) {
		for _, u := range us {
			c.ground.AddSeed(u)
			if s := u.String(); !slices.Contains(*list, s) {
				*list = append(*list, s)
				changed = true
			}
		}
	}
	add(&c.known.Seeds, seeds)
	add(&c.known.Moved, moved)
	if !changed {
		return nil
	}
	b, err := json.Marshal(c.known)
	if err != nil {
		return err
	}
	return c.f.Put(ctx, groundKey, b)
}

func parseAll(urls []string) []*url.URL {
	var us []*url.URL
	for _, s := range urls {
		if u, err := url.Parse(s); err == nil {
			us = append(us, u)
		}
	}
	return us
}
