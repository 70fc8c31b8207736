package scrape

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/memory"
	"newsclip/scrape/internal/robots"
)

// A task is one item on its way through a worker.
type task struct {
	c     *crawler
	lease *frontier.Lease
	item  *frontier.Item
	u     *url.URL
	// ctx ends with the crawl; store does not, so that what was fetched is
	// kept although the crawl was interrupted meanwhile.
	ctx, store context.Context
	cancel     context.CancelFunc // of store
	rules      *robots.Rules
	// paceTold is set once the pace has been told what became of the request that
	// it let through: that it was made, or that it was not needed.
	paceTold bool
	// hostLearnt is set where the handler has made an article of the item, and
	// not too early: the articles of its host that are held back can go.
	hostLearnt bool
	// isDocument is set where a seed is a sitemap or a feed.
	isDocument bool
	// settled is set where a guess has found something, and where a lead has led
	// somewhere.
	settled bool
	// firstForm is the URL of the item where another form of it was taken, and
	// formsTried is set where no other one is left: see forms.go.
	firstForm  *url.URL
	formsTried bool
	// leased is the memo with which the item was leased.
	leased []byte
	// wasRead is set where the answer came anew, and isNews where it is a sitemap or a
	// feed that has news.
	wasRead, isNews bool
	// weight is what the page in hand takes of crawler.hands, cost how much that is in
	// bytes, and joined what the pages take that are kept for their article.
	weight, joined    *memory.Share
	cost, joinedBytes int64
	// isInHand is set while the task holds a place of inHand.
	isInHand bool
	// partBodies are the bytes of an article's following pages.
	partBodies [][]byte
	// single is where the whole of the article was fetched from, by a rule of the
	// site, or nil.
	single *url.URL
}

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

// unused tells the host's pace that no request was made, unless one was. It must
// be called before the lease ends: then the frontier asks the pace about the next
// item.
func (t *task) unused() {
	if !t.paceTold {
		t.paceTold = true
		t.c.pace.Unused(t.item.Host)
	}
}

// storeTime is how long the frontier may take to keep what one request brought.
const storeTime = 15 * time.Minute

// renew gives the task another storeTime.
func (t *task) renew() {
	if t.cancel != nil {
		t.cancel()
	}
	t.store, t.cancel = context.WithTimeout(context.WithoutCancel(t.ctx), storeTime)
}

// guarded calls run, and turns a panic into a failure of the item, so that one
// page cannot end the crawl.
func (t *task) guarded(run func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = t.fail(errCausePanic, fmt.Errorf("panic: %v", p))
		}
	}()
	return run()
}

func (t *task) run() error {
	var err error
	if t.u, err = url.Parse(t.item.URL); err != nil {
		return t.fail(fetch.CauseOther, err)
	}
	if t.item.Kind == kindTwin {
		return t.twin()
	}
	if t.item.Kind == kindPage && t.c.suspects.isGivenUp(t.item.URL) {
		return t.fail(errCauseDeadly, errDeadly)
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
		return t.fail(errCauseHostDead, errors.New("the host was given up: too many requests to it failed"))
	}
	if t.c.origins.isDead(t.u) {
		t.takeForm()
	}
	return t.fetch()
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
