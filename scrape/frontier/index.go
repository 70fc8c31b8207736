package frontier

import "time"

// The index in memory: for each partition that this worker holds, the hosts
// with something pending, and for each host the order of its items. An item is
// 16 bytes here and its message stays in the stream; only the next few of each
// host are held whole.

const (
	// rawTotal bounds the messages held in memory over all hosts, and rawHost
	// those of one host; with many hosts each has its share, but rawLeast.
	rawTotal = 1 << 15
	rawHost  = 64
	rawLeast = 2
)

type partState uint8

const (
	partNone    partState = iota // another worker's, or nobody's
	partLoading                  // ours; its past is being read
	partLive                     // ours
	partLeaving                  // ours until its leases end
)

// part is one partition. Guarded by Frontier.mu, but for its journal.
type part struct {
	id    int
	state partState
	gen   uint64    // one more each time it is taken or lost
	rest  time.Time // no lease before
	// slowest is the longest delay of its hosts that was told to this worker.
	slowest time.Duration
	fence   uint64 // in a cluster, the journal message that makes it ours

	found, done, failed, retried, inflight, late int
	byClass                                      [classes]int // pending
	hosts                                        map[string]*host
	extra                                        map[uint64]extra

	journal partJournal
}

// extra is what few items have: that they were tried or finished before.
type extra struct {
	attempt uint64 // the one to come; 0 means 1
	memo    uint64 // the journal message that reopened it, 0 none
	round   uint64 // of which that was
}

func (p *part) pending() int { return p.found - p.done }

// take makes the partition ours, empty, to be loaded.
func (p *part) take(rest time.Time) {
	p.reset()
	p.state, p.rest = partLoading, rest
	p.hosts, p.extra = map[string]*host{}, map[uint64]extra{}
}

// reset forgets the partition.
func (p *part) reset() {
	for _, h := range p.hosts {
		h.gone = true
	}
	p.state, p.gen = partNone, p.gen+1
	p.found, p.done, p.failed, p.retried, p.inflight, p.late = 0, 0, 0, 0, 0, 0
	p.byClass = [classes]int{}
	p.hosts, p.extra = nil, nil
}

type hostState uint8

const (
	hostIdle    hostState = iota // nothing to give out
	hostQueued                   // in the ring
	hostAsleep                   // among the sleepers
	hostParked                   // until a lease ends, or the sleeper's time
	hostLoading                  // its next messages are being fetched
)

// host is one host's pending items.
type host struct {
	name     string
	p        *part
	state    hostState
	gone     bool // its partition was lost
	items    heap[entry]
	raw      map[uint64][]byte // messages held, by sequence
	inflight int
	late     int       // retries to come
	wake     time.Time // of the sleeper that counts
}

func (h *host) pending() int { return h.items.len() + h.inflight + h.late }

// entry is a pending item: its order, and the sequence of its message.
type entry struct{ prio, seq uint64 }

func (a entry) before(b entry) bool {
	return a.prio < b.prio || a.prio == b.prio && a.seq < b.seq
}

// sleeper is a host to ask about at a time.
type sleeper struct {
	at time.Time
	h  *host
}

func (a sleeper) before(b sleeper) bool { return a.at.Before(b.at) }

// delayed is an item to give out again at a time.
type delayed struct {
	at time.Time
	entry
	h *host
}

func (a delayed) before(b delayed) bool {
	return a.at.Before(b.at) || a.at.Equal(b.at) && a.entry.before(b.entry)
}

// hostOf returns the partition's host of that name, new if need be. mu is held.
func (f *Frontier) hostOf(p *part, name string) *host {
	h := p.hosts[name]
	if h == nil {
		h = &host{name: name, p: p, items: heap[entry]{less: entry.before}, raw: map[uint64][]byte{}}
		p.hosts[name] = h
		f.hosts++
	}
	return h
}

