package scrape

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/pace"
	"newsclip/scrape/internal/robots"
)

// An asker makes requests that no item of a frontier stands for, by the rules of a
// crawl: in their turn, and where robots.txt allows them.
type asker struct {
	client       *fetch.Client
	robots       *robots.Cache
	pace         *pace.Hosts
	ignoreRobots bool
	limit        int64 // of a body, in bytes
	// counted, if set, is called with each answer, which is nil where none came.
	counted func(*fetch.Response)
}

// allowed returns an error where robots.txt does not let u be fetched. The pace
// has let a request to the host through before, and another one where it returns
// nil: fetching robots.txt takes a turn.
func (a *asker) allowed(ctx context.Context, u *url.URL) error {
	start := time.Now()
	rules, fetched, err := a.robots.Get(ctx, u)
	if fetched {
		a.pace.Ended(address.Host(u), pace.Exchange{Took: time.Since(start)})
		if rules != nil {
			a.pace.SlowTo(address.Host(u), rules.Delay)
		}
	}
	switch {
	case err != nil:
	case rules.Closed != nil:
		err = rules.Closed
	case !rules.Allows(u):
		err = ErrRobots
	}
	switch {
	case err != nil && !fetched:
		a.pace.Unused(address.Host(u))
	case err == nil && fetched:
		return waitTurn(ctx, a.pace, address.Host(u))
	}
	return err
}

// get makes one request in its turn. header has fields beside those of every request.
func (a *asker) get(ctx context.Context, u *url.URL, header http.Header) (*fetch.Response, error) {
	host := address.Host(u)
	if a.pace.IsGivenUp(host) {
		return nil, errGivenUp
	}
	if err := waitTurn(ctx, a.pace, host); err != nil {
		return nil, err
	}
	if !a.ignoreRobots {
		if err := a.allowed(ctx, u); err != nil {
			return nil, err
		}
	}
	resp, err := timedGet(ctx, a.client, a.pace, host, &fetch.Request{URL: u, Limit: a.limit, Header: header})
	if a.counted != nil {
		a.counted(resp)
	}
	if err == nil && (resp.Status == http.StatusTooManyRequests || resp.Status == http.StatusServiceUnavailable) {
		a.pace.Refused(host, resp.Header)
	}
	return resp, withoutURL(err)
}

// timedGet makes a request, and tells the pace of host when it was written, when its
// answer came and that it has ended.
func timedGet(ctx context.Context, client *fetch.Client, hosts *pace.Hosts, host string, req *fetch.Request) (*fetch.Response, error) {
	var wrote atomic.Pointer[time.Time]
	req.Wrote = func(at time.Time) {
		if hosts.Wrote(host, at); wrote.Load() == nil || at.After(*wrote.Load()) {
			wrote.Store(&at)
		}
	}
	resp, err := client.Get(ctx, req)
	var e pace.Exchange
	if at := wrote.Load(); at != nil {
		e.Wrote = *at
	}
	if resp != nil {
		e.Begun, e.Took = resp.FetchedAt, resp.HeadersIn
	}
	hosts.Ended(host, e)
	return resp, err
}

// withoutURL returns the error of a request without the URL that net/http puts
// before it, which callers of FetchPage add themselves.
func withoutURL(err error) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		return ue.Err
	}
	return err // nil stays nil
}

// errLongRest is the error of a request to a host that has asked for a long pause.
var errLongRest = errors.New("the host has asked for no more requests for now (Retry-After)")

// waitTurn waits until the pace lets a request to host through. The error is that
// of ctx, which ended first, or errLongRest.
func waitTurn(ctx context.Context, hosts *pace.Hosts, host string) error {
	for {
		wait := hosts.Ready(host)
		if wait == 0 {
			return nil
		}
		if wait < 0 {
			wait = 20 * time.Millisecond
		}
		if rest := hosts.Rest(host); rest > pace.LongRest {
			return fmt.Errorf("%w: for %v", errLongRest, rest.Round(time.Second))
		}
		if !sleep(ctx, wait) {
			return ctx.Err()
		}
	}
}
