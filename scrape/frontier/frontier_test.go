package frontier

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"
)

func open(t testing.TB, o Options) *Frontier {
	t.Helper()
	f, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func add(t testing.TB, f *Frontier, items ...Item) []bool {
	t.Helper()
	added, err := f.Add(t.Context(), items...)
	if err != nil {
		t.Fatal(err)
	}
	return added
}

func next(t testing.TB, f *Frontier) *Lease {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	l, err := f.Next(ctx, nil)
	if err != nil {
		t.Fatalf("Next: %v; stats %+v", err, f.Stats())
	}
	return l
}

func done(t testing.TB, l *Lease, records ...string) {
	t.Helper()
	var r Result
	for _, s := range records {
		r.Records = append(r.Records, []byte(s))
	}
	if err := l.Done(t.Context(), r); err != nil {
		t.Fatal(err)
	}
}

func wantDone(t testing.TB, f *Frontier) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	if l, err := f.Next(ctx, nil); !errors.Is(err, ErrDone) {
		t.Fatalf("Next: %v, %v; want ErrDone", l, err)
	}
}

func page(host string, n int) Item {
	return Item{URL: fmt.Sprintf("https://%s/%d", host, n), Host: host, Class: ClassOther}
}

// both runs a test with each kind of storage in process.
func both(t *testing.T, test func(t *testing.T, o Options)) {
	t.Run("temporary", func(t *testing.T) { test(t, Options{}) })
	t.Run("files", func(t *testing.T) { test(t, Options{Dir: t.TempDir()}) })
}

func TestEntersOnce(t *testing.T) {
	both(t, func(t *testing.T, o Options) {
		f := open(t, o)
		f.known = newRecent(1) // so that the stream decides
		a, b := page("a.example", 1), page("a.example", 2)
		twin := Item{URL: b.URL + "?utm_source=x", Key: b.URL, Host: b.Host, Class: ClassFeed}
		if got := add(t, f, a, b, a, twin); !slices.Equal(got, []bool{true, true, false, false}) {
			t.Errorf("first Add: %v", got)
		}
		for range 2 {
			done(t, next(t, f))
		}
		if got := add(t, f, a, b, page("a.example", 3)); !slices.Equal(got, []bool{false, false, true}) {
			t.Errorf("after Done: %v", got)
		}
		if l := next(t, f); l.Item.URL != "https://a.example/3" {
			t.Errorf("a finished URL was given out again: %s", l.Item.URL)
		} else {
			done(t, l)
		}
		wantDone(t, f)
	})
}

func TestItemComesBackWhole(t *testing.T) {
	f := open(t, Options{})
	want := Item{
		URL: "https://a.example/ü?x=1", Host: "a.example:8080", Key: "k", Kind: "sitemap", Class: ClassControl, Depth: 3,
		Referrer: "https://a.example/", LastMod: time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC),
		Redirects: []string{"https://a.example/old"}, Meta: map[string]string{"section": "news"}, Attempt: 1,
	}
	add(t, f, want)
	if got := next(t, f).Item; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestPriorityWithinHost(t *testing.T) {
	both(t, func(t *testing.T, o Options) {
		f := open(t, o)
		day := func(d int) time.Time { return time.Date(2024, 1, d, 0, 0, 0, 0, time.UTC) }
		items := []Item{
			{URL: "other-2", Class: ClassOther}, {URL: "dated-old", Class: ClassDated, LastMod: day(1)},
			{URL: "other-3", Class: ClassOther}, {URL: "dated-new", Class: ClassDated, LastMod: day(9)},
			{URL: "other-1", Class: ClassOther, LastMod: day(2)}, {URL: "news", Class: ClassNews},
			{URL: "feed", Class: ClassFeed}, {URL: "control", Class: ClassControl}, {URL: "seed", Class: ClassSeed},
		}
		for i := range items {
			items[i].Host = "a.example"
		}
		add(t, f, items...)
		want := []string{"control", "seed", "news", "feed", "dated-new", "dated-old", "other-1", "other-2", "other-3"}
		var got []string
		awaitPending(t, f, len(items))
		for range items {
			l := next(t, f)
			got = append(got, l.Item.URL)
			done(t, l)
		}
		if !slices.Equal(got, want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
	})
}

func awaitPending(t testing.TB, f *Frontier, n int) {
	t.Helper()
	for end := time.Now().Add(time.Minute); f.Stats().Pending != n; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("pending %+v, want %d", f.Stats(), n)
		}
	}
}

