package scrape

import (
	"context"
	"fmt"
	"net/url"

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
	o Options
	*asker
	renderer *pageRenderer // nil without Options.Renderer
}

// NewFetcher returns a Fetcher, which is to be closed. Of o it uses Seeds, which
// should hold all pages to be fetched, Delay, PerHost, RandomDelay, UserAgent,
// Header, CookieJar, NoCookies, Proxies, Proxy, Roots, Insecure, Timeout, MaxBody,
// MaxRedirects, RobotsToken, IgnoreRobots, Exclude and Renderer.
func NewFetcher(o Options) (*Fetcher, error) {
	o, seeds, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	f := &Fetcher{o: o, asker: &asker{
		client: fetch.NewClient(o.forClient(), seeds), ignoreRobots: o.IgnoreRobots, limit: o.MaxBody,
		pace: pace.New(pace.Options{PerHost: o.PerHost, Delay: o.Delay, Random: o.RandomDelay}),
	}}
	f.robots = robots.NewCache(func(ctx context.Context, u *url.URL) (*fetch.Response, error) {
		resp, err := f.client.Get(ctx, &fetch.Request{URL: u, Limit: robots.MaxSize})
		return resp, withoutURL(err)
	}, nil)
	f.robots.Token = o.RobotsToken
	f.renderer = newPageRenderer(&f.o, f.asker, seeds)
	return f, nil
}

// Close closes the connections.
func (f *Fetcher) Close() {
	f.client.Close()
	f.renderer.close()
}

// Page fetches one page. An answer other than 2xx is an error, and so is a body
// longer than MaxBody, which is a [*clean.Error] with the code too_large. The
// Input has its URL even with an error.
func (f *Fetcher) Page(ctx context.Context, pageURL string) (clean.Input, error) {
	return f.RenderedPage(ctx, pageURL, nil)
}

// RenderedPage fetches one page as Page does, and renders it with Options.Renderer
// where wants returns true for it. An error of the Renderer is a [*clean.Error] with
// the code render.
func (f *Fetcher) RenderedPage(ctx context.Context, pageURL string, wants func(clean.Input) bool) (clean.Input, error) {
	in := clean.Input{URL: Redact(pageURL)}
	u, err := address.Resolve(nil, pageURL)
	if err != nil {
		return in, hidePassword(err, pageURL)
	}
	o := f.o
	seen, cookie := make(map[string]int), false
	for range o.MaxRedirects + 1 {
		in.URL = u.String()
		resp, err := f.get(ctx, u, nil)
		if err != nil {
			return in, err
		}
		resp, location, err := f.render(ctx, u, resp, wants)
		if err != nil {
			return in, err
		}
		ref := location
		if fetch.IsRedirect(resp.Status) {
			ref = resp.Header.Get("Location")
		} else if target := read.Refresh(u, resp); ref == "" && target != "" {
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
		in = fetchedInput(u, resp)
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

// render renders a page that was fetched, where it is one and wants returns true. The
// location is that which its scripts lead to.
func (f *Fetcher) render(ctx context.Context, u *url.URL, resp *fetch.Response, wants func(clean.Input) bool) (*fetch.Response, string, error) {
	if f.renderer == nil || wants == nil || resp.Status < 200 || resp.Status > 299 || resp.Cut || read.Refresh(u, resp) != "" ||
		read.KindOf(resp.ContentType, resp.Body) != read.KindPage || !wants(fetchedInput(u, resp)) {
		return resp, "", nil
	}
	rendered, location, err := f.renderer.page(ctx, u, resp)
	switch {
	case ctx.Err() != nil:
		return nil, "", ctx.Err()
	case err != nil:
		return nil, "", &clean.Error{Code: article.CodeRender, Message: err.Error()}
	case location != "":
		return resp, location, nil
	}
	return rendered, "", nil
}

// fetchedInput returns an answer of u as the input of package clean.
func fetchedInput(u *url.URL, resp *fetch.Response) clean.Input {
	return clean.Input{
		URL: u.String(), Status: resp.Status, FetchedAt: resp.FetchedAt, ContentType: resp.ContentType, Truncated: resp.Truncated,
		Rendered: resp.Rendered, Header: headerOf(resp.Header), HTML: resp.Body,
	}
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
