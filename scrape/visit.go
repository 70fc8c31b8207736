package scrape

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
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
	req := &fetch.Request{URL: t.u, Limit: t.c.o.MaxBody, Accepts: acceptsPage, Header: t.validators()}
	resp, err := t.get(req)
	if resp == nil {
		return err
	}
	defer resp.Release() // the tree holds copies
	if resp.Status == http.StatusNotModified {
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
		if err := t.readSitemap(bytes.NewReader(resp.Body)); err != nil {
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
	t.c.settlePage(t.item.Host, t.item.URL)
	p, err := clean.Parse(inputOf(t.item.URL, resp))
	if err != nil {
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

// inputOf returns an answer as the input of package clean.
func inputOf(url string, resp *fetch.Response) clean.Input {
	return clean.Input{
		URL: url, ContentType: resp.ContentType, HTML: resp.Body, Header: headerOf(resp.Header),
		Status: resp.Status, FetchedAt: resp.FetchedAt.UTC().Truncate(time.Second),
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
	c.tally.skip(SkipNofollow, l.Nofollowed)
	if l.Directives.NoFollow {
		c.tally.skip(SkipNofollow, len(l.Links))
		return nil
	}
	pages := make([]found, 0, len(l.Links))
	for _, ln := range l.Links {
		pages = append(pages, found{base: p.Base, ref: ln.Href, class: frontier.ClassOther, depth: t.item.Depth + 1, referrer: t.item.URL})
	}
	return c.addPages(t.store, t.onPage(p, pages))
}

// followFeeds adds the feeds that a page announces. Those of articles are left
// out: they are of the comments, one for each article.
func (t *task) followFeeds(p *clean.Page, l *read.PageLinks, article bool) error {
	c := t.c
	if article || t.item.Depth > 1 || c.o.NoDiscovery || c.o.MaxDepth <= t.item.Depth {
		return nil
	}
	var items []frontier.Item
	refs, probe := l.Feeds, false
	if len(refs) == 0 && t.item.Class == frontier.ClassSeed {
		refs, probe = read.FeedPaths, true
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

// read adds a page's links, calls the handler, and writes the page if it is an
// article that was not written yet.
func (t *task) read(p *clean.Page, l *read.PageLinks, resp *fetch.Response) error {
	c := t.c
	if err := t.follow(p, l); err != nil {
		return err
	}
	noAI := l.Directives.NoAI || l.Directives.TDM || t.rules.NoAI
	if c.o.RespectTDM && noAI {
		return t.skip(SkipRights)
	}
	page := t.newPage(p)
	out, err := c.handle(t.store, page)
	t.hostLearnt = err == nil && out.Article && !out.Early
	if err == nil && out.Article && out.Skip == "" {
		apart, err := t.standsApart(p, l, out)
		if err != nil {
			return err
		}
		if !apart {
			return t.skip(SkipDuplicate)
		}
		err = t.joinParts(page, l, out)
		if errors.Is(err, errInterrupted) {
			t.lease.Release()
			return nil
		}
		if err != nil {
			return err
		}
		if len(page.Parts) > 0 {
			out, err = c.handle(t.store, page)
		}
	}
	if err != nil {
		return t.fail(parseCause(err), err)
	}
	if err := t.followFeeds(p, l, out.Article); err != nil {
		return err
	}
	if !out.Article {
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
func acceptsPage(mediaType string) bool {
	switch mediaType {
	case "", "text/html", "application/xhtml+xml", "application/octet-stream", "text/plain":
		return true
	}
	return read.IsFeedType(mediaType)
}

// kindOfBody returns kindPage, kindFeed or kindSitemap, or "" for anything else, by
// the media type of the answer and, where that is a general one, by its bytes.
func kindOfBody(resp *fetch.Response) string {
	t := fetch.MediaType(resp.ContentType)
	switch t {
	case "text/html", "application/xhtml+xml":
		return kindPage
	case "", "application/octet-stream", "text/plain":
		if strings.HasPrefix(http.DetectContentType(resp.Body), "text/html") {
			return kindPage
		}
		return ""
	}
	if read.IsFeed(resp.Body) {
		return kindFeed
	}
	if strings.Contains(t, "xml") {
		return kindSitemap
	}
	return ""
}
