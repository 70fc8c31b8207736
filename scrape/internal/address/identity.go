package address

import (
	"net/url"
	"strings"
)

// Identity returns the key of a page: its URL without the scheme and without
// "www.". URLs that differ in these alone are the same page.
func Identity(u *url.URL) string {
	id := Host(u) + u.EscapedPath()
	if u.RawQuery != "" {
		id += "?" + u.RawQuery
	}
	return id
}

// Origin returns the origin of a normalised URL, which a robots.txt belongs to:
// scheme, host and port.
func Origin(u *url.URL) string { return u.Scheme + "://" + u.Host }

// Host returns the host of a normalised URL with its port and without "www.":
// what politeness, scope and identity take for one host.
func Host(u *url.URL) string {
	return strings.TrimPrefix(u.Host, "www.")
}

// IsFront reports whether u is the front page of its host.
func IsFront(u *url.URL) bool { return u.Path == "/" && u.RawQuery == "" }

// IsSame reports whether ref, on the page at u, is the address of that page.
func IsSame(u *url.URL, ref string) bool {
	to, err := Resolve(u, ref)
	self, selfErr := Resolve(nil, u.String())
	return err == nil && selfErr == nil && to.String() == self.String()
}
