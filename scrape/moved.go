package scrape

import (
	"net/url"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
)

// isSeed reports whether the item is a seed, or what one has redirected to.
func (t *task) isSeed() bool { return t.item.Depth == 0 && t.item.Class == frontier.ClassSeed }

// mayLeadTo reports whether a redirect to target is followed: within the scope, and
// where a seed leads to another site that is the same one by name, or that has the
// page under the same path, as a site that has moved. The scope is widened to it.
// Everything else is another site, such as one that asks for consent, and it is
// named in the log.
func (t *task) mayLeadTo(target *url.URL, from string) (bool, error) {
	c := t.c
	if c.holds(target) {
		return true, nil
	}
	if !t.isSeed() {
		if c.outward.count(target.Host) == outwardTold && c.tally.written() == 0 {
			c.o.Log.Warn("pages redirect to another site, which is outside of the scope", "site", target.Host, "page", from)
		}
		return false, nil
	}
	moved := c.o.FollowSeedRedirect || address.IsSameByName(t.u, target) ||
		t.u.EscapedPath() == target.EscapedPath() && t.u.RawQuery == target.RawQuery
	if !moved {
		c.o.Log.Warn("a seed leads to another site, which is not crawled; start there, or use --follow-seed-redirect", "seed", from, "site", target.String())
		return false, nil
	}
	if address.Host(t.u) != address.Host(target) {
		c.o.Log.Warn("a seed leads to another site, which is crawled in its place", "seed", from, "site", target.Host)
	}
	return true, t.moveTo(target)
}

// moveTo widens the scope to where the item's seed has moved to, and gives that the
// options of its site.
func (t *task) moveTo(target *url.URL) error {
	c := t.c
	if err := c.keepMoved(t.store, target); err != nil {
		return err
	}
	own := c.sites.of(t.u)
	if own == nil || c.sites.of(target) != nil {
		return nil
	}
	moved := own.Site
	moved.URL = target.String()
	s, err := checkedSite(moved)
	if err != nil {
		return err
	}
	return c.keepSites(t.store, []*site{s})
}