// More items than are held in memory, in an order that is not that of the
// stream, of a host that must not hold up another in the same partition.
func TestBigHostDoesNotBlock(t *testing.T) {
	both(t, func(t *testing.T, o Options) {
		o.Partitions = 1
		f := open(t, o)
		const big = 5000
		var items []Item
		for i := range big {
			it := page("big.example", i)
			it.Class, it.LastMod = ClassDated, time.Unix(1700000000+int64(i), 0)
			items = append(items, it)
		}
		for i := range 20 {
			items = append(items, page("small.example", i))
		}
		add(t, f, items...)
		awaitPending(t, f, len(items))
		small, last := 0, int64(1<<60)
		for i := range len(items) {
			l := next(t, f)
			if l.Item.Host == "small.example" {
				small++
			} else if at := l.Item.LastMod.Unix(); at > last {
				t.Fatalf("item %d: newer (%d) after older (%d)", i, at, last)
			} else {
				last = at
			}
			if i == 60 && small < 20 {
				t.Errorf("after %d leases the small host had %d of its 20", i, small)
			}
			done(t, l)
		}
		wantDone(t, f)
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.rawCount != 0 || f.hosts != 0 || len(f.parts[0].hosts) != 0 {
			t.Errorf("left in memory: %d messages, %d hosts", f.rawCount, f.hosts)
		}
	})
}

func TestReadyDecides(t *testing.T) {
	f := open(t, Options{})
	add(t, f, page("never.example", 1), page("later.example", 1), page("now.example", 1))
	awaitPending(t, f, 3)
	start := time.Now()
	parked, asked := false, 0
	ready := func(host string) time.Duration {
		switch host {
		case "never.example":
			parked = true
			return -1
		case "later.example":
			asked++
			return max(0, 300*time.Millisecond-time.Since(start))
		}
		return 0
	}
	l, err := f.Next(t.Context(), ready)
	if err != nil || l.Item.Host != "now.example" {
		t.Fatalf("first: %v %v", l, err)
	}
	done(t, l)
	if l, err = f.Next(t.Context(), ready); err != nil || l.Item.Host != "later.example" {
		t.Fatalf("second: %v %v", l, err)
	}
	if d := time.Since(start); d < 300*time.Millisecond {
		t.Errorf("given out after %v", d)
	}
	if asked > 3 {
		t.Errorf("asked %d times in one wait", asked)
	}
	done(t, l)
	if !parked {
		t.Error("the parked host was never asked about")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if l, err := f.Next(ctx, ready); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("a parked host was given out, or the job ended: %v %v", l, err)
	}
	f.Wake("never.example")
	done(t, next(t, f))
	wantDone(t, f)
}

// A parked host is asked about again when one of its leases ends.
func TestParkedUntilLeaseEnds(t *testing.T) {
	f := open(t, Options{})
	add(t, f, page("a.example", 1), page("a.example", 2))
	awaitPending(t, f, 2)
	var mu sync.Mutex
	busy := false
	ready := func(string) time.Duration {
		mu.Lock()
		defer mu.Unlock()
		if busy {
			return -1
		}
		busy = true
		return 0
	}
	first, err := f.Next(t.Context(), ready)
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan *Lease, 1)
	go func() {
		l, _ := f.Next(t.Context(), ready)
		got <- l
	}()
	select {
	case <-got:
		t.Fatal("given out while the host was busy")
	case <-time.After(100 * time.Millisecond):
	}
	mu.Lock()
	busy = false
	mu.Unlock()
	done(t, first)
	select {
	case l := <-got:
		done(t, l)
	case <-time.After(30 * time.Second):
		t.Fatal("not asked again when the lease ended")
	}
}

func TestRetryWaitsAndCounts(t *testing.T) {
	both(t, func(t *testing.T, o Options) {
		f := open(t, o)
		add(t, f, page("a.example", 1))
		for attempt := 1; attempt <= 3; attempt++ {
			l := next(t, f)
			if l.Item.Attempt != attempt {
				t.Fatalf("attempt %d, want %d", l.Item.Attempt, attempt)
			}
			if attempt == 3 {
				done(t, l)
				break
			}
			start := time.Now()
			if err := l.Retry(t.Context(), 200*time.Millisecond); err != nil {
				t.Fatal(err)
			}
			again := next(t, f) // the job does not end while a retry is due
			if d := time.Since(start); d < 195*time.Millisecond || d > 30*time.Second {
				t.Errorf("came back after %v", d)
			}
			again.Release()
		}
		wantDone(t, f)
		if s := f.Stats(); s.Retried != 2 || s.Done != 1 || s.Pending != 0 || s.Delayed != 0 {
			t.Errorf("stats %+v", s)
		}
	})
}

