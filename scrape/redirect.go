package scrape

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"time"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/read"
)

// maxRevisits is how often a redirect may lead back to a URL of its own chain, where
// something has changed in between: a cookie was set, or the URL has a session id.
const maxRevisits = 3

// redirect adds the URL that the answer points to as an item of its own, so that
// scope, robots.txt, pace and the rule that a URL enters once hold for it as for
// any other.
func (t *task) redirect(resp *fetch.Response) error {
	return t.leadOn(resp, resp.Header.Get("Location"))
}

// leadOn adds the URL that an answer leads on to by ref.
func (t *task) leadOn(resp *fetch.Response, ref string) error {
	c := t.c
	if t.item.Kind == kindLead {
		return t.followLead(resp)
	}
	asked := t.requestURL()
	target, ok := c.normalized(asked, ref)
	if ok && address.IsFront(target) && !address.IsFront(asked) {
		if done, err := t.tryReferrersForm(); done {
			return err
		}
	}
	if err := t.giveBackPage(); err != nil {
		return err
	}
	c.tally.add(func(s *Summary) { s.Redirects++ })
	if !ok {
		return t.finish(frontier.Result{})
	}
	chain := append(slices.Clone(t.item.Redirects), t.item.URL)
	to := target.String()
	if len(chain) > c.o.MaxRedirects {
		return t.fail(errCauseRedirects, fmt.Errorf("more than %d redirects from %s", c.o.MaxRedirects, chain[0]))
	}
	meta, ok := t.hopMeta(resp, chain, to, sessionForm(asked, ref))
	if !ok {
		return t.fail(errCauseLoop, fmt.Errorf("redirects form a circle: %s leads back to %s", t.item.URL, to))
	}
	if t.item.Kind == kindPage { // sitemaps and feeds lie wherever a site puts them
		follow, err := t.mayLeadTo(target, chain[0])
		if err != nil {
			return err
		}
		if !follow {
			return t.skip(SkipScope)
		}
	}
	if !t.isSeed() && t.item.Kind == kindPage {
		if cause := address.Trap(target, len(to), time.Now()); cause != "" {
			return t.skip(cause)
		}
		if !c.fetches(to) {
			return t.skip(SkipExcluded)
		}
	}
	next := newItem(target, t.item.Kind, t.item.Class, t.item.Depth)
	next.Referrer, next.LastMod, next.Meta, next.Redirects = t.item.Referrer, t.item.LastMod, meta, chain
	if isOfChain(&next, chain) {
		// From http to https or to www., or back to the page after a cookie was set:
		// the same page by identity, which has entered already, under another name.
		next.Key = hopKey(&next, len(chain))
		if _, err := c.f.Claim(t.store, returnClaim(target), next.Key); err != nil {
			return err
		}
	}
	entered, err := c.f.Add(t.store, next)
	if err != nil {
		return err
	}
	t.settled = entered[0]
	if !entered[0] && c.client.CookieHeader(asked) != resp.Cookies {
		if again, err := t.askAgain(); again || err != nil {
			return err
		}
	}
	if c.hops.add(t.item.URL, to) && !entered[0] && meta[metaCookie] == "" {
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

// requestURL returns the URL that is requested for the item.
func (t *task) requestURL() *url.URL {
	if form := t.item.Meta[metaForm]; form != "" {
		if u, err := url.Parse(form); err == nil {
			return u
		}
	}
	return t.u
}

// sessionForm returns the URL that ref leads to with what normalising takes from it:
// session ids and tracking parameters.
func sessionForm(base *url.URL, ref string) string {
	u, err := address.Parse(base, ref)
	if err != nil {
		return ""
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	return u.String()
}

// hopMeta returns the Meta of the item that a redirect leads to. It reports false
// for a circle: to is in chain, and a request for it would be answered as before.
// form is the URL as the redirect names it.
func (t *task) hopMeta(resp *fetch.Response, chain []string, to, form string) (map[string]string, bool) {
	meta := maps.Clone(t.item.Meta)
	if meta == nil {
		meta = make(map[string]string)
	}
	was := meta[metaForm]
	delete(meta, metaForm)
	if !t.c.o.NoCookies && resp.Header.Get("Set-Cookie") != "" {
		meta[metaCookie] = "1"
	}
	visits := 0
	for _, u := range chain {
		if u == to {
			visits++
		}
	}
	switch {
	case visits == 0:
		return meta, true
	case visits > maxRevisits:
		return nil, false
	case form != "" && form != to && form != was:
		meta[metaForm] = form
	case meta[metaCookie] == "":
		return nil, false
	}
	return meta, true
}

// isOfChain reports whether an item is one of a chain of redirects, under any of its
// URLs.
func isOfChain(it *frontier.Item, chain []string) bool {
	for _, u := range parseAll(chain) {
		if other := newItem(u, it.Kind, it.Class, it.Depth); other.Host == it.Host && other.Key == it.Key {
			return true
		}
	}
	return false
}

// hopKey is the key of the item at the nth hop of a chain whose identity has entered
// before.
func hopKey(it *frontier.Item, n int) string { return fmt.Sprintf("hop %d %s %s", n, it.Kind, it.URL) }

// askAgain asks for the item once more, because the request would have other cookies
// now: a page that sets them was fetched in between. It reports false where the item
// was asked again before.
func (t *task) askAgain() (bool, error) {
	if t.item.Meta[metaAgain] != "" || t.item.Kind != kindPage {
		return false, nil
	}
	next := *t.item
	next.Meta = maps.Clone(next.Meta)
	if next.Meta == nil {
		next.Meta = make(map[string]string)
	}
	next.Meta[metaAgain] = "1"
	next.Key = "again " + hopKey(&next, len(next.Redirects))
	if _, err := t.c.f.Add(t.store, next); err != nil {
		return false, err
	}
	return true, t.finish(frontier.Result{})
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
