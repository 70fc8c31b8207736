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

// learnGround reads what all workers have kept, where it may say more of an
// item's URL than this worker knows: what is not held is out of scope, and what
// no seed names is refused where its address is private. A host that is held
// and not named (another of a seed's domain) is looked up once.
func (c *crawler) learnGround(ctx context.Context, u *url.URL) error {
	c.groundMu.Lock()
	known := c.ground.holds(u) && (c.metHosts[u.Host] || c.transport.isNamed(dialAddr(u)))
	c.groundMu.Unlock()
	if known {
		return nil
	}
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
	c.takeGround(g)
	c.groundMu.Lock()
	defer c.groundMu.Unlock()
	if c.metHosts == nil {
		c.metHosts = make(map[string]bool)
	}
	c.metHosts[u.Host] = true
	return nil
}

// takeGround lets the crawl go where the stored ground does.
func (c *crawler) takeGround(g ground) {
	c.groundMu.Lock()
	defer c.groundMu.Unlock()
	for _, u := range parseAll(g.Seeds) {
		c.ground.claim(u)
		c.transport.name(u)
	}
	for _, u := range parseAll(g.Moved) {
		c.ground.claim(u)
	}
}

// keepGround adds seeds, or places that seeds have moved to, to the ground. It
// must return before an item of theirs is added: a worker that is given the item
// then finds them in the ground.
func (c *crawler) keepGround(ctx context.Context, seeds, moved []*url.URL) error {
	var g ground
	err := c.f.Change(ctx, groundKey, func(old []byte) ([]byte, error) {
		g = ground{}
		if old != nil {
			if err := json.Unmarshal(old, &g); err != nil {
				return nil, err
			}
		}
		changed := false
		add := func(list *[]string, us []*url.URL) {
			for _, u := range us {
				if s := u.String(); !slices.Contains(*list, s) {
					*list = append(*list, s)
					changed = true
				}
			}
		}
		add(&g.Seeds, seeds)
		add(&g.Moved, moved)
		if !changed {
			return nil, nil
		}
		return json.Marshal(g)
	})
	if err != nil {
		return err
	}
	c.takeGround(g)
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
