package scrape

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/fetch"
)

// Bounds of what is held back. When one is reached, the oldest articles are
// written.
const (
	maxHeld      = 512
	maxHeldBytes = 64 << 20 // of HTML
	// largeHeld is the HTML of a page from which on it counts largeTimes: its record, if
	// that stands already, has the page's words up to four times. Of news pages those
	// words are a hundredth.
	largeHeld  = 1 << 20
	largeTimes = 8
	// mostHeldPage is the HTML of the largest page that is held back.
	mostHeldPage = 4 << 20
	// maxTreeBytes is what the pages whose trees are kept take, by their tags and bytes:
	// those of the four articles that wait on each of two or three hosts. The others are
	// parsed again.
	maxTreeBytes = 40 << 20
	// maxHeldTime is how long an article waits for others of its host: on a slow
	// site somebody may be watching the output.
	maxHeldTime = 30 * time.Second
)

// add adds h, with its trees where there is room for them, and removes and returns the oldest items over the bounds.
func (b *holdback) add(h *heldItem) (over []*heldItem) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if h.hasTree = h.page.Kept != nil && b.trees+h.cost <= maxTreeBytes; h.hasTree {
		b.trees += h.cost
		h.pages, h.out = nil, nil
		h.resp.Release()
	} else {
		h.page.Page, h.page.Parts, h.page.Kept = nil, nil, nil
		h.resp.Keep()
		h.pages[0].HTML = h.resp.Body
	}
	b.items = append(b.items, h)
	b.bytes += h.weight()
	for len(b.items) > maxHeld || b.bytes > maxHeldBytes {
		over = append(over, b.items[0])
		b.forget(b.items[0])
		b.items = slices.Delete(b.items, 0, 1)
	}
	return over
}

// take removes and returns the items for which f returns true.
func (b *holdback) take(f func(*heldItem) bool) (taken []*heldItem) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.items = slices.DeleteFunc(b.items, func(h *heldItem) bool {
		if !f(h) {
			return false
		}
		taken = append(taken, h)
		b.forget(h)
		return true
	})
	return taken
}

// forget takes the size of an item that is removed out of the sums.
func (b *holdback) forget(h *heldItem) {
	b.bytes -= h.weight()
	if h.hasTree {
		b.trees -= h.cost
	}
}

// weight returns what the item counts of maxHeldBytes.
func (h *heldItem) weight() int {
	if h.size > largeHeld {
		return largeTimes * h.size
	}
	return h.size
}

func (b *holdback) len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.items)
}

// hold keeps the item back, with the bytes that its page is made from.
func (t *task) hold(page *Page, out *Outcome, resp *fetch.Response) error {
	t.putDown()
	// Another worker may take the item up before this one is done with the
	// task, and then both would renew and end the same context.
	own := *t
	own.cancel = nil
	kept := *resp
	h := &heldItem{t: &own, page: *page, resp: &kept, since: time.Now()}
	h.page.Kept = out.Kept
	if out.Stands != nil {
		first := *out
		first.Early, first.Kept = false, nil
		h.out = &first
	}
	h.pages = append(h.pages, inputOf(t.item.URL, resp))
	for i, part := range page.Parts {
		in := part.Input
		in.HTML = t.partBodies[i]
		h.pages = append(h.pages, in)
	}
	h.cost = t.cost
	own.partBodies, own.joined, own.weight, own.judged, own.outcome = nil, nil, nil, nil, nil
	for _, in := range h.pages {
		h.size += len(in.HTML)
	}
	t.partBodies = nil
	resp.DropBody() // its memory is the item's, which another worker may write at once
	over := t.c.holdback.add(h)
	// The lease goes on, and the host has a connection free all the same.
	t.c.f.Wake(t.item.Host)
	return t.c.finishHeld(over)
}

// finishHeld has items handled for the last time, and written.
func (c *crawler) finishHeld(items []*heldItem) error {
	if len(items) == 0 {
		return nil
	}
	var g errgroup.Group
	g.SetLimit(max(1, cap(c.inHand.places)/2))
	for _, h := range items {
		g.Go(h.finish)
	}
	return g.Wait()
}

func (h *heldItem) finish() error {
	t := h.t
	t.renew()
	defer t.cancel()
	_ = t.weigh(h.pages...) // where the crawl is interrupted, it is written all the same
	t.takeUp()
	defer t.putDown()
	err := t.guarded(h.write)
	if errors.Is(err, frontier.ErrLost) {
		return nil
	}
	return err
}

func (h *heldItem) write() error {
	t, page := h.t, h.page
	if h.out != nil && h.out.Stands(t.store) {
		return t.complete(h.out, h.resp)
	}
	page.Last = true
	for i, in := range h.pages {
		if h.hasTree {
			break
		}
		p, err := t.c.parse(in)
		if err != nil {
			return fmt.Errorf("%s: parsing it again: %w", in.URL, err)
		}
		if i == 0 {
			page.Page = p
		} else {
			page.Parts = append(page.Parts, p)
		}
	}
	out, err := t.judge(&page)
	t.judged, t.outcome = &page, out
	if err == nil && !out.Article {
		err = errors.New("handled again, an article that was held back is not an article")
	}
	if err != nil {
		if err := t.returnArticle(); err != nil {
			return err
		}
		return t.fail(parseCause(err), err)
	}
	return t.complete(out, h.resp)
}

// finishHost writes the articles of a host that are held back.
func (c *crawler) finishHost(host string) error {
	return c.finishHeld(c.holdback.take(func(h *heldItem) bool { return h.t.item.Host == host }))
}

// startReleaser writes articles that were held back long enough, and all of them
// when nothing else is left to fetch. The function that it returns writes those
// that are still held back at the end of the crawl, whatever ended it.
func (c *crawler) startReleaser(ctx context.Context, fail context.CancelCauseFunc) (end func()) {
	stop, stopped := make(chan struct{}), make(chan struct{})
	release := func(items []*heldItem) {
		if err := c.finishHeld(items); err != nil {
			fail(err)
		}
	}
	all := func(*heldItem) bool { return true }
	go func() {
		defer close(stopped)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case now := <-tick.C:
				switch {
				case c.holdback.len() == 0:
				case c.onlyHeld(ctx):
					release(c.holdback.take(all))
				default:
					release(c.holdback.take(func(h *heldItem) bool { return now.Sub(h.since) >= maxHeldTime }))
				}
			}
		}
	}()
	return func() {
		close(stop)
		<-stopped
		release(c.holdback.take(all))
	}
}

// onlyHeld reports whether nothing is pending in this worker's part of the job
// except what is held back, and twins that may wait for that.
func (c *crawler) onlyHeld(ctx context.Context) bool {
	before := c.f.Stats()
	if before.Pending != c.holdback.len()+c.waiting.len() {
		return false
	}
	// A page that was finished just now may have added links that are not
	// counted yet.
	if err := c.f.CatchUp(ctx); err != nil {
		return false
	}
	after := c.f.Stats()
	return after.Pending == before.Pending && after.Done == before.Done && after.Pending == c.holdback.len()+c.waiting.len()
}
