package scrape

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"newsclip/clean"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/pace"
)

const (
	// partAttempts is the number of requests for a part, all within one attempt
	// at its article.
	partAttempts = 3
)

// fetchPart fetches a following page of an article, and returns it with its bytes.
// Nil without an error means that the article ends before it. What first holds is kept.
func (t *task) fetchPart(u *url.URL, first *fetch.Response) (*clean.Page, []byte, error) {
	c, host := t.c, t.item.Host
	if left, err := c.takePage(t.store, host, u.String()); err != nil || left != budgetLeft {
		return nil, nil, err
	}
	t.putDown()
	defer t.takeUp()
	first.Keep() // whoever waits for room holds none
	if fits, err := t.joins(); err != nil || !fits {
		return nil, nil, cmp.Or(err, c.returnPage(t.store, host, u.String()))
	}
	for attempt := 1; ; attempt++ {
		if !c.waitTurn(t.ctx, host) {
			return nil, nil, errInterrupted
		}
		a := c.ask(t.ctx, host, &fetch.Request{URL: u, Limit: c.o.MaxBody, Accepts: fetch.MayBePage})
		t.renew() // the host's pace may have taken its time
		if a.err == nil && a.Status != http.StatusOK {
			a.err = fetch.StatusError(a.Status)
		}
		if a.err == nil && a.Cut {
			a.err = fetch.ErrCut
		}
		if a.err != nil && a.Response != nil {
			a.Release()
		}
		switch {
		case a.err == nil:
			if t.weigh(clean.Input{HTML: a.Body}) != nil {
				a.Release()
				return nil, nil, errInterrupted
			}
			a.Keep()
			t.takeUp()
			return t.parsePart(u, a.Response)
		case errors.Is(a.err, errInterrupted):
			return nil, nil, a.err
		case fetch.IsTransient(fetch.CauseOf(a.err)) && attempt < partAttempts && !c.pace.IsGivenUp(host):
			c.tally.add(func(s *Summary) { s.Retries++ })
			if !sleep(t.ctx, pace.Jitter(c.retryDelay(attempt))) {
				return nil, nil, errInterrupted
			}
			continue
		}
		c.tally.fail(u.String(), fetch.CauseOf(a.err), fmt.Errorf("page of an article: %w", a.err))
		c.health.failed(host, fetch.CauseOf(a.err), a.err)
		return nil, nil, c.returnPage(t.store, host, u.String())
	}
}

// parsePart parses the answer for a following page. Nil means that it cannot be
// read.
func (t *task) parsePart(u *url.URL, resp *fetch.Response) (*clean.Page, []byte, error) {
	c := t.c
	c.settlePage(t.item.Host, u.String())
	t.countPage()
	p, err := c.parse(inputOf(u.String(), resp))
	if err != nil {
		t.failPart(u, err)
		return nil, nil, nil
	}
	return p, resp.Body, nil
}

// failPart counts a following page of an article that could not be parsed or cleaned. The
// article ends before it.
func (t *task) failPart(u *url.URL, err error) {
	t.c.tally.fail(u.String(), parseCause(err), fmt.Errorf("page of an article: %w", err))
	t.c.health.failed(t.item.Host, parseCause(err), err)
}
