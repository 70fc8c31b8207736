package scrape

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestTagsInHand takes pages of many tags from many goroutines: no more tags are in
// hand at once than there may be, and small pages pass while there is room.
func TestTagsInHand(t *testing.T) {
	w := newTagWeights()
	large := bytes.Repeat([]byte("<p>"), tagsInHand/2+1)
	var inHand, most atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			n, err := w.take(t.Context(), large)
			if err != nil {
				t.Error(err)
				return
			}
			if now := inHand.Add(n); now > most.Load() {
				most.Store(now)
			}
			time.Sleep(5 * time.Millisecond)
			inHand.Add(-n)
			w.give(n)
		})
	}
	wg.Wait()
	if most.Load() > tagsInHand {
		t.Errorf("%d tags were in hand", most.Load())
	}
	n, err := w.take(t.Context(), bytes.Repeat([]byte("<"), 2*tagsInHand))
	if err != nil || n != tagsInHand {
		t.Fatalf("a page of more tags than fit: %d, %v", n, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := w.take(ctx, large); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a page is taken beside one that takes all: %v", err)
	}
	w.give(n)
}
