package scrape

import (
	"net/http"
	"net/url"

	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
)

// Scope decides which links of a page belong to the crawl. The zero value means
// [ScopeHost].
type Scope = address.Scope

const (
	// ScopeHost keeps to the hosts of the seeds, with and without "www.".
	ScopeHost = address.ScopeHost
	// ScopeDomain keeps to the domains that were registered, by the public
	// suffix list: news.example.co.uk and www.example.co.uk are in one.
	ScopeDomain = address.ScopeDomain
	// ScopePrefix keeps to URLs that begin as a seed does, up to its last
	// slash.
	ScopePrefix = address.ScopePrefix
)

// Scopes lists the scopes, the narrowest first.
func Scopes() []string { return address.Scopes() }

// Normalize returns the form of rawURL under which a crawl knows a page: as the
// WHATWG URL standard writes it (lower-case scheme and host, punycode, no
// default port, dot segments resolved, percent-encoding in capitals and only
// where it is needed), without fragment, user, tracking parameters and session
// ids. The order of the other parameters is kept, because some servers answer
// by it. A URL that is not http or https is an error.
func Normalize(rawURL string) (string, error) {
	s, err := address.Normalize(rawURL)
	return s, hidePassword(err, rawURL)
}

// Resolve is [Normalize] for a reference found on a page whose base is base.
func Resolve(base *url.URL, ref string) (string, error) {
	u, err := address.Resolve(base, ref)
	if err != nil {
		return "", err
	}
	return u.String(), nil
}

// A WARC keeps answers as WARC 1.1 records (ISO 28500:2017): a request and a
// response record for each. It may be used by any number of goroutines. The
// caller must Close it.
type WARC = fetch.WARC

// CreateWARC opens the file at path to add records to it, and begins with a
// warcinfo record that names software. A path that ends in .gz is compressed
// record by record, as readers expect it.
func CreateWARC(path, software string) (*WARC, error) { return fetch.CreateWARC(path, software) }

// ReadCookies returns a jar with the cookies of a cookies.txt, the Netscape
// format that curl, wget and browsers' exports share: domain, whether subdomains
// count, path, whether https only, expiry in Unix seconds (0 for a session
// cookie), name and value, separated by tabs. An error names file and line.
func ReadCookies(path string) (http.CookieJar, error) { return fetch.ReadCookies(path) }
