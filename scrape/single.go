package scrape

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/pace"
	"newsclip/scrape/internal/read"
	"newsclip/scrape/internal/robots"
)

// FetchPage fetches one page as [Fetcher.Page] does. It uses pageURL for the Seeds
// of o, and not Delay and PerHost.
func FetchPage(ctx context.Context, pageURL string, o Options) (clean.Input, error) {
	o.Seeds, o.Delay = []string{pageURL}, 0
	f, err := NewFetcher(o)
	if err != nil {
		return clean.Input{URL: Redact(pageURL)}, err
	}
	defer f.Close()
	return f.Page(ctx, pageURL)
}

// A Fetcher fetches single pages as a crawl would, without a frontier: robots.txt is
// obeyed at every redirect, unless IgnoreRobots is set, each host gets its requests
// no faster than in a crawl, and a private address is reached only where one of the
// Seeds spells it out. It may be used by several goroutines.
type Fetcher struct {
	o      Options
	client *fetch.Client
	robots *robots.Cache
	pace   *pace.Hosts
}

// NewFetcher returns a Fetcher, which is to be closed. Of o it uses Seeds, which
// should hold all pages to be fetched, Delay, PerHost, RandomDelay, UserAgent,
// Header, CookieJar, NoCookies, Proxies, Proxy, Roots, Insecure, Timeout, MaxBody,
// MaxRedirects, RobotsToken and IgnoreRobots.
func NewFetcher(o Options) (*Fetcher, error) {
	o, seeds, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	f := &Fetcher{
		o: o, client: fetch.NewClient(o.forClient(), seeds),
		pace: pace.New(pace.Options{PerHost: o.PerHost, Delay: o.Delay, Random: o.RandomDelay}),
	}
	f.robots = robots.NewCache(func(ctx context.Context, u *url.URL) (*fetch.Response, error) {
		resp, err := f.client.Get(ctx, &fetch.Request{URL: u, Limit: robots.MaxSize})
		return resp, withoutURL(err)
	}, nil)
	f.robots.Token = o.RobotsToken
	return f, nil
}

// Close closes the connections.
func (f *Fetcher) Close() { f.client.Close() }

// allowed returns an error where robots.txt does not let u be fetched. The pace
// has let a request to the host through before, and another one where it returns
// nil: fetching robots.txt takes a turn.
func (f *Fetcher) allowed(ctx context.Context, u *url.URL) error {
	start := time.Now()
	rules, fetched, err := f.robots.Get(ctx, u)
	if fetched {
		f.pace.Ended(address.Host(u), pace.Exchange{Took: time.Since(start)})
		if rules != nil {
			f.pace.SlowTo(address.Host(u), rules.Delay)
		}
	}
	switch {
	case err != nil:
	case rules.Closed != nil:
		err = rules.Closed
	case !rules.Allows(u):
		err = ErrRobots
	}
	switch {
	case err != nil && !fetched:
		f.pace.Unused(address.Host(u))
	case err == nil && fetched:
		return waitTurn(ctx, f.pace, address.Host(u))
	}
	return err
}

// get makes one request in its turn.
func (f *Fetcher) get(ctx context.Context, u *url.URL) (*fetch.Response, error) {
	if err := waitTurn(ctx, f.pace, address.Host(u)); err != nil {
		return nil, err
	}
	if !f.o.IgnoreRobots {
		if err := f.allowed(ctx, u); err != nil {
			return nil, err
		}
	}
	var wrote atomic.Pointer[time.Time]
	resp, err := f.client.Get(ctx, &fetch.Request{URL: u, Limit: f.o.MaxBody, Wrote: func(at time.Time) {
		f.pace.Wrote(address.Host(u), at)
		wrote.Store(&at)
	}})
	var e pace.Exchange
	if at := wrote.Load(); at != nil {
		e.Wrote = *at
	}
	if resp != nil {
		e.Begun, e.Took = resp.FetchedAt, resp.HeadersIn
	}
	f.pace.Ended(address.Host(u), e)
	if err == nil && (resp.Status == http.StatusTooManyRequests || resp.Status == http.StatusServiceUnavailable) {
		f.pace.Refused(address.Host(u), resp.Header)
	}
	return resp, withoutURL(err)
}

// Page fetches one page. An answer other than 2xx is an error, and so is a body
// longer than MaxBody, which is a [*clean.Error] with the code too_large. The
// Input has its URL even with an error.
func (f *Fetcher) Page(ctx context.Context, pageURL string) (clean.Input, error) {
	in := clean.Input{URL: Redact(pageURL)}
	u, err := address.Resolve(nil, pageURL)
	if err != nil {
		return in, hidePassword(err, pageURL)
	}
	o := f.o
	seen, cookie := make(map[string]int), false
	for range o.MaxRedirects + 1 {
		in.URL = u.String()
		resp, err := f.get(ctx, u)
		if err != nil {
			return in, err
		}
		ref := ""
		if fetch.IsRedirect(resp.Status) {
			ref = resp.Header.Get("Location")
		} else if target := read.Refresh(u, resp); target != "" {
			ref = target
		}
		if ref != "" || fetch.IsRedirect(resp.Status) {
			seen[u.String()]++
			cookie = cookie || !o.NoCookies && resp.Header.Get("Set-Cookie") != ""
			next, err := nextHop(u, ref, seen)
			if err != nil {
				return in, fmt.Errorf("redirected to %q: %w", Redact(ref), err)
			}
			if n := seen[next.String()]; n > 0 {
				if !cookie || n > maxRevisits {
					return in, fmt.Errorf("redirected in a circle, to %s again", next)
				}
				cookie = false
			}
			u = next
			continue
		}
		in.Status, in.FetchedAt, in.ContentType, in.Truncated = resp.Status, resp.FetchedAt, resp.ContentType, resp.Truncated
		in.Header, in.HTML = headerOf(resp.Header), resp.Body
		switch {
		case resp.Status < 200 || resp.Status > 299:
			return in, fmt.Errorf("the server answered %w", fetch.StatusError(resp.Status))
		case resp.Cut:
			return in, &clean.Error{Code: article.CodeTooLarge, Message: fmt.Sprintf("larger than %d MiB, the most that is read of a page", o.MaxBody>>20)}
		}
		return in, nil
	}
	return in, fmt.Errorf("redirected more than %d times", o.MaxRedirects)
}

// nextHop returns the URL to request where u redirects to ref: the normalised one,
// or, where that was requested before, the one that the redirect names.
func nextHop(u *url.URL, ref string, seen map[string]int) (*url.URL, error) {
	next, err := address.Resolve(u, ref)
	if err != nil || seen[next.String()] == 0 {
		return next, err
	}
	if form := sessionForm(u, ref); form != "" && seen[form] == 0 {
		return url.Parse(form)
	}
	return next, nil
}

// ErrRobots is returned for a page that robots.txt does not allow newsclip to
// fetch.
var ErrRobots = errors.New("robots.txt does not allow it")

// withoutURL returns the error of a request without the URL that net/http puts
// before it, which callers of FetchPage add themselves.
func withoutURL(err error) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		return ue.Err
	}
	return err // nil stays nil
}
