package scrape

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsclip/clean"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/fetch"
)

// listedSite is a front page that lists n articles.
func listedSite(n int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch {
		case r.URL.Path == "/":
			for k := range n {
				fmt.Fprintf(w, `<a href="/story-of-%d-days">More</a>`, k+100)
			}
		case strings.HasPrefix(r.URL.Path, "/story-of-"):
			fmt.Fprintf(w, `<meta property="og:type" content="article"><p>This is %s.`, r.URL.Path)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	})
}

// alwaysEarly finds every article too early, and says so in its record when it
// is not handled again.
func alwaysEarly(ctx context.Context, p *Page) (*Outcome, error) {
	out, err := articleByMeta(ctx, p)
	if out != nil {
		out.Early = !p.Last
	}
	return out, err
}

func wantRecords(t *testing.T, sink *memorySink, s *Summary, n int) {
	t.Helper()
	seen := map[string]bool{}
	for _, p := range sink.paths(t) {
		if seen[p] {
			t.Errorf("%s is written twice", p)
		}
		seen[p] = true
	}
	if len(seen) != n || s.Articles != n {
		t.Errorf("%d records, %d in the summary, want %d", len(seen), s.Articles, n)
	}
}

// Articles that are held back to the end are written, all of them, at once when
// nothing else is left.
func TestHeldToTheEnd(t *testing.T) {
	srv := httptest.NewServer(listedSite(40))
	defer srv.Close()
	for name, o := range map[string]Options{
		"memory":      {},
		"files":       {Frontier: frontier.Options{Dir: t.TempDir()}},
		"direct":      {Direct: true},
		"one worker":  {Workers: 1},
		"with budget": {MaxArticles: 13},
	} {
		t.Run(name, func(t *testing.T) {
			sink := &memorySink{}
			o.Seeds, o.Sink, o.PerHost = []string{srv.URL}, sink, 8
			start := time.Now()
			s, err := Crawl(t.Context(), o, alwaysEarly)
			if err != nil {
				t.Fatal(err)
			}
			n := 40
			if o.MaxArticles > 0 {
				n = o.MaxArticles
			}
			wantRecords(t, sink, s, n)
			if d := time.Since(start); d > maxHeldTime/2 {
				t.Errorf("it took %v: they were let go by their time", d)
			}
		})
	}
}

// What is held back when a crawl is interrupted is written, and the crawl that
// goes on writes the rest.
func TestHeldAndInterrupted(t *testing.T) {
	srv := httptest.NewServer(listedSite(40))
	defer srv.Close()
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	sink := &memorySink{}
	o := Options{Seeds: []string{srv.URL}, Sink: sink, Workers: 1, Frontier: frontier.Options{Dir: dir}}
	n := 0
	s, err := Crawl(ctx, o, func(ctx context.Context, p *Page) (*Outcome, error) {
		out, err := alwaysEarly(ctx, p)
		if out != nil && out.Early && out.Article {
			if n++; n == 10 {
				cancel()
			}
		}
		return out, err
	})
	if err != nil {
		t.Fatal(err)
	}
	if s.Stopped != "interrupted" {
		t.Errorf("stopped: %s", s.Stopped)
	}
	wantRecords(t, sink, s, 10)
	first := len(sink.records)
	if s, err = Crawl(t.Context(), o, alwaysEarly); err != nil {
		t.Fatal(err)
	}
	s.Articles += first
	wantRecords(t, sink, s, 40)
}

