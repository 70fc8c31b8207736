package scrape

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"newsclip/clean"
	"newsclip/scrape/frontier"
)

const (
	// maxAttempts is how often a URL is asked for: once, and three times more
	// where the failure may pass.
	maxAttempts = 4
	// maxRefused is the same for 429 and 503, which say to come back.
	maxRefused = 6
	// maxRedirects is how many redirects lead to one page.
	maxRedirects = 5
	// batch is how many entries of a sitemap enter the frontier at once.
	batch = 500
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
	rules      *robotsRules
	// asked says that the request which pace let through was made, or that
	// pace knows that it was not.
	asked bool
	// known says that the handler knows the item's host well enough.
	known bool
	// partBodies are the bytes of an article's following pages.
	partBodies [][]byte
}

// process fetches one item and ends its lease. Its error ends the crawl.
func (c *crawler) process(ctx context.Context, lease *frontier.Lease) error {
	t := &task{c: c, lease: lease, item: &lease.Item, ctx: ctx}
	t.renew()
	defer func() {
		t.cancel()
		t.unused()
	}()
	err := t.guarded(t.run)
	if errors.Is(err, frontier.ErrLost) {
		return nil // another worker has the host now, and does it again
	}
	if err == nil && t.known {
		return c.finishHost(t.item.Host)
	}
	return err
}

// unused tells the host's pace where no request was made. It comes before the
// lease's end, after which the frontier asks the pace for the next.
func (t *task) unused() {
	if !t.asked {
		t.asked = true
		t.c.pace.unused(t.item.Host)
	}
}

// storeTime bounds what the frontier may take to keep what one request brought.
const storeTime = 15 * time.Minute

// renew gives the task another storeTime.
func (t *task) renew() {
	if t.cancel != nil {
		t.cancel()
	}
	t.store, t.cancel = context.WithTimeout(context.WithoutCancel(t.ctx), storeTime)
}

// guarded keeps a panic over one page from ending the crawl.
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
		return t.fail(errCauseOther, err)
	}
	if t.item.Kind == kindTwin {
		return t.twin()
	}
	// It may be of another worker's seed, or where one has moved to.
	if err := t.c.learnGround(t.store, t.u); err != nil {
		return err
	}
	if t.c.pace.isDead(t.item.Host) {
		return t.fail(errCauseHostDead, errors.New("its host was given up"))
	}
	if done, err := t.checkRobots(); done || err != nil {
		return err
	}
	if t.item.Kind == kindPage && t.c.o.RespectTDM && t.rules.noAI {
		return t.skip(SkipRights)
	}
	if t.item.Kind == kindPage && t.c.o.MaxPages > 0 {
		ok, err := t.c.pages.Take(t.store, t.item.URL)
		if err != nil {
			return err
		}
		if !ok {
			return t.spend()
		}
	}
	switch t.item.Kind {
	case kindSitemap:
		return t.sitemap()
	case kindFeed:
		return t.feed()
	}
	return t.page()
}

// checkRobots asks robots.txt about the item. Where it had to be fetched first
// and the host has a pace, the item goes back until the host may be asked again.
func (t *task) checkRobots() (done bool, err error) {
	start := time.Now()
	rules, asked, err := t.c.robots.get(t.ctx, t.u)
	if err != nil {
		t.lease.Release()
		return true, nil
	}
	t.rules = rules
	if asked {
		t.c.pace.slowTo(t.item.Host, rules.delay)
		t.c.f.Slow(t.item.Host, rules.delay)
		if rules.closed == nil {
			if err := t.c.addHost(t.store, t.u, rules); err != nil {
				return true, err
			}
		} else {
			t.c.sayClosed(t.item.Host, rules)
			if !rules.again.IsZero() && !t.c.o.IgnoreRobots {
				t.c.pace.closed(t.item.Host, rules.again)
			}
		}
		if t.c.o.Delay > 0 || rules.delay > 0 {
			t.asked = true
			t.c.pace.ended(t.item.Host, time.Since(start))
			t.lease.Release()
			return true, nil
		}
	}
	switch {
	case t.c.o.IgnoreRobots:
		return false, nil
	case rules.closed != nil && !rules.again.IsZero():
		t.unused()
		t.c.pace.closed(t.item.Host, rules.again)
		t.lease.Release()
		return true, nil
	case rules.closed != nil:
		cause := causeOfError(rules.closed)
		if !noAnswer(cause) && cause != errCausePrivate {
			cause = errCauseRobots
		}
		return true, t.fail(cause, rules.closed)
	case !rules.allows(t.u):
		return true, t.skip(SkipRobots)
	}
	return false, nil
}

