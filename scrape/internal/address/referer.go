package address

import "net/url"

// Referer returns the Referer of a request for u that a link on the page at from has
// led to, by the default policy of browsers (W3C Referrer Policy,
// strict-origin-when-cross-origin): the whole URL within an origin, the origin
// alone to another one, and nothing from https to http. Origins that differ in
// "www." alone count as one.
func Referer(from string, u *url.URL) string {
	page, err := url.Parse(from)
	switch {
	case from == "" || err != nil || page.Scheme == "https" && u.Scheme != "https":
		return ""
	case page.Scheme == u.Scheme && Host(page) == Host(u):
		page.User, page.Fragment = nil, ""
		return page.String()
	}
	return Origin(page) + "/"
}