// An article that is not too early lets those of its host go, and of no other.
func TestHeldUntilKnown(t *testing.T) {
	var b holdback
	item := func(host string, size int) *heldItem {
		return &heldItem{t: &task{item: &frontier.Item{Host: host}}, size: size, resp: &fetch.Response{}, pages: make([]clean.Input, 1)}
	}
	for i := range 6 {
		if over := b.add(item(fmt.Sprint("h", i%2), 10)); over != nil {
			t.Fatal("six small items are too many")
		}
	}
	if got := b.take(func(h *heldItem) bool { return h.t.item.Host == "h1" }); len(got) != 3 || b.len() != 3 || b.bytes != 30 {
		t.Errorf("took %d, %d left with %d bytes", len(got), b.len(), b.bytes)
	}
	big := item("h2", maxHeldBytes/largeTimes)
	if over := b.add(big); len(over) != 3 || over[0].t.item.Host != "h0" || b.len() != 1 {
		t.Errorf("a large item lets %d go, and %d stay", len(over), b.len())
	}
	for range maxHeld {
		b.add(item("h3", 0))
	}
	if b.len() != maxHeld || b.bytes != 0 {
		t.Errorf("%d items with %d bytes are held", b.len(), b.bytes)
	}
}

// Of large pages fewer are held, and trees are kept only of as many as fit, by their tags.
func TestHeldLargePages(t *testing.T) {
	var b holdback
	for range 30 {
		h := &heldItem{t: &task{item: &frontier.Item{Host: "h"}}, size: 2 << 20, cost: 15 << 20, resp: &fetch.Response{}, pages: make([]clean.Input, 1), page: Page{Kept: true}}
		b.add(h)
	}
	trees := 0
	for _, h := range b.items {
		if h.hasTree {
			trees++
		}
	}
	if b.len() != maxHeldBytes/largeTimes/(2<<20) || trees < 1 || trees > 2 || b.trees > maxTreeBytes {
		t.Errorf("%d pages of 2 MiB are held, and the trees of %d were kept", b.len(), trees)
	}
	b.take(func(*heldItem) bool { return true })
	if b.bytes != 0 || b.trees != 0 {
		t.Errorf("nothing has %d bytes and %d of trees", b.bytes, b.trees)
	}
}

