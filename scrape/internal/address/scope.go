package address

import (
	"fmt"
	"iter"
	"net/netip"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// Scope says which links of a page belong to the crawl.
type Scope string

const (
	// ScopeHost keeps to the seeds' hosts, with and without "www.". It is
	// what the zero value means.
	ScopeHost Scope = "host"
	// ScopeDomain keeps to what one owner registered, by the public suffix
	// list: news.example.co.uk and www.example.co.uk.
	ScopeDomain Scope = "domain"
	// ScopePrefix keeps to URLs that begin as a seed does, up to its last
	// slash.
	ScopePrefix Scope = "prefix"
)

// Scopes lists the scopes in the order in which they widen.
func Scopes() []string {
	return []string{string(ScopePrefix), string(ScopeHost), string(ScopeDomain)}
}

// Boundary decides which URLs a crawl may fetch. It is not safe for use by
// several goroutines while seeds are added.
type Boundary struct {
	scope   Scope
	roots   map[string]bool // hosts, domains or prefixes, by scope
	longest int             // bytes of a root
	include []*regexp.Regexp
	follow  []*regexp.Regexp
	exclude []*regexp.Regexp
}

// NewBoundary returns the boundary of a scope without seeds. An empty scope
// means ScopeHost; an unknown one is an error.
func NewBoundary(scope Scope, include, exclude []*regexp.Regexp) (*Boundary, error) {
	t := &Boundary{scope: scope, roots: make(map[string]bool), include: include, exclude: exclude}
	switch t.scope {
	case "":
		t.scope = ScopeHost
	case ScopeHost, ScopeDomain, ScopePrefix:
	default:
		return nil, fmt.Errorf("unknown scope %q", scope)
	}
	return t, nil
}

// AddSeed widens the boundary to what belongs to a seed. It reports whether that is
// anything new.
func (t *Boundary) AddSeed(u *url.URL) bool {
	root := t.rootOf(u)
	if t.roots[root] {
		return false
	}
	t.roots[root] = true
	t.longest = max(t.longest, len(root))
	return true
}

func (t *Boundary) rootOf(u *url.URL) string {
	switch t.scope {
	case ScopeDomain:
		return Domain(u)
	case ScopePrefix:
		p := u.EscapedPath()
		return Host(u) + p[:strings.LastIndexByte(p, '/')+1]
	}
	return Host(u)
}

// Contains reports whether u is within the scope of a seed.
func (t *Boundary) Contains(u *url.URL) bool {
	if t.scope != ScopePrefix {
		return t.roots[t.rootOf(u)]
	}
	// One look for each folder, however many seeds there are.
	at := Host(u) + u.EscapedPath()
	for folder := range Folders(at[:min(len(at), t.longest)]) {
		if t.roots[folder] {
			return true
		}
	}
	return false
}

// Folders yields the folders that a path stands in, the deepest first: "/a/b/", "/a/" and
// "/" for "/a/b/c".
func Folders(path string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for end := len(path); ; end-- {
			if end = strings.LastIndexByte(path[:end], '/') + 1; end == 0 || !yield(path[:end]) {
				return
			}
		}
	}
}

// Follow sets what matches the URLs of pages whose links are followed. It is called
// before the first use.
func (t *Boundary) Follow(follow []*regexp.Regexp) { t.follow = follow }

// Includes reports whether a URL matches one of include, or there is none.
func (t *Boundary) Includes(u string) bool {
	return len(t.include) == 0 || MatchesAny(t.include, u)
}

// Follows reports whether the links of the page at a URL are followed.
func (t *Boundary) Follows(u string) bool {
	return len(t.follow) == 0 || MatchesAny(t.follow, u)
}

// Fetches reports whether a URL is to be fetched: to be written, or for its links.
func (t *Boundary) Fetches(u string) bool {
	return !t.Excludes(u) && (t.Follows(u) || len(t.include) > 0 && t.Includes(u))
}

// Excludes reports whether a URL matches one of exclude.
func (t *Boundary) Excludes(u string) bool {
	return MatchesAny(t.exclude, u)
}

// MatchesAny reports whether one of the expressions matches a URL.
func MatchesAny(res []*regexp.Regexp, u string) bool {
	for _, re := range res {
		if re.MatchString(u) {
			return true
		}
	}
	return false
}

// Domain returns the domain that was registered, by the public suffix
// list, or the host itself where there is none (an IP address, localhost, a
// public suffix).
func Domain(u *url.URL) string {
	host := u.Hostname()
	if _, err := netip.ParseAddr(host); err == nil {
		return u.Host
	}
	d, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return u.Host
	}
	return d
}
