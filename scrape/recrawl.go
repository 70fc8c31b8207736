package scrape

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"newsclip/clean"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/fetch"
)

// A memo is what the frontier keeps of a page for a recrawl.
type memo struct {
	ETag         string `json:"e,omitempty"`
	LastModified string `json:"m,omitempty"`
	// Hash is the content hash of the record that was written, empty where
	// the page was no article.
	Hash string `json:"h,omitempty"`
	// Page is the hash of what the page says by itself.
	Page     string `json:"p,omitempty"`
	Revision int    `json:"r,omitempty"`
	// Steady counts the recrawls in a row that found nothing new.
	Steady int  `json:"s,omitempty"`
	Gone   bool `json:"g,omitempty"`
	// Aside says that there is nothing to look for soon: the page is not
	// there, or its article is written from another URL.
	Aside bool `json:"a,omitempty"`
}

func readMemo(b []byte) *memo {
	m := &memo{}
	// A memo that does not read is one of an older version: the page is asked
	// for as if it were new.
	if json.Unmarshal(b, m) != nil {
		return &memo{}
	}
	return m
}

func newMemo(it *frontier.Item, resp *fetch.Response, out *Outcome) *memo {
	m := &memo{}
	m.validate(resp)
	if out != nil {
		m.Hash, m.Page = out.ContentHash, out.PageHash
		m.Revision = readMemo(it.Memo).Revision
	}
	m.Steady = 0
	return m
}

// asideMemo is what is kept of an item for which there is nothing to look soon.
func asideMemo(it *frontier.Item) []byte {
	m := readMemo(it.Memo)
	if m.Hash == "" {
		m.Aside = true
		m.Steady++
	}
	return m.bytes()
}

// validate takes the validators of the newest answer. Long ones, which some
// servers build of whole paths, are not worth their room.
func (m *memo) validate(resp *fetch.Response) {
	m.ETag, m.LastModified = "", ""
	if e := resp.Header.Get("Etag"); len(e) <= 128 {
		m.ETag = e
	}
	if l := resp.Header.Get("Last-Modified"); len(l) <= 40 {
		m.LastModified = l
	}
	m.Steady++
}

func (m *memo) bytes() []byte {
	b, err := json.Marshal(m)
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	return b
}

// When a page is due in a recrawl: those that lead to new articles always;
// an article, and what is none because it is not there or stands aside, after
// recrawlMin, and after twice as long each time that it was found unchanged, up
// to recrawlMax.
const (
	recrawlMin = time.Hour
	recrawlMax = 30 * 24 * time.Hour
)

func isDue(it *frontier.Item, done, now time.Time) bool {
	if it.Kind == kindTwin {
		return false
	}
	if it.Kind != kindPage || it.Class == frontier.ClassSeed {
		return true
	}
	m := readMemo(it.Memo)
	if m.Gone {
		return false
	}
	if m.Hash == "" && !m.Aside {
		return true
	}
	wait := recrawlMin
	for n := 1; n < m.Steady && wait < recrawlMax; n++ {
		wait *= 2
	}
	return !now.Before(done.Add(min(wait, recrawlMax)))
}

// beginRecrawl makes what is due pending again.
func (c *crawler) beginRecrawl(ctx context.Context) error {
	now := time.Now()
	_, err := c.f.Recrawl(ctx, func(it frontier.Item, done time.Time) bool {
		return c.o.everythingDue || isDue(&it, done, now)
	})
	return err
}

// validators are the conditional fields of a page that was fetched before.
func (t *task) validators() http.Header {
	if len(t.item.Memo) == 0 {
		return nil
	}
	m := readMemo(t.item.Memo)
	h := make(http.Header, 2)
	if m.ETag != "" {
		h.Set("If-None-Match", m.ETag)
	}
	if m.LastModified != "" {
		h.Set("If-Modified-Since", m.LastModified)
	}
	return h
}

// goneInput is a page without a tree, for an article that is not there.
func goneInput(url string, resp *fetch.Response) *clean.Page {
	return &clean.Page{Input: clean.Input{URL: url, Status: resp.Status, FetchedAt: resp.FetchedAt.UTC().Truncate(time.Second)}}
}

// unchanged finishes a page that answered 304.
func (t *task) unchanged() error {
	m := readMemo(t.item.Memo)
	m.Steady++
	t.c.tally.add(func(s *Summary) { s.Pages++ })
	t.c.tally.skip(SkipUnchanged, 1)
	return t.finish(frontier.Result{Memo: m.bytes()})
}

// gone writes, in a recrawl, that an article is not there any more. It reports
// false for a page that never was one.
func (t *task) gone(resp *fetch.Response) (bool, error) {
	m := readMemo(t.item.Memo)
	if m.Hash == "" || m.Gone {
		return false, nil
	}
	page := t.newPage(goneInput(t.item.URL, resp))
	page.Gone = true
	out, err := t.c.handle(t.store, page)
	if err != nil {
		return false, err
	}
	if !out.Article {
		return false, nil
	}
	record, err := out.Record(Mark{Revision: m.Revision + 1, PreviousHash: m.Hash})
	if err != nil {
		return false, err
	}
	m.Revision, m.Gone = m.Revision+1, true
	return true, t.hand(record, m)
}
