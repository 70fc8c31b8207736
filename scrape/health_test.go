package scrape

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"

	"newsclip/scrape/frontier"
)

func openFrontier(t *testing.T, o frontier.Options) *frontier.Frontier {
	t.Helper()
	f, err := frontier.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// plainStory is a page that articleByMeta takes for an article.
func plainStory(name string) string {
	return `<html><head><meta property="og:type" content="article"></head><body><p>The story ` + name + `.</p></body></html>`
}

func oneHealth(t *testing.T, all []HostHealth, host string) HostHealth {
	t.Helper()
	for _, h := range all {
		if h.Host == host {
			return h
		}
	}
	t.Fatalf("nothing of %s in %+v", host, all)
	return HostHealth{}
}

// What one run has counted is there for the next, with its own beside it.
func TestHealthOverRestarts(t *testing.T) {
	s := newSite(t, map[string]string{
		"/":  `<a href="/1">1</a><a href="/gone">2</a><a href="/private">3</a>`,
		"/1": plainStory("one"),
	})
	s.text("/robots.txt", "text/plain", "User-agent: *\nDisallow: /private\n")
	host := s.Listener.Addr().String()
	o := Options{Frontier: frontier.Options{Dir: t.TempDir()}, NoDiscovery: true}
	sum, _ := crawlSite(t, s, o)
	h := oneHealth(t, sum.Health, host)
	if h.Found != 4 || h.Fetched != 3 || h.Articles != 1 || h.Failed["404"] != 1 || h.Skipped[SkipRobots] != 1 || h.LastSuccess.IsZero() || h.LastError == "" {
		t.Errorf("first run: %+v", h)
	}
	s.mu.Lock()
	s.pages["/2"] = plainStory("two")
	s.mu.Unlock()
	o.Seeds = []string{s.URL + "/2"}
	sum, _ = crawlSite(t, s, o)
	h = oneHealth(t, sum.Health, host)
	if h.Found != 5 || h.Fetched != 4 || h.Articles != 2 || h.Failures() != 1 || h.Skips() != 1 {
		t.Errorf("second run: %+v", h)
	}
	all, err := Health(t.Context(), openFrontier(t, o.Frontier))
	if err != nil {
		t.Fatal(err)
	}
	if got := oneHealth(t, all, host); fmt.Sprint(got) != fmt.Sprint(h) {
		t.Errorf("stored: %+v\nhas    %+v", got, h)
	}
}

// A batch whose outcome is not known is stored once, and several runs add up.
func TestHealthBatches(t *testing.T) {
	f := openFrontier(t, frontier.Options{})
	a, b := newHealth(), newHealth()
	for _, h := range []*health{a, b} {
		if err := h.open(t.Context(), f, true, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	a.wrote("a.example", true, time.Now())
	if err := a.keep(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	// Stored, and its acknowledgement lost: the batch is there again.
	s := &a.shards[shardOf("a.example")]
	s.batch = map[string]*HostHealth{"a.example": {Host: "a.example", Articles: 1}}
	a.wrote("a.example", true, time.Now())
	b.wrote("a.example", true, time.Now())
	b.failed("a.example", "timeout", errors.New("late"))
	for range 2 {
		for _, h := range []*health{a, b, a} {
			if err := h.keep(t.Context(), f); err != nil {
				t.Fatal(err)
			}
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	a.wrote("a.example", true, time.Now())
	if err := a.keep(ended, f); err == nil {
		t.Log("stored although its time was over")
	}
	if err := a.keep(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	all, err := Health(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	if h := oneHealth(t, all, "a.example"); h.Articles != 4 || h.Failed["timeout"] != 1 {
		t.Errorf("%+v", h)
	}
	if h := oneHealth(t, a.list(), "a.example"); h.Articles != 4 || h.Failed["timeout"] != 1 {
		t.Errorf("in the process: %+v", h)
	}
}

// Hosts beyond the bound are counted together.
func TestHealthIsBounded(t *testing.T) {
	h := newHealth()
	const n = 2 * healthShards * maxShardHosts
	for k := range n {
		h.wrote(strconv.Itoa(k)+".example", true, time.Now())
	}
	all, total := h.list(), 0
	for _, e := range all {
		total += e.Articles
	}
	if len(all) > healthShards*(maxShardHosts+1) || total != n {
		t.Errorf("%d hosts, %d articles", len(all), total)
	}
}

func TestCompareHealth(t *testing.T) {
	ordered := []HostHealth{
		{Host: "given-up", Articles: 9, GivenUp: true},
		{Host: "never", Failed: map[string]int{"connect": 1}},
		{Host: "half", Fetched: 4, Articles: 2, Failed: map[string]int{"404": 2}},
		{Host: "none", Fetched: 4},
		{Host: "few", Fetched: 4, Articles: 1},
		{Host: "many", Fetched: 9, Articles: 8},
	}
	for i := 1; i < len(ordered); i++ {
		if CompareHealth(ordered[i-1], ordered[i]) >= 0 || CompareHealth(ordered[i], ordered[i-1]) <= 0 {
			t.Errorf("%s is not before %s", ordered[i-1].Host, ordered[i].Host)
		}
	}
}

// Failures beyond the list are counted.
func TestFailuresOmitted(t *testing.T) {
	tally := newTally(time.Time{})
	for k := range maxFailures + 7 {
		tally.fail(strconv.Itoa(k), "404", errors.New(http.StatusText(http.StatusNotFound)))
	}
	if s := tally.snapshot(); len(s.Failures) != maxFailures || s.FailuresOmitted != 7 {
		t.Errorf("%d listed, %d omitted", len(s.Failures), s.FailuresOmitted)
	}
}
