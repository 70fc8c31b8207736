package scrape

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"newsclip/clean"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/robots"
)

// FetchPage fetches one page as a crawl would, without a frontier: robots.txt is
// obeyed at every redirect, unless IgnoreRobots is set, and a private address is
// reached only on the host of pageURL. Of o it uses UserAgent, Header, CookieJar,
// Proxies, Timeout, MaxBody and IgnoreRobots.
//
// An answer other than 2xx is an error, and so is a body longer than MaxBody,
// which is a [*clean.Error] with the code too_large. The Input has its URL even
// with an error.
func FetchPage(ctx context.Context, pageURL string, o Options) (clean.Input, error) {
	in := clean.Input{URL: pageURL}
	o.Seeds = []string{pageURL}
	o, seeds, err := o.withDefaults()
	if err != nil {
		return in, err
	}
	f := fetch.NewClient(o.forClient(), seeds)
	defer f.Close()
	cache := robots.NewCache(func(ctx context.Context, u *url.URL) (*fetch.Response, error) {
		resp, err := f.Get(ctx, &fetch.Request{URL: u, Limit: robots.MaxSize})
		return resp, withoutURL(err)
	}, nil)
	cache.Token = o.RobotsToken

	u := seeds[0]
	for range maxRedirects + 1 {
		in.URL = u.String()
		if !o.IgnoreRobots {
			rules, _, err := cache.Get(ctx, u)
			switch {
			case err != nil:
				return in, err
			case rules.Closed != nil:
				return in, rules.Closed
			case !rules.Allows(u):
				return in, ErrRobots
			}
		}
		resp, err := f.Get(ctx, &fetch.Request{URL: u, Limit: o.MaxBody})
		if err != nil {
			return in, withoutURL(err)
		}
		if fetch.IsRedirect(resp.Status) {
			location := resp.Header.Get("Location")
			if u, err = address.Resolve(u, location); err != nil {
				return in, fmt.Errorf("redirected to %q: %w", location, err)
			}
			continue
		}
		in.Status, in.FetchedAt, in.ContentType = resp.Status, resp.FetchedAt, resp.ContentType
		in.Header, in.HTML = headerOf(resp.Header), resp.Body
		switch {
		case resp.Status < 200 || resp.Status > 299:
			return in, fmt.Errorf("the server answered %w", fetch.StatusError(resp.Status))
		case resp.Cut:
			return in, &clean.Error{Code: "too_large", Message: fmt.Sprintf("larger than %d MiB, the most that is read of a page", o.MaxBody>>20)}
		}
		return in, nil
	}
	return in, fmt.Errorf("redirected more than %d times", maxRedirects)
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
