package scrape

import (
	"context"
	"errors"
	"net/url"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/suspects"
)

// process fetches one item and ends its lease. Its error ends the crawl.
func (c *crawler) process(ctx context.Context, lease *frontier.Lease) error {
	t := &task{c: c, lease: lease, item: &lease.Item, ctx: ctx, leased: lease.Item.Memo}
	t.renew()
	defer func() {
		t.cancel()
		t.putDown()
		t.joined.Free()
		t.unused()
	}()
	err := t.guarded(t.run)
	t.putDown()
	if errors.Is(err, frontier.ErrLost) {
		return nil // another worker has the host now, and does it again
	}
	if err == nil && t.hostLearnt {
		return c.finishHost(t.item.Host)
	}
	return err
}

func (t *task) run() error {
	var err error
	if t.u, err = url.Parse(t.item.URL); err != nil {
		return t.fail(fetch.CauseOther, err)
	}
	if t.item.Kind == kindTwin {
		return t.twin()
	}
	if t.item.Kind == kindPage && t.c.suspects.IsGivenUp(t.item.URL) {
		return t.fail(errCauseDeadly, suspects.ErrDeadly)
	}
	// --exclude and --follow may have been added since it was found.
	if t.item.Kind == kindPage && t.item.Class != frontier.ClassSeed && !t.c.fetches(t.item.URL) {
		return t.skip(SkipExcluded)
	}
	if t.isFull() {
		return t.skip(SkipBudget)
	}
	// It may be of another worker's seed, or where one has moved to.
	if err := t.c.learnScope(t.store, t.u); err != nil {
		return err
	}
	if t.c.pace.IsGivenUp(t.item.Host) {
		return t.fail(errCauseHostDead, errGivenUp)
	}
	if t.c.origins.IsDead(t.u) {
		t.takeForm()
	}
	for {
		t.fetchAgain = false
		if err := t.fetch(); err != nil || !t.fetchAgain {
			return err
		}
	}
}

// fetch makes the request of the item, where robots.txt and the budgets let it be
// made.
func (t *task) fetch() error {
	if done, err := t.checkRobots(); done || err != nil {
		return err
	}
	if t.item.Kind == kindPage && t.c.o.RespectTDM && t.rules.NoAI {
		return t.skip(SkipRights)
	}
	if t.item.Kind == kindPage {
		switch left, err := t.c.takePage(t.store, t.item.Host, t.item.URL); {
		case err != nil:
			return err
		case left == hostBudget:
			return t.skip(SkipBudget)
		case left == totalBudget:
			return t.spend()
		}
	}
	switch t.item.Kind {
	case kindListed:
		return t.list()
	case kindLead:
		return t.lead()
	case kindSitemap:
		return t.sitemap()
	case kindFeed:
		return t.feed()
	}
	return t.page()
}
