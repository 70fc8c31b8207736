package scrape

import (
	"net/netip"
	"net/url"
	"strings"
	"sync"

	"golang.org/x/net/publicsuffix"

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
	moved := c.o.FollowSeedRedirect || isSameByName(t.u, target) ||
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

// isSameByName reports whether two hosts are of one site by their names: those of one
// registered domain, or of domains that differ in the public suffix alone, such as
// news.example.com and example.co.uk.
func isSameByName(a, b *url.URL) bool {
	nameA, nameB := siteName(a), siteName(b)
	return nameA != "" && nameA == nameB
}

// siteName returns the registered domain of a host without its public suffix, or ""
// where there is none.
func siteName(u *url.URL) string {
	host := u.Hostname()
	if _, err := netip.ParseAddr(host); err == nil {
		return ""
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return ""
	}
	name, _, _ := strings.Cut(domain, ".")
	return name
}

// outwardTold is the number of redirects to a host outside of the scope after which
// the log names it.
const outwardTold = 3

// maxOutward bounds the hosts that are counted.
const maxOutward = 1000

// outwardHosts counts the redirects to hosts outside of the scope. The zero value is
// ready to use.
type outwardHosts struct {
	mu sync.Mutex
	n  map[string]int
}

// count adds a redirect to host, and returns how many there were.
func (o *outwardHosts) count(host string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.n == nil {
		o.n = make(map[string]int)
	}
	if _, known := o.n[host]; !known && len(o.n) >= maxOutward {
		return 0
	}
	o.n[host]++
	return o.n[host]
}
