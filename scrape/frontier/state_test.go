package frontier

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestReopenedAsItWas(t *testing.T) {
	o := Options{Dir: t.TempDir()}
	f := open(t, o)
	var items []Item
	for i := range 10 {
		items = append(items, page("a.example", i))
	}
	add(t, f, items...)
	awaitPending(t, f, 10)
	done(t, next(t, f))                                      // 0
	if err := next(t, f).Retry(t.Context(), 0); err != nil { // 1
		t.Fatal(err)
	}
	if err := next(t, f).Retry(t.Context(), time.Hour); err != nil { // 1 or 2
		t.Fatal(err)
	}
	if err := next(t, f).Done(t.Context(), Result{Failed: true}); err != nil {
		t.Fatal(err)
	}
	next(t, f) // leased when the process ends
	before := f.Stats()
	f.Close()
	f = open(t, o)
	after := f.Stats()
	before.InFlight = 0
	if fmt.Sprint(before) != fmt.Sprint(after) {
		t.Errorf("before %+v\nafter  %+v", before, after)
	}
	survey, err := f.Survey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	survey.Delayed = after.Delayed // a survey counts every retry to come
	if fmt.Sprint(survey) != fmt.Sprint(after) {
		t.Errorf("survey %+v\nstats  %+v", survey, after)
	}
}