// sayClosed says that a host's robots.txt cannot be read: where that is soon
// asked again, only to who wants to know of every URL.
func (c *crawler) sayClosed(host string, rules *robotsRules) {
	const long = 30 * time.Second
	wait := time.Until(rules.again).Round(time.Second)
	switch {
	case rules.again.IsZero():
		c.o.Log.Warn("host is closed", "host", host, "error", rules.closed)
	case wait >= long:
		c.o.Log.Warn("host is closed for now", "host", host, "wait", wait, "error", rules.closed)
	default:
		c.o.Log.Info("host is closed for now", "host", host, "wait", wait, "error", rules.closed)
	}
}

// getRobots fetches a robots.txt.
func (c *crawler) getRobots(ctx context.Context, u *url.URL) (*response, error) {
	c.requests.Add(1)
	return c.fetch.get(ctx, &request{url: u, limit: maxRobots})
}

// sleep reports false where ctx ended first.
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

// get makes the item's request, keeps the host's pace by what came, and deals
// with every answer that is none to work with: the caller is done where resp
// is nil.
func (t *task) get(req *request) (resp *response, err error) {
	c, host := t.c, t.item.Host
	t.asked = true
	c.requests.Add(1)
	resp, err = c.fetch.get(t.ctx, req)
	took := time.Duration(0)
	if got := resp; got != nil {
		took = got.headersIn
		defer func() {
			if resp == nil {
				got.release()
			}
		}()
	}
	c.pace.ended(host, took)
	switch {
	case errors.Is(err, errNotWanted):
		c.pace.answered(host)
		if err := t.giveBackPage(); err != nil {
			return nil, err
		}
		return nil, t.skip(SkipNotPage)
	case err != nil && t.ctx.Err() != nil:
		t.lease.Release()
		return nil, nil
	case errors.Is(err, errNoSitemap):
		c.pace.answered(host)
		return nil, t.fail(errCauseSitemap, err)
	case err != nil:
		return nil, t.noAnswer(err)
	}
	c.tally.add(func(s *Summary) { s.Bytes += int64(len(resp.body)) })
	switch s := resp.status; {
	case s == http.StatusTooManyRequests || s == http.StatusServiceUnavailable:
		wait, givenUp := c.pace.refused(host, resp.header)
		if givenUp {
			c.o.Log.Warn("host is given up", "host", host, "error", statusError(s))
		}
		if t.item.Attempt < maxRefused && !c.pace.isDead(host) {
			return nil, t.retry(wait)
		}
		return nil, t.failStatus(resp)
	case isPassing(strconv.Itoa(s)):
		return nil, t.noAnswer(statusError(s))
	}
	c.pace.answered(host)
	switch s := resp.status; {
	case isRedirect(s):
		return nil, t.redirect(resp)
	case s == http.StatusNotModified, s >= 200 && s < 300:
		return resp, nil
	}
	return nil, t.failStatus(resp)
}

// noAnswer retries a failure that may pass, and counts any other.
func (t *task) noAnswer(cause error) error {
	name := causeOfError(cause)
	if t.c.pace.failed(t.item.Host, name) {
		t.c.o.Log.Warn("host is given up", "host", t.item.Host, "error", cause)
	}
	if isPassing(name) && t.item.Attempt < maxAttempts && !t.c.pace.isDead(t.item.Host) {
		return t.retry(jitter(t.c.retryDelay(t.item.Attempt)))
	}
	if err := t.giveBackPage(); err != nil {
		return err
	}
	return t.fail(name, cause)
}

// retryDelay is how long a URL waits after an attempt that failed: 2, 8 and 32
// seconds, so that a server that is started anew meanwhile loses none.
func (c *crawler) retryDelay(attempt int) time.Duration {
	return c.pace.scaled(backoff(2*attempt - 1))
}

