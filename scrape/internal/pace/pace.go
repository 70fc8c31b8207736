package pace

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"newsclip/scrape/internal/fetch"
)

const (
	// firstBackoff is the pause after a 429 or 503 without Retry-After. It
	// doubles with each one in a row, up to maxBackoff; the values are those of
	// crawlers in wide use.
	firstBackoff = 2 * time.Second
	maxBackoff   = 60 * time.Second
	// LongRest is a pause that is told of, and for which nothing but the URLs in the
	// frontier waits.
	LongRest = 10 * time.Minute
	// MaxRest bounds the pause that a Retry-After leads to. A host that has asked for so
	// much in all, without an answer in between, is given up when it refuses again.
	MaxRest = 24 * time.Hour
	// maxSlowdown bounds the pause that slow answers lead to.
	maxSlowdown = 30 * time.Second
	// deadAfter is the number of times in a row that a host cannot be reached
	// before it is given up. With the pauses in between, which double, this
	// takes about three minutes.
	deadAfter = 8
	// A host is also given up after brokenAfter failures in a row, over at least
	// brokenTime, so that a short outage does not cost it all its pages.
	brokenAfter = 30
	brokenTime  = 5 * time.Minute
	// refusedAfter is the number of 429 and 503 in a row after which a host is
	// given up. With the pauses in between this takes half an hour, or more with
	// long values of Retry-After.
	refusedAfter = 32
	// maxHosts bounds the hosts that are remembered. Idle hosts without a pause
	// are forgotten first.
	maxHosts = 50_000
)

// Hosts decides when the next request to each host may be made. It may be used by
// any number of goroutines.
type Hosts struct {
	perHost int
	delay   time.Duration
	first   time.Duration // before the first request to a host
	random  bool
	delayOf func(host string) (time.Duration, bool)
	now     func() time.Time
	share   shares

	mu    sync.Mutex
	hosts map[string]*hostState
}

// Options say how many requests a host may get.
type Options struct {
	// PerHost is the number of connections to one host; 0 means 1.
	PerHost int
	// Delay is the time between two requests to one host; 0 means none.
	Delay time.Duration
	// First is the pause before the first request to a host; 0 means none. It is
	// for hosts that another process may have made a request to a moment ago.
	First time.Duration
	// DelayOf, if set, returns the delay of a host that has one of its own, and reports
	// false for others. A lock of Hosts is held.
	DelayOf func(host string) (time.Duration, bool)
	// Random makes the time between two requests vary between half and one and a
	// half times Delay, but never less than a Crawl-delay.
	Random bool
	// Slots is the number of requests at once, over all hosts. Those that have not
	// answered yet, that fail, and that are slow, may each hold a share of them; 0 sets
	// no limit.
	Slots int
	// Wake, if set, is called with a host for which Ready has returned a negative
	// value and may return another one now. No lock of Hosts is held.
	Wake func(host string)
}

type hostState struct {
	delay    time.Duration // the larger of --delay and Crawl-delay
	least    time.Duration // Crawl-delay
	gap      time.Duration // what delay comes to after the last start
	next     time.Time     // when the next request may be made
	before   time.Time     // next as it was before the last start
	running  int
	burst    int           // requests begun since none was running
	latency  time.Duration // of answers, smoothed
	refusals int           // 429 and 503 in a row
	asked    time.Duration // the pauses that they have led to
	failures int           // requests without a usable answer, in a row
	unheard  int           // those that did not reach the host, in a row
	failing  time.Time     // when the first of failures was
	rest     time.Time     // end of the pause after the last of unheard, or of refusals
	dead     bool          // given up
	heard    bool          // has given an answer
	inDoubt  [doubts]int   // of running: those that are counted in a share
	denied   bool          // waits for one of them to end
	// unwritten is set from when a request has begun until it is written.
	unwritten bool
	quickest  quickest
}

// New returns a pace for hosts that got no requests yet.
func New(o Options) *Hosts {
	return &Hosts{
		perHost: max(1, o.PerHost), delay: o.Delay, first: o.First, random: o.Random, delayOf: o.DelayOf, now: time.Now,
		hosts: make(map[string]*hostState), share: newShares(o.Slots, o.Wake),
	}
}

