package scrape

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"newsclip/scrape/frontier"
)

func TestWatchIsDue(t *testing.T) {
	w := &watch{every: 15 * time.Minute}
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	memoOf := func(m memo) []byte { return m.bytes() }
	for _, tt := range []struct {
		name  string
		it    frontier.Item
		turn  time.Duration
		first time.Duration // after this time it is due
	}{
		{"a feed", frontier.Item{Kind: kindFeed}, time.Hour, time.Hour},
		{"a news sitemap", frontier.Item{Kind: kindSitemap, Memo: memoOf(memo{News: true})}, time.Hour, time.Hour},
		{"an archive's sitemap", frontier.Item{Kind: kindSitemap}, time.Hour, 8 * time.Hour},
		{"the same of a slow host", frontier.Item{Kind: kindSitemap}, 6 * time.Hour, 24 * time.Hour},
		{"a front page", frontier.Item{Kind: kindPage, Class: frontier.ClassSeed}, time.Hour, time.Hour},
		{"a section", frontier.Item{Kind: kindPage}, time.Hour, 8 * time.Hour},
		{"a new article", frontier.Item{Kind: kindPage, Memo: memoOf(memo{Hash: "h"})}, 6 * time.Hour, 15 * time.Minute},
		{"an article, unchanged three times", frontier.Item{Kind: kindPage, Memo: memoOf(memo{Hash: "h", Steady: 3})}, time.Hour, time.Hour},
		{"an article of years", frontier.Item{Kind: kindPage, Memo: memoOf(memo{Hash: "h", Steady: 99})}, time.Hour, recrawlMax},
		{"a feed that fails", frontier.Item{Kind: kindFeed, Memo: memoOf(memo{Fails: 3})}, 15 * time.Minute, time.Hour},
		{"a feed that fails for long", frontier.Item{Kind: kindFeed, Memo: memoOf(memo{Fails: 10})}, 15 * time.Minute, 6 * time.Hour},
	} {
		for _, stamped := range []bool{false, true} {
			it, done := tt.it, now
			if stamped {
				m := readMemo(it.Memo)
				m.At = now.Unix()
				it.Memo, done = m.bytes(), now.Add(-1000*time.Hour)
			}
			slack := w.every / 2
			if w.isDue(&it, done, now.Add(tt.first-slack-time.Second), tt.turn) || !w.isDue(&it, done, now.Add(tt.first-slack), tt.turn) {
				t.Errorf("%s (its memo has the time: %v) is not first due after %v", tt.name, stamped, tt.first)
			}
		}
	}
	for _, it := range []frontier.Item{{Kind: kindTwin}, {Kind: kindPage, Memo: memoOf(memo{Hash: "h", Gone: true})}} {
		if w.isDue(&it, now, now.Add(recrawlMax*2), time.Hour) {
			t.Errorf("%+v is due", it)
		}
	}
}

func TestRhythm(t *testing.T) {
	w := &watch{every: 15 * time.Minute}
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	if got := w.turn(nil, now); got != w.every {
		t.Errorf("of an unknown host: %v", got)
	}
	for _, tt := range []struct{ every, want time.Duration }{
		{time.Minute, 15 * time.Minute}, {8 * time.Hour, 2 * time.Hour}, {100 * time.Hour, 6 * time.Hour},
	} {
		h, at := &HostHealth{}, now
		h.learnRhythm(at, 500) // the archive, all at once
		for range 60 {
			at = at.Add(tt.every)
			h.learnRhythm(at, 1)
		}
		got := w.turn(h, at)
		if d := got - tt.want; d < -tt.want/20 || d > tt.want/20 {
			t.Errorf("publishing every %v: asked every %v, want %v", tt.every, got, tt.want)
		}
		// It stops.
		if got := w.turn(h, at.Add(1000*time.Hour)); got != mostWait {
			t.Errorf("after a long silence: asked every %v", got)
		}
	}
}

func TestWatchRefuses(t *testing.T) {
	if _, err := Watch(t.Context(), Options{Seeds: []string{"http://127.0.0.1/"}}, articleByMeta, time.Hour); err != ErrNoState {
		t.Errorf("without a state: %v", err)
	}
	if _, err := Watch(t.Context(), Options{Frontier: frontier.Options{Dir: t.TempDir()}}, articleByMeta, 0); err == nil {
		t.Error("rounds without a time between them are taken")
	}
}

// watchedSite is two hosts in a made-up time: one publishes an article in every round
// and corrects it two rounds later, the other publishes every slowEvery rounds. It
// kills its watcher in some rounds.
type watchedSite struct {
	fast, slow *httptest.Server
	control    *httptest.Server // tells the time
	rounds     int
	kills      map[int]bool

	mu     sync.Mutex
	round  int
	killed int
	child  *os.Process
	asked  map[string]int
	heaps  map[int]int64 // of the watcher, by round
}

