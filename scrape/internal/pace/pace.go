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
	// firstBackoff doubles with every 429 or 503 in a row that tells no
	// Retry-After, up to maxBackoff; the values of crawlers in wide use.
	firstBackoff = 2 * time.Second
	maxBackoff   = 60 * time.Second
	// maxRetryAfter is the longest Retry-After that is waited for in full.
	maxRetryAfter = 10 * time.Minute
	// maxSlowdown is the longest pause that slow answers can lead to.
	maxSlowdown = 30 * time.Second
	// A host is given up when it could not be reached deadAfter times in a
	// row, with a pause after each that doubles, which is after three minutes;
	// or when brokenAfter answers in a row were none, over brokenTime at least,
	// so that what passes in a minute does not cost a host all its pages.
	deadAfter   = 8
	brokenAfter = 30
	brokenTime  = 5 * time.Minute
	// It is also given up when it said 429 or 503 refusedAfter times in a row,
	// which is half an hour of pauses, or more where it asks for longer ones.
	refusedAfter = 32
	// maxHosts bounds the memory that hosts' paces take. What is not at
	// work and may be asked at once is forgotten first.
	maxHosts = 50_000
)

// Hosts keeps each host's time: how many requests run, and when the next may.
type Hosts struct {
	perHost int
	delay   time.Duration
	// first is waited before a host's first request: 0, or the delay where
	// somebody else may have asked the host a moment ago.
	first time.Duration
	now   func() time.Time

	mu    sync.Mutex
	hosts map[string]*hostState
}

// Options say how often a host may be asked.
type Options struct {
	// PerHost is the number of connections to one host; 0 means 1.
	PerHost int
	// Delay is the time between two requests to one host; 0 means none.
	Delay time.Duration
	// First is waited before the first request to a host; 0 means nothing.
	First time.Duration
}

type hostState struct {
	delay    time.Duration // the larger of --delay and Crawl-delay
	next     time.Time     // before this nothing is asked
	before   time.Time     // next as it was before the last start
	running  int
	burst    int           // requests begun since none was running
	latency  time.Duration // of answers, smoothed
	refusals int           // 429 and 503 in a row
	failures int           // answers that did not come, in a row
	unheard  int           // of them in a row without a connection
	failing  time.Time     // when the first of failures came
	rest     time.Time     // the pause after the last of unheard, or of refusals
	dead     bool
}

func New(o Options) *Hosts {
	return &Hosts{perHost: max(1, o.PerHost), delay: o.Delay, first: o.First, now: time.Now, hosts: make(map[string]*hostState)}
}

// of returns a host's pace; p.mu is held.
func (p *Hosts) of(host string) *hostState {
	h := p.hosts[host]
	if h == nil {
		if len(p.hosts) >= maxHosts {
			p.forget()
		}
		h = &hostState{delay: p.delay}
		if p.first > 0 {
			h.next = p.now().Add(p.first)
		}
		p.hosts[host] = h
	}
	return h
}

// forget makes room: for hosts that were given up, which are then tried again,
// only where nothing else gives any.
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

// Ready is what the frontier asks before it gives out an item of host: 0 lets
// it, and counts the request as begun.
func (p *Hosts) Ready(host string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.of(host)
	now := p.now()
	// A dead host's items are only given out to be counted.
	if !h.dead {
		if h.running >= p.perHost {
			return -1
		}
		if wait := h.next.Sub(now); wait > 0 {
			return wait
		}
	}
	if h.running == 0 {
		h.burst = 0
	}
	h.running++
	h.burst++
	h.before, h.next = h.next, now.Add(h.pause())
	return 0
}

// pause is the time between two requests. Where answers slow down it grows
// with them, so that a server in trouble is asked less; a host without delay
// has none.
func (h *hostState) pause() time.Duration {
	if h.delay == 0 {
		return 0
	}
	return max(h.delay, min(h.latency, maxSlowdown))
}

// IsGivenUp reports whether the host was given up.
func (p *Hosts) IsGivenUp(host string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.of(host).dead
}

// Unused ends what ready began without a request having been made.
func (p *Hosts) Unused(host string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.of(host)
	h.running--
	if h.burst == 1 { // nothing else was begun since
		h.next = h.before
	}
}

// Ended ends what ready began. took is the time to the answer's first byte, 0
// where none came.
func (p *Hosts) Ended(host string, took time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.of(host)
	h.running--
	if took > 0 {
		if h.latency == 0 {
			h.latency = took
		}
		h.latency += (took - h.latency) / 4
	}
	// With one connection the delay counts from the answer: a request that
	// was long on its way must not arrive just before the next.
	if p.perHost == 1 {
		if next := p.now().Add(h.pause()); next.After(h.next) {
			h.next = next
		}
	}
}

// SlowTo holds a host to a longer delay, from its robots.txt.
func (p *Hosts) SlowTo(host string, delay time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.of(host)
	if delay > h.delay {
		h.next = h.next.Add(delay - h.delay)
		h.delay = delay
	}
}

// Answered says that the host answered something else than "not now".
func (p *Hosts) Answered(host string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.of(host)
	h.refusals, h.failures, h.unheard = 0, 0, 0
}

// Refused says that the host answered 429 or 503, and returns how long nothing
// of it is asked: what Retry-After says, or a pause that doubles. It reports
// whether the host is given up with this.
func (p *Hosts) Refused(host string, header http.Header) (wait time.Duration, givenUp bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h, now := p.of(host), p.now()
	if !now.Before(h.rest) { // and not one of several requests at once
		h.refusals++
	}
	h.failures, h.unheard = 0, 0
	wait, ok := RetryAfter(header.Get("Retry-After"), now)
	if !ok {
		wait = Jitter(Backoff(h.refusals))
	}
	h.rest = now.Add(wait)
	if h.rest.After(h.next) {
		h.next = h.rest
	}
	was := h.dead
	h.dead = was || h.refusals >= refusedAfter
	return wait, h.dead && !was
}

// Failed says that no whole answer came, and reports whether the host is given
// up with this.
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

// Scaled shortens what is waited for a host that has failed where hosts have no
// delay: those are local ones, or somebody's own.
func (p *Hosts) Scaled(d time.Duration) time.Duration {
	if p.delay == 0 {
		return d / 10
	}
	return d
}

// CloseUntil has nothing of the host asked before a time.
func (p *Hosts) CloseUntil(host string, until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if h := p.of(host); until.After(h.next) {
		h.next, h.before = until, until
	}
}

// Backoff is the pause after the nth refusal or failure in a row.
func Backoff(n int) time.Duration {
	d := firstBackoff
	for ; n > 1 && d < maxBackoff; n-- {
		d *= 2
	}
	return min(d, maxBackoff)
}

// Jitter spreads a pause by a quarter, so that what failed together does not
// come back together.
func Jitter(d time.Duration) time.Duration {
	return d + time.Duration(rand.Int64N(int64(d)/4+1))
}

// RetryAfter reads both forms of Retry-After (RFC 9110, 10.2.3), no longer than
// maxRetryAfter.
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
	return min(max(d, 0), maxRetryAfter), true
}
