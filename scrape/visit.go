package scrape

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"newsclip/clean"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
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
	t.c.origins.Answered(t.u)
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
		if err := t.followData(resp); err != nil {
			return err
		}
		return t.skip(SkipNotPage)
	}
	if t.c.o.renders(RenderAlways) && !t.c.o.List && !resp.Cut {
		rendered, err := t.render(resp)
		if rendered == nil {
			return err
		}
		resp = rendered
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
	page.Last = len(resp.Body) > mostHeldPage
	out, err := t.judge(page)
	t.judged, t.outcome = page, out
	t.hostLearnt = err == nil && out.Article && !out.Early && !page.Last
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
			t.outcome = out
		}
	}
	if err != nil {
		return t.fail(parseCause(err), err)
	}
	if err := t.followFeeds(p, l, out.Article); err != nil {
		return err
	}
	if !out.Article {
		if out.NeedsScripts && !resp.Rendered && c.o.renders(RenderAuto) {
			return t.renderAndRead(resp)
		}
		if !c.leadsInto(t.u, p.Base, l.Links) {
			resp.Release() // the other form has a body of its own
			if done, err := t.tryReferrersForm(); done {
				return err
			}
		}
		if out.NeedsScripts && !resp.Rendered {
			return t.fail(errNeedsScripts.Code, errNeedsScripts)
		}
		kind := out.Kind
		if kind == "" {
			kind = "other"
		}
		c.tally.add(func(s *Summary) { s.Kinds[kind]++ })
		if err := t.releaseTwin(""); err != nil {
			return err
		}
		memo := newMemo(t.item, resp, nil).bytes()
		resp.Release()
		return t.finish(frontier.Result{Memo: memo, Empty: true})
	}
	if out.Skip != "" {
		return t.skip(out.Skip)
	}
	return t.write(page, l, out, resp)
}

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
	return fetch.MayBePage
}

// refresh treats an answer that says nothing but that another page is to be loaded
// as a redirect to it. It reports false for any other: the links of a page that has
// words of its own are followed, and that of its refresh among them.
func (t *task) refresh(resp *fetch.Response) (bool, error) {
	ref := read.Refresh(t.requestURL(), resp)
	if ref == "" || t.c.o.NoCookies && address.IsSame(t.requestURL(), ref) {
		return false, nil
	}
	return true, t.leadOn(resp, ref)
}

// renderAndRead renders a page whose HTML holds no article, and reads it again.
func (t *task) renderAndRead(resp *fetch.Response) error {
	rendered, err := t.render(resp)
	if rendered == nil {
		return err
	}
	p, err := t.parse(rendered)
	if err != nil {
		return t.fail(parseCause(err), err)
	}
	return t.read(p, read.Links(p), rendered)
}