// tidy drops a host that has nothing left. mu is held.
func (f *Frontier) tidy(h *host) {
	if !h.gone && h.pending() == 0 {
		h.gone = true
		f.rawCount -= len(h.raw)
		delete(h.p.hosts, h.name)
		f.hosts--
	}
}

// rawShare is how many messages each host may hold now. mu is held.
func (f *Frontier) rawShare() int {
	return min(rawHost, max(rawLeast, rawTotal/max(1, f.hosts)))
}

// push makes an item available. raw may be nil. mu is held.
func (f *Frontier) push(h *host, e entry, raw []byte) {
	h.items.push(e)
	if raw != nil && len(h.raw) < f.rawShare() {
		h.raw[e.seq] = raw
		f.rawCount++
	}
	if h.state == hostIdle {
		f.queue(h)
	}
}

// queue puts a host into the ring, or to sleep while its partition rests. mu is
// held.
func (f *Frontier) queue(h *host) {
	if h.gone || h.items.len() == 0 {
		h.state = hostIdle
		return
	}
	if time.Now().Before(h.p.rest) {
		f.sleep(h, h.p.rest)
		return
	}
	h.state = hostQueued
	f.ring.push(h)
	f.ring1()
}

// sleep asks about a host again at a time. mu is held.
func (f *Frontier) sleep(h *host, at time.Time) {
	h.state, h.wake = hostAsleep, at
	f.sleepers.push(sleeper{at, h})
}

// ring1 wakes one waiter.
func (f *Frontier) ring1() {
	select {
	case f.bell <- struct{}{}:
	default:
	}
}

// promote moves what has become due. mu is held.
func (f *Frontier) promote(now time.Time) {
	for f.delayed.len() > 0 && !f.delayed.top().at.After(now) {
		d := f.delayed.pop()
		if d.h.gone {
			continue
		}
		d.h.late--
		d.h.p.late--
		f.push(d.h, d.entry, nil)
	}
	for f.sleepers.len() > 0 && !f.sleepers.top().at.After(now) {
		s := f.sleepers.pop()
		if (s.h.state == hostAsleep || s.h.state == hostParked) && s.h.wake.Equal(s.at) {
			f.queue(s.h)
		}
	}
}

// heap is a binary heap in a slice: container/heap would box every entry.
type heap[T any] struct {
	less func(a, b T) bool
	s    []T
}

func (h *heap[T]) len() int { return len(h.s) }
func (h *heap[T]) top() T   { return h.s[0] }

func (h *heap[T]) push(v T) {
	h.s = append(h.s, v)
	for i := len(h.s) - 1; i > 0; {
		up := (i - 1) / 2
		if !h.less(h.s[i], h.s[up]) {
			break
		}
		h.s[i], h.s[up] = h.s[up], h.s[i]
		i = up
	}
}

func (h *heap[T]) pop() T {
	v := h.s[0]
	n := len(h.s) - 1
	h.s[0] = h.s[n]
	var zero T
	h.s[n] = zero
	h.s = h.s[:n]
	for i := 0; ; {
		c := 2*i + 1
		if c >= n {
			break
		}
		if c+1 < n && h.less(h.s[c+1], h.s[c]) {
			c++
		}
		if !h.less(h.s[c], h.s[i]) {
			break
		}
		h.s[i], h.s[c] = h.s[c], h.s[i]
		i = c
	}
	if n == 0 {
		h.s = nil // a host of half a million that has run dry gives its memory back
	}
	return v
}

// fifo is a queue in a slice.
type fifo[T any] struct {
	s    []T
	head int
}

func (q *fifo[T]) len() int { return len(q.s) - q.head }

func (q *fifo[T]) push(v T) { q.s = append(q.s, v) }

func (q *fifo[T]) pop() T {
	var zero T
	v := q.s[q.head]
	q.s[q.head] = zero
	q.head++
	if q.head > 1024 && q.head > len(q.s)/2 {
		q.s = append(q.s[:0], q.s[q.head:]...)
		q.head = 0
	}
	return v
}
