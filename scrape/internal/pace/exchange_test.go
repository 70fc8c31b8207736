package pace

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// The server never sees two requests closer than the delay, whatever the ways there
// and back take; and where they take no longer than usual, hardly further apart.
func TestDelayAtTheServer(t *testing.T) {
	const delay, there, back, atServer = time.Second, 20 * time.Millisecond, 30 * time.Millisecond, 300 * time.Millisecond
	for _, tt := range []struct {
		name   string
		late   func() time.Duration // on top of the way there
		within time.Duration        // the mean time between two requests
	}{
		{"steady", func() time.Duration { return 0 }, 1050 * time.Millisecond},
		{"packets lost", func() time.Duration {
			if rand.IntN(4) == 0 {
				return 200*time.Millisecond + time.Duration(rand.Int64N(int64(time.Second)))
			}
			return 0
		}, 1500 * time.Millisecond},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, now := testPace(Options{Delay: delay})
			var seen []time.Time
			const requests = 500
			for range requests {
				for w := p.Ready("a"); w != 0; w = p.Ready("a") {
					*now = now.Add(w)
				}
				begun := *now
				wrote := begun.Add(10 * time.Millisecond) // a connection is made
				p.Wrote("a", wrote)
				arrived := wrote.Add(there + tt.late())
				seen = append(seen, arrived)
				*now = arrived.Add(atServer + back)
				p.Ended("a", Exchange{Begun: begun, Wrote: wrote, Took: now.Sub(begun)})
			}
			for i := 1; i < len(seen); i++ {
				if gap := seen[i].Sub(seen[i-1]); gap < delay {
					t.Fatalf("request %d came %v after the one before", i, gap)
				}
			}
			if mean := seen[requests-1].Sub(seen[0]) / (requests - 1); mean > tt.within {
				t.Errorf("a request each %v, want %v at most", mean, tt.within)
			}
		})
	}
}

// Of an exchange of which little is known, the delay counts from its end.
func TestDelayOfAFailure(t *testing.T) {
	for name, e := range map[string]Exchange{
		"not written": {}, "no answer": {Wrote: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)},
	} {
		p, now := testPace(Options{Delay: time.Second})
		p.Ready("a")
		*now = now.Add(3 * time.Second)
		p.Ended("a", e)
		if w := p.Ready("a"); w != time.Second {
			t.Errorf("%s: wait %v after the failure, want a second", name, w)
		}
	}
}

// Hosts in doubt share some requests, by the reason of the doubt, and the others do not
// wait for them.
func TestHostsInDoubt(t *testing.T) {
	var woken []string
	p, _ := testPace(Options{Slots: 16, Wake: func(host string) { woken = append(woken, host) }})
	expect := func(what, host string, want time.Duration) {
		t.Helper()
		if got := p.Ready(host); got != want {
			t.Errorf("%s: %s waits %v, want %v", what, host, got, want)
		}
	}
	for d, want := range map[doubt]int{untried: 6, failing: 4, slow: 4} {
		if got := p.share.of[d].most; got != want {
			t.Errorf("share %d is %d, want %d", d, got, want)
		}
	}
	for d := range p.share.of {
		p.share.of[d].most = 2
	}
	expect("new", "a", 0)
	expect("new", "b", 0)
	expect("over the share", "c", -1)
	expect("over the share", "d", -1)
	p.Ended("a", Exchange{Took: time.Millisecond})
	p.Answered("a")
	if !slices.Equal(woken, []string{"c"}) {
		t.Errorf("woken: %q, want c", woken)
	}
	expect("it has answered", "a", 0)
	expect("a place is free", "c", 0)
	expect("no place is free", "d", -1)
	p.Ended("a", Exchange{Took: time.Millisecond})
	if len(woken) != 1 {
		t.Errorf("woken by a request that has no place: %q", woken)
	}

	// Those that fail have places of their own.
	for _, host := range []string{"a", "e", "f"} {
		p.Failed(host, "timeout")
	}
	expect("it has failed", "a", 0)
	expect("it has failed", "e", 0)
	expect("too many have failed", "f", -1)
	expect("still too many are new", "d", -1)
	// And those that are slow.
	for _, host := range []string{"g", "h", "i"} {
		p.Answered(host)
		p.of(host).latency = 2 * slowAnswer
	}
	expect("slow", "g", 0)
	expect("slow", "h", 0)
	expect("too many are slow", "i", -1)

	for _, host := range []string{"b", "c", "a", "e", "g", "h"} {
		p.Unused(host)
	}
	if !slices.Equal(woken, []string{"c", "d", "f", "i"}) {
		t.Errorf("woken: %q, want c, d, f, i", woken)
	}
	for d, s := range p.share.of {
		if s.taken != 0 {
			t.Errorf("%d requests of doubt %d are counted, and none is under way", s.taken, d)
		}
	}
}
