package pace

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"newsclip/scrape/internal/fetch"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	tests := []struct {
		value string
		want  time.Duration
		ok    bool
	}{
		{"", 0, false}, {"soon", 0, false}, {"-5", 0, false}, {"1.5", 0, false},
		{"0", 0, true}, {"120", 2 * time.Minute, true}, {" 7 ", 7 * time.Second, true}, {"7200", 2 * time.Hour, true}, {"999999", MaxRest, true},
		{"Fri, 02 Jan 2026 03:04:35 GMT", 30 * time.Second, true}, {"Fri, 02 Jan 2026 03:00:00 GMT", 0, true},
		{"Friday, 02-Jan-26 03:05:05 GMT", time.Minute, true}, {"Fri Jan  2 03:04:15 2026", 10 * time.Second, true},
	}
	for _, tt := range tests {
		if got, ok := RetryAfter(tt.value, now); got != tt.want || ok != tt.ok {
			t.Errorf("retryAfter(%q) = %v, %v; want %v, %v", tt.value, got, ok, tt.want, tt.ok)
		}
	}
}

// testPace returns a pace and its clock.
func testPace(o Options) (*Hosts, *time.Time) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	p := New(o)
	p.now = func() time.Time { return now }
	return p, &now
}

func TestPaceOfAHost(t *testing.T) {
	p, now := testPace(Options{Delay: time.Second})
	expect := func(what string, got, want time.Duration) {
		t.Helper()
		if got != want {
			t.Errorf("%s: wait %v, want %v", what, got, want)
		}
	}
	expect("first", p.Ready("a"), 0)
	expect("while one runs", p.Ready("a"), -1)
	expect("another host", p.Ready("b"), 0)
	*now = now.Add(300 * time.Millisecond)
	p.Ended("a", Exchange{Took: 300 * time.Millisecond})
	expect("after the answer", p.Ready("a"), time.Second)
	*now = now.Add(time.Second)
	expect("a delay later", p.Ready("a"), 0)
	p.Unused("a")
	expect("nothing was asked", p.Ready("a"), 0)
	p.Ended("a", Exchange{})
	p.SlowTo("a", 3*time.Second)
	expect("Crawl-delay", p.Ready("a"), 3*time.Second)
	p.SlowTo("a", time.Second)
	expect("a shorter one", p.Ready("a"), 3*time.Second)
	*now = now.Add(3 * time.Second)
	expect("after it", p.Ready("a"), 0)
	p.Ended("a", Exchange{})
	p.Refused("a", http.Header{"Retry-After": {"40"}})
	expect("Retry-After", p.Ready("a"), 40*time.Second)

	// Of several connections, too, only what was asked counts.
	several, now2 := testPace(Options{Delay: time.Second, PerHost: 2})
	expect("nothing was asked yet", several.Ready("a"), 0)
	several.Unused("a")
	expect("on two connections", several.Ready("a"), 0)
	expect("while the first is not written", several.Ready("a"), -1)
	several.Wrote("a", *now2)
	*now2 = now2.Add(time.Second)
	expect("on the second connection", several.Ready("a"), 0)
	several.Unused("a")
	expect("while the first is at work", several.Ready("a"), time.Second)

	// Answers slow down, and so does the pace, up to a bound.
	expect("slow host", p.Ready("slow"), 0)
	p.Ended("slow", Exchange{Took: 10 * time.Second})
	expect("after a slow answer", p.Ready("slow"), 10*time.Second)
	*now = now.Add(10 * time.Second)
	expect("slower", p.Ready("slow"), 0)
	p.Ended("slow", Exchange{Took: 10 * time.Minute})
	expect("bounded", p.Ready("slow"), maxSlowdown)
}

func TestPaceBacksOff(t *testing.T) {
	p, now := testPace(Options{})
	var waits []time.Duration
	for range 8 {
		if w := p.Ready("a"); w != 0 {
			t.Fatalf("wait %v", w)
		}
		p.Ended("a", Exchange{Took: time.Millisecond})
		w, _ := p.Refused("a", nil)
		waits = append(waits, w)
		*now = now.Add(w)
	}
	for i, w := range waits {
		least := min(firstBackoff<<i, maxBackoff)
		if w < least || w > least*5/4 {
			t.Errorf("refusal %d: wait %v, want %v and up to a quarter more", i+1, w, least)
		}
	}
	p.Answered("a")
	if w, _ := p.Refused("a", nil); w > firstBackoff*5/4 {
		t.Errorf("after an answer: wait %v", w)
	}
}

