package scrape

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"time"

	"newsclip/clean"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/fetch"
)

// A memo is what the frontier keeps about a page for a recrawl.
type memo struct {
	ETag         string `json:"e,omitempty"`
	LastModified string `json:"m,omitempty"`
	// Hash is the content hash of the record that was written, empty where
	// the page was no article.
	Hash string `json:"h,omitempty"`
	// Page is [Outcome.PageHash].
	Page     string `json:"p,omitempty"`
	Revision int    `json:"r,omitempty"`
	// Selection is that of the crawl that has read a sitemap or a feed.
	Selection string `json:"o,omitempty"`
	// Steady counts the fetches in a row that found nothing new.
	Steady int  `json:"s,omitempty"`
	Gone   bool `json:"g,omitempty"`
	// Listed is set for a sitemap or a feed: what it was read for, because under
	// other options it leads to other pages.
	Listed string `json:"l,omitempty"`
	// Aside is set where nothing new is expected soon: the page does not exist,
	// or its article is written from another URL.
	Aside bool `json:"a,omitempty"`
	// The rest is of a watch. At is when the item was finished, in Unix seconds; News
	// is set for a sitemap that has news, and Fails counts the failures in a row.
	At    int64 `json:"t,omitempty"`
	News  bool  `json:"n,omitempty"`
	Fails int   `json:"f,omitempty"`
}

func readMemo(b []byte) *memo {
	m := &memo{}
	// A memo that cannot be read is of an older version: the page is fetched as
	// if it were new.
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

// asideMemo returns the memo of an item where nothing new is expected soon.
func asideMemo(it *frontier.Item) []byte {
	m := readMemo(it.Memo)
	if m.Hash == "" {
		m.Aside = true
		m.Steady++
	}
	return m.bytes()
}

// The longest validators that are kept, in bytes. HTTP dates have 29.
const (
	maxETag         = 128
	maxLastModified = 40
)

// validate takes over the validators of an answer. Long ones, which some servers
// build from whole paths, are left out to save memory.
func (m *memo) validate(resp *fetch.Response) {
	m.ETag, m.LastModified = "", ""
	if e := resp.Header.Get("Etag"); len(e) <= maxETag {
		m.ETag = e
	}
	if l := resp.Header.Get("Last-Modified"); len(l) <= maxLastModified {
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

// A page that leads to articles is due in every recrawl. An article, and a page
// whose memo is Aside, is due after recrawlMin, and after twice as long each time
// that it was found unchanged, up to recrawlMax.
const (
	recrawlMin = time.Hour
	recrawlMax = 30 * 24 * time.Hour
)

// isDue reports whether an item that was finished at done is fetched in a recrawl.
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

// validators returns the conditional header fields for a page that was fetched
// before.
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

// listed returns what the pages that a sitemap or a feed leads to depend on, apart
// from what it lists.
func (c *crawler) listed() string {
	h := fnv.New32a()
	fmt.Fprintln(h, c.o.Since.Unix(), c.o.Until.Unix(), c.o.Scope, c.o.MaxDepth, c.o.Include, c.o.Exclude, c.o.Follow)
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}

// askIfChanged makes the request for a sitemap or a feed that was read before a
// conditional one.
func (t *task) askIfChanged(req *fetch.Request) {
	if t.item.Kind != kindSitemap && t.item.Kind != kindFeed || readMemo(t.item.Memo).Listed != t.c.listed() {
		return
	}
	req.Header = t.validators()
}

// noteValidators keeps the validators of a sitemap or a feed, which is finished with
// them unless it cannot be read.
func (t *task) noteValidators(resp *fetch.Response) {
	t.wasRead = true
	if t.item.Kind != kindSitemap && t.item.Kind != kindFeed {
		return
	}
	m := &memo{Listed: t.c.listed()}
	m.validate(resp)
	t.item.Memo = nil
	if m.ETag != "" || m.LastModified != "" {
		t.item.Memo = m.bytes()
	}
}
