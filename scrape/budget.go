package scrape

import (
	"context"

	"newsclip/scrape/frontier"
)

// The budgets: of pages and of articles, each for the whole job and for one host.
// A page takes a unit of both, or of neither.

// hostPages returns the budget of pages that holds for a URL of a host, that of its
// site or of the host, and reports false where there is none.
func (c *crawler) hostPages(host, url string) (*frontier.Budget, bool) {
	if s := c.sites.ofURL(url); s != nil && s.MaxPages > 0 {
		return c.f.Budget("pages of site "+s.URL, int64(s.MaxPages)), true
	}
	return c.f.Budget("pages of "+host, int64(max(0, c.o.MaxPerHost))), c.o.MaxPerHost > 0
}

func (c *crawler) hostArticles(host string) *frontier.Budget {
	return c.f.Budget("articles of "+host, int64(max(0, c.o.MaxArticlesPerHost)))
}

// budgetState tells whether there was a unit for a page or an article.
type budgetState int

const (
	budgetLeft  budgetState = iota
	hostBudget              // that of the host is used up
	totalBudget             // that of the job is used up
)

// takeBoth takes a unit of each of the two budgets for id.
func takeBoth(ctx context.Context, host, total *frontier.Budget, id string) (budgetState, error) {
	ok, err := host.Take(ctx, id)
	if err != nil || !ok {
		return hostBudget, err
	}
	if ok, err = total.Take(ctx, id); err != nil {
		return totalBudget, err
	}
	if !ok {
		return totalBudget, host.Return(ctx, id)
	}
	return budgetLeft, nil
}

// takePage takes a unit of --max-pages and --max-per-host.
func (c *crawler) takePage(ctx context.Context, host, url string) (budgetState, error) {
	pages, limited := c.hostPages(host, url)
	if c.o.MaxPages == 0 && !limited {
		return budgetLeft, nil
	}
	return takeBoth(ctx, pages, c.pages, url)
}

// returnPage returns the units that a URL has taken, because it is not a page.
func (c *crawler) returnPage(ctx context.Context, host, url string) error {
	if pages, limited := c.hostPages(host, url); limited {
		if err := pages.Return(ctx, url); err != nil {
			return err
		}
	}
	if c.o.MaxPages > 0 {
		return c.pages.Return(ctx, url)
	}
	return nil
}

// settlePage marks the units of a page as used for good.
func (c *crawler) settlePage(host, url string) {
	if pages, limited := c.hostPages(host, url); limited {
		pages.Settle(url)
	}
	if c.o.MaxPages > 0 {
		c.pages.Settle(url)
	}
}

// takeArticle takes a unit of --max-articles and --max-articles-per-host.
func (t *task) takeArticle() (budgetState, error) {
	c, host := t.c, t.item.Host
	if c.o.MaxArticles == 0 && c.o.MaxArticlesPerHost == 0 {
		return budgetLeft, nil
	}
	state, err := takeBoth(t.store, c.hostArticles(host), c.articles, t.item.URL)
	if err == nil && state == hostBudget {
		c.fullHosts.Store(host, true)
	}
	return state, err
}

// returnArticle returns the units that the item has taken.
func (t *task) returnArticle() error {
	c := t.c
	if c.o.MaxArticlesPerHost > 0 {
		if err := c.hostArticles(t.item.Host).Return(t.store, t.item.URL); err != nil {
			return err
		}
	}
	if c.o.MaxArticles > 0 {
		return c.articles.Return(t.store, t.item.URL)
	}
	return nil
}

// settleArticle marks the units of the item as used for good.
func (t *task) settleArticle() {
	c := t.c
	if c.o.MaxArticlesPerHost > 0 {
		c.hostArticles(t.item.Host).Settle(t.item.URL)
	}
	if c.o.MaxArticles > 0 {
		c.articles.Settle(t.item.URL)
	}
}

// isFull reports whether nothing more is to be fetched from the item's host, because
// its budget of articles is used up.
func (t *task) isFull() bool {
	_, full := t.c.fullHosts.Load(t.item.Host)
	return full
}

// noteFull ends the crawl of a host whose budget of articles is used up by now.
func (t *task) noteFull() error {
	c := t.c
	if c.o.MaxArticlesPerHost == 0 {
		return nil
	}
	used, err := c.hostArticles(t.item.Host).Used(t.store)
	if err == nil && used >= int64(c.o.MaxArticlesPerHost) {
		c.fullHosts.Store(t.item.Host, true)
	}
	return err
}
