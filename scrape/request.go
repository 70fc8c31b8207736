package scrape

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"newsclip/clean"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/pace"
	"newsclip/scrape/internal/read"
)

// errInterrupted is returned where the crawl ended while an item was being
// processed: the item is given back.
var errInterrupted = errors.New("interrupted")

// waitTurn waits until the pace lets a request to host through that the frontier
// has given no item for. It reports false where ctx ended first.
func (c *crawler) waitTurn(ctx context.Context, host string) bool {
	return waitTurn(ctx, c.pace, host) == nil
}

// waitTurn waits until the pace lets a request to host through. The error is that
// of ctx, which ended first.
func waitTurn(ctx context.Context, hosts *pace.Hosts, host string) error {
	for {
		wait := hosts.Ready(host)
		if wait == 0 {
			return nil
		}
		if wait < 0 {
			wait = 20 * time.Millisecond
		}
		if !sleep(ctx, wait) {
			return ctx.Err()
		}
	}
}

const (
	// maxAttempts is how many requests are made for a URL where each fails in a
	// way that may pass. With the pauses of retryDelay that covers the restart
	// of a server, some 40 seconds.
	maxAttempts = 4
	// maxRefused is the same for 429 and 503, which ask to come back later.
	maxRefused = 6
	// truncatedAttempts is how many requests are made for a page that came without
	// its end, before what came is taken for the page.
	truncatedAttempts = 2
)

// sleep waits for d. It reports false where ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// An answer is what came of one request.
type answer struct {
	*fetch.Response // nil where none came
	// err is nil where the response is to be used, redirects and lasting errors
	// such as 404 included. It is errInterrupted where the crawl has ended,
	// fetch.ErrNotWanted, read.ErrNoSitemap, or a failure that may pass.
	err error
	// refused is set for 429 and 503, after which no request is made to the host
	// for wait.
	refused bool
	wait    time.Duration
}

// ask makes one request, which the pace of host has let through, and tells the
// pace what came of it. Every request for a page, a sitemap or a feed goes this
// way.
func (c *crawler) ask(ctx context.Context, host string, req *fetch.Request) answer {
	c.requests.Add(1)
	var wrote atomic.Pointer[time.Time]
	req.Wrote = func(at time.Time) {
		if c.pace.Wrote(host, at); wrote.Load() == nil || at.After(*wrote.Load()) {
			wrote.Store(&at)
		}
	}
	resp, err := c.client.Get(ctx, req)
	a := answer{Response: resp, err: err}
	var e pace.Exchange
	if at := wrote.Load(); at != nil {
		e.Wrote = *at
	}
	if resp != nil {
		e.Begun, e.Took = resp.FetchedAt, resp.HeadersIn
	}
	c.pace.Ended(host, e)
	if err == nil {
		c.tally.add(func(s *Summary) { s.Bytes += int64(len(resp.Body)) })
		a.refused = resp.Status == http.StatusTooManyRequests || resp.Status == http.StatusServiceUnavailable
		if fetch.IsTransient(strconv.Itoa(resp.Status)) {
			a.err = fetch.StatusError(resp.Status)
		}
		if resp.Status < http.StatusBadRequest {
			c.health.answered(host)
		}
	}
	givenUp := false
	switch {
	case a.err == nil, errors.Is(err, fetch.ErrNotWanted):
		c.pace.Answered(host)
	case err != nil && ctx.Err() != nil:
		a.err = errInterrupted
	case errors.Is(err, read.ErrNoSitemap):
		c.pace.Answered(host)
	case a.refused:
		a.wait, givenUp = c.pace.Refused(host, resp.Header)
	default:
		givenUp = c.pace.Failed(host, fetch.CauseOf(a.err))
	}
	if givenUp {
		c.o.Log.Warn("host is given up", "host", host, "error", a.err)
	}
	return a
}

// get makes the item's request and deals with every answer that cannot be worked
// with: the caller is done where resp is nil.
func (t *task) get(req *fetch.Request) (resp *fetch.Response, err error) {
	t.paceTold = true
	t.askIfChanged(req)
	t.putDown() // it may be asked again, for another form of the URL
	a := t.c.ask(t.ctx, t.item.Host, req)
	defer func() {
		if resp == nil && a.Response != nil {
			a.Release()
		}
	}()
	if a.err == nil && t.weigh(clean.Input{HTML: a.Body}) != nil {
		a.err = errInterrupted
	}
	t.takeUp()
	switch {
	case errors.Is(a.err, fetch.ErrNotWanted):
		if err := t.giveBackPage(); err != nil {
			return nil, err
		}
		return nil, t.skip(SkipNotPage)
	case errors.Is(a.err, errInterrupted):
		t.lease.Release()
		return nil, nil
	case errors.Is(a.err, read.ErrNoSitemap):
		return nil, t.fail(errCauseSitemap, a.err)
	case a.refused:
		if t.item.Attempt < maxRefused && !t.c.pace.IsGivenUp(t.item.Host) {
			return nil, t.retry(a.wait)
		}
		return nil, t.failStatus(a.Response)
	case a.err != nil:
		return nil, t.noAnswer(a.err)
	case a.Truncated && a.Status < 300 && t.item.Attempt < truncatedAttempts && !fetch.HasEnd(a.Body):
		return nil, t.noAnswer(io.ErrUnexpectedEOF)
	}
	switch s := a.Status; {
	case a.Location() != "":
		return nil, t.redirect(a.Response)
	case a.IsUnled() && t.item.Kind == kindPage && fetch.IsHTML(a.Body):
		return a.Response, nil
	case s == http.StatusNotModified && t.item.Kind != kindPage:
		t.countSkip(SkipUnchanged)
		return nil, t.finish(frontier.Result{})
	case s == http.StatusNotModified, s >= 200 && s < 300:
		t.noteValidators(a.Response)
		return a.Response, nil
	}
	if done, err := t.tryOtherForm(strconv.Itoa(a.Status)); done {
		return nil, err
	}
	return nil, t.failStatus(a.Response)
}

// noAnswer retries the item where its failure may pass, and fails it otherwise.
func (t *task) noAnswer(cause error) error {
	name := fetch.CauseOf(cause)
	if fetch.IsTransient(name) && t.item.Attempt < maxAttempts && !t.c.pace.IsGivenUp(t.item.Host) {
		return t.retry(pace.Jitter(t.c.retryDelay(t.item.Attempt)))
	}
	if done, err := t.tryOtherForm(name); done {
		return err
	}
	if err := t.giveBackPage(); err != nil {
		return err
	}
	return t.fail(name, cause)
}

// retryDelay is how long a URL waits after an attempt that failed: 2, 8 and 32
// seconds, so that no URL is lost while a server restarts.
func (c *crawler) retryDelay(attempt int) time.Duration {
	return c.pace.Scaled(pace.Backoff(2*attempt - 1))
}

func (t *task) retry(after time.Duration) error {
	t.c.tally.add(func(s *Summary) { s.Retries++ })
	t.putDown()
	return t.lease.Retry(t.store, after)
}
