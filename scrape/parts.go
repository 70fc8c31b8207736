package scrape

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"newsclip/clean"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/pace"
	"newsclip/scrape/internal/read"
)

const (
	// partAttempts is how often a part is asked for, within its article's
	// own attempt.
	partAttempts = 3
)

// nextPart returns the address of an article's nth page where the links of the
// page before lead there as to the next one, or nil.
func nextPart(first *url.URL, base *url.URL, l *read.PageLinks, n int) *url.URL {
	for _, ln := range l.Links {
		if !ln.Next && ln.Number != n {
			continue
		}
		u, err := address.Resolve(base, ln.Href)
		if err != nil {
			continue
		}
		if address.PartNumber(first, u) == n {
			return u
		}
	}
	return nil
}

// isLaterPart says whether a page is the second or a later one of an article
// whose first it links to as such.
func isLaterPart(u *url.URL, base *url.URL, l *read.PageLinks) bool {
	for _, ln := range l.Links {
		if !ln.Prev && ln.Number != 1 {
			continue
		}
		first, err := address.Resolve(base, ln.Href)
		if err != nil {
			continue
		}
		n := address.PartNumber(first, u)
		if n == 2 || n > 2 && ln.Number == 1 {
			return true
		}
		// The third page's rel=prev is the second, which says as much.
		if ln.Prev && n == 0 && address.IsSuccessor(first, u) {
			return true
		}
	}
	return false
}

// joinParts fetches the pages that follow an article's first, in order.
func (t *task) joinParts(page *Page, l *read.PageLinks) error {
	c := t.c
	base := page.Base
	for n := 2; n <= address.MaxParts; n++ {
		u := nextPart(t.u, base, l, n)
		// What --include wants of an article it wants of all its pages.
		if u == nil || !c.holds(u) || c.ground.Excludes(u.String()) || !c.o.IgnoreRobots && !t.rules.Allows(u) {
			return nil
		}
		// Who comes to the part's own URL later finds that it is taken.
		first, err := c.f.Claim(t.store, partClaim(u), t.item.URL)
		if err != nil {
			return err
		}
		if first != t.item.URL {
			return nil
		}
		part, err := t.fetchPart(u)
		if err != nil || part == nil {
			return err
		}
		l = read.Links(part)
		if err := t.follow(part, l); err != nil {
			return err
		}
		page.Parts = append(page.Parts, part)
		base = part.Base
	}
	return nil
}

// fetchPart fetches one following page. Nil without an error means that the
// article ends here.
func (t *task) fetchPart(u *url.URL) (*clean.Page, error) {
	c, host := t.c, t.item.Host
	if c.o.MaxPages > 0 {
		ok, err := c.pages.Take(t.store, u.String())
		if err != nil || !ok {
			return nil, err
		}
	}
	for attempt := 1; ; attempt++ {
		if !c.waitTurn(t.ctx, host) {
			return nil, errInterrupted
		}
		c.requests.Add(1)
		resp, err := c.client.Get(t.ctx, &fetch.Request{URL: u, Limit: c.o.MaxBody, Accepts: acceptsPage})
		took := time.Duration(0)
		if resp != nil {
			took = resp.HeadersIn
		}
		c.pace.Ended(host, took)
		t.renew() // the host's pace may have taken its time
		if err == nil && (resp.Status == http.StatusTooManyRequests || resp.Status >= 500) {
			if resp.Status == http.StatusTooManyRequests || resp.Status == http.StatusServiceUnavailable {
				c.pace.Refused(host, resp.Header)
			}
			err = fetch.StatusError(resp.Status)
		}
		switch {
		case t.ctx.Err() != nil:
			return nil, errInterrupted
		case err != nil && fetch.IsTransient(fetch.CauseOf(err)) && attempt < partAttempts:
			c.tally.add(func(s *Summary) { s.Retries++ })
			if !sleep(t.ctx, pace.Jitter(c.retryDelay(attempt))) {
				return nil, errInterrupted
			}
			continue
		case err != nil || resp.Status != http.StatusOK || resp.Cut:
			if err == nil {
				err = fetch.StatusError(resp.Status)
			}
			c.tally.fail(u.String(), fetch.CauseOf(err), fmt.Errorf("page of an article: %w", err))
			if c.o.MaxPages > 0 {
				return nil, c.pages.Return(t.store, u.String())
			}
			return nil, nil
		}
		c.pace.Answered(host)
		if c.o.MaxPages > 0 {
			c.pages.Settle(u.String())
		}
		c.tally.add(func(s *Summary) { s.Pages++; s.Bytes += int64(len(resp.Body)) })
		p, err := clean.Parse(inputOf(u.String(), resp))
		if err != nil {
			c.tally.fail(u.String(), parseCause(err), err)
			return nil, nil
		}
		t.partBodies = append(t.partBodies, resp.Body)
		return p, nil
	}
}

// errInterrupted ends an item that the crawl's end found half done: it is
// given back.
var errInterrupted = errors.New("interrupted")

// waitTurn waits until the host may be asked, besides what the frontier gives
// out. It reports false where ctx ended first.
func (c *crawler) waitTurn(ctx context.Context, host string) bool {
	for {
		wait := c.pace.Ready(host)
		if wait == 0 {
			return true
		}
		if wait < 0 {
			wait = 20 * time.Millisecond
		}
		if !sleep(ctx, wait) {
			return false
		}
	}
}

// passFirst enters the first page of an article of which this is a later one.
func (t *task) passFirst(p *clean.Page, l *read.PageLinks) error {
	var pages []found
	for _, ln := range l.Links {
		if ln.Prev || ln.Number == 1 {
			pages = append(pages, found{base: p.Base, ref: ln.Href, class: frontier.ClassDated, depth: t.item.Depth, referrer: t.item.URL})
		}
	}
	return t.c.addPages(t.store, pages)
}