func (t *task) retry(after time.Duration) error {
	t.c.tally.add(func(s *Summary) { s.Retries++ })
	return t.lease.Retry(t.store, after)
}

// redirect passes the item on to where the answer points. The target is an
// item of its own, so that scope, robots.txt, pace and the once-only rule hold
// for it as for any other.
func (t *task) redirect(resp *response) error {
	c := t.c
	if err := t.giveBackPage(); err != nil {
		return err
	}
	c.tally.add(func(s *Summary) { s.Redirects++ })
	target, ok := c.normalized(t.u, resp.header.Get("Location"))
	if !ok {
		return t.finish(frontier.Result{})
	}
	chain := append(slices.Clone(t.item.Redirects), t.item.URL)
	to := target.String()
	switch {
	case slices.Contains(chain, to):
		return t.fail(errCauseLoop, fmt.Errorf("redirects in a circle: %s leads back to %s", t.item.URL, to))
	case len(chain) > maxRedirects:
		return t.fail(errCauseRedirects, fmt.Errorf("more than %d redirects from %s", maxRedirects, chain[0]))
	}
	seed := t.item.Depth == 0 && t.item.Class == frontier.ClassSeed
	switch {
	case c.holds(target):
	case seed:
		// What the user named lives there now.
		if err := c.keepGround(t.store, nil, []*url.URL{target}); err != nil {
			return err
		}
	default:
		return t.skip(SkipScope)
	}
	if !seed && t.item.Kind == kindPage {
		if cause := trapOf(target, len(to), time.Now()); cause != "" {
			return t.skip(cause)
		}
		if !c.ground.wanted(to) {
			return t.skip(SkipExcluded)
		}
	}
	next := newItem(target, t.item.Kind, t.item.Class, t.item.Depth)
	next.Referrer, next.LastMod, next.Meta, next.Redirects = t.item.Referrer, t.item.LastMod, t.item.Meta, chain
	if next.Host == t.item.Host && next.Key == t.item.Key {
		// From http to https or to www.: the same page by identity, which has
		// entered already, under its other name.
		next.Key = to
	}
	entered, err := c.f.Add(t.store, next)
	if err != nil {
		return err
	}
	if c.hops.add(t.item.URL, to) && !entered[0] {
		return t.fail(errCauseLoop, fmt.Errorf("redirects in a circle: %s leads to %s and back", t.item.URL, to))
	}
	if t.item.Kind != kindPage || identity(target) == identity(t.u) {
		return t.finish(frontier.Result{})
	}
	// Whoever named this one as its canonical URL is told where to look.
	if _, err := c.f.Claim(t.store, articleClaim(t.u), movedTo+to); err != nil {
		return err
	}
	if !entered[0] {
		// The one that it leads to does not know of the twin.
		if err := t.releaseTwin(""); err != nil {
			return err
		}
	}
	return t.finish(frontier.Result{Empty: true})
}

// page fetches a page, enters its links and writes it where it is an article.
func (t *task) page() error {
	req := &request{url: t.u, limit: t.c.o.MaxBody, accepts: acceptsPage, header: t.validators()}
	resp, err := t.get(req)
	if resp == nil {
		return err
	}
	defer resp.release() // the tree has copies
	if resp.status == http.StatusNotModified {
		return t.unchanged()
	}
	switch kindOfBody(resp) {
	case kindFeed:
		if err := t.giveBackPage(); err != nil {
			return err
		}
		return t.readFeed(resp)
	case kindSitemap:
		if err := t.giveBackPage(); err != nil {
			return err
		}
		if err := t.readSitemap(bytes.NewReader(resp.body)); err != nil {
			return t.fail(errCauseSitemap, err)
		}
		return t.finish(frontier.Result{})
	case "":
		if err := t.giveBackPage(); err != nil {
			return err
		}
		return t.skip(SkipNotPage)
	}
	t.c.tally.add(func(s *Summary) { s.Pages++ })
	if t.c.o.MaxPages > 0 {
		t.c.pages.Settle(t.item.URL)
	}
	p, err := clean.Parse(inputOf(t.item.URL, resp))
	if err != nil {
		return t.fail(parseCause(err), err)
	}
	links := readLinks(p)
	if resp.cut {
		// What came so far still leads on, but half an article is none.
		if err := t.follow(p, links); err != nil {
			return err
		}
		return t.fail(errCauseTooLarge, fmt.Errorf("the page is %w (%d bytes)", errCut, t.c.o.MaxBody))
	}
	return t.read(p, links, resp)
}

