package scrape

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"newsclip/clean"
	"newsclip/scrape/internal/fetch"
)

// render renders the page that an answer holds. The caller is done where rendered is
// nil.
func (t *task) render(resp *fetch.Response) (rendered *fetch.Response, err error) {
	t.putDown()
	to, location, err := t.c.renderer.page(t.ctx, t.requestURL(), resp)
	t.renew() // the paces of hosts may have taken their time
	if to != nil {
		_ = t.weigh(clean.Input{HTML: to.Body}) // it fails where ctx has ended
	}
	t.takeUp()
	switch {
	case t.ctx.Err() != nil:
		t.lease.Release()
		return nil, nil
	case err != nil:
		return nil, t.fail(errCauseRender, err)
	case location != "":
		return nil, t.leadOn(resp, location)
	}
	t.c.tally.add(func(s *Summary) { s.Rendered++ })
	return to, nil
}

// countLoad counts a request of a page that is rendered.
func (c *crawler) countLoad(resp *fetch.Response) {
	c.requests.Add(1)
	if resp != nil {
		c.tally.add(func(s *Summary) { s.Bytes += int64(len(resp.Body)) })
	}
}

// page renders the page at u, and returns it as its answer would be. Where its scripts
// lead to another page, it returns that one's address.
func (r *pageRenderer) page(ctx context.Context, u *url.URL, resp *fetch.Response) (*fetch.Response, string, error) {
	l := &pageLoads{r: r, page: u, asked: make(map[string]int)}
	got, err := r.r.Render(ctx, &Unrendered{
		URL: u, Header: resp.Header, ContentType: resp.ContentType, HTML: resp.Body, MaxBytes: r.o.MaxBody,
	}, l.load)
	switch {
	case err != nil:
		return nil, "", fmt.Errorf("rendering it: %w", err)
	case got.Location != "":
		return nil, got.Location, nil
	case len(got.HTML) == 0:
		return nil, "", errors.New("rendering it: the browser has returned an empty page")
	}
	to := *resp
	to.DropBody()
	to.Body, to.ContentType, to.Rendered, to.Truncated = got.HTML, "text/html; charset=utf-8", true, false
	// They are of what the server has sent, which stays the same where the article
	// does not.
	to.Header = resp.Header.Clone()
	to.Header.Del("Etag")
	to.Header.Del("Last-Modified")
	return &to, "", nil
}