// A host that never stops saying "not now" is given up, and what was refused on
// several connections at once counts once.
func TestPaceRefusedForGood(t *testing.T) {
	p, now := testPace(Options{Delay: time.Second, PerHost: 3})
	start := *now
	for n := 1; ; n++ {
		wait, dead := p.Refused("a", nil)
		if dead {
			if n != refusedAfter {
				t.Errorf("given up after %d refusals", n)
			}
			break
		}
		if n > 2*refusedAfter {
			t.Fatal("never given up")
		}
		if again, _ := p.Refused("a", nil); again > 2*wait {
			t.Errorf("refused twice at once: wait %v, then %v", wait, again)
		}
		*now = now.Add(max(wait, p.Ready("a")))
	}
	if took := now.Sub(start); took < 20*time.Minute || took > time.Hour {
		t.Errorf("given up after %v", took)
	}
}

// A host rests for as long as it asks, and is given up once that was a day in all.
func TestPaceLongRest(t *testing.T) {
	p, now := testPace(Options{Delay: time.Second})
	for n, after := range []string{"36000", "36000", "36000", "36000"} {
		wait, dead := p.Refused("a", http.Header{"Retry-After": {after}})
		if wait != 10*time.Hour || p.Rest("a") != wait || dead != (n == 3) {
			t.Errorf("refusal %d: wait %v, given up: %v", n+1, wait, dead)
		}
		*now = now.Add(wait)
	}
	p.Refused("b", http.Header{"Retry-After": {"80000"}})
	*now = now.Add(80_000 * time.Second)
	p.Answered("b")
	p.Refused("b", http.Header{"Retry-After": {"80000"}})
	*now = now.Add(80_000 * time.Second)
	if _, dead := p.Refused("b", http.Header{"Retry-After": {"80000"}}); dead {
		t.Error("given up although it has answered in between")
	}
	p.Refused("c", http.Header{"Retry-After": {"60"}})
	*now = now.Add(time.Minute)
	if rest := p.Rest("c"); rest > 0 {
		t.Errorf("a rest of %v is left", rest)
	}
}

func TestPaceGivesUp(t *testing.T) {
	for _, tt := range []struct {
		cause string
		n     int
	}{{fetch.CauseConnect, deadAfter}, {fetch.CauseDropped, brokenAfter}} {
		p, now := testPace(Options{Delay: time.Second})
		start := *now
		for i := 1; i <= tt.n; i++ {
			if dead := p.Failed("a", tt.cause); dead != (i == tt.n) {
				t.Errorf("%s: given up is %v after %d failures", tt.cause, dead, i)
			}
			if tt.cause == fetch.CauseConnect && p.Failed("a", tt.cause) {
				t.Error("connections that fail together are counted apart")
			}
			*now = now.Add(max(p.Ready("a"), brokenTime/(brokenAfter-1)+1))
		}
		if took := now.Sub(start); took < 3*time.Minute || took > 10*time.Minute {
			t.Errorf("%s: given up after %v", tt.cause, took)
		}
		if p.Failed("a", tt.cause) {
			t.Error("told twice")
		}
		p.Answered("b")
		for range deadAfter - 1 {
			p.Failed("b", tt.cause)
		}
		p.Answered("b")
		if p.Failed("b", tt.cause) || p.IsGivenUp("b") {
			t.Error("an answer in between does not count")
		}
	}
}

// The table of hosts' paces forgets what is not at work.
func TestPaceIsBounded(t *testing.T) {
	p, now := testPace(Options{PerHost: 1})
	for i := range maxHosts + 10 {
		h := strconv.Itoa(i)
		p.Ready(h)
		p.Ended(h, Exchange{})
		for range deadAfter {
			p.Failed(h, fetch.CauseConnect)
			*now = now.Add(maxBackoff)
		}
		if !p.IsGivenUp(h) {
			t.Fatal("a host that cannot be reached is not given up")
		}
	}
	if len(p.hosts) > maxHosts {
		t.Errorf("the pace of %d hosts is remembered", len(p.hosts))
	}
}

// Random times are spread about the delay, and none is less than the Crawl-delay.
func TestRandomDelay(t *testing.T) {
	for _, crawlDelay := range []time.Duration{0, 900 * time.Millisecond} {
		now := time.Now()
		p := New(Options{Delay: time.Second, Random: true})
		p.now = func() time.Time { return now }
		p.SlowTo("h", crawlDelay)
		var least, most time.Duration
		for k := range 300 {
			if wait := p.Ready("h"); wait > 0 {
				now = now.Add(wait)
				if k > 0 && (least == 0 || wait < least) {
					least = wait
				}
				most = max(most, wait)
				p.Ready("h")
			}
			p.Ended("h", Exchange{})
		}
		if low := max(500*time.Millisecond, crawlDelay); least < low || least > low+100*time.Millisecond || most > 1500*time.Millisecond || most < 1400*time.Millisecond {
			t.Errorf("Crawl-delay %v: from %v to %v", crawlDelay, least, most)
		}
	}
}
