package scrape

import (
	"context"
	"time"

	"newsclip/clean"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/fetch"
)

// beginRecrawl makes what is due pending again.
func (c *crawler) beginRecrawl(ctx context.Context) error {
	now := c.o.time()
	hosts := c.health.byHost()
	_, err := c.f.Recrawl(ctx, func(it frontier.Item, done time.Time) bool {
		if w := c.o.watch; w != nil {
			return w.isDue(&it, done, now, w.turn(hosts[it.Host], now))
		}
		return c.o.everythingDue || isDue(&it, done, now)
	})
	return err
}

// goneInput is a page without a tree, for an article that does not exist any more.
func goneInput(url string, resp *fetch.Response) *clean.Page {
	return &clean.Page{Input: clean.Input{URL: url, Status: resp.Status, FetchedAt: resp.FetchedAt.UTC().Truncate(time.Second)}}
}

// unchanged finishes a page that answered 304.
func (t *task) unchanged() error {
	m := readMemo(t.item.Memo)
	m.Steady++
	t.countPage()
	t.countSkip(SkipUnchanged)
	return t.finish(frontier.Result{Memo: m.bytes()})
}

// gone writes, in a recrawl, the record of an article that does not exist any
// more. It reports false for a page that never was an article.
func (t *task) gone(resp *fetch.Response) (bool, error) {
	m := readMemo(t.item.Memo)
	if m.Hash == "" || m.Gone {
		return false, nil
	}
	page := t.newPage(goneInput(t.item.URL, resp))
	page.Gone = true
	out, err := t.judge(page)
	if err != nil {
		return false, err
	}
	if !out.Article {
		return false, nil
	}
	mark := t.mark()
	mark.Revision, mark.PreviousHash = m.Revision+1, m.Hash
	record, err := out.Record(mark)
	if err != nil {
		return false, err
	}
	m.Revision, m.Gone = m.Revision+1, true
	return true, t.hand(record, m)
}
