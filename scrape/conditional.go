package scrape

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/fetch"
)

// selection identifies the options that decide which entries of a sitemap or a feed
// are taken. What one crawl has left out another may want, so that a document is
// fetched anew where they differ.
func (c *crawler) selection() string {
	h := sha256.New()
	fmt.Fprintln(h, c.o.Since.Unix(), c.o.Until.Unix(), c.o.MaxDepth, c.o.Scope, c.o.Include, c.o.Exclude)
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

// sameDocument finishes a sitemap or a feed that answered 304: what it lists is in the
// frontier.
func (t *task) sameDocument() error {
	t.settled = true
	t.countSkip(SkipUnchanged)
	return t.finish(frontier.Result{})
}
