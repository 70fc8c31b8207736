package scrape

import (
	"net/http"
	"net/url"

	"newsclip/scrape/internal/address"
)

// pageHeader returns the header fields of the request for a page: the conditions of a
// recrawl, and the page that links to it.
func (t *task) pageHeader() http.Header {
	h := t.validators()
	if ref := referer(t.item.Referrer, t.u); ref != "" {
		if h == nil {
			h = make(http.Header, 1)
		}
		h.Set("Referer", ref)
	}
	return h
}

// referer returns the Referer of a request for u that a link on the page at from has
// led to, by the default policy of browsers (W3C Referrer Policy,
// strict-origin-when-cross-origin): the whole URL within an origin, the origin
// alone to another one, and nothing from https to http. Origins that differ in
// "www." alone count as one.
func referer(from string, u *url.URL) string {
	page, err := url.Parse(from)
	switch {
	case from == "" || err != nil || page.Scheme == "https" && u.Scheme != "https":
		return ""
	case page.Scheme == u.Scheme && address.Host(page) == address.Host(u):
		page.User, page.Fragment = nil, ""
		return page.String()
	}
	return address.Origin(page) + "/"
}
