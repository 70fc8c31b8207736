package scrape

import (
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/read"
)

// write writes an article, unless it is written from another of its URLs, or
// holds it back.
func (t *task) write(page *Page, l *read.PageLinks, out *Outcome, resp *fetch.Response) error {
	c := t.c
	before := readMemo(t.item.Memo)
	if before.Hash != "" && before.Page != "" && before.Page == out.PageHash {
		return t.unchangedText(before, resp)
	}
	c.sketches.Put(address.Identity(t.u), sketchOf(out))
	if err := t.answerTwin(out); err != nil {
		return err
	}
	if !c.includes(t.item.URL) {
		return t.pass(page, l, out)
	}
	own, err := t.ownsArticle(page, l, out)
	if err != nil {
		return err
	}
	if !own {
		return t.skip(SkipDuplicate)
	}
	if before.Hash == "" {
		left, err := t.takeArticle()
		if err != nil {
			return err
		}
		if left == hostBudget {
			return t.skip(SkipBudget)
		}
		if left == totalBudget {
			c.spent.Store(true)
			c.tally.skip(SkipBudget, 1)
			t.lease.Release()
			return c.f.Finish(t.store)
		}
	}
	if out.Early {
		err = t.hold(page, out, resp)
	} else {
		err = t.complete(out, resp)
	}
	if err != nil || before.Hash != "" || c.o.Recrawl {
		return err
	}
	if err := t.noteFull(); err != nil || c.o.MaxArticles == 0 {
		return err
	}
	used, err := c.articles.Used(t.store)
	if err != nil || used < int64(c.o.MaxArticles) {
		return err
	}
	// The budget is used up: no more pages are fetched.
	c.spent.Store(true)
	return c.f.Finish(t.store)
}

// pass leaves an article out that --include does not match. Its canonical URL may
// be one that it does.
func (t *task) pass(page *Page, l *read.PageLinks, out *Outcome) error {
	canonical := t.canonicalOf(page, l, out)
	if canonical != nil && address.Identity(canonical) != address.Identity(t.u) && t.c.wants(canonical.String()) {
		it := newItem(canonical, kindPage, frontier.ClassDated, t.item.Depth)
		it.Referrer, it.LastMod = t.item.URL, t.item.LastMod
		if _, err := t.c.f.Add(t.store, it); err != nil {
			return err
		}
	}
	return t.skip(SkipExcluded)
}
