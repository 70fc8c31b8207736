package serve

import (
	"context"
	"errors"
	"iter"
	"strings"
	"time"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/cmd/internal/web"
	"newsclip/scrape"
	"newsclip/selectors"
)

// pageServer is what the pages of a server need of it.
type pageServer struct{ s *Server }

// Hold takes n bytes of the budget for bodies in hand.
func (p pageServer) Hold(ctx context.Context, n int64) (release func(), err error) {
	return p.s.hold(ctx, n)
}

// SavedPages returns the pages in a file of any form that saved pages have.
func (p pageServer) SavedPages(ctx context.Context, raw []byte) iter.Seq2[clean.Input, error] {
	return p.s.savedPages(ctx, raw)
}

// Fetch fetches a page as GET /v1/clean does.
func (p pageServer) Fetch(ctx context.Context, pageURL string) (clean.Input, error) {
	fetch, times, err := p.s.fetcher("")
	if err != nil {
		return clean.Input{}, err
	}
	release, err := p.s.takeFetch(ctx)
	if err != nil {
		return clean.Input{}, err
	}
	defer release()
	ctx, cancel := context.WithTimeout(ctx, times*p.s.o.Timeout)
	defer cancel()
	in, err := fetch(ctx, pageURL)
	if err != nil {
		return in, fetchProblem(err)
	}
	return in, nil
}

// Draft calls f with the draft of a page, within the bounds of all cleaning.
func (p pageServer) Draft(ctx context.Context, in clean.Input, rules *selectors.Set, f func(*clean.Draft)) error {
	cleaner := clean.New(clean.Options{Rules: rules, Timeout: p.s.o.Timeout, HTML: true, Markdown: true, Explain: true})
	_, err := inPlace(ctx, p.s, cleaner, in, func() (struct{}, error) {
		d, err := cleaner.Draft(in)
		if err != nil {
			return struct{}{}, err
		}
		defer d.Close()
		f(d)
		return struct{}{}, nil
	})
	if err != nil {
		return problemOf(err)
	}
	return nil
}

// inPlace does work on a page where there is a place for it, which the page keeps
// until the work is done, also where that is after the client has got its answer.
func inPlace[T any](ctx context.Context, s *Server, cleaner *clean.Cleaner, in clean.Input, work func() (T, error)) (T, error) {
	leave, err := s.place(ctx, clean.Cost(in.HTML))
	if err != nil {
		return *new(T), err
	}
	v, err := clean.Within(cleaner, func() (T, error) {
		defer leave()
		return work()
	})
	var ce *clean.Error
	if errors.As(err, &ce) && ce.Code == article.CodeInternal {
		s.o.Log.Error("cleaning panicked", "url", in.URL, "error", err)
	}
	return v, err
}

// Crawls returns the state of all crawls, without what is known of their hosts.
func (p pageServer) Crawls() []web.Crawl {
	var all []web.Crawl
	for info := range p.s.crawls.list() {
		all = append(all, crawlOf(info))
	}
	return all
}

// Crawl returns the state of a crawl.
func (p pageServer) Crawl(id string) (web.Crawl, error) {
	info, done, err := p.s.crawls.get(id)
	if err != nil {
		return web.Crawl{}, err
	}
	c := crawlOf(info)
	c.Running = done != nil
	c.Health = p.s.crawls.health(id)
	return c, nil
}

func crawlOf(info crawlInfo) web.Crawl {
	c := web.Crawl{ID: info.ID, State: info.State, Error: info.Error, Created: info.Created.In(time.Local), Seeds: info.Request.Seeds, Queue: info.Queue}
	if info.Summary != nil {
		c.Summary = *info.Summary
	}
	return c
}

// BeginCrawl begins a crawl.
func (p pageServer) BeginCrawl(r web.CrawlRequest) (id string, err error) {
	if s := scrape.Scope(r.Scope); r.Scope != "" && s != scrape.ScopeHost && s != scrape.ScopeDomain && s != scrape.ScopePrefix {
		return "", problem(422, "", "scope: %q is not one", r.Scope)
	}
	info, err := p.s.crawls.begin(&crawlRequest{Seeds: r.Seeds, MaxPages: r.MaxPages, MaxArticles: r.MaxArticles, Scope: r.Scope, Since: strings.TrimSpace(r.Since)})
	return info.ID, err
}

// PauseCrawl pauses a crawl and waits until it has stopped.
func (p pageServer) PauseCrawl(ctx context.Context, id string) error {
	_, err := p.s.crawls.halt(ctx, id)
	return err
}

// ResumeCrawl lets a crawl go on.
func (p pageServer) ResumeCrawl(id string) error {
	_, err := p.s.crawls.resume(id)
	return err
}

// RemoveCrawl ends a crawl and removes its files.
func (p pageServer) RemoveCrawl(ctx context.Context, id string) error {
	return p.s.crawls.remove(ctx, id)
}