// TestLargestAreNotHeld has articles come too early, one of them too large to be held
// back: it is handled once, and the others go on waiting.
func TestLargestAreNotHeld(t *testing.T) {
	const large = "/story-of-101-days"
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch {
		case r.URL.Path == "/":
			fmt.Fprint(w, `<a href="/story-of-100-days">More</a><a href="`+large+`">More</a><a href="/story-of-102-days">More</a>`)
		case strings.HasPrefix(r.URL.Path, "/story-of-"):
			fmt.Fprintf(w, `<meta property="og:type" content="article"><p>This is %s.`, r.URL.Path)
			if r.URL.Path == large {
				io.WriteString(w, strings.Repeat("<p>The gates of the lock were felled.", mostHeldPage/37+1000))
			}
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer srv.Close()
	var mu sync.Mutex
	var calls []string
	sink := &memorySink{}
	s, err := Crawl(t.Context(), Options{Seeds: []string{srv.URL}, Sink: sink, NoDiscovery: true, Workers: 1}, func(ctx context.Context, p *Page) (*Outcome, error) {
		out, err := alwaysEarly(ctx, p)
		mu.Lock()
		defer mu.Unlock()
		if out != nil && out.Article {
			calls = append(calls, fmt.Sprint(path.Base(p.URL), p.Last))
		}
		return out, err
	})
	if err != nil {
		t.Fatal(err)
	}
	wantRecords(t, sink, s, 3)
	slices.Sort(calls[3:])
	if want := []string{"story-of-100-daysfalse", "story-of-101-daystrue", "story-of-102-daysfalse", "story-of-100-daystrue", "story-of-102-daystrue"}; !slices.Equal(calls, want) {
		t.Errorf("handled with Last as %q", calls)
	}
}

// With its last article a crawl ends, and asks for nothing in search of another.
func TestLastArticleEnds(t *testing.T) {
	s := newSite(t, map[string]string{"/": indexHTML("/a"), "/a": articleHTML("a", "/b"), "/b": articleHTML("b", "/c"), "/c": articleHTML("c")})
	sum, got := crawlSite(t, s, Options{NoDiscovery: true, Workers: 1, MaxArticles: 2})
	expectPaths(t, got, "/a", "/b")
	if s.count("/c") != 0 || sum.Stopped != "budget" {
		t.Errorf("/c was asked for %d times; stopped: %s", s.count("/c"), sum.Stopped)
	}
}

// Records that a run has left in the frontier, because it was killed before
// they came out, are taken out by the next one, also where nothing is left to
// fetch.
func TestRecordsThatWereLeft(t *testing.T) {
	srv := httptest.NewServer(listedSite(40))
	defer srv.Close()
	for _, first := range []int{0, 10} {
		t.Run(fmt.Sprint("max ", first), func(t *testing.T) {
			o := Options{Seeds: []string{srv.URL}, PerHost: 8, MaxArticles: first, Frontier: frontier.Options{Dir: t.TempDir()}}
			if _, err := Crawl(t.Context(), o, articleByMeta); err != nil {
				t.Fatal(err)
			}
			sink := &memorySink{}
			o.Sink, o.MaxArticles = sink, 0
			s, err := Crawl(t.Context(), o, articleByMeta)
			if first == 0 && !errors.Is(err, ErrFinished) || first > 0 && err != nil {
				t.Fatal(err)
			}
			if first == 0 {
				first = 40
			}
			s.Articles += first
			wantRecords(t, sink, s, 40)
		})
	}
}

// An item that is held back may be written by another worker before the one
// that fetched it has ended its own task, which must not end the writing.
func TestHoldOwnsItsContext(t *testing.T) {
	f, err := frontier.Open(t.Context(), frontier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c := &crawler{f: f}
	first := &task{c: c, item: &frontier.Item{Host: "a.example", URL: "https://a.example/1"}, ctx: t.Context()}
	first.renew()
	if err := first.hold(&Page{}, &Outcome{}, &fetch.Response{Body: []byte("<p>text</p>")}); err != nil {
		t.Fatal(err)
	}
	held := c.holdback.take(func(*heldItem) bool { return true })[0].t
	held.renew()
	defer held.cancel()
	first.cancel()
	if err := held.store.Err(); err != nil {
		t.Errorf("the first worker's end ended the writing: %v", err)
	}
}

// What the handler keeps of an article that is too early comes back with its page, up to
// a bound of memory: the others are parsed again.
func TestHeldWithItsTree(t *testing.T) {
	const n = 6
	text := "<p>" + strings.Repeat("The gates of the lock were felled, dried and shaped. ", maxTreeBytes/30/50) // ten times that in memory
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch {
		case r.URL.Path == "/":
			for k := range n {
				fmt.Fprintf(w, `<a href="/story-of-%d-days">More</a>`, k+100)
			}
		case strings.HasPrefix(r.URL.Path, "/story-of-"):
			fmt.Fprintf(w, `<meta property="og:type" content="article"><p>This is %s.`, r.URL.Path)
			if r.URL.Path >= "/story-of-102-days" {
				fmt.Fprint(w, text)
			}
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer srv.Close()
	var mu sync.Mutex
	kept, again := 0, 0
	sink := &memorySink{}
	s, err := Crawl(t.Context(), Options{Seeds: []string{srv.URL}, Sink: sink, NoDiscovery: true}, func(ctx context.Context, p *Page) (*Outcome, error) {
		out, err := alwaysEarly(ctx, p)
		if err != nil || !out.Article {
			return out, err
		}
		mu.Lock()
		defer mu.Unlock()
		switch {
		case !p.Last:
			out.Kept = p.Page
		case p.Kept == nil:
			again++
		default:
			kept++
			if p.Kept != any(p.Page) {
				t.Errorf("%s: another page came back", p.URL)
			}
		}
		return out, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantRecords(t, sink, s, n)
	if kept < 2 || kept >= n || kept+again != n {
		t.Errorf("%d came back with their trees, %d without", kept, again)
	}
}
