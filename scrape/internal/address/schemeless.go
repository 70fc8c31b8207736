package address

import (
	"net/url"
	"strings"
)

// WithScheme returns a reference of a sitemap or feed at base that begins with a host of
// the same owner, as in www.news.example/story, as one that a URL parser takes for such:
// with // before it. It returns any other as it is.
func WithScheme(base *url.URL, ref string) string {
	host, _, _ := strings.Cut(ref, "/")
	if base == nil || host == ref && !strings.EqualFold(host, base.Host) || !strings.Contains(host, ".") || strings.ContainsAny(host, "?#@ ") {
		return ref
	}
	at, err := url.Parse("//" + host)
	if err != nil || at.Hostname() == "" || !SameOwner(base, &url.URL{Host: strings.ToLower(at.Host)}) {
		return ref
	}
	return "//" + ref
}
