package scrape

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"

	"newsclip/scrape/frontier"
)

// A description is what a job keeps of the options that began it.
type description struct {
	Seeds []string `json:"seeds"`
	Scope Scope    `json:"scope,omitempty"`
}

func describe(o *Options, seeds []*url.URL) []byte {
	d := description{Scope: o.Scope}
	for _, s := range seeds {
		d.Seeds = append(d.Seeds, s.String())
	}
	b, err := json.Marshal(d)
	if err != nil {
		panic(err) // strings always encode
	}
	return b
}

// described returns the seeds of a job that was begun earlier.
func described(b []byte) []*url.URL {
	var d description
	if json.Unmarshal(b, &d) != nil {
		return nil
	}
	return parseAll(d.Seeds)
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

// groundKey is where the frontier keeps the places that seeds have moved to.
const groundKey = "ground"

// claimGround makes the place that a seed has moved to part of the crawl's
// ground, for every worker and after a restart.
func (c *crawler) claimGround(ctx context.Context, u *url.URL) error {
	c.groundMu.Lock()
	defer c.groundMu.Unlock()
	c.ground.claim(u)
	c.moved = append(c.moved, u.String())
	b, err := json.Marshal(c.moved)
	if err != nil {
		return err
	}
	return c.f.Put(ctx, groundKey, b)
}

// loadGround reads what claimGround of any worker has kept. A frontier that
// cannot say is as good as one that has nothing: only links would be missed,
// and the next item from there asks again.
func (c *crawler) loadGround(ctx context.Context) {
	b, err := c.f.Get(ctx, groundKey)
	if errors.Is(err, frontier.ErrNotFound) {
		return
	}
	var moved []string
	if err == nil {
		err = json.Unmarshal(b, &moved)
	}
	if err != nil {
		c.o.Log.Warn("reading where the seeds have moved to", "error", err)
		return
	}
	c.groundMu.Lock()
	defer c.groundMu.Unlock()
	c.moved = moved
	for _, u := range parseAll(moved) {
		c.ground.claim(u)
	}
}
