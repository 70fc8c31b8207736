package scrape

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"

	"newsclip/scrape/frontier"
)

// keptScope is what the frontier keeps about the scope of a job, so that it holds
// for all workers and after a restart.
type keptScope struct {
	// Seeds are the URLs that users named, of all runs of the job.
	Seeds []string `json:"seeds"`
	// Moved are the URLs that seeds have redirected to.
	Moved []string `json:"moved,omitempty"`
}

// scopeKey is the key of keptScope in the frontier. Jobs of earlier versions have
// it too: it cannot change.
const scopeKey = "ground"

// loadScope reads the scope that all workers share.
func (c *crawler) loadScope(ctx context.Context) error {
	c.scopeMu.Lock()
	defer c.scopeMu.Unlock()
	return c.readScope(ctx)
}

// readScope is loadScope with scopeMu held.
func (c *crawler) readScope(ctx context.Context) error {
	b, err := c.f.Get(ctx, scopeKey)
	if errors.Is(err, frontier.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	var g keptScope
	if err := json.Unmarshal(b, &g); err != nil {
		return err
	}
	c.kept = g
	for _, u := range parseAll(g.Seeds) {
		c.scope.AddSeed(u)
		c.client.AllowPrivate(u)
	}
	for _, u := range parseAll(g.Moved) {
		c.scope.AddSeed(u)
	}
	return nil
}

// keepScope widens the scope to seeds, or to URLs that seeds have moved to, for
// all workers. Where two workers do so at the same moment, what one of them adds
// may be lost; it is added again with the next item from there.
func (c *crawler) keepScope(ctx context.Context, seeds, moved []*url.URL) error {
	c.scopeMu.Lock()
	defer c.scopeMu.Unlock()
	if err := c.readScope(ctx); err != nil {
		return err
	}
	changed := false
	add := func(list *[]string, us []*url.URL) {
		for _, u := range us {
			c.scope.AddSeed(u)
			if s := u.String(); !slices.Contains(*list, s) {
				*list = append(*list, s)
				changed = true
			}
		}
	}
	add(&c.kept.Seeds, seeds)
	add(&c.kept.Moved, moved)
	if !changed {
		return nil
	}
	b, err := json.Marshal(c.kept)
	if err != nil {
		return err
	}
	return c.f.Put(ctx, scopeKey, b)
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
