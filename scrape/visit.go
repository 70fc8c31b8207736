package scrape

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"newsclip/clean"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/read"
)

// page fetches a page, adds its links to the frontier, and writes it if it is an
// article.
func (t *task) page() error {
	asked := t.requestURL()
	if asked != t.u && !t.c.o.IgnoreRobots && !t.rules.Allows(asked) {
		return t.skip(SkipRobots)
	}
	req := &fetch.Request{URL: asked, Limit: t.c.o.MaxBody, Accepts: t.accepts(), Header: t.pageHeader()}
	resp, err := t.get(req)
	if resp == nil {
		return err
	}
	t.c.origins.answered(t.u)
	defer resp.Release() // the tree holds copies
	if resp.Status == http.StatusNotModified {
		return t.unchanged()
	}
	if led, err := t.refresh(resp); led || err != nil {
		return err
	}
	switch read.KindOf(resp.ContentType, resp.Body) {
	case read.KindFeed, read.KindSitemap:
		if err := t.giveBackPage(); err != nil {
			return err
		}
		if t.awaitsKind() {
			t.isDocument = true
			if err := t.openHost(t.rules, false, 1); err != nil {
				return err
			}
		}
		return t.document(resp)
	case read.KindNone:
		if err := t.giveBackPage(); err != nil {
			return err
		}
		return t.skip(SkipNotPage)
	}
	t.countPage()
	t.c.settlePage(t.item.Host, t.item.URL)
	p, err := t.parse(resp)
	if err != nil {
		resp.Release() // the other form has a body of its own
		if done, err := t.tryReferrersForm(); done {
			return err
		}
		return t.fail(parseCause(err), err)
	}
	links := read.Links(p)
	if resp.Cut {
		// The links read so far are followed; half an article is not written.
		if err := t.follow(p, links); err != nil {
			return err
		}
		return t.fail(fetch.CauseTooLarge, fmt.Errorf("the page is %w (%d bytes)", fetch.ErrCut, t.c.o.MaxBody))
	}
	return t.read(p, links, resp)
}

// parse parses a page that was fetched.
func (t *task) parse(resp *fetch.Response) (*clean.Page, error) {
	defer t.c.suspects.watch(t.item.URL)()
	return t.c.parse(inputOf(t.item.URL, resp))
}

// judge calls the handler with a page of this item.
func (t *task) judge(page *Page) (*Outcome, error) {
	defer t.c.suspects.watch(t.item.URL)()
	return t.c.handle(t.store, page)
}

// inputOf returns an answer as the input of package clean.
func inputOf(url string, resp *fetch.Response) clean.Input {
	return clean.Input{
		URL: url, ContentType: resp.ContentType, HTML: resp.Body, Header: headerOf(resp.Header),
		Status: resp.Status, FetchedAt: resp.FetchedAt.UTC().Truncate(time.Second), Truncated: resp.Truncated,
	}
}

// rightsHeaders are the header fields of an answer that package clean reads: what
// may be done with the page, its language and its date.
var rightsHeaders = []string{"X-Robots-Tag", "Tdm-Reservation", "Tdm-Policy", "Link", "Content-Language", "Last-Modified"}

// headerOf returns the rightsHeaders of an answer under their names in lower case,
// the values of a repeated field separated by line breaks.
func headerOf(h http.Header) map[string]string {
	var m map[string]string
	for _, name := range rightsHeaders {
		if v := h[name]; len(v) > 0 {
			if m == nil {
				m = make(map[string]string, 2)
			}
			m[strings.ToLower(name)] = strings.Join(v, "\n")
		}
	}
	return m
}

// parseCause returns the cause of an error of package clean: its code.
func parseCause(err error) string {
	var e *clean.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return errCauseParse
}

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
	pages := make([]found, 0, len(links))
	for _, ln := range links {
		pages = append(pages, found{base: p.Base, ref: ln.Href, class: frontier.ClassOther, depth: t.item.Depth + 1, referrer: t.item.URL, by: "link"})
	}
	return c.addPages(t.store, t.onPage(p, l, pages))
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
	if len(items) == 0 {
		return nil
	}
	_, err := c.f.Add(t.store, items...)
	return err
}

