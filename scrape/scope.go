package scrape

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
)

// keptScope is what the frontier keeps about the scope of a job, so that it holds
// for all workers and after a restart.
type keptScope struct {
	// Seeds are the URLs that users named, of all runs of the job.
	Seeds []string `json:"seeds"`
	// Moved are URLs that seeds have redirected to, in jobs of earlier versions.
	Moved []string `json:"moved,omitempty"`
}

// scopeKey is the key of keptScope in the frontier. Jobs of earlier versions have
// it too: it cannot change.
const scopeKey = "ground"

// movedName is the name of the values that hold the URLs that seeds have redirected to,
// by their hosts. There may be one of each seed: in a single value each of them would be
// written again with all others.
const movedName = "moved"

func movedKey(u *url.URL) string { return shardKey(movedName, shardOf(address.Host(u))) }

// learnScope reads the scope that all workers share, unless it cannot tell more
// about an item's URL than this worker knows: that it is in scope, and that its
// address may be private because a seed spells it out. A host that is in scope
// without such a seed is looked up once. A crawl that shares its frontier with no other
// worker has read all when it began.
func (c *crawler) learnScope(ctx context.Context, u *url.URL) error {
	if !c.shared {
		return nil
	}
	c.scopeMu.RLock()
	known := c.scope.Contains(u) && (c.metHosts[u.Host] || c.client.AllowsPrivate(u))
	c.scopeMu.RUnlock()
	if known {
		return nil
	}
	if err := c.learnSeeds(ctx); err != nil {
		return err
	}
	b, err := c.f.Get(ctx, movedKey(u))
	if err != nil && !errors.Is(err, frontier.ErrNotFound) {
		return err
	}
	if err := c.useMoved(b); err != nil {
		return err
	}
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

// learnSeeds reads the seeds of all workers, unless they are those that were read last:
// of a list of many thousand sites each would be read for each.
func (c *crawler) learnSeeds(ctx context.Context) error {
	since := c.seedsRead.Load()
	b, revision, err := c.f.GetSince(ctx, scopeKey, since)
	if errors.Is(err, frontier.ErrNotFound) || err == nil && revision == since {
		return nil
	}
	if err != nil {
		return err
	}
	var kept keptScope
	if err := json.Unmarshal(b, &kept); err != nil {
		return err
	}
	c.widenScope(parseAll(kept.Seeds), parseAll(kept.Moved))
	c.seedsRead.Store(revision)
	return nil
}

// useMoved widens the scope to the URLs that a value of the frontier holds.
func (c *crawler) useMoved(b []byte) error {
	var moved []string
	if b != nil {
		if err := json.Unmarshal(b, &moved); err != nil {
			return err
		}
	}
	c.widenScope(nil, parseAll(moved))
	return nil
}

// widenScope widens the scope of this worker to seeds, and to URLs that seeds have
// moved to.
func (c *crawler) widenScope(seeds, moved []*url.URL) {
	c.scopeMu.Lock()
	defer c.scopeMu.Unlock()
	for _, u := range seeds {
		c.client.AddSeed(u)
		c.renderer.addSeed(u)
	}
	widened := false
	for _, list := range [][]*url.URL{seeds, moved} {
		for _, u := range list {
			widened = c.scope.AddSeed(u) || widened
		}
	}
	if widened {
		c.known.widened()
	}
}

// openScope widens the scope to the seeds of this run, for all workers, and to what
// other runs and workers have kept. It returns the seeds of all.
func (c *crawler) openScope(ctx context.Context) ([]*url.URL, error) {
	var kept keptScope
	err := c.f.Change(ctx, scopeKey, func(old []byte) ([]byte, error) {
		kept = keptScope{}
		if old != nil {
			if err := json.Unmarshal(old, &kept); err != nil {
				return nil, err
			}
		}
		var changed bool
		if kept.Seeds, changed = withURLs(kept.Seeds, c.seeds); !changed {
			return nil, nil
		}
		return json.Marshal(kept)
	})
	if err != nil {
		return nil, err
	}
	seeds := parseAll(kept.Seeds)
	c.widenScope(seeds, parseAll(kept.Moved))
	if !c.durable {
		return seeds, nil
	}
	return seeds, eachShard(ctx, c.f, movedName, func(_ int, b []byte) error { return c.useMoved(b) })
}

// keepMoved widens the scope to a URL that a seed has moved to, for all workers. It must
// return before an item for it is added: then a worker that gets the item finds it in the
// shared scope.
func (c *crawler) keepMoved(ctx context.Context, target *url.URL) error {
	err := c.f.Change(ctx, movedKey(target), func(old []byte) ([]byte, error) {
		var kept []string
		if old != nil {
			if err := json.Unmarshal(old, &kept); err != nil {
				return nil, err
			}
		}
		kept, changed := withURLs(kept, []*url.URL{target})
		if !changed {
			return nil, nil
		}
		return json.Marshal(kept)
	})
	if err == nil {
		c.widenScope(nil, []*url.URL{target})
	}
	return err
}

// withURLs adds URLs to a list, which may have a million, and reports whether there
// were any that it did not have.
func withURLs(list []string, us []*url.URL) (all []string, changed bool) {
	has := make(map[string]bool, len(list)+len(us))
	for _, s := range list {
		has[s] = true
	}
	for _, u := range us {
		if s := u.String(); !has[s] {
			has[s], changed = true, true
			list = append(list, s)
		}
	}
	return list, changed
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