// inputOf is an answer as clean takes it.
func inputOf(url string, resp *response) clean.Input {
	return clean.Input{
		URL: url, ContentType: resp.contentType, HTML: resp.body, Header: headerOf(resp.header),
		Status: resp.status, FetchedAt: resp.fetchedAt.UTC().Truncate(time.Second),
	}
}

// parseCause is a clean error's code, which is one word.
func parseCause(err error) string {
	var e *clean.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return errCauseParse
}

// follow enters what a page links to.
func (t *task) follow(p *clean.Page, l *pageLinks) error {
	c := t.c
	c.tally.skip(SkipNofollow, l.nofollowed)
	if l.directives.nofollow {
		c.tally.skip(SkipNofollow, len(l.links))
		return nil
	}
	pages := make([]found, 0, len(l.links))
	for _, ln := range l.links {
		pages = append(pages, found{base: p.Base, ref: ln.href, class: frontier.ClassOther, depth: t.item.Depth + 1, referrer: t.item.URL})
	}
	return c.addPages(t.store, pages)
}

// followFeeds enters the feeds that a page announces. Articles announce their
// comments' feeds, one each: they are passed by.
func (t *task) followFeeds(p *clean.Page, l *pageLinks, article bool) error {
	c := t.c
	if article || t.item.Depth > 1 || c.o.NoDiscovery || c.o.MaxDepth <= t.item.Depth {
		return nil
	}
	var items []frontier.Item
	refs, probe := l.feeds, false
	if len(refs) == 0 && t.item.Class == frontier.ClassSeed {
		refs, probe = feedPaths, true
	}
	for _, ref := range refs {
		u, ok := c.normalized(p.Base, ref)
		if !ok || !c.holds(u) {
			continue
		}
		it := newItem(u, kindFeed, frontier.ClassControl, t.item.Depth)
		if probe {
			it.Meta = map[string]string{metaProbe: "1"}
		}
		items = append(items, it)
	}
	if len(items) == 0 {
		return nil
	}
	_, err := c.f.Add(t.store, items...)
	return err
}

// sitemap reads a sitemap as it comes in.
func (t *task) sitemap() error {
	var readErr error
	resp, err := t.get(&request{url: t.u, limit: maxSitemap, sink: func(r io.Reader) error {
		readErr = t.readSitemap(r)
		return readErr
	}})
	if resp == nil {
		return err
	}
	t.c.tally.add(func(s *Summary) { s.Sitemaps++ })
	if resp.cut {
		return t.fail(errCauseTooLarge, fmt.Errorf("the sitemap is longer than %d bytes", maxSitemap))
	}
	return t.finish(frontier.Result{})
}

