package memory

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestSharesEnd has many shares grow step by step to more than there is room for: all
// of them end, and what they hold together stays within the budget and what one may take
// beyond it.
func TestSharesEnd(t *testing.T) {
	const bytes, step, steps, beyond = 1000, 60, 10, 2
	b := NewBudget(bytes, beyond)
	var held, most atomic.Int64
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			s := b.NewShare()
			for range steps {
				if err := s.Grow(t.Context(), step); err != nil {
					t.Error(err)
				}
				for now := held.Add(step); ; {
					if was := most.Load(); now <= was || most.CompareAndSwap(was, now) {
						break
					}
				}
				time.Sleep(time.Millisecond)
			}
			held.Add(-step * steps)
			s.Free()
		})
	}
	wg.Wait()
	if limit := int64(bytes + beyond*step*steps); most.Load() > limit {
		t.Errorf("%d bytes were held, of %d", most.Load(), limit)
	}
	if s := b.NewShare(); !b.left.TryAcquire(bytes) || len(b.beyond) > 0 {
		t.Errorf("not everything was given back: %+v", s)
	}
}

// TestGrowEndsWithContext waits for room that never comes.
func TestGrowEndsWithContext(t *testing.T) {
	b := NewBudget(10, 1)
	large := b.NewShare()
	if err := large.Grow(t.Context(), 1000); err != nil { // beyond, at once
		t.Fatal(err)
	}
	if err := b.NewShare().Grow(t.Context(), 10); err != nil { // what is left
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := b.NewShare().Grow(ctx, 1); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	large.Free()
	if err := b.NewShare().Grow(t.Context(), 1000); err != nil {
		t.Errorf("after it was given back: %v", err)
	}
	var none *Share
	if err := none.Grow(t.Context(), 1<<40); err != nil {
		t.Error(err)
	}
	none.Free()
}

// TestHoldOutlastsFree frees a share of which two have a hold.
func TestHoldOutlastsFree(t *testing.T) {
	b := NewBudget(10, 1)
	s := b.NewShare()
	if err := errors.Join(s.Grow(t.Context(), 8), s.Grow(t.Context(), 8)); err != nil { // the second beyond
		t.Fatal(err)
	}
	first, second := s.Hold(), s.Hold()
	s.Free()
	first()
	first()
	if b.left.TryAcquire(10) || len(b.beyond) == 0 {
		t.Error("it was given back while there was a hold")
	}
	second()
	if !b.left.TryAcquire(10) || len(b.beyond) > 0 {
		t.Error("it was not given back")
	}
	var none *Share
	none.Hold()()
}

// TestUnder has shares wait while there is no room outside of the budget: one of them is
// let through by itself, and the others when there is room, or when nobody has any more.
func TestUnder(t *testing.T) {
	var fits atomic.Bool
	b := NewBudget(100, 1).Under(func(int64) bool { return fits.Load() })
	first := b.NewShare()
	if err := errors.Join(first.Grow(t.Context(), 10), first.Grow(t.Context(), 10)); err != nil {
		t.Fatal(err)
	}
	second, third := b.NewShare(), b.NewShare()
	ctx, cancel := context.WithTimeout(t.Context(), 2*pressedFor)
	defer cancel()
	if err := second.Grow(ctx, 10); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("without room: %v", err)
	}
	release := first.Hold()
	first.Free()
	if err := second.Grow(ctx, 10); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("while the first is held: %v", err)
	}
	release()
	if err := second.Grow(t.Context(), 10); err != nil {
		t.Errorf("when nobody has any: %v", err)
	}
	fits.Store(true)
	if err := third.Grow(t.Context(), 10); err != nil {
		t.Errorf("with room: %v", err)
	}
	second.Free()
	third.Free()
	third.Free()
	if b.holders != 0 {
		t.Errorf("%d shares are holders", b.holders)
	}
	// One that waits for the budget when its context ends has nothing.
	if err := first.Grow(t.Context(), 100); err != nil {
		t.Fatal(err)
	}
	if err := second.Grow(t.Context(), 50); err != nil { // beyond
		t.Fatal(err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := third.Grow(ended, 50); err == nil || b.holders != 2 || b.Taken() != 150 {
		t.Errorf("%v, %d holders of %d bytes", err, b.holders, b.Taken())
	}
	first.Free()
	second.Free()
	if b.Taken() != 0 {
		t.Errorf("%d bytes are left when all are freed", b.Taken())
	}
}
