package scrape

import (
	"slices"
	"sync"

	"newsclip/clean"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/read"
)

// follow adds what a page links to.
func (t *task) follow(p *clean.Page, l *read.PageLinks) error {
	c := t.c
	if c.o.SitemapsOnly || c.o.FeedsOnly {
		return nil
	}
	links := l.Links
	switch {
	case c.o.FollowNofollow || c.o.IgnoreRobots:
		links = slices.Concat(links, l.Nofollow)
	case l.Directives.NoFollow:
		c.tally.skip(SkipNofollow, len(links)+len(l.Nofollow))
		return nil
	default:
		c.tally.skip(SkipNofollow, len(l.Nofollow))
	}
	list := foundLists.Get().(*[]found)
	pages := (*list)[:0]
	for _, ln := range links {
		pages = append(pages, found{base: p.Base, ref: ln.Href, class: frontier.ClassOther, depth: t.item.Depth + 1, referrer: t.item.URL, by: "link"})
	}
	err := c.addPages(t.store, t.onPage(p, l, pages))
	if clear(pages); cap(pages) > maxFoundList {
		pages = nil
	}
	*list = pages
	foundLists.Put(list)
	return err
}

// foundLists are cleared lists of references for follow.
var foundLists = sync.Pool{New: func() any { return new([]found) }}

// maxFoundList is the longest list that is used again: few pages have as many links.
const maxFoundList = 2048

// followData adds what an answer in JSON links to: a button that loads more gets such.
func (t *task) followData(resp *fetch.Response) error {
	if t.c.o.SitemapsOnly || t.c.o.FeedsOnly || resp.Cut {
		return nil
	}
	var pages []found
	for _, ln := range read.DataLinks(resp.Body) {
		pages = append(pages, found{base: t.u, ref: ln.Href, class: frontier.ClassOther, depth: t.item.Depth + 1, referrer: t.item.URL, by: "link", on: t.u})
	}
	return t.c.addPages(t.store, pages)
}

// followFeeds adds the feeds and sitemaps that a page announces. Those of articles
// are left out: they are of the comments, one for each article.
func (t *task) followFeeds(p *clean.Page, l *read.PageLinks, article bool) error {
	c := t.c
	if article || t.item.Depth > 1 || c.o.NoDiscovery || c.o.MaxDepth <= t.item.Depth {
		return nil
	}
	var items []frontier.Item
	// Sites announce feeds of theirs on the hosts of services.
	add := func(kind, ref string, probe, foreign bool) {
		u, ok := c.normalized(p.Base, ref)
		if !ok || foreign && c.holds(u) {
			return
		}
		it := newItem(u, kind, frontier.ClassControl, t.item.Depth)
		if probe {
			it.Meta = map[string]string{metaProbe: "1"}
		}
		items = append(items, it)
	}
	if c.o.FeedsOnly || !c.o.SitemapsOnly {
		for _, ref := range l.Feeds {
			add(kindFeed, ref, false, false)
		}
		for _, ref := range l.Likely {
			add(kindFeed, ref, true, true) // those within the scope are followed as links
		}
		if len(l.Feeds) == 0 && t.item.Class == frontier.ClassSeed {
			if it, ok := c.guessed(kindFeed, t.u, 0, t.item.Depth); ok {
				items = append(items, it)
			}
		}
	}
	if c.o.SitemapsOnly || !c.o.FeedsOnly {
		for _, ref := range l.Sitemaps {
			add(kindSitemap, ref, false, false)
		}
	}
	_, err := c.f.Add(t.store, t.within(items)...)
	return err
}
