package scrape

import (
	"encoding/json"

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
	if len(b) == 0 {
		return m
	}
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

func (m *memo) bytes() []byte {
	b, err := json.Marshal(m)
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	return b
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