const (
	watchEvery = 15 * time.Minute
	slowEvery  = 40
	fixedAfter = 2 // rounds
	onFront    = 12
)

func (s *watchedSite) now() time.Time {
	return time.Date(2026, 1, 2, 3, 0, 0, 0, time.UTC).Add(time.Duration(s.round) * watchEvery)
}

func (s *watchedSite) fastPage(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked["fast "+r.URL.Path]++
	if s.kills[s.round] && strings.HasPrefix(r.URL.Path, "/a/") {
		delete(s.kills, s.round)
		s.killed++
		s.child.Kill()
		return
	}
	n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/a/"))
	switch {
	case r.URL.Path == "/":
		var links strings.Builder
		for k := max(0, s.round-onFront); k <= s.round; k++ {
			fmt.Fprintf(&links, `<a href="/a/%d">%d</a>`, k, k)
		}
		page(w, links.String())
	case err == nil && n <= s.round:
		second := "is not sure yet"
		if s.round >= n+fixedAfter {
			second = "is sure"
		}
		page(w, fmt.Sprintf(`<html><head><meta property="og:type" content="article"></head><body><p>Story %d.</p><p>It %s.</p></body></html>`, n, second))
	default:
		http.NotFound(w, r)
	}
}

func (s *watchedSite) slowPage(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked["slow "+r.URL.Path]++
	last := s.round / slowEvery
	n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/s/"))
	switch {
	case r.URL.Path == "/":
		page(w, fmt.Sprintf(`<a href="/s/%d">%d</a>`, last, last))
	case err == nil && n <= last:
		page(w, plainStory("of the slow host, the "+r.URL.Path))
	default:
		http.NotFound(w, r)
	}
}

// tell tells the time, and begins the next round for a watcher that waits for it.
func (s *watchedSite) tell(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if heap := r.FormValue("heap"); heap != "" {
		s.heaps[s.round], _ = strconv.ParseInt(heap, 10, 64)
		s.round++
	}
	if s.round > s.rounds {
		fmt.Fprint(w, "over")
		return
	}
	fmt.Fprint(w, s.now().Unix())
}

// fileSink is a file of records, as that of scrape/articles, which tests here cannot
// import.
type fileSink struct{ f *os.File }

func (s fileSink) Resume(note []byte) error {
	n, _ := strconv.ParseInt(string(note), 10, 64)
	if err := s.f.Truncate(n); err != nil {
		return err
	}
	_, err := s.f.Seek(n, io.SeekStart)
	return err
}

func (s fileSink) Write(b []byte) error {
	_, err := s.f.Write(append(slices.Clone(b), '\n'))
	return err
}

func (s fileSink) Commit() ([]byte, error) {
	n, err := s.f.Seek(0, io.SeekCurrent)
	return []byte(strconv.FormatInt(n, 10)), err
}

// remoteClock asks a watchedSite for the time.
type remoteClock struct {
	url  string
	stop context.CancelFunc
	mu   sync.Mutex
	at   time.Time
}