func TestRecordsOnceInOrder(t *testing.T) {
	both(t, func(t *testing.T, o Options) {
		f := open(t, o)
		const pages = 300
		var items []Item
		for i := range pages {
			items = append(items, page(fmt.Sprintf("h%d.example", i%9), i))
		}
		add(t, f, items...)
		big := make([]byte, 20<<10)
		go func() {
			for {
				l, err := f.Next(t.Context(), nil)
				if err != nil {
					return
				}
				rec := append([]byte(l.Item.URL+" "), big...)
				if err := l.Done(t.Context(), Result{Records: [][]byte{rec, []byte("second")}}); err != nil {
					t.Error(err)
				}
			}
		}()
		got := map[string]int{}
		stopped := errors.New("stopped")
		var c Checkpoint
		collect := func(stopAt int) error {
			return f.Collect(t.Context(), func(r Record) error {
				if len(r.Data) > 100 {
					got[string(r.Data[:40])]++
				} else {
					got["second"]++
				}
				if !r.Last {
					return nil
				}
				if r.Seq <= c.Seq {
					t.Errorf("record %d after checkpoint %d", r.Seq, c.Seq)
				}
				c = Checkpoint{r.Seq, strconv.AppendInt(nil, int64(len(got)), 10)}
				if err := f.Collected(t.Context(), c); err != nil {
					return err
				}
				if len(got) == stopAt {
					return stopped
				}
				return nil
			})
		}
		if err := collect(pages / 2); err != stopped {
			t.Fatalf("Collect: %v", err)
		}
		if saved, err := f.Checkpoint(t.Context()); err != nil || fmt.Sprint(saved) != fmt.Sprint(c) {
			t.Errorf("checkpoint %v, want %v (%v)", saved, c, err)
		}
		f.mu.Lock()
		dropped := len(f.collected)
		f.collected = nil // as in another process
		f.mu.Unlock()
		if dropped > pages/2 {
			t.Errorf("%d messages waiting to be dropped", dropped)
		}
		if err := collect(-1); err != nil {
			t.Fatalf("Collect: %v", err)
		}
		if len(got) != pages+1 || got["second"] != pages {
			t.Errorf("%d records, %d seconds", len(got)-1, got["second"])
		}
		for k, n := range got {
			if n != 1 && k != "second" {
				t.Errorf("%s: %d times", k, n)
			}
		}
		info, err := f.journal.Info(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if limit := uint64(2*dropEvery + 1<<20); info.State.Bytes > limit {
			t.Errorf("the journal still holds %d bytes of %d written", info.State.Bytes, pages*len(big))
		}
		if o.Dir == "" {
			return
		}
		// What was dropped has left its marks.
		f.Close()
		f = open(t, o)
		if s := f.Stats(); s.Done != pages || s.Pending != 0 {
			t.Errorf("after reopening: %+v", s)
		}
	})
}

func TestRecordTooLarge(t *testing.T) {
	f := open(t, Options{})
	add(t, f, page("a.example", 1))
	l := next(t, f)
	if err := l.Done(t.Context(), Result{Records: [][]byte{make([]byte, maxPayload)}}); !errors.Is(err, ErrTooLarge) {
		t.Fatalf("error is %v", err)
	}
	done(t, l, "a smaller one") // the lease has not ended
	wantDone(t, f)
}

func TestRecrawl(t *testing.T) {
	o := Options{Dir: t.TempDir()}
	f := open(t, o)
	const pages = 500
	var items []Item
	for i := range pages {
		items = append(items, page("a.example", i))
	}
	add(t, f, items...)
	if _, err := f.Recrawl(t.Context(), nil); err == nil {
		t.Error("a running job could be recrawled")
	}
	for range pages {
		l := next(t, f)
		if err := l.Done(t.Context(), Result{Memo: []byte("etag of " + l.Item.URL), Failed: l.Item.URL == "https://a.example/10"}); err != nil {
			t.Fatal(err)
		}
	}
	wantDone(t, f)
	f.Close()

	for round := 1; round <= 2; round++ {
		f = open(t, o)
		asked := 0
		n, err := f.Recrawl(t.Context(), func(it Item, at time.Time) bool {
			want := "etag of " + it.URL
			var i int
			fmt.Sscanf(it.URL, "https://a.example/%d", &i)
			if round == 2 && i%10 == 0 {
				want = "round 1"
			}
			if asked++; string(it.Memo) != want || time.Since(at) > time.Minute {
				t.Errorf("round %d, %s: memo %q, finished %v", round, it.URL, it.Memo, at)
			}
			return i%10 == 0
		})
		if err != nil || n != pages/10 || asked != pages {
			t.Fatalf("round %d: %d of %d reopened: %v", round, n, asked, err)
		}
		if round == 1 { // what is reopened stays so
			f.Close()
			f = open(t, o)
		}
		if s := f.Stats(); s.Pending != pages/10 || s.Done != pages-pages/10 || s.Failed != 0 {
			t.Errorf("round %d: %+v", round, s)
		}
		if j, err := f.Job(t.Context()); err != nil || j.Round != round || !j.Finished.IsZero() {
			t.Errorf("job %+v %v", j, err)
		}
		for range n {
			l := next(t, f)
			if want := []string{"etag of " + l.Item.URL, "round 1"}[round-1]; string(l.Item.Memo) != want {
				t.Errorf("round %d: memo %q of %s", round, l.Item.Memo, l.Item.URL)
			}
			if err := l.Done(t.Context(), Result{Memo: fmt.Appendf(nil, "round %d", round)}); err != nil {
				t.Fatal(err)
			}
		}
		wantDone(t, f)
		f.Close()
	}
}

func TestClaim(t *testing.T) {
	o := Options{Dir: t.TempDir()}
	f := open(t, o)
	var firsts atomic.Int32
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			by := fmt.Sprint(i)
			owner, err := f.Claim(t.Context(), "https://a.example/canonical", by)
			if err != nil {
				t.Error(err)
			}
			if owner == by {
				firsts.Add(1)
			}
		})
	}
	wg.Wait()
	if firsts.Load() != 1 {
		t.Errorf("%d owners", firsts.Load())
	}
	owner, _ := f.Claim(t.Context(), "https://a.example/canonical", "x")
	f.Close()
	f = open(t, o)
	if again, err := f.Claim(t.Context(), "https://a.example/canonical", owner); again != owner || err != nil {
		t.Errorf("after reopening the owner is %q, %v; was %q", again, err, owner)
	}
}

