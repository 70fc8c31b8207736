package scrape

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"

	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
)

// selection identifies the options that decide which entries of a sitemap or a feed
// are taken. What one crawl has left out another may want, so that a document is
// fetched anew where they differ.
func (c *crawler) selection() string {
	h := sha256.New()
	fmt.Fprintln(h, c.o.Since.Unix(), c.o.Until.Unix(), c.o.MaxDepth, c.o.Scope, c.o.Include, c.o.Exclude, c.o.Follow)
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// documentHeader returns the conditional header fields for a sitemap or a feed that an
// earlier crawl has read.
func (t *task) documentHeader() http.Header {
	if len(t.item.Memo) == 0 || readMemo(t.item.Memo).Selection != t.c.selection() {
		return nil
	}
	return t.validators()
}

// keepValidators keeps the validators of a sitemap or a feed that was read.
func (t *task) keepValidators(resp *fetch.Response) {
	m := &memo{Selection: t.c.selection()}
	m.validate(resp)
	t.item.Memo = m.bytes()
}

// pageHeader returns the header fields of the request for a page: the conditions of a
// recrawl, and the page that links to it.
func (t *task) pageHeader() http.Header {
	h := t.validators()
	if ref := address.Referer(t.item.Referrer, t.u); ref != "" {
		if h == nil {
			h = make(http.Header, 1)
		}
		h.Set("Referer", ref)
	}
	return h
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