// of returns the state of a host; p.mu is held.
func (p *Hosts) of(host string) *hostState {
	h := p.hosts[host]
	if h == nil {
		if len(p.hosts) >= maxHosts {
			p.forget()
		}
		h = &hostState{delay: p.delay}
		if p.delayOf != nil {
			if own, ok := p.delayOf(host); ok {
				h.delay = own
			}
		}
		if p.first > 0 {
			h.next = p.now().Add(p.first)
		}
		p.hosts[host] = h
	}
	return h
}

// forget makes room. Hosts that were given up are forgotten, and so tried again,
// only if that of the others is not enough.
func (p *Hosts) forget() {
	now := p.now()
	for _, dead := range []bool{false, true} {
		for host, h := range p.hosts {
			if h.running == 0 && h.dead == dead && (dead || now.After(h.next)) {
				delete(p.hosts, host)
			}
		}
		if len(p.hosts) < maxHosts*9/10 {
			return
		}
	}
}

// Ready decides about a request to host now: 0 lets it through and counts it as
// begun, a positive value is the time to wait, and a negative one means that a
// request must end first. The requests let through to a host that was given up are
// not to be made: its items are only counted.
func (p *Hosts) Ready(host string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.of(host)
	now := p.now()
	// The items of a host that was given up are let through to be counted.
	if !h.dead {
		// Where the request before is still connecting, the two could reach the
		// server together.
		if h.running >= p.perHost || h.unwritten && h.delay > 0 {
			return -1
		}
		if wait := h.next.Sub(now); wait > 0 {
			return wait
		}
		if !p.share.take(host, h) {
			return -1
		}
		h.unwritten = true
	}
	if h.running == 0 {
		h.burst = 0
	}
	h.running++
	h.burst++
	h.gap = p.drawGap(h)
	h.before, h.next = h.next, now.Add(h.gap)
	if h.delay > 0 {
		h.next = now.Add(max(h.gap, h.rests()))
	}
	return 0
}

// drawGap returns the least time between a request and the next.
func (p *Hosts) drawGap(h *hostState) time.Duration {
	if !p.random || h.delay == 0 {
		return h.delay
	}
	return max(h.least, h.delay/2+time.Duration(rand.Int64N(int64(h.delay)+1)))
}

// rests returns how long a host with a delay rests after an answer: as long as answers
// take, so that a server in trouble gets fewer requests.
func (h *hostState) rests() time.Duration { return min(h.latency, maxSlowdown) }

// IsGivenUp reports whether the host was given up.
func (p *Hosts) IsGivenUp(host string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.of(host).dead
}

// Of returns the time between two requests to the host as it is now, and reports
// whether the host was given up. ok is false for a host that is not known.
func (p *Hosts) Of(host string) (every time.Duration, givenUp, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.hosts[host]
	if h == nil {
		return 0, false, false
	}
	if every = h.delay; every > 0 {
		every = max(every, h.rests())
	}
	return every, h.dead, true
}

// Unused records that a request which Ready has let through was not made.
func (p *Hosts) Unused(host string) {
	p.mu.Lock()
	defer p.unlockAndWake()
	h := p.of(host)
	h.running--
	h.unwritten = false
	p.share.give(h)
	if h.burst == 1 { // nothing else was begun since
		h.next = h.before
	}
}

// SlowTo sets the delay of a host, if it is longer than before, to the Crawl-delay of
// its robots.txt.
func (p *Hosts) SlowTo(host string, delay time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.of(host)
	h.least = max(h.least, delay)
	if delay > h.delay {
		h.next = h.next.Add(delay - h.delay)
		h.delay, h.gap = delay, max(h.gap, delay)
	}
}

// SetDelay sets the delay of a host, but to no less than its Crawl-delay.
func (p *Hosts) SetDelay(host string, delay time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.of(host)
	if delay = max(delay, h.least); delay > h.delay {
		h.next = h.next.Add(delay - h.delay)
	}
	h.delay, h.gap = delay, delay
}

