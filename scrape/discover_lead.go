package scrape

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"newsclip/clean"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/read"
)

// A lead is an address of another host in a feed, which may lead back to a page of
// the site: of a shortener, or of a service that counts readers. It is fetched to
// see where it leads, and nothing is read from it.

const (
	// leastLeads is how many entries of a feed must name a host, or half of them,
	// for it to be taken for a redirector: the entries of a digest name many hosts
	// once.
	leastLeads = 2
	// maxAstray is how many leads of a host may lead to no page of the site before
	// the others are left out, where none has led to one.
	maxAstray = 3
)

// leadHosts counts where the leads of each host have led.
type leadHosts struct {
	mu    sync.Mutex
	hosts map[string]*leadCount
}

type leadCount struct{ back, astray int }

func (l *leadHosts) count(host string, back bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.hosts == nil {
		l.hosts = make(map[string]*leadCount)
	}
	n := l.hosts[host]
	if n == nil {
		n = new(leadCount)
		l.hosts[host] = n
	}
	if back {
		n.back++
	} else {
		n.astray++
	}
}

// hopeless reports whether leads of a host lead elsewhere.
func (l *leadHosts) hopeless(host string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := l.hosts[host]
	return n != nil && n.back == 0 && n.astray >= maxAstray
}

// addForeign adds the leads among the entries of a feed that lead out of the scope.
func (d *document) addForeign() error {
	c, t := d.t.c, d.t
	hosts := make(map[string]int)
	items := make([]frontier.Item, 0, len(d.foreign))
	for i := range d.foreign {
		f := &d.foreign[i]
		u, err := address.Resolve(f.base, f.ref)
		if err != nil {
			continue
		}
		it := newItem(u, kindLead, f.class, f.depth)
		it.Referrer, it.LastMod = f.referrer, f.lastMod
		hosts[it.Host]++
		items = append(items, it)
	}
	leads := slices.DeleteFunc(items, func(it frontier.Item) bool {
		n := hosts[it.Host]
		return n < leastLeads && 2*n < d.entries || it.Depth > c.o.MaxDepth
	})
	c.tally.skip(SkipScope, len(d.foreign)-len(leads))
	if len(leads) == 0 {
		return nil
	}
	_, err := c.f.Add(t.store, leads...)
	return err
}

// lead fetches a lead, and adds the page of the site that it leads to.
func (t *task) lead() error {
	c := t.c
	if c.leads.hopeless(t.item.Host) {
		return t.skip(SkipScope)
	}
	resp, err := t.get(&fetch.Request{URL: t.u, Limit: c.o.MaxBody, Accepts: acceptsPage})
	if resp == nil {
		return err
	}
	defer resp.Release()
	// A page that leads on by itself names its target in a refresh, or as its
	// canonical URL.
	l, base := new(read.PageLinks), t.u
	if p, err := clean.Parse(inputOf(t.item.URL, resp)); err == nil {
		l, base = read.Links(p), p.Base
	}
	for _, ref := range []string{read.RefreshTarget(resp.Header.Get("Refresh")), l.Refresh, l.Canonical} {
		if ref == "" {
			continue
		}
		if u, err := address.Resolve(base, ref); err == nil && c.holds(u) {
			return t.leadTo(u.String())
		}
	}
	return t.astray()
}

// followLead deals with a lead's redirect.
func (t *task) followLead(resp *fetch.Response) error {
	c := t.c
	c.tally.add(func(s *Summary) { s.Redirects++ })
	target, ok := c.normalized(t.u, resp.Header.Get("Location"))
	if !ok {
		return t.finish(frontier.Result{})
	}
	to := target.String()
	if c.holds(target) {
		return t.leadTo(to)
	}
	if inner := address.Embedded(to); inner != "" {
		if u, err := address.Resolve(target, inner); err == nil && c.holds(u) {
			return t.leadTo(u.String())
		}
	}
	chain := append(slices.Clone(t.item.Redirects), t.item.URL)
	switch {
	case slices.Contains(chain, to):
		return t.fail(errCauseLoop, fmt.Errorf("redirects form a circle: %s leads back to %s", t.item.URL, to))
	case len(chain) > t.c.o.MaxRedirects:
		return t.fail(errCauseRedirects, errors.New("too many redirects from "+chain[0]))
	}
	next := newItem(target, kindLead, t.item.Class, t.item.Depth)
	next.Referrer, next.LastMod, next.Redirects = t.item.Referrer, t.item.LastMod, chain
	t.settled = true
	if _, err := c.f.Add(t.store, next); err != nil {
		return err
	}
	return t.finish(frontier.Result{})
}

// leadTo adds the page of the site that a lead leads to.
func (t *task) leadTo(to string) error {
	t.countLead(true)
	f := found{base: t.u, ref: to, class: t.item.Class, depth: t.item.Depth, referrer: t.item.Referrer, lastMod: t.item.LastMod, by: string(read.KindFeed)}
	if err := t.c.addPages(t.store, []found{f}); err != nil {
		return err
	}
	return t.finish(frontier.Result{})
}

// astray finishes a lead that leads to no page of the site.
func (t *task) astray() error { return t.skip(SkipScope) }

// countLead counts where a lead has led, for its own host and those before it.
func (t *task) countLead(back bool) {
	t.settled = true
	t.c.leads.count(t.item.Host, back)
	for _, u := range parseAll(t.item.Redirects) {
		t.c.leads.count(address.Host(u), back)
	}
}
