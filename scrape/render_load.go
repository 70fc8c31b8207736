package scrape

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/selectors"
)

// Bounds of what a page loads while it is rendered.
const (
	// maxLoads is how many requests are made: pages that are made by scripts have some
	// ten to fifty scripts and answers.
	maxLoads = 100
	// maxSame is how many of them go to one URL, so that a page which asks again and
	// again for what is new comes to an end.
	maxSame = 2
	// maxLoaded is the size of all bodies, decoded.
	maxLoaded = 32 << 20
)

var (
	errTracker   = errors.New("advertisements and trackers are not loaded")
	errExcluded  = errors.New("the URL is excluded")
	errLoads     = fmt.Errorf("a page may load no more than %d resources, %d MiB in all", maxLoads, maxLoaded>>20)
	errAgain     = fmt.Errorf("a page may load a resource %d times at most", maxSame)
	errNotWeb    = errors.New("not an http or https address")
	errCutScript = fetch.ErrCut
)

// pageLoads answers what one page loads while it is rendered.
type pageLoads struct {
	r    *pageRenderer
	page *url.URL

	mu    sync.Mutex
	n     int
	bytes int64
	asked map[string]int // by URL
}

// load is a [LoadFunc].
func (l *pageLoads) load(ctx context.Context, res *Resource) (*Loaded, error) {
	if err := l.admit(res.URL); err != nil {
		return nil, err
	}
	ask := func() (*Loaded, error) { return l.request(ctx, res) }
	got, err := l.r.cache.get(ctx, res, ask)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.bytes += int64(len(got.Body)); l.bytes > maxLoaded {
		return nil, errLoads
	}
	return got, nil
}

// admit returns an error where u is not to be requested, whatever its server says.
func (l *pageLoads) admit(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return errNotWeb
	case selectors.IsTracker(u.Hostname()):
		return errTracker
	}
	for _, re := range l.r.o.Exclude {
		if re.MatchString(u.String()) {
			return errExcluded
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	key := u.String()
	switch {
	case l.n >= maxLoads || l.bytes > maxLoaded:
		return errLoads
	case l.asked[key] >= maxSame:
		return errAgain
	}
	l.n++
	l.asked[key]++
	return nil
}

// request makes one request in its turn.
func (l *pageLoads) request(ctx context.Context, res *Resource) (*Loaded, error) {
	own := address.SameOwner(l.page, res.URL)
	from, header := l.r.others, scriptFields(res.Header)
	if own {
		from = l.r.own
		if cookies := l.cookies(res); cookies != "" {
			header.Set("Cookie", cookies)
		}
	}
	resp, err := from.get(ctx, res.URL, header)
	switch {
	case err != nil:
		return nil, err
	case resp.Cut && resp.Location() == "":
		return nil, errCutScript
	}
	resp.Keep()
	return &Loaded{Status: resp.Status, Header: resp.Header, Body: resp.Body}, nil
}

// cookies returns the cookies that scripts have set, apart from those that the crawl
// has a value of.
func (l *pageLoads) cookies(res *Resource) string {
	if l.r.o.NoCookies {
		return ""
	}
	known := make(map[string]bool)
	for _, c := range parseCookies(l.r.own.client.CookieHeader(res.URL)) {
		known[c.Name] = true
	}
	var set []string
	for _, c := range parseCookies(res.Header.Get("Cookie")) {
		if !known[c.Name] {
			set = append(set, c.Name+"="+c.Value)
		}
	}
	return strings.Join(set, "; ")
}

func parseCookies(field string) []*http.Cookie {
	return (&http.Request{Header: http.Header{"Cookie": {field}}}).Cookies()
}

// browserFields are the header fields that the browser sets of itself, or that a crawl
// sets itself.
var browserFields = []string{"Accept-Encoding", "Accept-Language", "Connection", "Content-Length", "Cookie", "Host", "If-Modified-Since", "If-None-Match", "Range", "Upgrade-Insecure-Requests", "User-Agent"}

// scriptFields returns the header fields that are sent on of those that a page has
// set.
func scriptFields(h http.Header) http.Header {
	to := make(http.Header, len(h))
	for name, values := range h {
		name = http.CanonicalHeaderKey(name)
		if !slices.Contains(browserFields, name) && !strings.HasPrefix(name, "Sec-") && !strings.HasPrefix(name, "Proxy-") {
			to[name] = values
		}
	}
	return to
}
