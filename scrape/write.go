package scrape

import (
	"errors"
	"fmt"

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
	c.sketches.put(address.Identity(t.u), sketchOf(out))
	if err := t.answerTwin(out); err != nil {
		return err
	}
	own, err := t.ownsArticle(page, l, out)
	if err != nil {
		return err
	}
	if !own {
		return t.skip(SkipDuplicate)
	}
	if c.o.MaxArticles > 0 && before.Hash == "" {
		ok, err := c.articles.Take(t.store, t.item.URL)
		if err != nil {
			return err
		}
		if !ok {
			c.spent.Store(true)
			c.tally.skip(SkipBudget, 1)
			t.lease.Release()
			return c.f.Finish(t.store)
		}
	}
	if out.Early {
		err = t.hold(page, resp)
	} else {
		err = t.complete(out, resp)
	}
	if err != nil || c.o.MaxArticles == 0 || before.Hash != "" || c.o.Recrawl {
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

// complete writes an article that ownsArticle has given to this item.
func (t *task) complete(out *Outcome, resp *fetch.Response) error {
	c := t.c
	before := readMemo(t.item.Memo)
	if before.Hash != "" && before.Hash == out.ContentHash {
		return t.unchangedText(before, resp)
	}
	mark := Mark{DuplicateOf: c.nearDups.Nearest(out.Text, t.item.URL)}
	if before.Hash != "" {
		mark.Revision, mark.PreviousHash = before.Revision+1, before.Hash
	}
	record, err := out.Record(mark)
	if err != nil {
		return fmt.Errorf("%s: making its record: %w", t.item.URL, err)
	}
	memo := newMemo(t.item, resp, out)
	memo.Revision = mark.Revision
	if err := t.hand(record, memo); err != nil {
		return err
	}
	if c.o.MaxArticles > 0 {
		c.articles.Settle(t.item.URL)
	}
	return nil
}

// unchangedText finishes a page whose article is the same as before, in a recrawl.
func (t *task) unchangedText(before *memo, resp *fetch.Response) error {
	before.validate(resp)
	t.c.tally.skip(SkipUnchanged, 1)
	return t.finish(frontier.Result{Memo: before.bytes()})
}

// hand finishes the item together with its record.
func (t *task) hand(record []byte, memo *memo) error {
	c := t.c
	r := frontier.Result{Records: [][]byte{record}, Memo: memo.bytes()}
	if c.o.Direct {
		// The record is in this worker's output before the item is finished. If
		// another worker takes the host over in between, both write it: Held
		// makes that unlikely.
		if !t.lease.Held() {
			return frontier.ErrLost
		}
		c.sinkMu.Lock()
		err := c.o.Sink.Write(record)
		c.sinkMu.Unlock()
		if err != nil {
			return err
		}
		r.Records = nil
	}
	err := t.finish(r)
	if errors.Is(err, frontier.ErrTooLarge) {
		// One article that is too large must not end the crawl.
		if c.o.MaxArticles > 0 {
			if err := c.articles.Return(t.store, t.item.URL); err != nil {
				return err
			}
		}
		return t.fail(errCauseRecord, err)
	}
	if err != nil {
		return err
	}
	c.tally.add(func(s *Summary) { s.Articles++ })
	return nil
}
