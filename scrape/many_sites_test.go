//go:build unix

package scrape

import (
	"fmt"
	"syscall"
	"testing"
	"time"
)

// A list of pages of one host, each with options of its own, is read in time linear in
// its length.
func TestManySitesOfAHost(t *testing.T) {
	s := newSite(t, map[string]string{"/": plainStory("one")})
	processor := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			t.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	crawl := func(n int, scope Scope, own bool) time.Duration {
		o := Options{Scope: scope, Sites: []Site{{URL: s.URL + "/", Name: "The A"}}, Seeds: []string{}, NoDiscovery: true, MaxPages: 1}
		for i := range n {
			if u := fmt.Sprintf("%s/%d/%d/a", s.URL, i/100, i); own {
				o.Sites = append(o.Sites, Site{URL: u, Name: "The A"})
			} else {
				o.Seeds = append(o.Seeds, u)
			}
		}
		start := processor()
		crawlSite(t, s, o)
		return processor() - start
	}
	for _, scope := range []Scope{ScopeHost, ScopeDomain, ScopePrefix} {
		for _, own := range []bool{true, false} {
			few, many := crawl(2_000, scope, own), crawl(20_000, scope, own)
			if many > 30*max(few, 50*time.Millisecond) {
				t.Errorf("%s, with options %v: ten times the sites take %v, and not %v", scope, own, many, few)
			}
			t.Log(scope, own, few, many)
		}
	}
}
