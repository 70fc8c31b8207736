package scrape

import (
	"fmt"
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

// boundary decides which URLs a crawl may fetch. It is not safe for use by
// several goroutines while seeds are added.
type boundary struct {
	scope    Scope
	roots    map[string]bool // hosts, domains or prefixes, by scope
	prefixes []string
	include  []*regexp.Regexp
	exclude  []*regexp.Regexp
}

// newBoundary returns the boundary of a scope without seeds. An empty scope
// means ScopeHost; an unknown one is an error.
func newBoundary(scope Scope, include, exclude []*regexp.Regexp) (*boundary, error) {
	t := &boundary{scope: scope, roots: make(map[string]bool), include: include, exclude: exclude}
	switch t.scope {
	case "":
		t.scope = ScopeHost
	case ScopeHost, ScopeDomain, ScopePrefix:
	default:
		return nil, fmt.Errorf("unknown scope %q", scope)
	}
	return t, nil
}

// claim widens the boundary to what belongs to a seed.
func (t *boundary) claim(u *url.URL) {
	root := t.rootOf(u)
	if t.roots[root] {
		return
	}
	t.roots[root] = true
	if t.scope == ScopePrefix {
		t.prefixes = append(t.prefixes, root)
	}
}

func (t *boundary) rootOf(u *url.URL) string {
	switch t.scope {
	case ScopeDomain:
		return registeredDomain(u)
	case ScopePrefix:
		p := u.EscapedPath()
		return sameHost(u) + p[:strings.LastIndexByte(p, '/')+1]
	}
	return sameHost(u)
}

// holds reports whether u is within the scope of a seed.
func (t *boundary) holds(u *url.URL) bool {
	if t.scope != ScopePrefix {
		return t.roots[t.rootOf(u)]
	}
	at := sameHost(u) + u.EscapedPath()
	for _, p := range t.prefixes {
		if strings.HasPrefix(at, p) {
			return true
		}
	}
	return false
}

// wanted reports whether a URL matches one of include, where there are any, and
// none of exclude.
func (t *boundary) wanted(u string) bool {
	if t.excluded(u) {
		return false
	}
	if len(t.include) == 0 {
		return true
	}
	for _, re := range t.include {
		if re.MatchString(u) {
			return true
		}
	}
	return false
}

// excluded reports whether a URL matches one of exclude.
func (t *boundary) excluded(u string) bool {
	for _, re := range t.exclude {
		if re.MatchString(u) {
			return true
		}
	}
	return false
}

// sameHost returns the host of a normalised URL with its port and without "www.":
// what politeness, scope and identity take for one host.
func sameHost(u *url.URL) string {
	return strings.TrimPrefix(u.Host, "www.")
}

// registeredDomain returns the domain that was registered, by the public suffix
// list, or the host itself where there is none (an IP address, localhost, a
// public suffix).
func registeredDomain(u *url.URL) string {
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

// isPublic reports whether an address is on the public internet (RFC 6890). Any
// other is reached only on a host that a seed names.
func isPublic(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsValid() || a.IsLoopback() || a.IsPrivate() || a.IsUnspecified() || a.IsLinkLocalUnicast() ||
		a.IsMulticast() || a.IsInterfaceLocalMulticast() {
		return false
	}
	for _, p := range specialNets {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// specialNets are the blocks of the IANA special-purpose address registries
// that the methods of netip.Addr do not tell.
var specialNets = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // shared address space (RFC 6598)
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), // benchmarking (RFC 2544)
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), // NAT64: an IPv4 address inside
	netip.MustParsePrefix("2002::/16"),    // 6to4: likewise
}