func (c *remoteClock) ask(query string) bool {
	resp, err := http.Get(c.url + query)
	if err != nil {
		panic(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		panic(err)
	}
	sec, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil {
		return false // it is over
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = time.Unix(sec, 0).UTC()
	return true
}

func (c *remoteClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *remoteClock) sleepUntil(context.Context, time.Time) bool {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if !c.ask(fmt.Sprintf("?heap=%d", m.HeapAlloc)) {
		c.stop()
		return false
	}
	return true
}

// TestWatcher is the process that TestWatch starts and kills.
func TestWatcher(t *testing.T) {
	seeds, dir, at := os.Getenv("NEWSCLIP_TEST_SEEDS"), os.Getenv("NEWSCLIP_TEST_DIR"), os.Getenv("NEWSCLIP_TEST_CLOCK")
	if dir == "" {
		t.Skip("it is run by TestWatch")
	}
	ctx, stop := context.WithCancel(t.Context())
	c := &remoteClock{url: at, stop: stop}
	if !c.ask("") {
		return
	}
	f, err := os.OpenFile(filepath.Join(dir, "records"), os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	o := Options{Seeds: strings.Fields(seeds), Frontier: frontier.Options{Dir: filepath.Join(dir, "state")}, Sink: fileSink{f}, NoDiscovery: true, clock: c}
	s, err := Watch(ctx, o, func(ctx context.Context, p *Page) (*Outcome, error) {
		out, err := articleByMeta(ctx, p)
		if err == nil && out.Article && p.Doc != nil {
			out.Text = strings.ReplaceAll(out.Text, ".It", ".\n\nIt")
		}
		return out, err
	}, watchEvery)
	if err != nil || s.Stopped != "interrupted" {
		t.Fatalf("%+v, %v", s, err)
	}
}

// Killed in some rounds of many, a watch writes each article and each revision once,
// asks a host that publishes rarely less often, and takes no more memory at the end.
func TestWatch(t *testing.T) {
	rounds, kills := 30, 3
	if n, err := strconv.Atoi(os.Getenv("NEWSCLIP_WATCH")); err == nil {
		rounds, kills = n, 20
	}
	s := &watchedSite{rounds: rounds, kills: make(map[int]bool), asked: make(map[string]int), heaps: make(map[int]int64)}
	for k := range kills {
		s.kills[1+k*rounds*3/5/kills] = true
	}
	s.fast, s.slow = httptest.NewServer(http.HandlerFunc(s.fastPage)), httptest.NewServer(http.HandlerFunc(s.slowPage))
	s.control = httptest.NewServer(http.HandlerFunc(s.tell))
	for _, srv := range []*httptest.Server{s.fast, s.slow, s.control} {
		defer srv.Close()
	}
	dir := t.TempDir()
	for starts := 0; ; starts++ {
		var out bytes.Buffer
		cmd := exec.Command(os.Args[0], "-test.run=^TestWatcher$", "-test.timeout=0")
		cmd.Env = append(os.Environ(), "NEWSCLIP_TEST_DIR="+dir, "NEWSCLIP_TEST_CLOCK="+s.control.URL, "NEWSCLIP_TEST_SEEDS="+s.fast.URL+"/ "+s.slow.URL+"/")
		cmd.Stdout, cmd.Stderr = &out, &out
		s.mu.Lock()
		killed := s.killed
		err := cmd.Start()
		s.child = cmd.Process
		s.mu.Unlock()
		if err != nil {
			t.Fatal(err)
		}
		err = cmd.Wait()
		if err == nil {
			break
		}
		s.mu.Lock()
		again, round := s.killed > killed, s.round
		s.mu.Unlock()
		if !again || starts > kills {
			t.Fatalf("in round %d: %v\n%s", round, err, out.String())
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.killed != kills {
		t.Errorf("killed %d times", s.killed)
	}
	s.check(t, filepath.Join(dir, "records"))
}

// check reads the records. mu is held.
func (s *watchedSite) check(t *testing.T, path string) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	seen := make(map[string]int)
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var r testRec
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		name := strings.TrimPrefix(strings.TrimPrefix(r.URL, s.fast.URL), s.slow.URL)
		seen[fmt.Sprintf("%s %d", name, r.Mark.Revision)]++
		want := "<nil>"
		if r.Mark.Revision == 1 {
			want = "&{[It is sure.] [It is not sure yet.]}"
		}
		if got := fmt.Sprint(r.Mark.Diff); got != want {
			t.Errorf("%s, revision %d: diff %s", name, r.Mark.Revision, got)
		}
	}
	for what, n := range seen {
		if n != 1 {
			t.Errorf("%s: %d times", what, n)
		}
	}
	for n := range s.rounds + 1 {
		if seen[fmt.Sprintf("/a/%d 0", n)] == 0 {
			t.Errorf("article %d is missing", n)
		}
		if n <= s.rounds-fixedAfter-4 && seen[fmt.Sprintf("/a/%d 1", n)] == 0 {
			t.Errorf("the correction of article %d is missing", n)
		}
		if n <= s.rounds/slowEvery-1 && seen[fmt.Sprintf("/s/%d 0", n)] == 0 {
			t.Errorf("article %d of the slow host is missing", n)
		}
	}
	if fast, slow := s.asked["fast /"], s.asked["slow /"]; fast < s.rounds || s.rounds > 100 && slow > fast/3 {
		t.Errorf("the front pages were asked for %d and %d times", fast, slow)
	}
	// The last two fifths of the rounds are of one process. What the server in process
	// holds of its files goes up and down, so that the least of some rounds counts.
	const noise = 8 << 20
	if early, late := s.leastHeap(s.rounds*6/10+2, s.rounds*8/10), s.leastHeap(s.rounds*9/10, s.rounds); late > early+noise {
		t.Errorf("the heap grew from %d to %d bytes", early, late)
	}
}

// leastHeap returns the least heap of the watcher in some rounds.
func (s *watchedSite) leastHeap(from, to int) int64 {
	var heaps []int64
	for n := from; n < to; n++ {
		if h, ok := s.heaps[n]; ok {
			heaps = append(heaps, h)
		}
	}
	if len(heaps) == 0 {
		return 0
	}
	return slices.Min(heaps)
}
