//go:build unix

package scrape

import (
	"fmt"
	"net/url"
	"syscall"
	"testing"
	"time"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
)

func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// What a worker does for the scope at a host of a list of sites, and at one to which a
// site has moved, is no more than reading the list's bytes. In a frontier that is shared
// it does not even read them.
func TestScopeOfManyHosts(t *testing.T) {
	const sites, hosts = 20_000, 200
	at := func(kind string, i int) *url.URL {
		return &url.URL{Scheme: "https", Host: fmt.Sprintf("%s-%d.example", kind, i), Path: "/"}
	}
	for _, shared := range []bool{false, true} {
		f, err := frontier.Open(t.Context(), frontier.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		c := &crawler{f: f, shared: shared, durable: shared}
		for i := range sites {
			c.seeds = append(c.seeds, at("site", i))
		}
		if c.scope, err = address.NewBoundary("", nil, nil); err != nil {
			t.Fatal(err)
		}
		c.client = fetch.NewClient(fetch.Options{Timeout: time.Second}, nil)
		defer c.client.Close()
		if _, err := c.openScope(t.Context()); err != nil {
			t.Fatal(err)
		}
		took := func(what string, do func(i int) error) time.Duration {
			start := processorTime(t)
			for i := range hosts {
				if err := do(i); err != nil {
					t.Fatal(err)
				}
			}
			each := (processorTime(t) - start) / hosts
			t.Logf("shared %v: a host %s takes %v", shared, what, each)
			return each
		}
		reading := took("whose list is read", func(int) error { _, err := f.Get(t.Context(), scopeKey); return err })
		of := took("of the list", func(i int) error { return c.learnScope(t.Context(), c.seeds[i]) })
		moved := took("to which one has moved", func(i int) error { return c.keepMoved(t.Context(), at("moved", i)) })
		if most := max(3*reading, time.Millisecond); of > most || moved > most {
			t.Errorf("shared %v: among %d sites a host takes %v, or %v where one has moved", shared, sites, of, moved)
		}
	}
}