// readSitemap enters what a sitemap lists, batch by batch.
func (t *task) readSitemap(r io.Reader) error {
	c := t.c
	level, _ := strconv.Atoi(t.item.Meta[metaLevel])
	var pages []found
	var maps []frontier.Item
	children := 0
	flush := func() error {
		if len(maps) > 0 {
			if _, err := c.f.Add(t.store, maps...); err != nil {
				return err
			}
			maps = maps[:0]
		}
		err := c.addPages(t.store, pages)
		pages = pages[:0]
		return err
	}
	err := readSitemap(r, func(e sitemapEntry) error {
		if err := t.ctx.Err(); err != nil {
			return err
		}
		switch {
		case e.index:
			if c.tooOld(e.lastMod) {
				c.tally.skip(SkipDate, 1)
				return nil
			}
			if level >= maxSitemapDepth {
				c.tally.skip(SkipDepth, 1)
				return nil
			}
			u, ok := c.normalized(t.u, e.loc)
			if !ok {
				return nil
			}
			it := newItem(u, kindSitemap, frontier.ClassControl, 0)
			// An archive's hundreds of sitemaps must not keep the crawl from
			// its first page: the first few go ahead, the others stand among
			// the dated pages, newest first.
			if children++; children > 5 {
				it.Class = frontier.ClassDated
			}
			it.LastMod = e.lastMod
			it.Meta = map[string]string{metaLevel: strconv.Itoa(level + 1)}
			it.Referrer = t.item.URL
			maps = append(maps, it)
		default:
			if c.tooOld(latest(e.lastMod, e.news)) || c.tooYoung(e.news) {
				c.tally.skip(SkipDate, 1)
				return nil
			}
			f := found{base: t.u, ref: e.loc, class: frontier.ClassOther, depth: 1, referrer: t.item.URL, lastMod: latest(e.lastMod, e.news)}
			if e.isNews {
				f.class = frontier.ClassNews
			}
			pages = append(pages, f)
		}
		if len(pages)+len(maps) >= batch {
			return flush()
		}
		return nil
	})
	if flushErr := flush(); err == nil {
		err = flushErr
	}
	return err
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func (t *task) feed() error {
	resp, err := t.get(&request{url: t.u, limit: t.c.o.MaxBody})
	if resp == nil {
		return err
	}
	return t.readFeed(resp)
}

// readFeed enters what a feed lists.
func (t *task) readFeed(resp *response) error {
	c := t.c
	if !isFeed(resp.body) {
		if t.item.Meta[metaProbe] != "" {
			return t.finish(frontier.Result{})
		}
		return t.fail(kindFeed, errors.New("it is no feed"))
	}
	entries, err := readFeed(resp.body)
	if err != nil {
		return t.fail(kindFeed, err)
	}
	c.tally.add(func(s *Summary) { s.Feeds++ })
	var pages []found
	for _, e := range entries {
		at := latest(e.news, e.lastMod)
		if c.tooOld(at) || c.tooYoung(e.news) {
			c.tally.skip(SkipDate, 1)
			continue
		}
		pages = append(pages, found{base: t.u, ref: e.loc, class: frontier.ClassFeed, depth: t.item.Depth + 1, referrer: t.item.URL, lastMod: at})
	}
	if err := c.addPages(t.store, pages); err != nil {
		return err
	}
	return t.finish(frontier.Result{})
}

// spend ends the job because a budget has nothing left.
func (t *task) spend() error {
	t.c.spent.Store(true)
	t.lease.Release()
	return t.c.f.Finish(t.store)
}

// giveBackPage returns the unit of --max-pages that the item has taken: it
// turned out to be no page.
func (t *task) giveBackPage() error {
	if t.item.Kind != kindPage || t.c.o.MaxPages == 0 {
		return nil
	}
	return t.c.pages.Return(t.store, t.item.URL)
}

func (t *task) finish(r frontier.Result) error {
	t.unused()
	if r.Memo == nil {
		r.Memo = t.item.Memo
	}
	if err := t.lease.Done(t.store, r); err != nil || t.item.Kind != kindPage {
		return err
	}
	return t.c.answer(t.store, t.u)
}

// skip finishes the item without anything having failed.
func (t *task) skip(cause SkipCause) error {
	t.c.tally.skip(cause, 1)
	if err := t.releaseTwin(cause); err != nil {
		return err
	}
	if cause == SkipDuplicate {
		t.item.Memo = asideMemo(t.item)
	}
	return t.finish(frontier.Result{Empty: true})
}

// fail finishes the item as one that could not be had.
func (t *task) fail(cause string, err error) error {
	if t.item.Meta[metaProbe] == "" {
		t.c.tally.fail(t.item.URL, cause, err)
		t.c.o.Log.Info("failed", "url", t.item.URL, "cause", cause, "error", err)
	}
	if err := t.releaseTwin(""); err != nil {
		return err
	}
	return t.finish(frontier.Result{Failed: true})
}

// failStatus finishes an item whose answer is an error for good.
func (t *task) failStatus(resp *response) error {
	if t.item.Kind == kindPage {
		t.c.tally.add(func(s *Summary) { s.Pages++ })
		if t.c.o.MaxPages > 0 {
			t.c.pages.Settle(t.item.URL)
		}
	}
	if resp.status == http.StatusNotFound || resp.status == http.StatusGone {
		if gone, err := t.gone(resp); gone || err != nil {
			return err
		}
		t.item.Memo = asideMemo(t.item)
	}
	return t.fail(strconv.Itoa(resp.status), statusError(resp.status))
}
