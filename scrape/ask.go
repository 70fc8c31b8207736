package scrape

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/pace"
	"newsclip/scrape/internal/read"
)

// waitTurn waits until the pace lets a request to host through that the frontier
// has given no item for. It reports false where ctx ended first, or where the host rests
// for long: the item is to be given back.
func (c *crawler) waitTurn(ctx context.Context, host string) bool {
	return waitTurn(ctx, c.pace, host) == nil
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
	resp, err := timedGet(ctx, c.client, c.pace, host, req)
	a := answer{Response: resp, err: err}
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
		if a.wait > pace.LongRest && !givenUp {
			c.o.Log.Warn("a host asks for a long pause, and is asked for nothing meanwhile", "host", host, "pause", a.wait.Round(time.Second))
		}
	default:
		givenUp = c.pace.Failed(host, fetch.CauseOf(a.err))
	}
	if givenUp {
		c.o.Log.Warn("host is given up", "host", host, "error", a.err)
	}
	return a
}

// retryDelay is how long a URL waits after an attempt that failed: 2, 8 and 32
// seconds, so that no URL is lost while a server restarts.
func (c *crawler) retryDelay(attempt int) time.Duration {
	return c.pace.Scaled(pace.Backoff(2*attempt - 1))
}
