package scrape

import (
	"errors"
	"fmt"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/fetch"
)

// complete writes an article that ownsArticle has given to this item.
func (t *task) complete(out *Outcome, resp *fetch.Response) error {
	c := t.c
	before := readMemo(t.item.Memo)
	if before.Hash != "" && before.Hash == out.ContentHash {
		return t.unchangedText(before, resp)
	}
	t.releasePage()
	mark := t.mark()
	var err error
	if mark.DuplicateOf, err = c.nearest(t.store, out, t.item.URL); err != nil {
		return fmt.Errorf("%s: looking for its duplicates: %w", t.item.URL, err)
	}
	if before.Hash != "" {
		mark.Revision, mark.PreviousHash = before.Revision+1, before.Hash
	}
	if c.o.watch != nil {
		if mark.Diff, err = t.keepText(t.store, before.Hash, out); err != nil {
			return fmt.Errorf("%s: storing its text: %w", t.item.URL, err)
		}
	}
	record, err := out.Record(mark)
	if err != nil {
		return fmt.Errorf("%s: making its record: %w", t.item.URL, err)
	}
	memo := newMemo(t.item, resp, out)
	memo.Revision = mark.Revision
	resp.Release() // others need its memory while the record is stored
	if err := t.hand(record, memo); err != nil {
		return err
	}
	t.settleArticle()
	return nil
}

// mark returns the facts that a record has from the item's site.
func (t *task) mark() Mark {
	if s := t.c.sites.of(t.u); s != nil {
		return Mark{SiteName: s.Name, Labels: s.Labels}
	}
	return Mark{}
}

// unchangedText finishes a page whose article is the same as before, in a recrawl.
func (t *task) unchangedText(before *memo, resp *fetch.Response) error {
	before.validate(resp)
	t.countSkip(SkipUnchanged)
	return t.finish(frontier.Result{Memo: before.bytes()})
}

// hand finishes the item together with its record.
func (t *task) hand(record []byte, memo *memo) error {
	c := t.c
	err := t.deliver(frontier.Result{Records: [][]byte{record}, Memo: memo.bytes()})
	if errors.Is(err, frontier.ErrTooLarge) {
		// One article that is too large must not end the crawl.
		if err := t.returnArticle(); err != nil {
			return err
		}
		return t.fail(errCauseRecord, err)
	}
	if err != nil {
		return err
	}
	c.tally.add(func(s *Summary) {
		s.Articles++
		if memo.Revision > 0 {
			s.Revisions++
		}
	})
	c.health.wrote(t.item.Host, memo.Revision == 0, c.o.time())
	return nil
}

// deliver finishes the item with its records.
func (t *task) deliver(r frontier.Result) error {
	c := t.c
	if !c.o.Direct {
		return t.finish(r)
	}
	// The records are in this worker's output before the item is finished. If
	// another worker takes the host over in between, both write them: Held makes
	// that unlikely.
	if !t.lease.Held() {
		return frontier.ErrLost
	}
	c.sinkMu.Lock()
	var err error
	for _, record := range r.Records {
		if err = c.o.Sink.Write(record); err != nil {
			break
		}
	}
	if f, ok := c.o.Sink.(interface{ Flush() error }); ok && err == nil {
		err = f.Flush() // a sink that gathers records
	}
	c.sinkMu.Unlock()
	if err != nil {
		return err
	}
	r.Records = nil
	return t.finish(r)
}
