package scrape

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"newsclip/scrape/internal/address"
)

// A Site is a seed with options of its own. They hold for what the seed leads to: URLs
// of its host that begin as it does up to its last slash, or else of its host, or of
// its registered domain where the Scope is ScopeDomain; and the same where it has
// moved to. Where several sites hold for a URL, that with the longest path does. Sites
// are kept in the frontier, so that they hold in every worker and in later runs.
type Site struct {
	// URL is the seed.
	URL string `json:"url"`
	// Name is that of the publisher. It is the name of the site in records of pages
	// that tell none.
	Name string `json:"name,omitempty"`
	// Delay is the time between two requests to its host, and takes the place of
	// Options.Delay; 0 means that. A longer Crawl-delay is honoured.
	Delay time.Duration `json:"delay,omitempty"`
	// MaxPages ends the crawl of the site after that many pages; 0 means
	// Options.MaxPerHost.
	MaxPages int `json:"max_pages,omitempty"`
	// Include and Exclude are regular expressions which hold beside those of Options.
	Include []string `json:"include,omitempty"`
	Exclude []string `json:"exclude,omitempty"`
	// Labels are written in the site's records.
	Labels map[string]string `json:"labels,omitempty"`
}

// HasOptions reports whether more than the URL is set.
func (s *Site) HasOptions() bool {
	return s.Name != "" || s.Delay != 0 || s.MaxPages != 0 || len(s.Include)+len(s.Exclude)+len(s.Labels) > 0
}

// Check reports what is wrong with a site.
func (s *Site) Check() error {
	_, err := checkedSite(*s)
	return err
}

// site is a Site that is ready for use.
type site struct {
	Site
	at               *url.URL
	prefix           string // of the URLs for which it holds before others
	include, exclude []*regexp.Regexp
}

func checkedSite(s Site) (*site, error) {
	u, err := address.Resolve(nil, s.URL)
	if err != nil {
		return nil, hidePassword(err, s.URL)
	}
	if s.Delay < 0 || s.MaxPages < 0 {
		return nil, fmt.Errorf("%s: a delay or a number of pages is negative", Redact(s.URL))
	}
	own := &site{Site: s, at: u, prefix: u.EscapedPath()}
	own.URL = u.String()
	own.prefix = own.prefix[:strings.LastIndexByte(own.prefix, '/')+1]
	for _, list := range []struct {
		from []string
		to   *[]*regexp.Regexp
	}{{s.Include, &own.include}, {s.Exclude, &own.exclude}} {
		if *list.to, err = CompilePatterns(list.from); err != nil {
			return nil, fmt.Errorf("%s: %w", Redact(s.URL), err)
		}
	}
	return own, nil
}

// CompilePatterns compiles the regular expressions of [Options.Include] and its like.
// The error is that of the first that does not compile.
func CompilePatterns(exprs []string) ([]*regexp.Regexp, error) {
	var all []*regexp.Regexp
	for _, expr := range exprs {
		re, err := regexp.Compile(expr)
		if err != nil {
			return nil, err
		}
		all = append(all, re)
	}
	return all, nil
}

// siteList holds the sites that have options. The zero value has none. It may be used
// by any number of goroutines.
type siteList struct {
	// domain is set where a site holds for the whole of its registered domain.
	domain bool

	mu   sync.RWMutex
	byAt map[string]*hostSites // by host; and by domain
}

// hostSites are the sites of a host or a domain, of which there may be hundreds of
// thousands: lists of single pages are lists of sites too.
type hostSites struct {
	list     []*site // the longest path first
	byPrefix map[string]*site
	slowest  time.Duration
}

func newHostSites(list []*site) *hostSites {
	h := &hostSites{list: list, byPrefix: make(map[string]*site, len(list))}
	slices.SortStableFunc(list, func(a, b *site) int { return cmp.Compare(len(b.prefix), len(a.prefix)) })
	for _, s := range list {
		h.slowest = max(h.slowest, s.Delay)
		if h.byPrefix[s.prefix] == nil {
			h.byPrefix[s.prefix] = s
		}
	}
	return h
}

// of returns the site with the longest path that begins the path of a URL, or nil.
func (h *hostSites) of(path string) *site {
	for folder := range address.Folders(path[:min(len(path), len(h.list[0].prefix))]) {
		if s := h.byPrefix[folder]; s != nil {
			return s
		}
	}
	return h.byPrefix[""]
}

// at returns what there is of a host, or of its domain, or nil.
func (l *siteList) at(u *url.URL) *hostSites {
	if len(l.byAt) == 0 {
		return nil
	}
	h := l.byAt[address.Host(u)]
	if h == nil && l.domain {
		h = l.byAt[domainKey(u)]
	}
	return h
}

// domainKey is the key of the sites of a registered domain.
func domainKey(u *url.URL) string { return "." + address.Domain(u) }

// add adds sites, or replaces those with their URLs.
func (l *siteList) add(sites ...*site) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.byAt == nil {
		l.byAt = make(map[string]*hostSites)
	}
	byKey := make(map[string][]*site)
	for _, s := range sites {
		host := address.Host(s.at)
		byKey[host] = append(byKey[host], s)
		if l.domain {
			key := domainKey(s.at)
			byKey[key] = append(byKey[key], s)
		}
	}
	for key, list := range byKey {
		if old := l.byAt[key]; old != nil {
			list = slices.Concat(old.list, list)
		}
		l.byAt[key] = newHostSites(lastOfEach(list, func(s *site) string { return s.URL }))
	}
}

// lastOfEach returns the last of the entries of each URL, in their order.
func lastOfEach[T any](list []T, urlOf func(T) string) (kept []T) {
	last := make(map[string]int, len(list))
	for i, e := range list {
		last[urlOf(e)] = i
	}
	for i, e := range list {
		if last[urlOf(e)] == i {
			kept = append(kept, e)
		}
	}
	return kept
}

// of returns the site that holds for a URL, or nil.
func (l *siteList) of(u *url.URL) *site {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if len(l.byAt) == 0 {
		return nil
	}
	// The paths of another host of the domain are no paths of this one.
	if h := l.byAt[address.Host(u)]; h != nil {
		if s := h.of(u.EscapedPath()); s != nil {
			return s
		}
	}
	if h := l.at(u); h != nil {
		return h.list[len(h.list)-1] // that of the shortest path
	}
	return nil
}

// ofURL is of for the URL of an item.
func (l *siteList) ofURL(raw string) *site {
	l.mu.RLock()
	none := len(l.byAt) == 0
	l.mu.RUnlock()
	if none {
		return nil
	}
	u, err := url.Parse(raw)
	if err != nil {
		return nil
	}
	return l.of(u)
}

// delay returns the longest delay of the sites of a host, and reports whether any has
// one.
func (l *siteList) delay(host string) (longest time.Duration, ok bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if h := l.at(&url.URL{Host: host}); h != nil {
		return h.slowest, h.slowest > 0
	}
	return 0, false
}

// name returns that of the publisher of a host, or "".
func (l *siteList) name(host string) string {
	if s := l.of(&url.URL{Host: host, Path: "/"}); s != nil {
		return s.Name
	}
	return ""
}

// sitesKey is the key under which the frontier keeps the sites of a URL's domain, in
// as many values as there are of hosts' counts.
func sitesKey(u *url.URL) string { return shardKey("sites", shardOf(address.Domain(u))) }

func readSites(b []byte) (kept []Site, err error) {
	if b != nil {
		if err := json.Unmarshal(b, &kept); err != nil {
			return nil, fmt.Errorf("the sites of this crawl: %w", err)
		}
	}
	return kept, nil
}
