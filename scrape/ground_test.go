package scrape

import (
	"fmt"
	"net/url"
	"sync"
	"testing"

	"newsclip/scrape/frontier"
)

// Workers that name their seeds at the same time all find every seed in the
// ground, whichever kind of item of it they are given first.
func TestGroundOfManyWorkers(t *testing.T) {
	f, err := frontier.Open(t.Context(), frontier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const workers = 20
	var crawlers []*crawler
	var seeds []*url.URL
	var wg sync.WaitGroup
	for w := range workers {
		u, err := url.Parse(fmt.Sprintf("http://10.0.0.%d:8080/", w))
		if err != nil {
			t.Fatal(err)
		}
		seeds = append(seeds, u)
		c := &crawler{f: f, o: Options{Frontier: frontier.Options{}}}
		if c.ground, err = newTerritory(&c.o, []*url.URL{u}); err != nil {
			t.Fatal(err)
		}
		c.transport = newTransport(&c.o, []*url.URL{u})
		crawlers = append(crawlers, c)
		wg.Go(func() {
			if err := c.keepGround(t.Context(), []*url.URL{u}, nil); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for w, c := range crawlers {
		for _, u := range seeds {
			page := u.JoinPath("/story-1")
			if err := c.learnGround(t.Context(), page); err != nil {
				t.Fatal(err)
			}
			if !c.holds(page) || !c.transport.isNamed(dialAddr(page)) {
				t.Errorf("worker %d does not know of the seed %s", w, u)
			}
		}
	}
}
