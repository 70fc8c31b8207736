package scrape

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
)

// keepSites adds sites and keeps them in the frontier.
func (c *crawler) keepSites(ctx context.Context, list []*site) error {
	c.useSites(list)
	byKey := make(map[string][]*site)
	for _, s := range list {
		key := sitesKey(s.at)
		byKey[key] = append(byKey[key], s)
	}
	for key, list := range byKey {
		err := c.f.Change(ctx, key, func(old []byte) ([]byte, error) {
			kept, err := readSites(old)
			if err != nil {
				return nil, err
			}
			for _, s := range list {
				kept = append(kept, s.Site)
			}
			kept = lastOfEach(kept, func(s Site) string { return s.URL })
			b, err := json.Marshal(kept)
			if err != nil || string(b) == string(old) {
				return nil, err
			}
			return b, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// useKept adds the sites that a value of the frontier holds.
func (c *crawler) useKept(b []byte) error {
	kept, err := readSites(b)
	if err != nil {
		return err
	}
	list := make([]*site, len(kept))
	for i, k := range kept {
		if list[i], err = checkedSite(k); err != nil {
			return err
		}
	}
	c.useSites(list)
	return nil
}

// openSites adds the sites of earlier runs and other workers, and keeps those of this
// run.
func (c *crawler) openSites(ctx context.Context) error {
	if c.durable {
		if err := eachShard(ctx, c.f, "sites", func(_ int, b []byte) error { return c.useKept(b) }); err != nil {
			return err
		}
	}
	return c.keepSites(ctx, c.o.sites)
}

// learnSites adds the sites that another worker or an earlier run has kept for the
// domain of u.
func (c *crawler) learnSites(ctx context.Context, u *url.URL) error {
	b, err := c.f.Get(ctx, sitesKey(u))
	if errors.Is(err, frontier.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return c.useKept(b)
}

// useSites adds sites, and sets the delays of their hosts.
func (c *crawler) useSites(list []*site) {
	c.sites.add(list...)
	if c.pace == nil {
		return
	}
	done := make(map[string]bool)
	for _, s := range list {
		host := address.Host(s.at)
		if s.Delay == 0 || done[host] {
			continue
		}
		done[host] = true
		if d, ok := c.sites.delay(host); ok {
			c.pace.SetDelay(host, d)
			c.f.Slow(host, d)
		}
	}
}

// fetches reports whether a page at a URL is to be fetched.
func (c *crawler) fetches(u string) bool {
	return c.scope.Fetches(u) && !c.excludes(u)
}

// wants reports whether the article at a URL is to be written.
func (c *crawler) wants(u string) bool {
	return !c.excludes(u) && c.includes(u)
}

// includes reports whether what includes URLs, if anything does, includes this one.
func (c *crawler) includes(u string) bool {
	if !c.scope.Includes(u) {
		return false
	}
	s := c.sites.ofURL(u)
	return s == nil || len(s.include) == 0 || address.MatchesAny(s.include, u)
}

// excludes reports whether a URL is excluded, by the options of the crawl or of its
// site.
func (c *crawler) excludes(u string) bool {
	if c.scope.Excludes(u) {
		return true
	}
	s := c.sites.ofURL(u)
	return s != nil && address.MatchesAny(s.exclude, u)
}
