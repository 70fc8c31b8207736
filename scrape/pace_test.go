package scrape

import (
	"net/http"
	"strconv"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	tests := []struct {
		value string
		want  time.Duration
		ok    bool
	}{
		{"", 0, false}, {"soon", 0, false}, {"-5", 0, false}, {"1.5", 0, false},
		{"0", 0, true}, {"120", 2 * time.Minute, true}, {" 7 ", 7 * time.Second, true}, {"999999", maxRetryAfter, true},
		{"Fri, 02 Jan 2026 03:04:35 GMT", 30 * time.Second, true}, {"Fri, 02 Jan 2026 03:00:00 GMT", 0, true},
		{"Friday, 02-Jan-26 03:05:05 GMT", time.Minute, true}, {"Fri Jan  2 03:04:15 2026", 10 * time.Second, true},
	}
	for _, tt := range tests {
		if got, ok := retryAfter(tt.value, now); got != tt.want || ok != tt.ok {
			t.Errorf("retryAfter(%q) = %v, %v; want %v, %v", tt.value, got, ok, tt.want, tt.ok)
		}
	}
}

// testPace returns a pace and its clock.
func testPace(o paceOptions) (*pace, *time.Time) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	p := newPace(o)
	p.now = func() time.Time { return now }
	return p, &now
}

func TestPaceOfAHost(t *testing.T) {
	p, now := testPace(paceOptions{Delay: time.Second})
	expect := func(what string, got, want time.Duration) {
		t.Helper()
		if got != want {
			t.Errorf("%s: wait %v, want %v", what, got, want)
		}
	}
	expect("first", p.ready("a"), 0)
	expect("while one runs", p.ready("a"), -1)
	expect("another host", p.ready("b"), 0)
	*now = now.Add(300 * time.Millisecond)
	p.ended("a", 300*time.Millisecond)
	expect("after the answer", p.ready("a"), time.Second)
	*now = now.Add(time.Second)
	expect("a delay later", p.ready("a"), 0)
	p.unused("a")
	expect("nothing was asked", p.ready("a"), 0)
	p.ended("a", 0)
	p.slowTo("a", 3*time.Second)
	expect("Crawl-delay", p.ready("a"), 3*time.Second)
	p.slowTo("a", time.Second)
	expect("a shorter one", p.ready("a"), 3*time.Second)
	*now = now.Add(3 * time.Second)
	expect("after it", p.ready("a"), 0)
	p.ended("a", 0)
	p.refused("a", http.Header{"Retry-After": {"40"}})
	expect("Retry-After", p.ready("a"), 40*time.Second)

	// Of several connections, too, only what was asked counts.
	several, now2 := testPace(paceOptions{Delay: time.Second, PerHost: 2})
	expect("nothing was asked yet", several.ready("a"), 0)
	several.unused("a")
	expect("on two connections", several.ready("a"), 0)
	*now2 = now2.Add(time.Second)
	expect("on the second connection", several.ready("a"), 0)
	several.unused("a")
	expect("while the first is at work", several.ready("a"), time.Second)

	// Answers slow down, and so does the pace, up to a bound.
	expect("slow host", p.ready("slow"), 0)
	p.ended("slow", 10*time.Second)
	expect("after a slow answer", p.ready("slow"), 10*time.Second)
	*now = now.Add(10 * time.Second)
	expect("slower", p.ready("slow"), 0)
	p.ended("slow", 10*time.Minute)
	expect("bounded", p.ready("slow"), maxSlowdown)
}

func TestPaceBacksOff(t *testing.T) {
	p, now := testPace(paceOptions{})
	var waits []time.Duration
	for range 8 {
		if w := p.ready("a"); w != 0 {
			t.Fatalf("wait %v", w)
		}
		p.ended("a", time.Millisecond)
		w, _ := p.refused("a", nil)
		waits = append(waits, w)
		*now = now.Add(w)
	}
	for i, w := range waits {
		least := min(firstBackoff<<i, maxBackoff)
		if w < least || w > least*5/4 {
			t.Errorf("refusal %d: wait %v, want %v and up to a quarter more", i+1, w, least)
		}
	}
	p.answered("a")
	if w, _ := p.refused("a", nil); w > firstBackoff*5/4 {
		t.Errorf("after an answer: wait %v", w)
	}
}

// A host that never stops saying "not now" is given up, and what was refused on
// several connections at once counts once.
func TestPaceRefusedForGood(t *testing.T) {
	p, now := testPace(paceOptions{Delay: time.Second, PerHost: 3})
	start := *now
	for n := 1; ; n++ {
		wait, dead := p.refused("a", nil)
		if dead {
			if n != refusedAfter {
				t.Errorf("given up after %d refusals", n)
			}
			break
		}
		if n > 2*refusedAfter {
			t.Fatal("never given up")
		}
		if again, _ := p.refused("a", nil); again > 2*wait {
			t.Errorf("refused twice at once: wait %v, then %v", wait, again)
		}
		*now = now.Add(max(wait, p.ready("a")))
	}
	if took := now.Sub(start); took < 20*time.Minute || took > time.Hour {
		t.Errorf("given up after %v", took)
	}
}

func TestPaceGivesUp(t *testing.T) {
	for _, tt := range []struct {
		cause string
		n     int
	}{{errCauseConnect, deadAfter}, {errCauseDropped, brokenAfter}} {
		p, now := testPace(paceOptions{Delay: time.Second})
		start := *now
		for i := 1; i <= tt.n; i++ {
			if dead := p.failed("a", tt.cause); dead != (i == tt.n) {
				t.Errorf("%s: given up is %v after %d failures", tt.cause, dead, i)
			}
			if tt.cause == errCauseConnect && p.failed("a", tt.cause) {
				t.Error("connections that fail together are counted apart")
			}
			*now = now.Add(max(p.ready("a"), brokenTime/(brokenAfter-1)+1))
		}
		if took := now.Sub(start); took < 3*time.Minute || took > 10*time.Minute {
			t.Errorf("%s: given up after %v", tt.cause, took)
		}
		if p.failed("a", tt.cause) {
			t.Error("told twice")
		}
		p.answered("b")
		for range deadAfter - 1 {
			p.failed("b", tt.cause)
		}
		p.answered("b")
		if p.failed("b", tt.cause) || p.isDead("b") {
			t.Error("an answer in between does not count")
		}
	}
}

// The table of hosts' paces forgets what is not at work.
func TestPaceIsBounded(t *testing.T) {
	p, now := testPace(paceOptions{PerHost: 1})
	for i := range maxPaceHosts + 10 {
		h := strconv.Itoa(i)
		p.ready(h)
		p.ended(h, 0)
		for range deadAfter {
			p.failed(h, errCauseConnect)
			*now = now.Add(maxBackoff)
		}
		if !p.isDead(h) {
			t.Fatal("a host that cannot be reached is not given up")
		}
	}
	if len(p.hosts) > maxPaceHosts {
		t.Errorf("the pace of %d hosts is remembered", len(p.hosts))
	}
}
