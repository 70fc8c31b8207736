package scrape

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/read"
	"newsclip/scrape/internal/robots"
)

// openHost adds the sitemaps that the robots.txt of the item's host names, and
// those that are tried there, once for each host. fetched is set where robots.txt
// is new.
//
// A seed opens its host when it is known what it is: depth is 0 for one that is a
// page, because the sitemaps of its site stand for its links, and 1 for one that is
// a sitemap or a feed, whose pages lead to the site.
func (t *task) openHost(rules *robots.Rules, fetched bool, depth int) error {
	c, origin := t.c, address.Origin(t.u)
	if fetched {
		c.opened.Delete(origin)
	}
	if rules == nil || rules.Closed != nil || c.o.NoDiscovery || depth >= c.o.MaxDepth || !c.holds(t.u) {
		return nil
	}
	if _, opened := c.opened.LoadOrStore(origin, true); opened {
		return nil
	}
	return t.addHost(rules, depth)
}

// awaitsKind reports whether what the item is decides about its host. It does for
// seeds of crawls that go only so deep.
func (t *task) awaitsKind() bool {
	return t.item.Kind == kindPage && t.item.Class == frontier.ClassSeed && t.item.Depth == 0 && t.c.o.MaxDepth < defaultMaxDepth
}

// firstGuesses is how many places are tried before pages of which no date is known. The
// others are rare: a site without sitemaps and feeds should not wait for all of them.
const firstGuesses = 5

// guessed returns the item of the nth of the places where sitemaps or feeds, by kind,
// are tried.
func (c *crawler) guessed(kind string, host *url.URL, n, depth int) (frontier.Item, bool) {
	paths := read.SitemapPaths()
	if kind == kindFeed {
		paths = read.FeedPaths()
	}
	if n >= len(paths) {
		return frontier.Item{}, false
	}
	at, ok := c.normalized(host, paths[n])
	if !ok {
		return frontier.Item{}, false
	}
	it := newItem(at, kind, frontier.ClassControl, depth)
	switch {
	case n >= firstGuesses:
		it.Class = frontier.ClassOther
	case n > 0:
		it.Class = frontier.ClassFeed // dated pages that are known by now need not wait long
	}
	it.Meta = map[string]string{metaProbe: "1", metaGuess: strconv.Itoa(n)}
	return it, true
}

// guessAgain adds the next place where a sitemap or a feed is tried, because there was none
// at this one. Those that have been tried already are passed over.
func (t *task) guessAgain() error {
	n, err := strconv.Atoi(t.item.Meta[metaGuess])
	if err != nil {
		return nil // not a guess
	}
	t.settled = true
	host := t.u
	if first := parseAll(t.item.Redirects); len(first) > 0 {
		host = first[0]
	}
	for {
		n++
		it, ok := t.c.guessed(t.item.Kind, host, n, t.item.Depth)
		if !ok {
			return nil
		}
		entered, err := t.c.f.Add(t.store, it)
		if err != nil || entered[0] {
			return err
		}
	}
}

// isAbsence reports whether a failure of something that was only tried tells no more
// than that it is not there.
func isAbsence(cause string) bool {
	switch cause {
	case errCauseSitemap, kindFeed, errCauseLoop, errCauseRedirects, errCauseRobots, errCauseHostDead:
		return true
	}
	return len(cause) == 3 && strings.HasPrefix(cause, "4") // an HTTP status
}

// closeDiscovery does what is left to do when it is known what came of an item: a
// seed's host is opened, a guess that found nothing is followed by the next, and a
// lead that led nowhere is counted.
func (t *task) closeDiscovery() error {
	if t.awaitsKind() && !t.isDocument {
		if err := t.openHost(t.rules, false, 0); err != nil {
			return err
		}
	}
	if t.settled {
		return nil
	}
	switch t.item.Kind {
	case kindLead:
		t.countLead(false)
	case kindSitemap, kindFeed:
		return t.guessAgain()
	}
	return nil
}

// maxNamedSitemaps is how many of the sitemaps that a robots.txt names are read: each is
// a request. Publishers name some hundred at most, and more in indexes. Half of them are
// the first and half the last: either may be the newest.
const maxNamedSitemaps = 1000

// addHost adds the sitemaps that the robots.txt of an item's host names, and the
// first of the places where sitemaps are tried. Where robots.txt names none, the
// other places are tried after it.
func (t *task) addHost(rules *robots.Rules, depth int) error {
	c := t.c
	if c.o.FeedsOnly && !c.o.SitemapsOnly {
		return nil
	}
	var items []frontier.Item
	named := rules.Sitemaps
	if over := len(named) - maxNamedSitemaps; over > 0 {
		named = slices.Concat(named[:maxNamedSitemaps/2], named[len(named)-maxNamedSitemaps/2:])
		c.tally.skip(SkipHostFull, over)
		c.o.Log.Warn("robots.txt names more sitemaps than are read: the others are left out", "host", t.item.Host, "limit", maxNamedSitemaps)
	}
	for _, ref := range named {
		if at, ok := c.normalized(t.u, address.WithScheme(t.u, ref)); ok {
			items = append(items, newItem(at, kindSitemap, frontier.ClassControl, depth))
		}
	}
	if it, ok := c.guessed(kindSitemap, t.u, 0, depth); ok {
		if len(items) > 0 {
			delete(it.Meta, metaGuess)
		}
		items = append(items, it)
	}
	_, err := c.f.Add(t.store, t.within(items)...)
	return err
}

// countLead counts where a lead has led, for its own host and those before it.
func (t *task) countLead(back bool) {
	t.settled = true
	t.c.leads.count(t.item.Host, back)
	for _, u := range parseAll(t.item.Redirects) {
		t.c.leads.count(address.Host(u), back)
	}
}

// within returns those of items that are fetched by the hosts on which they lie, in the
// slice of items: the item's own, those of the scope, and a few others.
func (t *task) within(items []frontier.Item) []frontier.Item {
	c, kept := t.c, items[:0]
	for _, it := range items {
		u, err := url.Parse(it.URL)
		if it.Host == t.item.Host || err == nil && (c.holds(u) || c.otherHosts.mayLead(t.item.Host, it.Host)) {
			kept = append(kept, it)
		}
	}
	if n := len(items) - len(kept); n > 0 {
		c.tally.skip(SkipScope, n)
	}
	return kept
}
