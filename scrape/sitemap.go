package scrape

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/read"
)

// sitemap fetches a sitemap and reads it as it comes in.
func (t *task) sitemap() error {
	var readErr error
	resp, err := t.get(&fetch.Request{URL: t.u, Limit: read.MaxSitemap, Sink: func(r io.Reader) error {
		readErr = t.readSitemap(r)
		return readErr
	}})
	if resp == nil {
		return err
	}
	t.c.tally.add(func(s *Summary) { s.Sitemaps++ })
	if resp.Cut {
		return t.fail(fetch.CauseTooLarge, fmt.Errorf("the sitemap is longer than %d bytes", read.MaxSitemap))
	}
	return t.finish(frontier.Result{})
}

const (
	// maxSitemapDepth ends indexes that name each other. The protocol allows one
	// level; publishers nest two and three.
	maxSitemapDepth = 8
	// firstSitemaps is how many of the sitemaps in an index go before all pages.
	firstSitemaps = 5
	// batch is how many entries of a sitemap are added to the frontier at once.
	batch = 500
)

// readSitemap adds what a sitemap lists, batch by batch.
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
	err := read.Sitemap(r, func(e read.Entry) error {
		if err := t.ctx.Err(); err != nil {
			return err
		}
		switch {
		case e.Index:
			if c.tooOld(e.LastMod) {
				c.tally.skip(SkipDate, 1)
				return nil
			}
			if level >= maxSitemapDepth {
				c.tally.skip(SkipDepth, 1)
				return nil
			}
			u, ok := c.normalized(t.u, e.Loc)
			if !ok {
				return nil
			}
			it := newItem(u, kindSitemap, frontier.ClassControl, 0)
			// An archive has hundreds of sitemaps. The first few go before all
			// pages, the others among the dated pages, the newest first, so that
			// the first page need not wait for all of them.
			if children++; children > firstSitemaps {
				it.Class = frontier.ClassDated
			}
			it.LastMod = e.LastMod
			it.Meta = map[string]string{metaLevel: strconv.Itoa(level + 1)}
			it.Referrer = t.item.URL
			maps = append(maps, it)
		default:
			if c.tooOld(latest(e.LastMod, e.News)) || c.tooNew(e.News) {
				c.tally.skip(SkipDate, 1)
				return nil
			}
			f := found{base: t.u, ref: e.Loc, class: frontier.ClassOther, depth: 1, referrer: t.item.URL, lastMod: latest(e.LastMod, e.News)}
			if e.IsNews {
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
	resp, err := t.get(&fetch.Request{URL: t.u, Limit: t.c.o.MaxBody})
	if resp == nil {
		return err
	}
	return t.readFeed(resp)
}

// readFeed adds what a feed lists.
func (t *task) readFeed(resp *fetch.Response) error {
	c := t.c
	if !read.IsFeed(resp.Body) {
		if t.item.Meta[metaProbe] != "" {
			return t.finish(frontier.Result{})
		}
		return t.fail(kindFeed, errors.New("neither RSS, Atom nor JSON Feed"))
	}
	entries, err := read.Feed(resp.Body)
	if err != nil {
		return t.fail(kindFeed, err)
	}
	c.tally.add(func(s *Summary) { s.Feeds++ })
	var pages []found
	for _, e := range entries {
		at := latest(e.News, e.LastMod)
		if c.tooOld(at) || c.tooNew(e.News) {
			c.tally.skip(SkipDate, 1)
			continue
		}
		pages = append(pages, found{base: t.u, ref: e.Loc, class: frontier.ClassFeed, depth: t.item.Depth + 1, referrer: t.item.URL, lastMod: at})
	}
	if err := c.addPages(t.store, pages); err != nil {
		return err
	}
	return t.finish(frontier.Result{})
}

// tooOld reports whether a time is before --since. An unknown time is not.
func (c *crawler) tooOld(t time.Time) bool {
	return !t.IsZero() && !c.o.Since.IsZero() && t.Before(c.o.Since)
}

// tooNew reports whether a time is after --until. An unknown time is not.
func (c *crawler) tooNew(t time.Time) bool {
	return !t.IsZero() && !c.o.Until.IsZero() && t.After(c.o.Until)
}