// read adds a page's links, calls the handler, and writes the page if it is an
// article that was not written yet.
func (t *task) read(p *clean.Page, l *read.PageLinks, resp *fetch.Response) error {
	c := t.c
	if err := t.claimRuled(p); err != nil {
		return err
	}
	if err := t.follow(p, l); err != nil {
		return err
	}
	if c.o.List {
		if err := t.followFeeds(p, l, false); err != nil {
			return err
		}
		return t.finish(frontier.Result{Empty: true})
	}
	single, err := t.singlePage(p, resp)
	switch {
	case errors.Is(err, errInterrupted):
		t.lease.Release()
		return nil
	case err != nil:
		return err
	case single != nil:
		p, l = single, read.Links(single)
		if err := t.follow(p, l); err != nil {
			return err
		}
	}
	noAI := l.Directives.NoAI || l.Directives.TDM || t.rules.NoAI
	if c.o.RespectTDM && noAI {
		return t.skip(SkipRights)
	}
	page := t.newPage(p)
	out, err := t.judge(page)
	t.hostLearnt = err == nil && out.Article && !out.Early
	if err == nil && out.Article && out.Skip == "" {
		var apart bool
		if apart, err = t.standsApart(p, l, out); err != nil {
			return err
		}
		if !apart {
			return t.skip(SkipDuplicate)
		}
		err = t.joinParts(page, l, out, resp)
		if errors.Is(err, errInterrupted) {
			t.lease.Release()
			return nil
		}
		if err != nil {
			return err
		}
		if len(page.Parts) > 0 {
			out, err = t.judge(page)
		}
	}
	if err != nil {
		return t.fail(parseCause(err), err)
	}
	if err := t.followFeeds(p, l, out.Article); err != nil {
		return err
	}
	if !out.Article {
		if !c.leadsInto(t.u, p.Base, l.Links) {
			resp.Release() // the other form has a body of its own
			if done, err := t.tryReferrersForm(); done {
				return err
			}
		}
		kind := out.Kind
		if kind == "" {
			kind = "other"
		}
		c.tally.add(func(s *Summary) { s.Kinds[kind]++ })
		if err := t.releaseTwin(""); err != nil {
			return err
		}
		return t.finish(frontier.Result{Memo: newMemo(t.item, resp, nil).bytes(), Empty: true})
	}
	if out.Skip != "" {
		return t.skip(out.Skip)
	}
	return t.write(page, l, out, resp)
}

func (t *task) newPage(p *clean.Page) *Page {
	page := &Page{Page: p, RequestedURL: t.item.URL, Depth: t.item.Depth, Class: t.item.Class}
	if t.c.durable {
		page.Values = &Values{t.c.f}
	}
	if t.rules != nil {
		page.NoAI = t.rules.NoAI
	}
	if len(t.item.Redirects) > 0 {
		page.RequestedURL = t.item.Redirects[0]
	}
	return page
}

// acceptsPage reports whether a media type may be that of a page, or of a feed or
// sitemap that a page links to.
func acceptsPage(mediaType string) bool { return fetch.MayBePage(mediaType) }

// acceptsSeed reports whether a media type may be that of a seed: of a page, or of a
// sitemap or feed in any of their forms, which may be compressed. The bytes tell
// what it is.
func acceptsSeed(mediaType string) bool {
	main, _, _ := strings.Cut(mediaType, "/")
	switch main {
	case "audio", "font", "image", "model", "video":
		return mediaType == "image/svg+xml" // a type of XML
	}
	return mediaType != "application/pdf"
}

// accepts returns the media types of the item.
func (t *task) accepts() func(mediaType string) bool {
	if t.seedOfDocument() != "" {
		return acceptsSeed
	}
	return acceptsPage
}
