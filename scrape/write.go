package scrape

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"newsclip/clean"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/read"
)

// read enters a page's links, asks the handler what the page is, and writes it
// where it is an article that was not written yet.
func (t *task) read(p *clean.Page, l *read.PageLinks, resp *fetch.Response) error {
	c := t.c
	if err := t.follow(p, l); err != nil {
		return err
	}
	noAI := l.Directives.NoAI || l.Directives.TDM || t.rules.NoAI
	if c.o.RespectTDM && noAI {
		return t.skip(SkipRights)
	}
	page := t.newPage(p)
	out, err := c.handle(t.store, page)
	t.known = err == nil && out.Article && !out.Early
	if err == nil && out.Article && out.Skip == "" {
		if isLaterPart(t.u, p.Base, l) {
			if err := t.passFirst(p, l); err != nil {
				return err
			}
			return t.skip(SkipDuplicate)
		}
		err = t.joinParts(page, l)
		if errors.Is(err, errInterrupted) {
			t.lease.Release()
			return nil
		}
		if err != nil {
			return err
		}
		if len(page.Parts) > 0 {
			out, err = c.handle(t.store, page)
		}
	}
	if err != nil {
		return t.fail(parseCause(err), err)
	}
	if err := t.followFeeds(p, l, out.Article); err != nil {
		return err
	}
	if !out.Article {
		kind := out.Kind
		if kind == "" {
			kind = "other"
		}
		c.tally.add(func(s *Summary) { s.Kinds[kind]++ })
		if err := t.releaseTwin(""); err != nil {
			return err
		}
		return t.finish(frontier.Result{Memo: newMemo(t.item, resp, nil).bytes(), Empty: true})
	}
	if out.Skip != "" {
		return t.skip(out.Skip)
	}
	return t.write(page, l, out, resp)
}

func (t *task) newPage(p *clean.Page) *Page {
	page := &Page{Page: p, RequestedURL: t.item.URL, Depth: t.item.Depth, Class: t.item.Class}
	if t.rules != nil {
		page.NoAI = t.rules.NoAI
	}
	if len(t.item.Redirects) > 0 {
		page.RequestedURL = t.item.Redirects[0]
	}
	return page
}

// write hands an article's record on, once for all the URLs that it has, or
// holds it back.
func (t *task) write(page *Page, l *read.PageLinks, out *Outcome, resp *fetch.Response) error {
	c := t.c
	before := readMemo(t.item.Memo)
	if before.Hash != "" && before.Page != "" && before.Page == out.PageHash {
		return t.unchangedText(before, resp)
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
	// Nothing is asked for in search of an article too many.
	c.spent.Store(true)
	return c.f.Finish(t.store)
}

// complete writes an article that is this item's to write.
func (t *task) complete(out *Outcome, resp *fetch.Response) error {
	c := t.c
	before := readMemo(t.item.Memo)
	if before.Hash != "" && before.Hash == out.ContentHash {
		return t.unchangedText(before, resp)
	}
	mark := Mark{DuplicateOf: c.twins.Nearest(out.Text, t.item.URL)}
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

// unchangedText finishes a page that a recrawl found with the same article.
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
		// The record is in this worker's own output before the item is
		// finished: where another worker took the host over in between, both
		// have it, which Held makes unlikely.
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
		// One article must not end a crawl of days.
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

// acceptsPage says of a media type that it may be a page, or a feed or sitemap
// that somebody linked.
func acceptsPage(mediaType string) bool {
	switch mediaType {
	case "", "text/html", "application/xhtml+xml", "application/octet-stream", "text/plain":
		return true
	}
	return read.IsFeedType(mediaType)
}

// kindOfBody tells pages from feeds and sitemaps, and "" from what is neither,
// by the type that the server says and, where that says little, by the bytes.
func kindOfBody(resp *fetch.Response) string {
	t := fetch.MediaType(resp.ContentType)
	switch t {
	case "text/html", "application/xhtml+xml":
		return kindPage
	case "", "application/octet-stream", "text/plain":
		if strings.HasPrefix(http.DetectContentType(resp.Body), "text/html") {
			return kindPage
		}
		return ""
	}
	if read.IsFeed(resp.Body) {
		return kindFeed
	}
	if strings.Contains(t, "xml") {
		return kindSitemap
	}
	return ""
}

// hopMap remembers where redirects led, so that a circle is seen although each
// of its URLs was found by a link of its own.
type hopMap struct {
	mu sync.Mutex
	to map[string]string
}

// maxHops bounds the redirects that are remembered.
const maxHops = 100_000

// add says that from redirects to to, and whether that closes a circle.
func (h *hopMap) add(from, to string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.to == nil || len(h.to) >= maxHops {
		h.to = make(map[string]string)
	}
	h.to[from] = to
	for at, n := to, 0; n < maxRedirects+2; n++ {
		if at == from {
			return true
		}
		next, ok := h.to[at]
		if !ok {
			return false
		}
		at = next
	}
	return false
}
