package scrape

import (
	"bytes"
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsclip/clean"
	"newsclip/scrape/frontier"
)

func weighed(c *crawler, ctx context.Context) *task {
	return &task{c: c, ctx: ctx, item: &frontier.Item{URL: "https://news.example/a"}}
}

// TestBytesInHand takes many pages of many tags: no more of them are in hand at once
// than fit, and a news page passes them meanwhile.
func TestBytesInHand(t *testing.T) {
	c := &crawler{hands: newHandBudgets()}
	large := clean.Input{HTML: bytes.Repeat([]byte("<p>"), 60_000)} // some 26 MB
	var inHand, most, done atomic.Int64
	var wg sync.WaitGroup
	for range 12 {
		wg.Go(func() {
			task := weighed(c, t.Context())
			if err := task.weigh(large); err != nil {
				t.Error(err)
				return
			}
			for now := inHand.Add(task.cost); ; {
				if was := most.Load(); now <= was || most.CompareAndSwap(was, now) {
					break
				}
			}
			time.Sleep(20 * time.Millisecond)
			inHand.Add(-task.cost)
			done.Add(1)
			task.weight.Free()
		})
	}
	time.Sleep(10 * time.Millisecond)
	small := weighed(c, t.Context())
	if err := small.weigh(clean.Input{HTML: bytes.Repeat([]byte("<p>Some words of a page. "), 2000)}); err != nil {
		t.Error(err)
	}
	if done.Load() == 12 {
		t.Error("a small page has waited for all large ones")
	}
	wg.Wait()
	if limit := largePageBytes + clean.Cost(large.HTML); most.Load() > limit {
		t.Errorf("pages in hand took %d bytes, of %d", most.Load(), limit)
	}
	// A page of more than fits at all is taken.
	huge := weighed(c, t.Context())
	if err := huge.weigh(clean.Input{HTML: bytes.Repeat([]byte("<"), 1_000_000)}); err != nil {
		t.Error(err)
	}
}

// TestJoinedPagesAreBounded keeps page after page for one article.
func TestJoinedPagesAreBounded(t *testing.T) {
	c := &crawler{hands: newHandBudgets()}
	c.o.Log = slog.New(slog.DiscardHandler)
	task := weighed(c, t.Context())
	page := clean.Input{HTML: bytes.Repeat([]byte("<p>"), 60_000)}
	n := 0
	for ; n < 40; n++ {
		if err := task.weigh(page); err != nil {
			t.Fatal(err)
		}
		task.weight.Free()
		fits, err := task.joins()
		if err != nil {
			t.Fatal(err)
		}
		if !fits {
			break
		}
	}
	if want := int(mostJoined / clean.Cost(page.HTML)); n != want {
		t.Errorf("%d pages were kept, of %d that fit", n, want)
	}
}

// TestHeldPageStaysInHand lets a handler go on with a page after it has returned: the
// next page for which there is no room waits for the end of that.
func TestHeldPageStaysInHand(t *testing.T) {
	c := &crawler{hands: newHandBudgets()}
	large := clean.Input{HTML: bytes.Repeat([]byte("<p>"), 200_000)} // more than the budget
	task := weighed(c, t.Context())
	if err := task.weigh(large); err != nil {
		t.Fatal(err)
	}
	page := Page{holdMemory: task.holdMemory}
	release := page.Hold()
	task.putDown()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := weighed(c, ctx).weigh(large); err == nil {
		t.Error("the next page was taken up while the first was worked on")
	}
	release()
	if err := weighed(c, t.Context()).weigh(large); err != nil {
		t.Error(err)
	}
	(&Page{}).Hold()()
}

// A spiedContext calls done when somebody begins to wait for its end.
type spiedContext struct {
	context.Context
	done func()
}

func (s spiedContext) Done() <-chan struct{} {
	s.done()
	return s.Context.Done()
}

// TestLargeRecordStaysInHand stores what came of a large page: until that is stored, no
// other takes its place in memory.
func TestLargeRecordStaysInHand(t *testing.T) {
	f, err := frontier.Open(t.Context(), frontier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Add(t.Context(), frontier.Item{Host: "news.example", URL: "https://news.example/a", Kind: kindSitemap}); err != nil {
		t.Fatal(err)
	}
	lease, err := f.Next(t.Context(), func(string) time.Duration { return 0 })
	if err != nil {
		t.Fatal(err)
	}
	c := &crawler{f: f, hands: newHandBudgets()}
	task := &task{c: c, ctx: t.Context(), item: &lease.Item, lease: lease, paceTold: true}
	if err := task.weigh(clean.Input{HTML: bytes.Repeat([]byte("<p>"), 60_000)}); err != nil {
		t.Fatal(err)
	}
	var while int64
	task.store = spiedContext{t.Context(), func() { while = max(while, c.hands.large.Taken()) }}
	if err := task.finish(frontier.Result{Records: [][]byte{[]byte("{}\n")}}); err != nil {
		t.Fatal(err)
	}
	if after := c.hands.large.Taken(); while != task.cost || after != 0 {
		t.Errorf("%d bytes were in hand while the record was stored, and %d after that, of %d", while, after, task.cost)
	}
}
