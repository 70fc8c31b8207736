package scrape

import (
	"fmt"
	"net/url"
	"slices"
	"sync"
	"time"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
)

// maxRedirects is how many redirects may lead to one page: browsers allow
// 20, and RFC 9309 asks for 5 in the case of robots.txt.
const maxRedirects = 5

// redirect adds the URL that the answer points to as an item of its own, so that
// scope, robots.txt, pace and the rule that a URL enters once hold for it as for
// any other.
func (t *task) redirect(resp *fetch.Response) error {
	c := t.c
	if err := t.giveBackPage(); err != nil {
		return err
	}
	c.tally.add(func(s *Summary) { s.Redirects++ })
	target, ok := c.normalized(t.u, resp.Header.Get("Location"))
	if !ok {
		return t.finish(frontier.Result{})
	}
	chain := append(slices.Clone(t.item.Redirects), t.item.URL)
	to := target.String()
	switch {
	case slices.Contains(chain, to):
		return t.fail(errCauseLoop, fmt.Errorf("redirects form a circle: %s leads back to %s", t.item.URL, to))
	case len(chain) > maxRedirects:
		return t.fail(errCauseRedirects, fmt.Errorf("more than %d redirects from %s", maxRedirects, chain[0]))
	}
	seed := t.item.Depth == 0 && t.item.Class == frontier.ClassSeed
	switch {
	case c.holds(target):
	case seed:
		// The site that the user named has moved there.
		if err := c.keepScope(t.store, nil, []*url.URL{target}); err != nil {
			return err
		}
	default:
		return t.skip(SkipScope)
	}
	if !seed && t.item.Kind == kindPage {
		if cause := address.Trap(target, len(to), time.Now()); cause != "" {
			return t.skip(cause)
		}
		if !c.scope.Fetches(to) {
			return t.skip(SkipExcluded)
		}
	}
	next := newItem(target, t.item.Kind, t.item.Class, t.item.Depth)
	next.Referrer, next.LastMod, next.Meta, next.Redirects = t.item.Referrer, t.item.LastMod, t.item.Meta, chain
	if next.Host == t.item.Host && next.Key == t.item.Key {
		// From http to https or to www.: the same page by identity, which has
		// entered already, under its other name.
		next.Key = to
	}
	entered, err := c.f.Add(t.store, next)
	if err != nil {
		return err
	}
	if c.hops.add(t.item.URL, to) && !entered[0] {
		return t.fail(errCauseLoop, fmt.Errorf("redirects form a circle: %s leads to %s and back", t.item.URL, to))
	}
	if t.item.Kind != kindPage || address.Identity(target) == address.Identity(t.u) {
		return t.finish(frontier.Result{})
	}
	// Pages that name this one as their canonical URL must find its target.
	if _, err := c.f.Claim(t.store, articleClaim(t.u), movedTo+to); err != nil {
		return err
	}
	if !entered[0] {
		// The item of the target was added by another page and does not name
		// this twin.
		if err := t.releaseTwin(""); err != nil {
			return err
		}
	}
	return t.finish(frontier.Result{Empty: true})
}

// hopMap remembers where redirects led, so that a circle is noticed even where
// each of its URLs was found by a link.
type hopMap struct {
	mu sync.Mutex
	to map[string]string
}

// maxHops bounds the redirects that are remembered; beyond it all are forgotten.
const maxHops = 100_000

// add records that from redirects to to, and reports whether that closes a circle.
func (h *hopMap) add(from, to string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.to == nil || len(h.to) >= maxHops {
		h.to = make(map[string]string)
	}
	h.to[from] = to
	for at, n := to, 0; n < maxRedirects+2; n++ {
		if at == from {
			return true
		}
		next, ok := h.to[at]
		if !ok {
			return false
		}
		at = next
	}
	return false
}
