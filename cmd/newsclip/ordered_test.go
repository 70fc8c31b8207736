package main

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func weightless(int) int { return 0 }

func count(n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func TestOrderedKeepsOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var got []int
		err := ordered(t.Context(), count(100), 7, weightless,
			func(i int, _ func(int64)) int {
				time.Sleep(time.Duration((i*37)%11) * time.Second) // later ones are often ready first
				return i
			},
			func(i int) error { got = append(got, i); return nil }, nil)
		want := slices.Collect(count(100))
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%v, %v", got, err)
		}
	})
}

func TestOrderedIsBounded(t *testing.T) {
	tests := []struct {
		name    string
		held    int
		workers int
		ahead   int32
	}{
		{"by results", 0, 3, 4*3 + 2}, // the queue, one emitted, one that waits for room
		{"by bytes", aheadBytes / 4, 3, 4 + 1},
		{"too large alone", 5 * aheadBytes, 3, 1 + 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var read, most, emitted atomic.Int32
				items := func(yield func(int) bool) {
					for i := range 200 {
						most.Store(max(most.Load(), read.Add(1)-emitted.Load()))
						if !yield(i) {
							return
						}
					}
				}
				err := ordered(t.Context(), items, tt.workers, func(int) int { return tt.held },
					func(i int, _ func(int64)) int { return i },
					func(int) error { time.Sleep(time.Second); emitted.Add(1); return nil }, nil)
				if err != nil || emitted.Load() != 200 {
					t.Fatalf("%d emitted, %v", emitted.Load(), err)
				}
				if most.Load() > tt.ahead {
					t.Errorf("%d items were held at once, want at most %d", most.Load(), tt.ahead)
				}
			})
		})
	}
}

// What items take is bounded too, whatever the order in which they are ready to take it, and
// one that takes more than there is goes on alone.
func TestOrderedBoundsWhatIsTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var taken, most, emitted atomic.Int64
		sizes := []int64{handBytes / 4, 3 * handBytes, handBytes / 2, 1}
		err := ordered(t.Context(), count(100), 5, weightless,
			func(i int, take func(int64)) int64 {
				time.Sleep(time.Duration((i*37)%11) * time.Second)
				if i%7 == 0 {
					return 0 // of a page that cannot be read
				}
				n := min(sizes[i%4], handBytes)
				take(n)
				for now := taken.Add(n); ; {
					if was := most.Load(); now <= was || most.CompareAndSwap(was, now) {
						break
					}
				}
				time.Sleep(time.Second)
				return n
			},
			func(n int64) error { taken.Add(-n); emitted.Add(1); return nil }, nil)
		if err != nil || emitted.Load() != 100 {
			t.Errorf("%d emitted, %v", emitted.Load(), err)
		}
		if most.Load() > handBytes || most.Load() < handBytes/2 {
			t.Errorf("at most %d bytes were taken, of %d", most.Load(), int64(handBytes))
		}
	})
}

func TestOrderedUsesItsWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		err := ordered(t.Context(), count(12), 4, weightless,
			func(i int, _ func(int64)) int { time.Sleep(time.Second); return i },
			func(int) error { return nil }, nil)
		if took := time.Since(start); err != nil || took != 3*time.Second {
			t.Errorf("12 items of a second took 4 workers %v, %v", took, err)
		}
	})
}

func TestOrderedStopsAtAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := errors.New("disk full")
		emitted := 0
		err := ordered(t.Context(), count(1000), 4, weightless,
			func(i int, _ func(int64)) int { return i },
			func(i int) error {
				emitted++
				if i == 5 {
					return full
				}
				return nil
			}, nil)
		if !errors.Is(err, full) || emitted != 6 {
			t.Errorf("%d emitted, %v", emitted, err)
		}
	})
}

// Somebody who types pages and interrupts need not type one more.
func TestOrderedDoesNotWaitForItems(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	typed := make(chan struct{})
	defer close(typed)
	items := func(yield func(int) bool) {
		if yield(0) {
			<-typed
		}
	}
	err := ordered(ctx, items, 2, weightless, func(i int, _ func(int64)) int { return i }, func(int) error { cancel(); return nil }, nil)
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// A pause is told of once all results before it were emitted, and ends the run
// with its error.
func TestOrderedTellsOfPauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		items := func(yield func(int) bool) {
			for i := range 4 {
				time.Sleep([]time.Duration{0, pauseAfter / 2, 3*pauseAfter + 1, 0}[i])
				if !yield(i) {
					return
				}
			}
		}
		emitted, stop := 0, errors.New("stop")
		var at []int
		err := ordered(t.Context(), items, 1, weightless,
			func(i int, _ func(int64)) int {
				if i == 3 {
					time.Sleep(2 * pauseAfter) // a slow page is no pause
				}
				return i
			},
			func(int) error { emitted++; return nil },
			func() error { at = append(at, emitted); return nil })
		if err != nil || !slices.Equal(at, []int{2, 2, 2}) {
			t.Errorf("pauses after %v results, %v", at, err)
		}
		wait := func(yield func(int) bool) { time.Sleep(time.Hour) }
		defer time.Sleep(time.Hour) // the bubble waits for it
		err = ordered(t.Context(), wait, 1, weightless, func(i int, _ func(int64)) int { return i }, func(int) error { return nil }, func() error { return stop })
		if err != stop {
			t.Error(err)
		}
	})
}
