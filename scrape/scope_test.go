package scrape

import (
	"fmt"
	"net/url"
	"sync"
	"testing"
	"time"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
)

// Workers that name their seeds at the same time all find every seed in the
// scope, whichever kind of item of it they are given first.
func TestScopeOfManyWorkers(t *testing.T) {
	f, err := frontier.Open(t.Context(), frontier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const workers = 20
	movedTo := func(w int) *url.URL {
		return &url.URL{Scheme: "http", Host: fmt.Sprintf("moved-%d.example", w), Path: "/"}
	}
	var crawlers []*crawler
	var seeds []*url.URL
	var wg sync.WaitGroup
	for w := range workers {
		u, err := url.Parse(fmt.Sprintf("http://10.0.0.%d:8080/", w))
		if err != nil {
			t.Fatal(err)
		}
		seeds = append(seeds, u)
		c := &crawler{f: f, seeds: []*url.URL{u}, shared: true}
		if c.scope, err = address.NewBoundary("", nil, nil); err != nil {
			t.Fatal(err)
		}
		c.client = fetch.NewClient(fetch.Options{Timeout: time.Second}, nil)
		defer c.client.Close()
		crawlers = append(crawlers, c)
		wg.Go(func() {
			if _, err := c.openScope(t.Context()); err != nil {
				t.Error(err)
			}
			if err := c.keepMoved(t.Context(), movedTo(w)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for w, c := range crawlers {
		for _, u := range seeds {
			page := u.JoinPath("/story-1")
			if err := c.learnScope(t.Context(), page); err != nil {
				t.Fatal(err)
			}
			if !c.holds(page) || !c.client.AllowsPrivate(page) {
				t.Errorf("worker %d has not learnt of the seed %s", w, u)
			}
		}
		for other := range workers {
			page := movedTo(other).JoinPath("/story-1")
			if err := c.learnScope(t.Context(), page); err != nil {
				t.Fatal(err)
			}
			if !c.holds(page) || c.client.AllowsPrivate(page) {
				t.Errorf("worker %d has not learnt of %s", w, page)
			}
		}
	}
}