func TestChangeGet(t *testing.T) {
	o := Options{Dir: t.TempDir()}
	f := open(t, o)
	if _, err := f.Get(t.Context(), "robots a.example:80"); !errors.Is(err, ErrNotFound) {
		t.Errorf("missing key: %v", err)
	}
	if err := put(t, f, "robots a.example:80", []byte("User-agent: *")); err != nil {
		t.Fatal(err)
	}
	f.Close()
	f = open(t, o)
	if b, err := f.Get(t.Context(), "robots a.example:80"); string(b) != "User-agent: *" || err != nil {
		t.Errorf("got %q, %v", b, err)
	}
}

func TestBudgetIsExact(t *testing.T) {
	o := Options{Dir: t.TempDir()}
	f := open(t, o)
	b := f.Budget("pages", 50)
	take := func(id string) bool {
		ok, err := b.Take(t.Context(), id)
		if err != nil {
			t.Error(err)
		}
		return ok
	}
	var got atomic.Int32
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			for j := range 5 {
				id := fmt.Sprint(i, j)
				if take(id) {
					got.Add(1)
					if !take(id) {
						t.Error("who has taken a unit was refused it")
					}
					if j%2 == 0 {
						b.Settle(id)
					}
				}
			}
		})
	}
	wg.Wait()
	if got.Load() != 50 || take("one more") {
		t.Errorf("%d of 50 units were handed out", got.Load())
	}
	if n, err := b.Used(t.Context()); n != 50 || err != nil {
		t.Errorf("used %d, %v", n, err)
	}
	if !f.Budget("others", 0).takeAny(t) {
		t.Error("an unlimited budget refused")
	}
	f.Close()
	f = open(t, o)
	b = f.Budget("pages", 50)
	if take("one more") {
		t.Error("a unit was handed out after the last, after reopening")
	}
	b2 := f.Budget("small", 1)
	first, _ := b2.Take(t.Context(), "a")
	if err := b2.Return(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if err := b2.Return(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	second, _ := b2.Take(t.Context(), "b")
	third, _ := b2.Take(t.Context(), "c")
	if got := []bool{first, second, third}; !slices.Equal(got, []bool{true, true, false}) {
		t.Errorf("returned units: %v", got)
	}
}

func (b *Budget) takeAny(t *testing.T) bool {
	ok, err := b.Take(t.Context(), "x")
	return ok && err == nil
}

// Collect ends with the job's present end, not with an earlier one, and not
// while a lease is out.
func TestCollectEnds(t *testing.T) {
	f := open(t, Options{})
	collect := func() chan int {
		n := make(chan int, 1)
		go func() {
			got := 0
			if err := f.Collect(t.Context(), func(Record) error { got++; return nil }); err != nil {
				t.Error(err)
			}
			n <- got
		}()
		return n
	}
	add(t, f, page("a.example", 1))
	done(t, next(t, f), "1")
	wantDone(t, f)
	if n := <-collect(); n != 1 {
		t.Errorf("%d records at the first end", n)
	}
	add(t, f, page("a.example", 2), page("a.example", 3), page("a.example", 4))
	got := collect()
	done(t, next(t, f), "2")
	l := next(t, f)
	if err := f.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantDone(t, f)
	select {
	case n := <-got:
		t.Fatalf("ended with %d records while a page was at work", n)
	case <-time.After(500 * time.Millisecond):
	}
	done(t, l, "3")
	select {
	case n := <-got:
		if n != 3 {
			t.Errorf("%d records at the second end", n)
		}
	case <-time.After(time.Minute):
		t.Fatal("does not end")
	}
}

// put stores a value whatever was there before.
func put(t *testing.T, f *Frontier, key string, value []byte) error {
	t.Helper()
	return f.Change(t.Context(), key, func([]byte) ([]byte, error) { return value, nil })
}