// Answered records that the host has given a usable answer: anything that is neither
// a failure nor a refusal.
func (p *Hosts) Answered(host string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.of(host)
	h.heard = true
	h.refusals, h.failures, h.unheard, h.asked = 0, 0, 0, 0
}

// Heard records that the host has answered a request of which nothing else is told.
func (p *Hosts) Heard(host string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.of(host).heard = true
}

// Refused records that the host has answered 429 or 503. It returns the pause until
// the next request, which is Retry-After or one that doubles, and reports whether
// the host is given up now.
func (p *Hosts) Refused(host string, header http.Header) (wait time.Duration, givenUp bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h, now := p.of(host), p.now()
	tooMuch := false
	if !now.Before(h.rest) { // and not one of several requests at once
		h.refusals++
		tooMuch = h.asked >= MaxRest
	}
	h.heard, h.failures, h.unheard = true, 0, 0
	wait, ok := RetryAfter(header.Get("Retry-After"), now)
	if !ok {
		wait = Jitter(Backoff(h.refusals))
	}
	if rest := now.Add(wait); rest.After(h.rest) {
		h.asked += rest.Sub(later(now, h.rest))
		h.rest = rest
	}
	if h.rest.After(h.next) {
		h.next = h.rest
	}
	was := h.dead
	h.dead = was || tooMuch || h.refusals >= refusedAfter
	return wait, h.dead && !was
}

// Rest returns how much is left of the pause that a host has asked for; 0 or less where
// it has not.
func (p *Hosts) Rest(host string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.of(host).rest.Sub(p.now())
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Failed records that a request has failed, with a cause of package fetch. It reports
// whether the host is given up now.
func (p *Hosts) Failed(host, cause string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.of(host)
	now := p.now()
	if h.failures++; h.failures == 1 {
		h.failing = now
	}
	switch {
	case !fetch.IsUnreachable(cause):
		h.unheard = 0
	case now.Before(h.rest):
		// One of several connections that failed together.
	default:
		h.unheard++
		h.rest = now.Add(p.Scaled(Backoff(h.unheard)))
		if h.rest.After(h.next) {
			h.next = h.rest
		}
	}
	was := h.dead
	h.dead = was || h.unheard >= deadAfter || h.failures >= brokenAfter && now.Sub(h.failing) >= p.Scaled(brokenTime)
	return h.dead && !was
}

// Scaled returns a pause for a host that has failed: a tenth of d where Delay is 0,
// because such hosts are local ones or belong to the user.
func (p *Hosts) Scaled(d time.Duration) time.Duration {
	if p.delay == 0 {
		return d / 10
	}
	return d
}

// CloseUntil lets no request to the host through before a time.
func (p *Hosts) CloseUntil(host string, until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if h := p.of(host); until.After(h.next) {
		h.next, h.before = until, until
	}
}

// Backoff returns the pause after the nth refusal or failure in a row: 2 seconds,
// doubled each time up to a minute.
func Backoff(n int) time.Duration {
	d := firstBackoff
	for ; n > 1 && d < maxBackoff; n-- {
		d *= 2
	}
	return min(d, maxBackoff)
}

// Jitter makes a pause longer by a random time of up to a quarter, so that requests
// which failed together are not repeated together.
func Jitter(d time.Duration) time.Duration {
	return d + time.Duration(rand.Int64N(int64(d)/4+1))
}

// RetryAfter reads both forms of a Retry-After header (RFC 9110, 10.2.3), up to MaxRest.
// It reports false for any other value.
func RetryAfter(value string, now time.Time) (time.Duration, bool) {
	value = strings.TrimSpace(value)
	if value == "" {
		return 0, false
	}
	var d time.Duration
	if s, err := strconv.ParseUint(value, 10, 31); err == nil {
		d = time.Duration(s) * time.Second
	} else if t, err := http.ParseTime(value); err == nil {
		d = t.Sub(now)
	} else {
		return 0, false
	}
	return min(max(d, 0), MaxRest), true
}
