package scrape

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/publicsuffix"

	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/read"
)

// A page has up to four forms of its URL: https or http, with or without "www.". They
// are one page by identity, so whichever is found first enters. Where its origin is
// dead, the others are tried before the page or its host is given up.

// otherForms returns the other forms of u, those that sites have most often first.
func otherForms(u *url.URL) []*url.URL {
	hosts := []string{u.Host}
	if bare, ok := strings.CutPrefix(u.Host, "www."); ok {
		hosts = append(hosts, bare)
	} else if isRegistered(u.Hostname()) {
		hosts = append(hosts, "www."+u.Host)
	}
	schemes := []string{"https", "http"}
	if u.Port() != "" {
		schemes = []string{u.Scheme} // the port is that of one scheme
	}
	var forms []*url.URL
	for _, host := range hosts {
		for _, scheme := range schemes {
			if form := withOrigin(u, scheme, host); address.Origin(form) != address.Origin(u) {
				forms = append(forms, form)
			}
		}
	}
	return forms
}

// isRegistered reports whether a host is a registered domain, which may have a "www."
// of its own.
func isRegistered(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return false
	}
	d, err := publicsuffix.EffectiveTLDPlusOne(host)
	return err == nil && d == host
}

func withOrigin(u *url.URL, scheme, host string) *url.URL {
	form := *u
	form.Scheme, form.Host = scheme, host
	return &form
}

// origins remembers which origins of a host answer and which do not. The zero value
// is ready to use.
type origins struct {
	mu    sync.Mutex
	hosts map[string]*hostOrigins // by address.Host
}

type hostOrigins struct {
	// living is the origin that the last page came from.
	living string
	// dead are the origins that could not be reached, with the time of that.
	dead map[string]time.Time
}

const (
	// deadTime is how long an origin counts as dead.
	deadTime = 10 * time.Minute
	// maxOriginHosts bounds the hosts that are remembered; beyond it all are
	// forgotten.
	maxOriginHosts = 50_000
)

// of returns what is known of u's host; o.mu is held.
func (o *origins) of(u *url.URL) *hostOrigins {
	host := address.Host(u)
	h := o.hosts[host]
	if h == nil {
		if o.hosts == nil || len(o.hosts) >= maxOriginHosts {
			o.hosts = make(map[string]*hostOrigins)
		}
		h = &hostOrigins{dead: make(map[string]time.Time)}
		o.hosts[host] = h
	}
	return h
}

// answered tells that a page came from u.
func (o *origins) answered(u *url.URL) {
	o.mu.Lock()
	defer o.mu.Unlock()
	h := o.of(u)
	h.living = address.Origin(u)
	delete(h.dead, h.living)
}

// failed tells that the origin of u is dead.
func (o *origins) failed(u *url.URL) {
	o.mu.Lock()
	defer o.mu.Unlock()
	h := o.of(u)
	h.dead[address.Origin(u)] = time.Now()
	if h.living == address.Origin(u) {
		h.living = ""
	}
}

func (o *origins) isDead(u *url.URL) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	at, ok := o.of(u).dead[address.Origin(u)]
	return ok && time.Since(at) < deadTime
}

// living returns the form of u that pages came from, or nil where there is none or it
// is u itself.
func (o *origins) living(u *url.URL) *url.URL {
	o.mu.Lock()
	defer o.mu.Unlock()
	at, err := url.Parse(o.of(u).living)
	if err != nil || at.Host == "" || address.Origin(at) == address.Origin(u) {
		return nil
	}
	return withOrigin(u, at.Scheme, at.Host)
}

// takeForm makes the item's URL another form of it whose origin is not dead, that of
// the pages that came first. It reports false where there is none: then the URL is
// the first again, and no other form is tried for the item.
func (t *task) takeForm() bool {
	if t.formsTried {
		return false
	}
	if t.firstForm == nil {
		t.firstForm = t.u
	}
	forms := otherForms(t.firstForm)
	if living := t.c.origins.living(t.firstForm); living != nil {
		forms = slices.Insert(forms, 0, living)
	}
	for _, form := range forms {
		if address.Origin(form) != address.Origin(t.u) && !t.c.origins.isDead(form) && t.c.holds(form) {
			t.setURL(form)
			return true
		}
	}
	t.formsTried = true
	t.setURL(t.firstForm)
	return false
}

func (t *task) setURL(u *url.URL) { t.u, t.item.URL = u, u.String() }

// takeLiving makes the item's URL the form that pages of the host came from. It
// reports false where that is the item's already, or none came.
func (t *task) takeLiving() bool {
	living := t.c.origins.living(t.u)
	if t.formsTried || living == nil || !t.c.holds(living) {
		return false
	}
	t.formsTried = true
	t.setURL(living)
	return true
}

// meansDeadOrigin reports whether an error of an origin's robots.txt means that
// another origin of the host may answer.
func meansDeadOrigin(err error) bool {
	switch cause := fetch.CauseOf(err); cause {
	case fetch.CauseDropped, fetch.CauseTimeout:
		return true
	case "500", "502", "503", "504", "520", "521", "522", "523", "524":
		return true
	default:
		return fetch.IsUnreachable(cause)
	}
}

// tryOtherForm fetches the item from another origin of its host, after a request
// failed with a cause or an HTTP status. It reports false where there is none.
func (t *task) tryOtherForm(cause string) (bool, error) {
	if t.item.Kind == kindTwin || t.item.Meta[metaProbe] != "" || len(readMemo(t.item.Memo).Hash) > 0 {
		return false, nil
	}
	was, taken := t.item.URL, false
	if fetch.IsUnreachable(cause) {
		t.c.origins.failed(t.u)
		taken = t.takeForm()
	} else {
		taken = t.takeLiving()
	}
	if !taken {
		return false, nil
	}
	return true, t.fetchForm(was)
}

// fetchForm fetches the item again, from the form of its URL that was taken in place
// of another one.
func (t *task) fetchForm(was string) error {
	if err := t.c.returnPage(t.store, t.item.Host, was); err != nil {
		return err
	}
	t.putDown()
	if !t.c.waitTurn(t.ctx, t.item.Host) {
		t.lease.Release()
		return nil
	}
	t.paceTold = false
	t.renew()
	return t.fetch()
}

// tryReferrersForm fetches the item from the origin of the page that links to it,
// where that is another form of the item's: a form that is not in use any more may
// answer each URL with one page, or lead to the front page. It reports false where
// there is none.
func (t *task) tryReferrersForm() (bool, error) {
	from, err := url.Parse(t.item.Referrer)
	if err != nil || t.formsTried || t.item.Kind != kindPage || address.Host(from) != address.Host(t.u) || address.Origin(from) == address.Origin(t.u) {
		return false, nil
	}
	t.formsTried = true
	was := t.item.URL
	t.setURL(withOrigin(t.u, from.Scheme, from.Host))
	return true, t.fetchForm(was)
}

// isFront reports whether u is the front page of its host.
func isFront(u *url.URL) bool { return u.Path == "/" && u.RawQuery == "" }

// leadsInto reports whether a page at u links to other pages of the crawl than the
// front page.
func (c *crawler) leadsInto(u, base *url.URL, links []read.Link) bool {
	return slices.ContainsFunc(links, func(ln read.Link) bool {
		to, err := address.Resolve(base, ln.Href)
		return err == nil && !isFront(to) && c.holds(to) && address.Identity(to) != address.Identity(u)
	})
}
