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

// territory is the ground that a crawl may walk on.
type territory struct {
	scope    Scope
	roots    map[string]bool // hosts, domains or prefixes, by scope
	prefixes []string
	include  []*regexp.Regexp
	exclude  []*regexp.Regexp
}

func newTerritory(o *Options, seeds []*url.URL) (*territory, error) {
	t := &territory{scope: o.Scope, roots: make(map[string]bool), include: o.Include, exclude: o.Exclude}
	switch t.scope {
	case "":
		t.scope = ScopeHost
	case ScopeHost, ScopeDomain, ScopePrefix:
	default:
		return nil, fmt.Errorf("there is no scope %q", o.Scope)
	}
	for _, s := range seeds {
		t.claim(s)
	}
	return t, nil
}

// claim adds a seed's ground.
func (t *territory) claim(u *url.URL) {
	root := t.rootOf(u)
	if t.roots[root] {
		return
	}
	t.roots[root] = true
	if t.scope == ScopePrefix {
		t.prefixes = append(t.prefixes, root)
	}
}

func (t *territory) rootOf(u *url.URL) string {
	switch t.scope {
	case ScopeDomain:
		return registeredDomain(u)
	case ScopePrefix:
		p := u.EscapedPath()
		return sameHost(u) + p[:strings.LastIndexByte(p, '/')+1]
	}
	return sameHost(u)
}

// holds says whether the crawl's scope reaches u.
func (t *territory) holds(u *url.URL) bool {
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

// wanted says whether --include and --exclude let a URL be written and
// followed. A URL must match one of include, where there are any, and none of
// exclude.
func (t *territory) wanted(u string) bool {
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

// excluded says whether --exclude names a URL.
func (t *territory) excluded(u string) bool {
	for _, re := range t.exclude {
		if re.MatchString(u) {
			return true
		}
	}
	return false
}

// sameHost is a host under which http, https, www. and the bare name are one.
func sameHost(u *url.URL) string {
	return strings.TrimPrefix(u.Host, "www.")
}

// registeredDomain is the name that was registered, or the host itself where
// there is none (an IP address, localhost, a public suffix).
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

// isPublic says whether an address may be asked without a seed that names its
// host: neither this machine nor its neighbours (RFC 6890).
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

// specialNets are the blocks of the IANA special-purpose registries that
// netip's own predicates leave out.
var specialNets = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // carriers' shared space
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), // benchmarks
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), // NAT64: an IPv4 address inside
	netip.MustParsePrefix("2002::/16"),    // 6to4: the same
}
