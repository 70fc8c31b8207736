package scrape

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/robots"
)

// FetchPage fetches one page as a crawl would, without a frontier: robots.txt is
// obeyed at every redirect, unless IgnoreRobots is set, and a private address is
// reached only where pageURL spells it out. Of o it uses UserAgent, Header, CookieJar,
// NoCookies, Proxies, Proxy, Roots, Insecure, Timeout, MaxBody, MaxRedirects and
// IgnoreRobots.
//
// An answer other than 2xx is an error, and so is a body longer than MaxBody,
// which is a [*clean.Error] with the code too_large. The Input has its URL even
// with an error.
func FetchPage(ctx context.Context, pageURL string, o Options) (clean.Input, error) {
	in := clean.Input{URL: Redact(pageURL)}
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
	seen, cookie := make(map[string]int), false
	for range o.MaxRedirects + 1 {
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
		ref := ""
		if fetch.IsRedirect(resp.Status) {
			ref = resp.Header.Get("Location")
		} else if target := pageRefresh(u, resp); target != "" {
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

// CauseOf returns why a page could not be fetched, for an error of FetchPage: a key
// as in Summary.Errors.
func CauseOf(err error) string { return fetch.CauseOf(err) }
