package scrape

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// A loadCache keeps what rendered pages load, so that the scripts of a site are
// requested once a crawl. The zero value is ready to use.
type loadCache struct {
	flights singleflight.Group

	mu    sync.Mutex
	items map[string]*cachedLoad
	bytes int
}

type cachedLoad struct {
	*Loaded
	until time.Time // zero for the rest of the crawl
	used  time.Time
}

// maxCached bounds the bodies that a loadCache keeps, in bytes. When they are more,
// those go first whose last use is longest ago.
const maxCached = 64 << 20

// get returns the answer to a resource: the one that is kept, or that of ask. Pages
// that want the same script at a time wait for one request.
func (c *loadCache) get(ctx context.Context, r *Resource, ask func() (*Loaded, error)) (*Loaded, error) {
	key := r.URL.String()
	if r.Kind == ResourcePage {
		return ask()
	}
	for {
		if got := c.find(key); got != nil {
			return got, nil
		}
		if r.Kind != ResourceScript {
			got, err := ask()
			c.keep(key, r, got, err)
			return got, err
		}
		first := false
		v, err, _ := c.flights.Do(key, func() (any, error) {
			first = true
			got, err := ask()
			c.keep(key, r, got, err)
			return got, err
		})
		if err != nil {
			// The page that has asked may be given up: then another one asks.
			if !first && ctx.Err() == nil {
				continue
			}
			return nil, err
		}
		return v.(*Loaded), nil
	}
}

func (c *loadCache) find(key string) *Loaded {
	c.mu.Lock()
	defer c.mu.Unlock()
	item := c.items[key]
	now := time.Now()
	if item == nil || !item.until.IsZero() && now.After(item.until) {
		return nil
	}
	item.used = now
	return item.Loaded
}

func (c *loadCache) keep(key string, r *Resource, got *Loaded, err error) {
	if err != nil || got.Status != http.StatusOK {
		return
	}
	life, ok := lifeOf(r, got.Header)
	if !ok {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.items == nil {
		c.items = make(map[string]*cachedLoad)
	}
	now := time.Now()
	item := &cachedLoad{Loaded: got, used: now}
	if life > 0 {
		item.until = now.Add(life)
	}
	c.drop(key)
	c.items[key] = item
	c.bytes += len(got.Body)
	for c.bytes > maxCached && len(c.items) > 1 {
		oldest := key
		for k, item := range c.items {
			if item.used.Before(c.items[oldest].used) {
				oldest = k
			}
		}
		c.drop(oldest)
	}
}

// drop forgets an answer; c.mu is held.
func (c *loadCache) drop(key string) {
	if item := c.items[key]; item != nil {
		c.bytes -= len(item.Body)
		delete(c.items, key)
	}
}

// lifeOf returns how long an answer is kept: a script for the whole crawl (0), and data
// as long as the server says (RFC 9111). It reports false where it is not kept.
func lifeOf(r *Resource, h http.Header) (time.Duration, bool) {
	control := strings.ToLower(strings.Join(h.Values("Cache-Control"), ","))
	if strings.Contains(control, "no-store") || strings.Contains(control, "no-cache") || h.Get("Vary") == "*" {
		return 0, false
	}
	if r.Kind == ResourceScript {
		return 0, true
	}
	if len(r.Header.Values("Authorization")) > 0 || h.Get("Vary") != "" {
		return 0, false
	}
	for field := range strings.SplitSeq(control, ",") {
		if age, ok := strings.CutPrefix(strings.TrimSpace(field), "max-age="); ok {
			n, err := strconv.Atoi(strings.Trim(age, `"`))
			return time.Duration(n) * time.Second, err == nil && n > 0
		}
	}
	return 0, false
}
