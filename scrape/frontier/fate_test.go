package frontier

import (
	"errors"
	"testing"
	"time"
)

func wantFate(t *testing.T, f *Frontier, it Item, want Fate) {
	t.Helper()
	if got, err := f.Fate(t.Context(), it); err != nil || got != want {
		t.Errorf("%s: fate %d, %v; want %d", it.URL, got, err, want)
	}
}

// What became of an item is known as long as the job is, over restarts, and
// after what Collected drops from the journal.
func TestFate(t *testing.T) {
	o := Options{Dir: t.TempDir()}
	f := open(t, o)
	var items []Item
	for i := range 6 {
		items = append(items, page("a.example", i))
	}
	add(t, f, items...)
	awaitPending(t, f, 6)
	results := []Result{{Records: [][]byte{[]byte("a record")}}, {Failed: true}, {Empty: true}, {}}
	want := []Fate{FateDone, FateEmpty, FateEmpty, FateDone, FatePending, FatePending}
	for _, r := range results {
		if err := next(t, f).Done(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if err := next(t, f).Retry(t.Context(), time.Hour); err != nil {
		t.Fatal(err)
	}
	next(t, f) // leased
	for i, it := range items {
		wantFate(t, f, it, want[i])
	}
	f.Close()
	f = open(t, o)
	for i, it := range items {
		wantFate(t, f, it, want[i])
	}
	if err := f.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Recrawl(t.Context(), func(it Item, _ time.Time) bool { return it.URL == items[1].URL || it.URL == items[3].URL }); err != nil {
		t.Fatal(err)
	}
	want[1], want[3] = FatePending, FatePending
	for range 2 {
		for i, it := range items {
			wantFate(t, f, it, want[i])
		}
		f.Close()
		f = open(t, o)
	}
}

// Only the worker that holds a host can say what became of its items; who takes
// it over can, too.
func TestFateOverWorkers(t *testing.T) {
	_, url := startCluster(t, 1)
	o := Options{URL: url, Job: "press", Partitions: 1, Lapse: time.Second, Rest: time.Millisecond}
	a := open(t, o)
	gone, there, last := page("a.example", 1), page("a.example", 2), page("a.example", 3)
	add(t, a, gone, there, last)
	if err := next(t, a).Done(t.Context(), Result{Failed: true}); err != nil {
		t.Fatal(err)
	}
	done(t, next(t, a), "a record")
	b := open(t, o)
	if _, err := b.Fate(t.Context(), gone); !errors.Is(err, ErrLost) {
		t.Errorf("of another worker's host: %v, want ErrLost", err)
	}
	a.Close()
	l := next(t, b)
	wantFate(t, b, gone, FateEmpty)
	wantFate(t, b, there, FateDone)
	wantFate(t, b, last, FatePending)
	done(t, l)
}