func TestReleaseDoesNotCount(t *testing.T) {
	f := open(t, Options{})
	add(t, f, page("a.example", 1))
	for range 3 {
		l := next(t, f)
		if l.Item.Attempt != 1 {
			t.Errorf("attempt %d", l.Item.Attempt)
		}
		l.Release()
		done(t, l) // ended: does nothing
	}
	if s := f.Stats(); s.Pending != 1 {
		t.Errorf("stats %+v", s)
	}
}

func TestEndWaitsForLeases(t *testing.T) {
	f := open(t, Options{})
	add(t, f, page("a.example", 1))
	l := next(t, f)
	ended := make(chan error, 4)
	for range 4 {
		go func() {
			for {
				l, err := f.Next(t.Context(), nil)
				if err != nil {
					ended <- err
					return
				}
				if err := l.Done(t.Context(), Result{}); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	select {
	case err := <-ended:
		t.Fatalf("ended while a page was at work: %v", err)
	case <-time.After(300 * time.Millisecond):
	}
	var links []Item
	for i := range 100 {
		links = append(links, page(fmt.Sprintf("h%d.example", i%7), i))
	}
	add(t, f, links...)
	done(t, l)
	for range 4 {
		if err := <-ended; !errors.Is(err, ErrDone) {
			t.Errorf("ended with %v", err)
		}
	}
	if s := f.Stats(); s.Done != 101 || s.Found != 101 {
		t.Errorf("stats %+v", s)
	}
	// The mark goes when something new comes.
	if j, err := f.Job(t.Context()); err != nil || j.Finished.IsZero() {
		t.Errorf("job %+v %v", j, err)
	}
	add(t, f, page("new.example", 1))
	done(t, next(t, f))
	wantDone(t, f)
}

func TestFinishAndReopen(t *testing.T) {
	dir := t.TempDir()
	f := open(t, Options{Dir: dir, Describe: []byte("options")})
	add(t, f, page("a.example", 1), page("a.example", 2))
	done(t, next(t, f))
	if err := f.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantDone(t, f)
	f.Close()
	f = open(t, Options{Dir: dir, Describe: []byte("others")})
	j, err := f.Job(t.Context())
	if err != nil || j.Finished.IsZero() || string(j.Describe) != "options" {
		t.Errorf("job %+v %v", j, err)
	}
	wantDone(t, f)
	if err := f.Reopen(t.Context()); err != nil {
		t.Fatal(err)
	}
	done(t, next(t, f))
	wantDone(t, f)
}

func TestOneProcessADirectory(t *testing.T) {
	dir := t.TempDir()
	f := open(t, Options{Dir: dir})
	if _, err := Open(t.Context(), Options{Dir: dir}); !errors.Is(err, ErrInUse) {
		t.Errorf("second Open: %v", err)
	}
	f.Close()
	open(t, Options{Dir: dir})
}

func TestAfterClose(t *testing.T) {
	f := open(t, Options{})
	add(t, f, page("a.example", 1))
	l := next(t, f)
	waits := make(chan error, 1)
	go func() {
		_, err := f.Next(t.Context(), nil)
		waits <- err
	}()
	time.Sleep(20 * time.Millisecond)
	f.Close()
	if err := <-waits; !errors.Is(err, ErrClosed) {
		t.Errorf("waiting Next: %v", err)
	}
	if err := l.Done(t.Context(), Result{}); !errors.Is(err, ErrClosed) {
		t.Errorf("Done: %v", err)
	}
	if _, err := f.Add(t.Context(), page("a.example", 2)); !errors.Is(err, ErrClosed) {
		t.Errorf("Add: %v", err)
	}
}

func TestWrongOptions(t *testing.T) {
	for name, o := range map[string]Options{
		"both":       {Dir: "x", URL: "nats://127.0.0.1:1", Job: "j"},
		"no job":     {URL: "nats://127.0.0.1:1"},
		"job name":   {Job: "a.b"},
		"partitions": {Partitions: 5000},
	} {
		if _, err := Open(t.Context(), o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
