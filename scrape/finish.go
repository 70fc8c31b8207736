package scrape

import (
	"net/http"
	"strconv"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/fetch"
)

// spend ends the job because a budget is used up.
func (t *task) spend() error {
	t.c.spent.Store(true)
	t.lease.Release()
	return t.c.f.Finish(t.store)
}

// giveBackPage returns the units of --max-pages and --max-per-host that the item has taken, because it
// turned out not to be a page.
func (t *task) giveBackPage() error {
	if t.item.Kind != kindPage {
		return nil
	}
	return t.c.returnPage(t.store, t.item.Host, t.item.URL)
}

func (t *task) finish(r frontier.Result) error {
	if err := t.closeDiscovery(); err != nil {
		return err
	}
	t.unused()
	t.putDown()
	if r.Memo == nil {
		r.Memo = t.item.Memo
	}
	if t.c.o.watch != nil && t.item.Kind != kindTwin {
		r.Memo = t.stamp(&r)
	}
	if err := t.lease.Done(t.store, r); err != nil || t.item.Kind != kindPage {
		return err
	}
	return t.c.resumeTwins(t.store, t.u)
}

// skip finishes an item that is left out, although nothing failed.
func (t *task) skip(cause SkipCause) error {
	t.countSkip(cause)
	if err := t.releaseTwin(cause); err != nil {
		return err
	}
	if cause == SkipDuplicate {
		t.item.Memo = asideMemo(t.item)
	}
	return t.finish(frontier.Result{Empty: true})
}

// countSkip counts the item as left out.
func (t *task) countSkip(cause SkipCause) {
	t.c.tally.skip(cause, 1)
	t.c.health.skipped(t.item.Host, cause)
}

// countPage counts a page that has answered.
func (t *task) countPage() {
	t.c.tally.add(func(s *Summary) { s.Pages++ })
	t.c.health.fetched(t.item.Host)
}

// fail finishes an item that failed for good.
func (t *task) fail(cause string, err error) error {
	if t.item.Kind != kindPage {
		t.item.Memo = nil // a recrawl reads it whatever it was
	}
	if t.item.Meta[metaProbe] == "" || !isAbsence(cause) {
		t.c.tally.fail(t.item.URL, cause, err)
		t.c.health.failed(t.item.Host, cause, err)
		t.c.o.Log.Info("failed", "url", t.item.URL, "cause", cause, "error", err)
	}
	if err := t.releaseTwin(""); err != nil {
		return err
	}
	return t.finish(frontier.Result{Failed: true})
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
