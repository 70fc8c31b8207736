package scrape

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"newsclip/clean"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/pace"
	"newsclip/scrape/internal/read"
)

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

// get makes the item's request and deals with every answer that cannot be worked
// with: the caller is done where resp is nil.
func (t *task) get(req *fetch.Request) (resp *fetch.Response, err error) {
	t.paceTold = true
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
	case s == http.StatusNotModified:
		return a.Response, nil
	case s >= 200 && s < 300:
		t.wasRead = true
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

func (t *task) retry(after time.Duration) error {
	t.c.tally.add(func(s *Summary) { s.Retries++ })
	t.putDown()
	return t.lease.Retry(t.store, after)
}

// failStatus finishes an item whose answer has an error status.
func (t *task) failStatus(resp *fetch.Response) error {
	if t.item.Kind == kindPage {
		t.countPage()
		t.c.settlePage(t.item.Host, t.item.URL)
	}
	if resp.Status == http.StatusNotFound || resp.Status == http.StatusGone {
		if gone, err := t.gone(resp); gone || err != nil {
			return err
		}
		t.item.Memo = asideMemo(t.item)
	}
	return t.fail(strconv.Itoa(resp.Status), fetch.StatusError(resp.Status))
}
