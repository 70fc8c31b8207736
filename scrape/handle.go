package scrape

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"newsclip/clean"
	"newsclip/scrape/internal/fetch"
)

// parse parses a page by the rules of its site.
func (c *crawler) parse(in clean.Input) (*clean.Page, error) {
	if c.o.SiteRules != nil {
		return c.o.SiteRules.Parse(in)
	}
	return clean.Parse(in)
}

// parse parses a page that was fetched.
func (t *task) parse(resp *fetch.Response) (*clean.Page, error) {
	defer t.c.suspects.Begin(t.item.URL)()
	return t.c.parse(inputOf(t.item.URL, resp))
}

// inputOf returns an answer as the input of package clean.
func inputOf(url string, resp *fetch.Response) clean.Input {
	return clean.Input{
		URL: url, ContentType: resp.ContentType, HTML: resp.Body, Header: headerOf(resp.Header),
		Status: resp.Status, FetchedAt: resp.FetchedAt.UTC().Truncate(time.Second), Truncated: resp.Truncated,
		Rendered: resp.Rendered,
	}
}

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

// rightsHeaders are the header fields of an answer that package clean reads: what
// may be done with the page, its language and its date.
var rightsHeaders = []string{"X-Robots-Tag", "Tdm-Reservation", "Tdm-Policy", "Link", "Content-Language", "Last-Modified"}

// parseCause returns the cause of an error of package clean: its code.
func parseCause(err error) string {
	var e *clean.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return errCauseParse
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

// judge calls the handler with a page of this item.
func (t *task) judge(page *Page) (*Outcome, error) {
	defer t.c.suspects.Begin(t.item.URL)()
	page.holdMemory = t.holdMemory
	return t.c.handle(t.store, page)
}
