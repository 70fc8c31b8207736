package scrape

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"newsclip/clean"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/pace"
	"newsclip/scrape/internal/read"
)

const (
	// partAttempts is the number of requests for a part, all within one attempt
	// at its article.
	partAttempts = 3
)

// nextPart returns the URL of an article's nth page if the page before links to it
// as the next one, or nil.
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

// isLaterPart reports whether a page is the second or a later one of an article,
// and links to the first.
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
		// rel=prev of the third page is the second.
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
		// --include has let the article through: its other pages need not match.
		if u == nil || !c.holds(u) || c.scope.Excludes(u.String()) || !c.o.IgnoreRobots && !t.rules.Allows(u) {
			return nil
		}
		// The part's own URL, where a link leads to it, must not be written again.
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

// fetchPart fetches a following page of an article. Nil without an error means
// that the article ends before it.
func (t *task) fetchPart(u *url.URL) (*clean.Page, error) {
	c, host := t.c, t.item.Host
	if c.o.MaxPages > 0 {
		ok, err := c.pages.Take(t.store, u.String())
		if err != nil || !ok {
			return nil, err
		}
	}
	t.putDown()
	defer t.takeUp()
	for attempt := 1; ; attempt++ {
		if !c.waitTurn(t.ctx, host) {
			return nil, errInterrupted
		}
		a := c.ask(t.ctx, host, &fetch.Request{URL: u, Limit: c.o.MaxBody, Accepts: acceptsPage})
		t.renew() // the host's pace may have taken its time
		if a.err == nil && a.Status != http.StatusOK {
			a.err = fetch.StatusError(a.Status)
		}
		if a.err == nil && a.Cut {
			a.err = fetch.ErrCut
		}
		switch {
		case a.err == nil:
			t.takeUp()
			return t.parsePart(u, a.Response)
		case errors.Is(a.err, errInterrupted):
			return nil, a.err
		case fetch.IsTransient(fetch.CauseOf(a.err)) && attempt < partAttempts && !c.pace.IsGivenUp(host):
			c.tally.add(func(s *Summary) { s.Retries++ })
			if !sleep(t.ctx, pace.Jitter(c.retryDelay(attempt))) {
				return nil, errInterrupted
			}
			continue
		}
		c.tally.fail(u.String(), fetch.CauseOf(a.err), fmt.Errorf("page of an article: %w", a.err))
		if c.o.MaxPages > 0 {
			return nil, c.pages.Return(t.store, u.String())
		}
		return nil, nil
	}
}

// parsePart parses the answer for a following page. Nil means that it cannot be
// read.
func (t *task) parsePart(u *url.URL, resp *fetch.Response) (*clean.Page, error) {
	c := t.c
	if c.o.MaxPages > 0 {
		c.pages.Settle(u.String())
	}
	c.tally.add(func(s *Summary) { s.Pages++ })
	p, err := clean.Parse(inputOf(u.String(), resp))
	if err != nil {
		c.tally.fail(u.String(), parseCause(err), err)
		return nil, nil
	}
	t.partBodies = append(t.partBodies, resp.Body)
	return p, nil
}

// passFirst adds the first page of an article of which this is a later one.
func (t *task) passFirst(p *clean.Page, l *read.PageLinks) error {
	var pages []found
	for _, ln := range l.Links {
		if ln.Prev || ln.Number == 1 {
			pages = append(pages, found{base: p.Base, ref: ln.Href, class: frontier.ClassDated, depth: t.item.Depth, referrer: t.item.URL})
		}
	}
	return t.c.addPages(t.store, pages)
}
