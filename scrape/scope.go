package scrape

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"

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

// learnScope reads the scope that all workers share, unless it cannot tell more
// about an item's URL than this worker knows: that it is in scope, and that its
// address may be private because a seed spells it out. A host that is in scope
// without a seed on it (another one of a seed's domain) is looked up once.
func (c *crawler) learnScope(ctx context.Context, u *url.URL) error {
	c.scopeMu.Lock()
	known := c.scope.Contains(u) && (c.metHosts[u.Host] || c.client.AllowsPrivate(u))
	c.scopeMu.Unlock()
	if known {
		return nil
	}
	b, err := c.f.Get(ctx, scopeKey)
	if errors.Is(err, frontier.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	var kept keptScope
	if err := json.Unmarshal(b, &kept); err != nil {
		return err
	}
	c.widenScope(kept)
	if err := c.learnSites(ctx, u); err != nil {
		return err
	}
	c.scopeMu.Lock()
	defer c.scopeMu.Unlock()
	if c.metHosts == nil {
		c.metHosts = make(map[string]bool)
	}
	c.metHosts[u.Host] = true
	return nil
}

// widenScope adds the shared scope to that of this worker.
func (c *crawler) widenScope(kept keptScope) {
	c.scopeMu.Lock()
	defer c.scopeMu.Unlock()
	for _, u := range parseAll(kept.Seeds) {
		c.scope.AddSeed(u)
		c.client.AddSeed(u)
		c.renderer.addSeed(u)
	}
	for _, u := range parseAll(kept.Moved) {
		c.scope.AddSeed(u)
	}
	c.known.widened()
}

// keepScope widens the scope to seeds, and to URLs that seeds have moved to, for
// all workers. It must return before an item for them is added: then a worker that
// gets the item finds them in the shared scope.
func (c *crawler) keepScope(ctx context.Context, seeds, moved []*url.URL) error {
	var kept keptScope
	err := c.f.Change(ctx, scopeKey, func(old []byte) ([]byte, error) {
		kept = keptScope{}
		if old != nil {
			if err := json.Unmarshal(old, &kept); err != nil {
				return nil, err
			}
		}
		changed := false
		add := func(list *[]string, us []*url.URL) {
			has := make(map[string]bool, len(*list)+len(us)) // of a list there may be a million
			for _, s := range *list {
				has[s] = true
			}
			for _, u := range us {
				if s := u.String(); !has[s] {
					has[s], changed = true, true
					*list = append(*list, s)
				}
			}
		}
		add(&kept.Seeds, seeds)
		add(&kept.Moved, moved)
		if !changed {
			return nil, nil
		}
		return json.Marshal(kept)
	})
	if err != nil {
		return err
	}
	c.widenScope(kept)
	return nil
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

func (c *crawler) holds(u *url.URL) bool {
	c.scopeMu.RLock()
	defer c.scopeMu.RUnlock()
	return c.scope.Contains(u)
}
